"""Laws of every touch screen in every view: nothing cut, nothing overlapping, everything large enough and reachable."""

from collections.abc import Iterator
from itertools import combinations

import pytest

from kiosk import config
from kiosk.flow import show, sizes
from kiosk.flow.frame import Frame, Rect, Target, Text
from kiosk.flow.reduce import reduce
from kiosk.flow.state import State
from kiosk.flow.view import View
from kiosk.flow.words import Words
from kiosk.typeset.measuring import FontMeasure
from tests.kiosk.flow import pages

_measure, _words = FontMeasure(), Words(config.wording())
_pages = pages.every()
_views = {"normal": (False, False), "elder": (True, False), "low": (False, True), "elder low": (True, True)}


def _state(name: str, look: str) -> tuple[State, View]:
    stack, view = _pages[name]
    elder, low = _views[look]
    return State(stack, elder, low, receipt="K3F7 2QXA"), view


def _frame(name: str, look: str) -> Frame:
    state, view = _state(name, look)
    return show.frame(state, view, _measure, _words)


def _lines(frame: Frame) -> Iterator[tuple[str, Rect]]:
    """Every line with the place its ink takes."""
    for mark in frame.marks:
        if isinstance(mark, Text):
            for n, line in enumerate(mark.lines):
                wide = _measure.width(line, mark.size, bold=mark.bold)
                slack = {"left": 0.0, "center": 0.5, "right": 1.0}[mark.align] * (mark.w - wide)
                top = mark.y + n * mark.leading + (mark.leading - mark.size) / 2
                yield line, Rect(mark.x + slack, top + 0.08 * mark.size, wide, 0.84 * mark.size)


def _meet(a: Rect, b: Rect, gap: float = 0) -> bool:
    return a.x < b.right + gap and b.x < a.right + gap and a.y < b.bottom + gap and b.y < a.bottom + gap


@pytest.fixture(
    scope="module", params=[(name, look) for look in _views for name in _pages], ids=lambda p: f"{p[0]}-{p[1]}"
)
def drawn(request: pytest.FixtureRequest) -> tuple[str, str, Frame]:
    """One page in one view."""
    name, look = request.param
    return name, look, _frame(name, look)


def test_no_text_leaves_the_window_or_covers_other_text(drawn: tuple[str, str, Frame]) -> None:
    """Every line's ink lies inside the window and on no other line's."""
    lines = [(line, rect) for line, rect in _lines(drawn[2]) if line.strip()]
    for line, rect in lines:
        assert rect.x >= 0, line
        assert rect.right <= sizes.wide + 1, line
        assert rect.bottom <= sizes.high, line
    for (one, a), (other, b) in combinations(lines, 2):
        assert not _meet(a, b), (one, other)


def test_words_stay_inside_the_key_they_are_on(drawn: tuple[str, str, Frame]) -> None:
    """A line that begins on a key ends on it."""
    frame = drawn[2]
    keys = [t.rect for t in frame.targets if t.rect.h < 400]
    for line, rect in _lines(frame):
        for key in keys:
            if _meet(rect, key):
                assert key.x <= rect.x, line
                assert rect.right <= key.right + 1, line
                assert key.y <= rect.y, line
                assert rect.bottom <= key.bottom, line


def test_targets_are_large_apart_and_inside(drawn: tuple[str, str, Frame]) -> None:
    """At least 120 px (elder 144), 12 px apart, below the header, inside the window."""
    _, look, frame = drawn
    least = 144 if "elder" in look else 120
    for target in frame.targets:
        assert target.label.strip()
        assert min(target.rect.w, target.rect.h) >= least, target
        assert target.rect.y >= sizes.header, target
        assert target.rect.x >= 0, target
        assert target.rect.right <= sizes.wide, target
        assert target.rect.bottom <= sizes.high, target
    for one, other in combinations(frame.targets, 2):
        assert not _meet(one.rect, other.rect, 11.9), (one.label, other.label)


def test_low_view_keeps_every_key_in_the_lower_half(drawn: tuple[str, str, Frame]) -> None:
    """A hand that reaches half the glass reaches everything."""
    _, look, frame = drawn
    if "low" not in look or frame.name == "idle":
        return
    assert all(target.rect.y >= sizes.reach for target in frame.targets), [
        t for t in frame.targets if t.rect.y < sizes.reach
    ]


def test_type_is_never_small(drawn: tuple[str, str, Frame]) -> None:
    """Nothing below 28 px, nothing below 40 px in elder view."""
    _, look, frame = drawn
    least = 40 if "elder" in look else 28
    assert all(mark.size >= least for mark in frame.marks if isinstance(mark, Text))


def test_phone_and_moment_stand_on_every_screen(drawn: tuple[str, str, Frame]) -> None:
    """The supervision phone and 内容截至, also on empty screens; before any content what is going on."""
    name, _, frame = drawn
    text = "\n".join(line for line, _ in _lines(frame))
    if name == "first start":
        assert "内容正在送来" in text
        return
    assert "监督电话 0000-1234567" in text
    assert ("内容截至" in text) == bool(_pages[name][1].has_content)


def test_every_touch_leads_somewhere(drawn: tuple[str, str, Frame]) -> None:
    """Every action is one the reducer knows; it changes the state or is a touch that only says "still here"."""
    name, look, frame = drawn
    state, _ = _state(name, look)
    for target in frame.targets:
        after, effects = reduce(state, target.action)
        assert isinstance(after, State)
        assert after != state or effects or type(target.action).__name__ in {"Stay", "GoHome", "Change"}, target


def _footer(frame: Frame) -> list[Target]:
    return [t for t in frame.targets if t.rect.y > 1600 and t.label in {"大字", "低位", "找人帮忙"}]


def test_the_footer_stays_where_it_is() -> None:
    """大字, 低位 and 找人帮忙 stand in the same place on all screens."""
    places = {(t.label, t.rect) for name in _pages for t in _footer(_frame(name, "normal"))}
    assert len(places) == 3
