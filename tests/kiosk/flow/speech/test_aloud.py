"""What a screen says, in which order, and the mark behind what is being said."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.app import tongues
from kiosk.flow import actions, show, sizes
from kiosk.flow.board.pages import sentence_ends
from kiosk.flow.frame import Box, Frame, Text
from kiosk.flow.landscape import lying
from kiosk.flow.pages.hall import Booking
from kiosk.flow.reduce import reduce
from kiosk.flow.speech import aloud, sentences
from kiosk.flow.state import State
from kiosk.flow.voices import Application, Progress
from kiosk.typeset.measuring import FontMeasure
from tests.kiosk.flow import looks, pages

_measure = FontMeasure()
_pages = pages.every()
_lead = "屏幕上可以点这些。"


@cache
def _frame(name: str, *, elder: bool = False, low: bool = False, language: str = "zh-Hans") -> Frame:
    stack, view = _pages[name]
    return show.frame(State(stack, elder, low, language=language), view, _measure, tongues.words(language))


def _texts(found: Sequence[aloud.Sentence]) -> list[str]:
    return [one.text for one in found]


def _bare(text: str) -> str:
    return "".join(text.split())


def test_the_first_page_is_said_from_its_title_to_its_keys() -> None:
    """Title, what to do, then each key with its note; neither header nor footer."""
    said = _texts(aloud.sentences(_frame("home"), _lead))
    assert said[0] == "您要办什么事？"
    assert said.index(_lead) < said.index("办事指南，带什么、去哪儿")
    assert not [one for one in said if "监督电话" in one or "返回" in one or "清河县政务服务大厅" in one]


def test_a_number_is_said_with_what_it_numbers() -> None:
    """Nobody hears a lone "3": the window's number stands before its word."""
    fee = (Text(48, 200, 90, ("20–40",), 64, 80), Text(140, 200, 200, ("元",), 30, 80))
    frame = Frame("guide", sizes.wide, sizes.high, "paper", fee)
    assert _texts(aloud.sentences(frame)) == ["20–40 元"]
    marks = (
        Text(48, 200, 90, ("3",), 64, 80),
        Text(140, 200, 200, ("号窗口",), 30, 80),
        Text(48, 300, 900, ("二楼",), 30, 45),
    )
    frame = Frame("guide", sizes.wide, sizes.high, "paper", marks)
    assert _texts(aloud.sentences(frame)) == ["3 号窗口", "二楼"]


@pytest.mark.parametrize(
    "name", [name for name, (pages, _) in _pages.items() if isinstance(pages[-1], (Application, Booking, Progress))]
)
def test_an_identity_number_is_never_said_in_a_hall(name: str) -> None:
    """What a visitor tapped of themselves stays between them and the glass, also for who asks to be read to."""
    said = "".join(_texts(aloud.sentences(_frame(name))))
    assert not re.search(r"\d[\d ]{5,}", said), said


def test_a_keypad_is_not_spelled() -> None:
    """Twenty-six letters help nobody; the keys with words are said."""
    said = _texts(aloud.sentences(_frame("search"), _lead))
    assert not [one for one in said if len(one) == 1]


@pytest.mark.parametrize("look", ["normal", "elder", "en"])
def test_on_every_screen_what_is_said_is_what_stands_there(look: str) -> None:
    """Every line of the body is said once, whole; a mark covers nothing, moves nothing and lies under what it marks."""
    for name in _pages:
        flags = {look: True} if look == "elder" else {"language": "en"} if look == "en" else {}
        frame = _frame(name, **flags)
        found = aloud.sentences(frame)
        spots = [
            (spot.mark, spot.line, at) for one in found for spot in one.spots for at in range(spot.first, spot.behind)
        ]
        assert len(spots) == len(set(spots)), name
        for one in found:
            assert one.text.strip(), name
            assert not (len(one.text) == 1 and one.text.isascii() and one.text.isalpha()), (name, one)
            if not (frame.text and frame.text.onward):
                assert _bare("".join(_part(frame, spot) for spot in one.spots)) == _bare(one.text).replace(
                    "，", ""
                ) or ("，" in one.text), (name, one)
            marked = aloud.marked(frame, one, _measure)
            assert marked.targets == frame.targets
            known = set(map(id, frame.marks))
            assert [m for m in marked.marks if id(m) in known] == list(frame.marks)
            added = [m for m in marked.marks if id(m) not in known]
            assert added or not one.spots, (name, one)
            for box in added:
                assert isinstance(box, Box)
                assert sizes.header < box.rect.y < box.rect.bottom <= sizes.high, name
                assert box.rect.x >= 0, name
                assert box.rect.right <= sizes.wide + 1, name


