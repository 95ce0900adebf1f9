"""Laws of every touch screen in every view: nothing cut, nothing overlapping, everything large enough and reachable."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest

from content_sync.domain.disclosure.catalogue import sections
from kiosk import config
from kiosk.app import tongues
from kiosk.flow import show, sizes
from kiosk.flow.actions import Change, GoHome, Stay
from kiosk.flow.frame import Frame, Picture, Rect, Script, Target, Text
from kiosk.flow.reduce import reduce
from kiosk.flow.state import State
from kiosk.flow.view import View
from kiosk.typeset.measuring import FontMeasure
from tests.kiosk import county
from tests.kiosk.flow import pages

_latin = re.compile(r"\b[A-Za-z]{3,}\b")
_made_up = {"SFZ", "XYZ", "QXA"}
_measure = FontMeasure()
_pages = pages.every()
_views = {"normal": (False, False), "elder": (True, False), "low": (False, True), "elder low": (True, True)}
_looks = [*_views, *(f"{view}, {language}" for language in ("en", "mn") for view in _views)]


def _state(name: str, look: str) -> tuple[State, View]:
    stack, view = _pages[name]
    seen, _, language = look.partition(", ")
    elder, low = _views[seen]
    if language == "mn" and view.site:
        view = replace(view, **tongues.of_site(replace(view.site, languages=("mn",))))
    language = language if language in view.languages else "zh-Hans"
    return State(stack, elder, low, press="p", receipt="3941 0012 7745", language=language), view


def _frame(name: str, look: str) -> Frame:
    state, view = _state(name, look)
    return show.frame(state, view, _measure, tongues.words(state.language))


def _lines(frame: Frame) -> Iterator[tuple[str, Rect]]:
    """Every line with the place its ink takes."""
    for mark in frame.marks:
        if isinstance(mark, Text):
            for n, line in enumerate(mark.lines):
                wide = _measure.width(line, mark.size, bold=mark.bold)
                slack = {"left": 0.0, "center": 0.5, "right": 1.0}[mark.align] * (mark.w - wide)
                top = mark.y + n * mark.leading + (mark.leading - mark.size) / 2
                yield line, Rect(mark.x + slack, top + 0.08 * mark.size, wide, 0.84 * mark.size)
        elif isinstance(mark, Script):
            yield mark.text, mark.rect


def _meet(a: Rect, b: Rect, gap: float = 0) -> bool:
    return a.x < b.right + gap and b.x < a.right + gap and a.y < b.bottom + gap and b.y < a.bottom + gap


@cache
def _drawn(look: str) -> dict[str, Frame]:
    return {name: _frame(name, look) for name in _pages}


@pytest.fixture(params=_looks)
def look(request: pytest.FixtureRequest) -> str:
    """Each of the four views, in Chinese, in English, and with Mongolian signs."""
    return str(request.param)


def test_no_text_leaves_the_window_or_covers_other_text(look: str) -> None:
    """Every line's ink lies inside the window and on no other line's."""
    for name, frame in _drawn(look).items():
        lines = [(line, rect) for line, rect in _lines(frame) if line.strip()]
        outside = [line for line, r in lines if r.x < 0 or r.right > sizes.wide + 1 or r.bottom > sizes.high]
        assert outside == [], name
        covered = [(one, other) for (one, a), (other, b) in combinations(lines, 2) if _meet(a, b)]
        assert covered == [], name


def test_words_stay_inside_the_key_they_are_on(look: str) -> None:
    """A line that begins on a key ends on it."""
    for name, frame in _drawn(look).items():
        keys = [target.rect for target in frame.targets if target.rect.h < 400]
        for line, rect in _lines(frame):
            for key in (key for key in keys if _meet(rect, key)):
                assert key.x <= rect.x, (name, line)
                assert rect.right <= key.right + 1, (name, line)
                assert key.y <= rect.y, (name, line)
                assert rect.bottom <= key.bottom, (name, line)


def test_short_labels_stand_whole_on_their_keys(look: str) -> None:
    """What a key is called by can be read on it: no label of up to twelve characters is cut."""
    for name, frame in _drawn(look).items():
        if frame.name == "idle":
            continue
        lines = list(_lines(frame))
        for target in frame.targets:
            written = "".join(line for line, rect in lines if _meet(rect, target.rect)).replace(" ", "")
            label = target.label.replace(" ", "")
            assert len(label) > 12 or label in written, (name, target.label, written)


def test_targets_are_large_apart_and_inside(look: str) -> None:
    """At least 120 px (elder 144), 12 px apart, named, below the header, inside the window."""
    least = 144 if "elder" in look else 120
    for name, frame in _drawn(look).items():
        for target in frame.targets:
            r = target.rect
            assert target.label.strip(), name
            assert min(r.w, r.h) >= least, (name, target)
            assert r.x >= 0, (name, target)
            assert r.right <= sizes.wide, (name, target)
            assert sizes.header <= r.y < r.bottom <= sizes.high, (name, target)
        near = [(a.label, b.label) for a, b in combinations(frame.targets, 2) if _meet(a.rect, b.rect, 11.9)]
        assert near == [], name


def test_a_place_to_write_in_is_large_and_apart_from_keys(look: str) -> None:
    """No stroke begins on a key; the sheet keeps its shape; in low view a low hand reaches all of it."""
    fields = [(name, frame) for name, frame in _drawn(look).items() if frame.field]
    assert fields
    for name, frame in fields:
        assert frame.field
        field, r = frame.field, frame.field.rect
        assert r.w * field.height == pytest.approx(r.h * field.width), name
        assert min(r.w, r.h) >= 200, name
        assert r.x >= 0, name
        assert r.right <= sizes.wide, name
        assert [t.label for t in frame.targets if _meet(t.rect, r, 11.9)] == [], name
        assert "low" not in look or r.y >= sizes.reach - 1, name


@pytest.mark.parametrize("low", ["low", "elder low", "low, en", "elder low, en", "low, mn", "elder low, mn"])
def test_low_view_keeps_every_key_in_the_lower_half(low: str) -> None:
    """A hand that reaches half the glass reaches everything; an idle screen wakes wherever it is touched."""
    for name, frame in _drawn(low).items():
        high = [target.label for target in frame.targets if target.rect.y < sizes.reach]
        assert high == [] or frame.name == "idle", name


def test_attached_pictures_lie_inside_and_under_no_type(look: str) -> None:
    """A form on the glass is whole: nothing is written over it."""
    for name, frame in _drawn(look).items():
        for picture in (mark for mark in frame.marks if isinstance(mark, Picture)):
            assert 0 <= picture.rect.x < picture.rect.right <= sizes.wide, name
            assert sizes.header < picture.rect.y < picture.rect.bottom < sizes.high, name
            assert not [line for line, rect in _lines(frame) if _meet(rect, picture.rect)], name


def test_type_is_never_small(look: str) -> None:
    """Nothing below 28 px, nothing below 40 px in elder view."""
    least = 40 if "elder" in look else 28
    for name, frame in _drawn(look).items():
        assert all(mark.size >= least for mark in frame.marks if isinstance(mark, Text)), name


def test_phone_and_moment_stand_on_every_screen(look: str) -> None:
    """The supervision phone and 内容截至, also on empty screens; before any content what is going on."""
    coming, phone, as_of = {True: ("Content is on its way", "Complaints", "As of")}.get(
        look.endswith("en"), ("内容正在送来", "监督电话", "内容截至")
    )
    for name, frame in _drawn(look).items():
        text = "\n".join(line for line, _ in _lines(frame))
        if name == "first start":
            assert coming in text
            continue
        assert f"{phone} 0000-1234567" in text, name
        assert (as_of in text) == bool(_pages[name][1].has_content), name


def test_every_touch_leads_somewhere(look: str) -> None:
    """Every action is one the reducer knows; it changes the state or is a touch that only says "still here"."""
    for name, frame in _drawn(look).items():
        state, _ = _state(name, look)
        for target in frame.targets:
            after, effects = reduce(state, target.action)  # type: ignore[arg-type]  # a target carries any object
            assert after != state or effects or isinstance(target.action, (Stay, GoHome, Change)), (name, target)


def _footer(frame: Frame) -> list[Target]:
    return [t for t in frame.targets if t.rect.y > 1600 and t.label in {"大字", "低位", "找人帮忙"}]


def test_the_footer_stays_where_it_is() -> None:
    """大字, 低位 and 找人帮忙 stand in the same place on all screens."""
    assert len({(t.label, t.rect) for frame in _drawn("normal").values() for t in _footer(frame)}) == 3


@pytest.mark.parametrize("view", _views)
def test_no_english_word_is_cut(view: str) -> None:
    """Every Latin word on a screen is a whole word of the sentences or of what is published: none is broken or cut."""
    said = (
        *config.wording("en").values(),
        str(pages.every()["translated qh-dibao"]),
        *map(str, (county.items(), county.county(), pages.long_title)),
    )
    known = {word for sentence in said for word in _latin.findall(sentence)}
    for name, frame in _drawn(f"{view}, en").items():
        found = {
            word for mark in frame.marks if isinstance(mark, Text) for word in _latin.findall(" ".join(mark.lines))
        }
        assert found - known <= _made_up, name


@pytest.mark.parametrize("view", _views)
def test_section_titles_stand_in_both_scripts_chinese_first_and_not_smaller(view: str) -> None:
    """In a hall with Mongolian signs every section's name is in both, the Chinese one before and at least as large."""
    frames = _drawn(f"{view}, mn")
    for section, name in sections.items():
        frame = frames[f"section {section}"]
        word = config.wording("mn")[f"section_name.{section}"]
        scripts = [mark for mark in frame.marks if isinstance(mark, Script) and mark.text == word]
        named = [mark for mark in frame.marks if isinstance(mark, Text) and "".join(mark.lines) == name]
        assert len(scripts) == len(named) == 2, (section, view)  # the title, and its key among the six
        for script, chinese in zip(
            sorted(scripts, key=lambda s: s.rect.y), sorted(named, key=lambda n: n.y), strict=True
        ):
            assert script.size <= chinese.size
            assert script.rect.x >= chinese.x
    home = [mark.text for mark in frames["home"].marks if isinstance(mark, Script)]
    assert {config.wording("mn")[f"section_name.{section}"] for section in sections} <= set(home)
