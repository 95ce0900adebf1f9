"""The film of the idle screen: whole texts, days that count, a touch that opens what it shows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.items import Emergency, Notice
from kiosk import config
from kiosk.flow import film, film_pages, resting, show, sizes
from kiosk.flow.actions import Open, Wake
from kiosk.flow.board import codes
from kiosk.flow.board.stories import Story
from kiosk.flow.frame import Box, Code, Frame, Rect, Text, hit
from kiosk.flow.laws import ink, letters
from kiosk.flow.pages.plain import Idle
from kiosk.flow.pages.reading import Reader
from kiosk.flow.sheet import Sheet
from kiosk.flow.state import State
from kiosk.flow.view import View
from kiosk.flow.words import Words
from kiosk.typeset.measuring import FontMeasure
from tests.kiosk import county, filming

_measure, _words, _state = FontMeasure(), Words(config.wording()), State((Idle(),))
_notices = [i for i, (item, _, _) in county.items().items() if isinstance(item.body, (Notice, Emergency))]


def _frame(story: Story, number: int = 1, view: View | None = None, *, elder: bool = False) -> Frame:
    state = replace(_state, elder=elder)
    known = filming.playing(story, number, state, view or county.view(), _measure, _words)
    return show.frame(state, known, _measure, _words)


def _said(story: Story) -> str:
    return "".join("".join(block.text for block in story.blocks).split())


@pytest.mark.parametrize("elder", [False, True])
def test_every_notice_of_the_county_is_told_to_its_last_word(elder: bool) -> None:
    """The lines of all pages together are the text, or, of the longest few, say that the rest is a touch away."""
    abridged = 0
    for item in _notices:
        story = filming.told(item)
        pages = filming.pages(story, replace(_state, elder=elder), county.view(), _measure, _words)
        told = "".join("".join(line.text.split()) for page in pages for line in page.lines)
        assert [page.count for page in pages] == [len(pages)] * len(pages)
        if pages[0].is_abridged:
            abridged += 1
            assert "点这里看全文" in _text(_frame(story, elder=elder))
        else:
            assert told == _said(story), item
    assert abridged <= (len(_notices) // 2 if elder else 0)


def test_an_emergency_is_never_abridged() -> None:
    """However long it is, every sentence of it comes."""
    long = tuple(
        Block("p", f"第{n}条，请马上离开河边，到学校操场集合，听村干部安排，不要回家拿东西。") for n in range(60)
    )
    story = replace(filming.told("qh-dongji-yujing"), blocks=long, summary="快走。")
    pages = filming.pages(story, _state, county.view(), _measure, _words)
    assert len(pages) > limits.board_pages_max
    assert "".join(line.text for page in pages for line in page.lines) == _said(story)


@pytest.mark.parametrize("high", [552, 600, 800])
def test_no_page_is_a_heading_alone(high: int) -> None:
    """In large type on a panel that lies: a title gives way, for 请您这样做 tells nobody what to do."""
    sheet = Sheet("idle", replace(_state, elder=True), county.view(), _measure, _words)
    for item in _notices:
        for page in film_pages.cut(sheet, filming.told(item), Rect(sizes.left, 400, sizes.room, high)):
            assert not page.lines or not all(line.bold for line in page.lines), (item, page.number)


def test_an_emergency_takes_the_room_of_the_queue() -> None:
    """Nothing but the clock stays above it, and it is told in red."""
    rows = tuple(row for row in county.rows() if row.kind == "emergency")
    frame = _frame(filming.told("qh-dongji-yujing"), view=county.view(rows=rows))
    assert "户口和身份证" not in _text(frame)
    title = next(mark for mark in frame.marks if isinstance(mark, Text) and "煤气" in "".join(mark.lines))
    assert (title.color, title.bold) == ("red", True)


@pytest.mark.parametrize(
    ("days", "told", "color"),
    [(1, "明天最后一天", "red"), (7, "还有 7 天", "red"), (30, "还有 30 天", "ink"), (400, "", "")],
)
def test_a_public_notice_counts_its_days_in_red_when_they_are_few(days: int, told: str, color: str) -> None:
    """CAT-21: on every page; a notice that runs for a year says nothing."""
    ends = county.now.replace(hour=0, minute=0) + timedelta(days=days + 1)
    story = replace(filming.told("qh-zhengdi-gongshi"), ends=ends)
    for number in (1, 2):
        said = {"".join(mark.lines): mark.color for mark in _frame(story, number).marks if isinstance(mark, Text)}
        assert said.get(told, "") == color
        assert told or not any("还有" in words for words in said)


def test_touching_the_notice_opens_it_and_any_other_place_wakes_the_kiosk() -> None:
    """点一下屏幕 always stands there."""
    frame = _frame(filming.told("sq-shui"))
    touched = {hit(frame.targets, 20, y).action for y in range(int(sizes.header), 1690, 8) if hit(frame.targets, 20, y)}
    assert touched == {Wake(), Open(Reader("sq-shui"))}
    title = next(mark for mark in frame.marks if isinstance(mark, Text) and "白石村水" in "".join(mark.lines))
    found = hit(frame.targets, title.x, title.y)
    assert found
    assert found.action == Open(Reader("sq-shui"))
    assert "点一下屏幕" in _text(frame)


def test_the_code_to_take_along_stands_at_the_end_large_enough_for_an_old_phone() -> None:
    """OFF-07: on the last page alone, 8 px a module."""
    address = "https://qinghe.example/d/qh-zhengdi-gongshi"
    story = replace(filming.told("qh-zhengdi-gongshi"), payload=address)
    pages = filming.pages(story, _state, county.view(), _measure, _words)
    found = [[m for m in _frame(story, page.number).marks if isinstance(m, Code)] for page in pages]
    assert [len(on_page) for on_page in found] == [0] * (len(pages) - 1) + [1]
    (code,) = found[-1]
    assert (code.payload, code.rect.w) == (address, codes.side(address))


def test_no_word_of_a_short_end_lies_under_the_code() -> None:
    """However high the room: 打0000-1235111 stands whole beside the code or above it."""
    story = replace(filming.told("sq-shui"), blocks=(Block("p", "碰到乱收费，打0000-1235111。"),), summary="")
    story = replace(story, payload="https://qinghe.example/d/sq-shui")
    for high in range(420, 900, 20):
        for elder in (False, True):
            sheet = Sheet("idle", replace(_state, elder=elder), county.view(), _measure, _words)
            room = Rect(sizes.left, 400, sizes.room, high)
            film.draw(sheet, film_pages.cut(sheet, story, room)[-1], room)
            frame = sheet.frame()
            assert list(letters.on_codes(frame, list(ink.lines(frame, _measure)))) == [], (high, elder)


def test_with_nothing_to_show_the_screen_says_what_can_be_done_here() -> None:
    """No empty card: the ways in, each a touch away."""
    frame = show.frame(_state, county.view(rows=()), _measure, _words)
    assert {"办事指南", "取号排队", "政务公开", "我要反映"} <= {target.label for target in frame.targets}


def test_nothing_burns_into_a_panel_that_stands_for_hours() -> None:
    """From minute to minute all type stands elsewhere, what can be touched and what reaches an edge stays."""
    frame = _frame(filming.told("sq-shui"))
    places: dict[int, set[float]] = {}
    for minute in range(8):
        moved = resting.shifted(frame, county.now + timedelta(minutes=minute))
        assert moved.targets == frame.targets
        for n, mark in enumerate(moved.marks):
            if isinstance(mark, Text):
                places.setdefault(n, set()).add(mark.x)
                assert all(0 <= mark.x < frame.width for _ in mark.lines)
        grounds = [m for m in moved.marks if isinstance(m, Box) and m.rect.w == frame.width]
        assert grounds == [m for m in frame.marks if isinstance(m, Box) and m.rect.w == frame.width]
    assert all(len(seen) >= 5 for seen in places.values())


def _text(frame: Frame) -> str:
    return "\n".join("".join(mark.lines) for mark in frame.marks if isinstance(mark, Text))