def _part(frame: Frame, spot: aloud.Spot) -> str:
    mark = frame.marks[spot.mark]
    assert isinstance(mark, Text)
    return mark.lines[spot.line][spot.first : spot.behind]


def test_a_long_document_is_read_through_its_pages_each_sentence_once() -> None:
    """40,000 characters: as the pages turn, nothing is left out and nothing said twice."""
    stack, view = _pages["long document begins"]
    state, said, turned = State(stack, aloud=0), "", 0
    frame = show.frame(state, view, _measure, tongues.words("zh-Hans"))
    found = aloud.sentences(frame)
    first = next(n for n, one in enumerate(found) if one.spots and frame.text and one.spots[0].mark >= frame.text.first)
    while True:
        said += "".join(_texts([one for one in found[first:] if one.key is None]))
        if not (frame.text and isinstance(frame.text.onward, actions.Change)):
            break
        state, effects = reduce(state, actions.ReadOn(frame.text.onward.page))
        assert state.aloud == 0
        assert effects == ()
        frame, turned = show.frame(state, view, _measure, tongues.words("zh-Hans")), turned + 1
        found = aloud.sentences(frame)
        first = aloud.read_on(frame, found)
    body = pages.long_item().body
    assert _bare(said) == _bare("".join(block.text for block in body.blocks))  # type: ignore[union-attr]  # a document
    assert turned > 60


@pytest.mark.parametrize(
    "action", [actions.Back(), actions.GoHome(), actions.Finish(), actions.SwitchElder(), actions.Stay()]
)
def test_whatever_is_touched_ends_it(action: actions.Action) -> None:
    """朗读 again, another key, the end of the visit: silence."""
    state = State(_pages["home"][0], aloud=3)
    assert reduce(state, action)[0].aloud == -1
    assert reduce(state, actions.ReadAloud())[0].aloud == -1
    assert reduce(state, actions.Heard(4))[0].aloud == 4
    assert reduce(reduce(state, action)[0], actions.Heard(4))[0].aloud == -1  # a late word of the voice wakes nothing


@given(st.text(alphabet="这是一句话。！？；，、（）“” abc.\n", max_size=400))
def test_a_text_is_cut_into_breaths_and_nothing_is_lost(text: str) -> None:
    """The parts are the text; none is longer than a breath, but for the marks that close it."""
    found = [text[first:behind] for first, behind in sentences.spans(text)]
    assert "".join(found) == text
    assert all(len(one.rstrip(sentence_ends + "”）!?;…\n ")) <= 60 for one in found)


@pytest.mark.parametrize("theme", ["day", "contrast"])
@pytest.mark.parametrize("look", ["normal", "elder low"])
@pytest.mark.parametrize("name", ["home", "unheard", "text of qh-cunwu-banfa", "element materials", "position known"])
def test_a_marked_screen_keeps_every_law(name: str, look: str, theme: str) -> None:
    """Whatever sentence is being said, by day and white on black: nothing covered, nothing hard to read."""
    state, view = looks.state(name, look)
    words = tongues.words(state.language)
    frame = replace(show.frame(state, view, _measure, words), theme=theme)
    for one in aloud.sentences(frame):
        judged = looks.judging.touch_screen(aloud.marked(frame, one, _measure), words, elder=state.elder, low=state.low)
        assert judged == (), one


@pytest.mark.parametrize("name", ["home", "text of qh-cunwu-banfa", "item qh-sfz-buling"])
def test_nothing_moves_while_a_lying_panel_reads(name: str) -> None:
    """The columns are cut in the same place whatever is marked: the eye keeps its line, the finger its key."""
    frame = _frame(name)
    still = lying(frame, 1920, 1080)
    for one in aloud.sentences(frame):
        moved = lying(aloud.marked(frame, one, _measure), 1920, 1080)
        assert moved.targets == still.targets, one
        assert [m for m in moved.marks if isinstance(m, Text)] == [m for m in still.marks if isinstance(m, Text)], one
