"""The search screen with characters: in reach, results in sight, letters in their places."""

from dataclasses import replace

import pytest

from kiosk import config
from kiosk.flow import show
from kiosk.flow.actions import Change, Open
from kiosk.flow.frame import Frame, Target, Text
from kiosk.flow.pages.finding import Search
from kiosk.flow.pages.plain import Home
from kiosk.flow.reduce import reduce
from kiosk.flow.screens.keypad import letters
from kiosk.flow.state import State
from kiosk.flow.view import View
from kiosk.flow.words import Words
from kiosk.typeset.measuring import FontMeasure
from tests.kiosk import county
from tests.kiosk.flow.pages import offering

_measure, _words = FontMeasure(), Words(config.wording())
_views = {"normal": (False, False), "elder": (True, False), "low": (False, True), "elder low": (True, True)}


def _state(terms: str, look: str = "normal", **changes: int) -> State:
    return State((Home(), replace(Search(terms), **changes)), *_views[look])


def _frame(state: State, view: View) -> Frame:
    return show.frame(state, view, _measure, _words)


def _targets(frame: Frame) -> dict[str, Target]:
    return {target.label: target for target in frame.targets}


def _touched(state: State, view: View, label: str) -> State:
    return reduce(state, _targets(_frame(state, view))[label].action)[0]  # type: ignore[arg-type]  # a target carries any object


@pytest.mark.parametrize("look", _views)
def test_every_character_is_a_touch_on_a_key_away(look: str) -> None:
    """更多 goes through all of them and round again; 字母 brings the letters back."""
    view, state, seen = offering("s"), _state("s", look), set()
    for _ in range(8):
        seen |= _targets(_frame(state, view)).keys() & set(view.characters)
        state = _touched(state, view, "更多")
        assert not set(letters.upper()) & _targets(_frame(state, view)).keys()
    assert seen == set(view.characters)
    assert _touched(state, view, "字母") == _state("s", look)


@pytest.mark.parametrize("look", _views)
@pytest.mark.parametrize("more", [0, 1])
def test_a_character_replaces_the_letter_and_the_letters_come_back(look: str, more: int) -> None:
    """The first is known to follow 身份 and joins it, the others begin a word; the keypad is letters again."""
    view = offering("身份z")
    state = _state("身份z", look, more=more, half=1 if look == "elder low" else 0)
    first, second = view.characters[:2]
    assert _touched(state, view, first).page == replace(Search(f"身份{first}"), half=state.page.half)  # type: ignore[union-attr]  # it is a search
    assert _touched(state, view, second).page == replace(Search(f"身份 {second}"), half=state.page.half)  # type: ignore[union-attr]  # it is a search
    assert _touched(_touched(state, view, first), county.view(), "删除").page.terms == "身份"  # type: ignore[union-attr]  # it is a search


@pytest.mark.parametrize(("look", "least"), [("normal", 3), ("elder", 1)])
@pytest.mark.parametrize("more", [0, 1])
def test_results_stay_in_sight(look: str, least: int, more: int) -> None:
    """Under the row of characters stand results, and one key that opens all of them."""
    frame = _frame(_state("s", look, more=more), offering("s"))
    opened = [target.rect for target in frame.targets if isinstance(target.action, Open) and target.rect.y < 1600]
    assert len(opened) >= least
    assert _targets(frame)["看全部 20 件"].rect.y > max(rect.y for rect in opened)
    row = _targets(frame)[offering("s").characters[0]].rect
    assert row.bottom < min(rect.y for rect in opened)


@pytest.mark.parametrize("look", ["low", "elder low"])
def test_results_stay_in_sight_above_the_reach(look: str) -> None:
    """In low view titles stand above the characters, and a key opens them."""
    frame = _frame(_state("s", look), offering("s"))
    written = {line for mark in frame.marks if isinstance(mark, Text) and mark.y < 960 for line in mark.lines}
    assert sum((row.plain_title or row.title) in written for row in county.rows()[:20]) >= 4
    assert "看这 20 件" in _targets(frame)


@pytest.mark.parametrize("look", _views)
def test_letters_never_move(look: str) -> None:
    """With characters or without, a letter is where it was."""
    places = [
        {label: target.rect for label, target in _targets(_frame(_state(terms, look), view)).items() if label in "ABM"}
        for terms, view in (("", county.view()), ("身", county.view(hits=county.rows()[:1])), ("s", offering("s")))
    ]
    assert len(places[0]) == 3
    assert places[0] == places[1] == places[2]


@pytest.mark.parametrize("look", _views)
def test_what_was_typed_last_is_always_seen(look: str) -> None:
    """A text too long for the field loses its beginning; the letter that waits is in the keys' colour."""
    frame = _frame(_state("居民身份证丢了坏了到期补领换领z", look), offering("z"))
    lines = {mark.lines[0]: mark for mark in frame.marks if isinstance(mark, Text)}
    (before,) = [line for line in lines if line.startswith("…")]
    assert before.endswith("补领换领")
    (letter,) = [m for m in frame.marks if isinstance(m, Text) and m.lines == ("Z",) and m.color == "blue"]
    assert letter.x + letter.size < 1080 - 48


def test_characters_help_out_of_letters_that_find_nothing() -> None:
    """No result for the letters together: the row still offers what is there."""
    view = county.view(characters=("证", "政"))
    frame = _frame(_state("sfz"), view)
    assert {"证", "政", "按类别找"} <= _targets(frame).keys()
    assert isinstance(_targets(frame)["证"].action, Change)
