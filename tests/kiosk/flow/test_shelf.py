"""What is worked out of ten thousand items once: the same as looking through them, and gone with the visitor."""

from collections.abc import Sequence

import pytest

from kiosk.app import tongues
from kiosk.flow import errands, lists
from kiosk.flow.frame import Mark
from kiosk.flow.pages.finding import Listing
from kiosk.flow.sheet import Sheet
from kiosk.flow.shelf import Shelf
from kiosk.flow.state import State
from kiosk.flow.words import Words
from kiosk.typeset.measuring import FontMeasure
from tests.kiosk import county

_measure = FontMeasure()
_fields = ("kind", "section", "service", "channel", "node", "topics", "id")
_tiles = [(way, key) for way, its in errands.ways.items() for key, _ in its]


def _turn(shelf: Shelf, number: int, rows: Shelf | None = None) -> tuple[Mark, ...]:
    sheet = Sheet("listing", State((Listing(),)), county.view(rows=shelf), _measure, tongues.words("zh-Hans"))
    lists.rows(sheet, rows or shelf, number, lambda n: Listing(number=n), grows=True)
    return sheet.frame().marks


def _values(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


@pytest.mark.parametrize("field", _fields)
def test_rows_by_a_field_are_those_that_have_it_in_their_order(field: str) -> None:
    """Every value's rows are what looking through all of them finds; an unknown value has none."""
    rows = county.rows()
    shelf = Shelf.of(rows)
    for value, found in shelf.by(field).items():
        assert list(found) == [row for row in rows if value in _values(getattr(row, field))]
    assert {value for row in rows for value in _values(getattr(row, field))} == set(shelf.by(field))
    assert shelf.where(field, "nobody") == ()


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
@pytest.mark.parametrize(("way", "key"), _tiles)
def test_a_tile_stands_for_the_guides_whose_names_say_its_words(way: str, key: str, language: str) -> None:
    """Found in one text of all names as in each name alone, the first word that a name says deciding the order."""
    rows, words = errands.guides(county.rows()), tongues.words(language)
    assert errands.answering(key, rows, words) == _looked_through(key, rows, words)
    assert (key in [one for one, _, _ in errands.tiles(way, rows, words)]) == bool(_looked_through(key, rows, words))


def _looked_through(key: str, rows: Shelf, words: Words) -> tuple[object, ...]:
    called = words(f"errand.{key}_words").split()
    places = [[word in f"{row.title}\n{row.plain_title}" for word in called] for row in rows]
    found = sorted((said.index(True), n) for n, said in enumerate(places) if any(said))
    return tuple(rows[n] for _, n in found)


def test_a_long_list_is_cut_into_pages_once_for_each_visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turned on and back it is the list it was; another list, or another visitor, has it cut anew."""
    cuts, cut = list[int](), lists.split

    def counted(heights: Sequence[float], room: float, gap: float) -> list[tuple[int, int]]:
        cuts.append(len(heights))
        return cut(heights, room, gap)

    monkeypatch.setattr(lists, "split", counted)
    shelf, others = Shelf.of(county.rows() * 4), Shelf.of(county.rows())
    pages = [_turn(shelf, number) for number in (0, 1, 0)]
    assert pages[0] == pages[2] != pages[1]
    assert cuts == [len(shelf)] * 2  # with and without the keys that turn it
    assert pages[1] == _turn(Shelf.of(shelf[:]), 1)
    del cuts[:]
    _turn(shelf, 0, others)
    assert set(cuts) == {len(others)}
    _turn(shelf, 0)
    del cuts[:]
    _turn(shelf, 0)
    assert cuts == []
    shelf.forget()
    _turn(shelf, 0)
    assert cuts == [len(shelf)] * 2
