"""The ways to a guide by looking: nothing leads nowhere, and a guide is never far from the first page."""

from dataclasses import replace

import pytest

from kiosk import config
from kiosk.flow import errands, show
from kiosk.flow.actions import Open
from kiosk.flow.frame import Frame
from kiosk.flow.pages.finding import Guides, Search
from kiosk.flow.pages.plain import Help, Home
from kiosk.flow.pages.reading import Guide
from kiosk.flow.reduce import reduce
from kiosk.flow.state import Page, State
from kiosk.flow.view import View
from kiosk.flow.words import Words
from kiosk.typeset.measuring import FontMeasure
from tests.kiosk import county

_measure, _words = FontMeasure(), Words(config.wording())
_views = {"normal": (False, False), "elder": (True, False), "low": (False, True), "elder low": (True, True)}


def _frame(state: State, view: View) -> Frame:
    return show.frame(state, view, _measure, _words)


def _after(state: State, view: View) -> list[State]:
    """What every touch on this screen leads to."""
    return [reduce(state, target.action)[0] for target in _frame(state, view).targets]  # type: ignore[arg-type]  # a target carries any object


def _reached(look: str, touches: int) -> set[str]:
    """The guides that lie open after so many touches from the first page."""
    view, seen = county.view(), {State((Home(),), *_views[look])}
    for _ in range(touches):
        seen |= {after for state in seen if isinstance(state.page, (Home, Guides)) for after in _after(state, view)}
    return {state.page.item for state in seen if isinstance(state.page, Guide)}


@pytest.mark.parametrize("look", _views)
def test_every_guide_of_the_county_is_four_touches_away_by_looking(look: str) -> None:
    """Decisions: what it is about, which guide; 办事指南 before them and a page more are touches, not choices."""
    assert _reached(look, 4) == {row.id for row in errands.guides(county.rows())}


def test_most_guides_are_three_touches_away() -> None:
    """办事指南, a tile in people's words, the guide."""
    assert len(_reached("normal", 3)) >= 0.9 * len(errands.guides(county.rows()))


@pytest.mark.parametrize("way", errands.ways)
def test_no_tile_is_empty(way: str) -> None:
    """A tile that is shown has guides; one without is not shown; without any guide the page says where to ask."""
    rows = errands.guides(county.rows())
    tiles = errands.tiles(way, rows, _words)
    assert tiles
    assert all(its for _, _, its in tiles)
    assert [key for key, _, _ in errands.tiles(way, rows[:0], _words)] == []
    empty = _frame(State((Home(), Guides(way=way))), county.view(rows=()))
    assert any(target.action == Open(Help()) for target in empty.targets)


def test_a_tile_with_one_guide_opens_it() -> None:
    """One choice less."""
    rows = errands.guides(county.rows())
    one = errands.answering("marriage", rows, _words)
    assert errands.page_of("marriage", "", one) == Guide("qh-jiehun")
    assert errands.page_of("marriage", "", one * 2) == Guides(errand="marriage")


@pytest.mark.parametrize("look", _views)
@pytest.mark.parametrize("near", [0, 3])
@pytest.mark.parametrize("found", [False, True])
def test_nothing_found_leads_to_a_person_and_to_browsing(look: str, near: int, found: bool) -> None:
    """Never an empty page: near matches where there are some, and 找人帮忙 and 按类别找 in any case."""
    page: Page = replace(Search("xyz"), found=found)
    view = county.view(near=county.rows()[:near])
    opened = [
        a.page for t in _frame(State((Home(), page), *_views[look]), view).targets if isinstance(a := t.action, Open)
    ]
    assert Help() in opened
    if near and "low" not in look:
        assert len(opened) > 1
    elif not near:
        assert Guides() in opened
