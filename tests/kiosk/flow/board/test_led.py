"""The LED board's pages."""

from dataclasses import replace
from datetime import timedelta

import pytest

from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.errors import BadInput
from kiosk.flow.board import led, led_calls, led_panel
from kiosk.flow.board.facts import Called, Facts
from kiosk.flow.board.playlist import mixed_round
from kiosk.flow.board.stories import Figure
from kiosk.flow.frame import Frame, Text
from kiosk.typeset.measuring import FontMeasure
from tests.kiosk.flow.board.making import answer, busy, now, story

_measure = FontMeasure()
_panels = [
    led_panel.panel(size)
    for size in ("192x64", "256x64", "320x32", "160x32", "192x96", "128x64", "64x32", "64x64", "96x48")
]
_quiet = replace(busy, called=())
_stories = {
    "notice": story(summary="低保、特困、残疾人家庭每户600元，11月30日前来领。"),
    "long": story(title="长" * 200, blocks=(Block("p", "字。" * 400),)),
    "public": story(label="公示", is_public_notice=True, ends=now + timedelta(days=7)),
    "ledger": story(
        kind="ledger", totals=(Figure("全村收入合计", "1,234,567,890.12元"),), largest=(Figure("租" * 40, "1元"),)
    ),
    "answer": answer(blocks=(Block("p", "已报修。"),)),
    "emergency": story(kind="emergency", label="红色预警", title="红色预警：洪水", summary="往高处走。"),
}


def _lines(frame: Frame) -> list[tuple[Text, str]]:
    return [(mark, line) for mark in frame.marks if isinstance(mark, Text) for line in mark.lines]


@pytest.mark.parametrize("panel", _panels, ids=str)
def test_every_page_stands_whole_on_the_panel(panel: led_panel.Panel) -> None:
    """No line is wider than the panel, none is half a line, whatever the story and the panel."""
    for name, told in _stories.items():
        for page in led.cut(told, panel, _measure, now):
            texts = _lines(led.frame(_quiet, page, panel, _measure))
            assert any(line for _, line in texts), name
            for mark in {mark for mark, _ in texts}:
                assert mark.size in {16, 24, 32}
                assert mark.y + len(mark.lines) * mark.leading <= panel.height
                assert all(_measure.width(line, mark.size) <= panel.width for line in mark.lines), (name, mark)


@pytest.mark.parametrize("panel", _panels, ids=str)
def test_a_call_interrupts_at_once_and_goes_again(panel: led_panel.Panel) -> None:
    """Number and window stand on the panel from the first instant, and the page comes back (GUI-05 boards)."""
    page = led.cut(_stories["notice"], panel, _measure, now)[0]
    called = replace(busy, called=(Called("A012", 3, now),))
    texts = _lines(led.frame(called, page, panel, _measure))
    assert "".join(line for _, line in texts).startswith("A012→ 3号")
    assert all(_measure.width(line, mark.size) <= mark.w for mark, line in texts)
    after = replace(called, now=now + timedelta(seconds=limits.led_call_seconds))
    assert led.frame(after, page, panel, _measure) == led.frame(replace(after, called=()), page, panel, _measure)


def test_several_calls_share_the_panel_newest_first() -> None:
    """As many as there are lines, and each has its place on the glass."""
    calls = tuple(Called(f"B01{n}", n, now) for n in range(3))
    frame = led.frame(replace(busy, called=calls), None, _panels[0], _measure)
    assert [line for _, line in _lines(frame)] == ["请到窗口", "B010", "→ 0号", "B011", "→ 1号"]
    assert [target.label for target in frame.targets] == ["B010", "B011"]


def test_a_narrow_panel_shows_several_calls_one_after_another() -> None:
    """Nobody's number is left out because the panel is small."""
    panel, calls = led_panel.panel("64x32"), tuple(Called(f"B01{n}", n + 1, now) for n in range(3))
    seen = set()
    for second in range(limits.led_call_seconds):
        at = replace(busy, now=now + timedelta(seconds=second), called=calls)
        seen |= {target.label for target in led.frame(at, None, panel, _measure).targets}
    assert seen == {"B010", "B011", "B012"}


def test_a_call_stays_shorter_on_top_of_an_emergency() -> None:
    """The warning must come back (CAT-17)."""
    shown = timedelta(seconds=limits.led_dwell_seconds_min)
    called = replace(busy, called=(Called("A012", 3, now - shown),))
    assert led_calls.ringing(called, _panels[0], _measure, is_emergency=False)
    assert not led_calls.ringing(called, _panels[0], _measure, is_emergency=True)


def test_the_round_has_the_answers_the_phone_and_as_of_when() -> None:
    """A board with one zone still has its feedback column (SUP-02), the supervision phone and the content's age."""
    told = (_stories["notice"], _stories["answer"], _stories["ledger"])

    def cut(one: led.Story) -> tuple[led.Page, ...]:
        return led.cut(one, _panels[0], _measure, now)

    slots = mixed_round(told, led.own_words(_quiet), cut, now, limits.led_dwell_seconds_min).slots
    words = [line for slot in slots for _, line in _lines(led.frame(_quiet, slot.page, _panels[0], _measure))]
    for expected in ("您说的 正在办", "监督电话", "0000-1234567", "内容截至", "今天 9:38"):
        assert expected in words
    assert [slot.page.story.kind for slot in slots][-2:] == ["own", "own"]


def test_a_board_without_content_still_speaks() -> None:
    """Never blank, also before the first sync (promise 7)."""
    (own,) = led.own_words(Facts(now))
    page = led.cut(own, _panels[0], _measure, now)[0]
    assert [line for _, line in _lines(led.frame(Facts(now), page, _panels[0], _measure))] == ["公开栏", "内容正在送来"]


def test_an_amount_is_never_parted_from_its_name() -> None:
    """A ledger's figure is one page, a long name gives way (CAT-16)."""
    for panel in _panels[:3]:
        pages = led.cut(_stories["ledger"], panel, _measure, now)[-2:]
        assert [page.lines[-1].text.endswith("元") for page in pages] == [True, True]


@pytest.mark.parametrize(
    "size", ["", "192", "192x", "x64", "192x64x3", "-192x64", "1e3x64", "16x16", "9999x64", "１x64", "32x32", "64x16"]
)
def test_a_wrong_size_is_refused_with_a_sentence(size: str) -> None:
    """The clerk who typed it learns what to type."""
    with pytest.raises(BadInput, match="--size"):
        led_panel.panel(size)
