"""The LCD board's picture in every state, in every layout, lying and upright, near and far."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.errors import BadInput
from content_sync.domain.hall.opening import DayOff
from kiosk.flow.board import codes, lcd, lcd_grid, sight
from kiosk.flow.board.facts import Called, Facts, Plate, Waiting
from kiosk.flow.board.layouts import Layout, layout, names
from kiosk.flow.board.pages import Page
from kiosk.flow.board.stories import Figure, Story
from kiosk.flow.frame import Box, Code, Frame, Rect, Text
from kiosk.typeset.measuring import FontMeasure
from tests.kiosk.flow.board.making import answer, busy, now, story

_measure = FontMeasure()
_long = "关于今冬明春城乡居民安全取暖、道路除雪保畅、困难群众温暖过冬、农村饮水管道防冻、" * 3
_text = (Block("h2", "怎么补"), Block("p", "土地补偿费和安置补助费，按每亩58,600元。" * 30))
_figure = Figure("村东机动地二号地块租金（首年）和其他各项收入合计", "1,234,567,890.12元")
_stories: dict[str, Story | None] = {
    "none": None,
    "short": story(payload="https://www.qinghe.example/d/n-1"),
    "long-title": story(title=_long[:110], blocks=_text),
    "200-title": story(title=_long[:200].ljust(200, "长"), summary="摘要。", blocks=_text),
    "long-text": story(blocks=_text, payload="https://www.qinghe.example/d/n-1"),
    "public": story(label="公示", is_public_notice=True, ends=now + timedelta(days=7), unit="人力资源和社会保障局" * 3),
    "section": story(label="办事纪律", section="discipline"),
    "ledger": story(kind="ledger", label="2026年10月1日至10月31日" * 2, totals=(_figure,) * 4, largest=(_figure,) * 3),
    "one-total": story(kind="ledger", totals=(_figure,)),
    "emergency": story(kind="emergency", label="红色预警", title=_long[:110], blocks=_text),
}
_answers: dict[str, Story | None] = {
    "none": None,
    "done": answer(status="done"),
    "cannot": answer(status="cannot", title=_long, blocks=_text, number="柳树反2026-0009"),
}
_facts: dict[str, Facts] = {
    "unknown": Facts(now),
    "six-calls": busy,
    "flash": replace(busy, called=(Called("A1023", 12, now), *busy.called)),
    "one-call": replace(busy, called=busy.called[:1], missed=tuple(f"A{n:03d}" for n in range(20))),
    "no-calls": replace(busy, called=(), missed=()),
    "no-queue": replace(busy, called=(), missed=(), waiting=()),
    "night": replace(busy, called=(), waiting=(Waiting("户口", 0, open=False),)),
    "holiday": replace(
        busy,
        called=(),
        missed=(),
        waiting=(Waiting("户口", None, open=False),),
        day_off=DayOff("国庆节、中秋节", now + timedelta(days=8)),
    ),
    "stale-3": replace(busy, as_of="2026-11-21T09:00:00+08:00"),
    "stale-30": replace(busy, as_of="2025-10-21T09:00:00+08:00"),
    "blanked": replace(busy, is_blanked=True),
    "called-again": replace(busy, called=(Called("A1023", 3, now, times=2), *busy.called)),
    "nobody-there": replace(busy, called=(), plates=tuple(Plate(n, _long[:20]) for n in range(1, 30))),
    "long-plates": replace(
        busy, plates=tuple(Plate(n, "户口窗口", _long[:9], _long[:30], _long, "QH-0012345678") for n in range(1, 8))
    ),
    "clock-back": replace(busy, floor=now + timedelta(days=4000)),
}


_far = sight.canvas(1920, 1080, 60)
_layouts: dict[str, Layout] = {
    **{name: layout(name, window=3) for name in names},
    **{f"{name}-upright": layout(name, 1080, 1920, 3) for name in names},
    **{f"{name}-far": layout(name, *_far, 3) for name in names},
}
_hall = _layouts["hall"]


def _pages(told: Story | None, on: Layout) -> tuple[Page | None, ...]:
    return (lcd.cut(told, _measure, on) if told else ()) or (None,)


def _drawn(on: Layout, *, answers: tuple[str, ...] = ("cannot",)) -> dict[str, Frame]:
    """Every page of every story in every state of the hall, with these answers."""
    return {
        f"{f} {s} {number} {a}": lcd.frame(_facts[f], page, said, _measure, on)
        for f, s, a in product(_facts, _stories, answers)
        for number, page in enumerate(_pages(_stories[s], on), 1)
        for said in _pages(_answers[a], on)[-1:]
    }


@pytest.fixture(scope="module", params=_layouts)
def drawn(request: pytest.FixtureRequest) -> tuple[Layout, dict[str, Frame]]:
    """A layout and all its pictures."""
    on = _layouts[request.param]
    return on, _drawn(on, answers=tuple(_answers) if on == _hall else ("none", "cannot"))


@pytest.fixture(scope="module")
def frames() -> dict[str, Frame]:
    """All pictures of the hall board."""
    return _drawn(_hall, answers=tuple(_answers))


def _ink(frame: Frame) -> Iterator[tuple[Rect, str]]:
    """Where each line of text really stands."""
    for mark in frame.marks:
        if isinstance(mark, Text):
            for number, line in enumerate(mark.lines):
                wide = _measure.width(line, mark.size, bold=mark.bold)
                slack = {"left": 0.0, "center": 0.5, "right": 1.0}[mark.align] * (mark.w - wide)
                y = mark.y + number * mark.leading + (mark.leading - mark.size) / 2
                if line.strip():
                    yield Rect(mark.x + slack, y, wide, mark.size), line


def _touch(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def _within(inner: Rect, outer: Rect) -> bool:
    return outer.x <= inner.x and inner.right <= outer.right and outer.y <= inner.y and inner.bottom <= outer.bottom


def test_no_state_of_any_layout_lacks_the_feedback_zone(drawn: tuple[Layout, dict[str, Frame]]) -> None:
    """The zone is drawn whole, after everything that lies above it, and says something (SUP-02)."""
    on, frames = drawn
    zone = on.feedback.rect
    for name, frame in frames.items():
        at = next(n for n, mark in enumerate(frame.marks) if mark == Box(zone, "card"))
        later = [mark.rect for mark in frame.marks[at + 1 :] if isinstance(mark, Box | Code)]
        assert all(_within(r, zone) or not _touch(r, zone) for r in later), name
        heads = [line for rect, line in _ink(frame) if _within(rect, zone)]
        assert any(head.startswith(("您说的，", "有话请对我们说")) for head in heads), name
        assert len(heads) >= 3, name


def test_every_state_ends_with_the_line_that_says_whom_to_call_and_as_of_when(
    drawn: tuple[Layout, dict[str, Frame]],
) -> None:
    """Phone, as of, clock: the phone wherever the site is known, the clock unless it is wrong (SUP-04, OFF-05)."""
    on, frames = drawn
    for name, frame in frames.items():
        words = " ".join(line for rect, line in _ink(frame) if _within(rect, on.bar.rect))
        assert "内容" in words, name
        assert ("监督电话 0000-1234567" in words) != name.startswith("unknown"), name
        assert ("9:42" in words) != name.startswith("clock-back"), name


def test_nothing_is_too_small_cut_off_or_on_top_of_something_else(drawn: tuple[Layout, dict[str, Frame]]) -> None:
    """Every line is at least 52 px, inside one zone, wider than nothing it stands in, and clear of all other lines."""
    on, frames = drawn
    zones = [zone.rect for zone in (*on.parts, on.feedback, on.bar, on.emergency, on.strip) if zone]
    for name, frame in frames.items():
        assert min(mark.size for mark in frame.marks if isinstance(mark, Text)) >= lcd_grid.small
        ink = list(_ink(frame))
        for n, (rect, line) in enumerate(ink):
            assert any(_within(rect, zone) for zone in zones), (name, line)
            for other, words in ink[n + 1 :]:
                assert not _touch(rect, other), (name, line, words)


def test_zones_share_no_place(drawn: tuple[Layout, dict[str, Frame]]) -> None:
    """The parts, the feedback zone and the line tile the canvas; so do the emergency and what stays beside it."""
    on, _ = drawn
    alarm = [zone for zone in (on.emergency, on.strip) if zone]
    for zones in ([*on.parts, on.feedback, on.bar], [*alarm, on.feedback, on.bar]):
        rects = [zone.rect for zone in zones]
        assert sum(r.w * r.h for r in rects) == pytest.approx(on.width * on.height)
        assert not any(_touch(one, other) for n, one in enumerate(rects) for other in rects[n + 1 :])


def test_a_code_is_big_enough_and_clear_of_the_text(drawn: tuple[Layout, dict[str, Frame]]) -> None:
    """A module is at least 8 px, nothing is written into the quiet zone, and other states have no code."""
    on, frames = drawn
    seen = 0
    for name, frame in frames.items():
        for mark in frame.marks:
            if isinstance(mark, Code):
                seen += 1
                assert mark.rect.w == mark.rect.h >= codes.side(mark.payload)
                assert on.notice is not None
                assert _within(mark.rect, on.notice.rect)
                assert not any(_touch(rect, mark.rect) for rect, _ in _ink(frame)), name
        if " emergency " in name or " none " in name:
            assert not any(isinstance(mark, Code) for mark in frame.marks)
    assert bool(seen) == bool(on.notice and on.width != _far[0])  # a far board needs the room for its text


def test_no_layout_is_squeezed() -> None:
    """A canvas that is too small for a layout is refused with what to do, as is a window board of no window."""
    for name in names:
        with pytest.raises(BadInput, match="--distance"):
            layout(name, *sight.canvas(1920, 1080, 110), 3)
    with pytest.raises(BadInput, match="--window"):
        layout("window")
    with pytest.raises(BadInput, match="hall, window"):
        layout("tower")


def test_the_display_log_names_what_is_on_the_glass(frames: dict[str, Frame]) -> None:
    """Item and hash of the page and of the answer, nothing when the board speaks for itself (promise 17)."""
    assert frames["six-calls short 1 done"].shown == (("n-1", "h-n-1"), ("a-1", "h-a-1"))
    assert frames["six-calls none 1 none"].shown == ()


def test_the_glass_names_the_called_numbers_and_where_they_stand(frames: dict[str, Frame]) -> None:
    """Each number that is drawn has its target over its own letters, also beside an emergency."""
    for name in ("six-calls short 1 done", "six-calls emergency 1 done"):
        places = {target.label: target.rect for target in frames[name].targets}
        drawn = {line: rect for rect, line in _ink(frames[name]) if line.startswith("A0") and len(line) == 4}
        assert len(drawn) >= 3
        for number, rect in drawn.items():
            assert _touch(rect, places[number])
            assert abs((rect.y + rect.bottom) - (places[number].y + places[number].bottom)) < 40


def test_the_newest_call_flashes_for_three_seconds() -> None:
    """Light and dark twice a second from the moment it is seen here, then still; one picture per phase."""
    fresh = Called("A012", 3, now)
    lit = [
        any(
            isinstance(mark, Box) and mark.fill == "lamp"
            for mark in lcd.frame(
                replace(busy, now=now + timedelta(milliseconds=ms), called=(fresh,)), None, None, _measure, _hall
            ).marks
        )
        for ms in range(100, 4100, 500)
    ]
    assert lit == [True, False, True, False, True, False, False, False]


def test_the_number_and_the_window_have_the_same_size_side_by_side() -> None:
    """Neither is read for the other, and both fit however long they are."""
    for number, window in (("A012", 3), ("A012", 12), ("A1023", 112)):
        frame = lcd.frame(replace(busy, called=(Called(number, window, now),)), None, None, _measure, _hall)
        texts = {mark.lines[0]: mark for mark in frame.marks if isinstance(mark, Text)}
        assert texts[number].size == texts[str(window)].size
        assert texts[number].y == texts[str(window)].y


def test_a_long_notice_is_paged_and_says_which_page() -> None:
    """Pages are numbered, never more than the board's bound, and a 公示 counts its days on every one (CAT-21)."""
    told = story(label="公示", is_public_notice=True, ends=now + timedelta(days=7), blocks=_text)
    pages = lcd.cut(told, _measure, _hall)
    assert [(p.number, p.count) for p in pages] == [(n, limits.board_pages_max) for n in range(1, len(pages) + 1)]
    for page in pages:
        words = [line for _, line in _ink(lcd.frame(busy, page, None, _measure, _hall))]
        assert "还有 7 天" in words
        assert any(line.endswith(f"{page.number}/{page.count}") for line in words)
        assert "全文看触摸屏" in words


@pytest.mark.parametrize("name", _layouts)
def test_a_warning_is_never_cut_where_it_says_what_to_do(name: str) -> None:
    """A title of 50 characters stands whole on every board, on every page of the warning (CAT-17)."""
    title = "清水河水位超过警戒线，沿河低洼地方的人请马上转移，不要过河，不要回去拿东西，听村干部安排"
    told = story(kind="emergency", label="橙色预警", title=title, blocks=_text)
    for page in lcd.cut(told, _measure, _layouts[name]):
        assert "".join(page.title).replace(" ", "") == title
        assert page.lines
