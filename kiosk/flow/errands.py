"""What people come for, in their own words: tiles that each stand for some guides, and the times of life.

1. A tile has a label and the words that its guides are called by, both in the language's sentences; the first word
   that a title holds decides how far up the guide stands.
2. A tile with no guide here is not shown: every key leads to something.
3. A tile with a single guide opens it at once.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from kiosk.flow import lists
from kiosk.flow.pages.finding import Guides
from kiosk.flow.shelf import Shelf
from kiosk.flow.state import Page
from kiosk.flow.view import Row
from kiosk.flow.words import Words

common: tuple[tuple[str, str], ...] = (
    ("hospital", "cross"),
    ("relief", "heart"),
    ("house", "home"),
    ("idcard", "idcard"),
    ("household", "people"),
    ("pension", "umbrella"),
    ("socialcard", "idcard"),
    ("shop", "shop"),
    ("deed", "key"),
    ("elderly", "heart"),
    ("disabled", "heart"),
    ("marriage", "people"),
    ("school", "document"),
    ("work", "bag"),
    ("insurance", "cross"),
    ("licence", "ticket"),
    ("farming", "things"),
    ("errand", "steps"),
)
events: tuple[tuple[str, str], ...] = (
    ("birth", "people"),
    ("growing", "document"),
    ("job", "bag"),
    ("wedding", "heart"),
    ("home", "home"),
    ("business", "shop"),
    ("illness", "cross"),
    ("hardship", "heart"),
    ("handicap", "heart"),
    ("retiring", "umbrella"),
    ("soldier", "flag"),
    ("death", "calendar"),
)
ways: dict[str, tuple[tuple[str, str], ...]] = {"": common, "events": events}


def guides(rows: Sequence[Row]) -> Shelf:
    """The guides among the rows."""
    return Shelf.of(rows).where("kind", "guide")


def answering(key: str, rows: Sequence[Row], words: Words) -> tuple[Row, ...]:
    """The guides a tile stands for (rule 1)."""
    called, shelf = tuple(words(f"errand.{key}_words").split()), Shelf.of(rows)
    return shelf.once(called, lambda: _named(shelf, called))


def _named(shelf: Shelf, called: Sequence[str]) -> tuple[Row, ...]:
    """Looked for in all names as one text: no word spans two of its lines, for none holds a space."""
    text, ends = shelf.once("names", lambda: _names(shelf))
    place_of: dict[int, int] = {}
    for place, word in enumerate(called):
        at = text.find(word)
        while at >= 0:
            n = bisect_right(ends, at)
            place_of.setdefault(n, place)
            at = text.find(word, ends[n])
    return tuple(shelf[n] for n in sorted(place_of, key=lambda n: (place_of[n], n)))


def _names(shelf: Shelf) -> tuple[str, list[int]]:
    """The titles of all, and where each one's end."""
    each = [f"{row.title}\n{row.plain_title}\n" for row in shelf]
    return "".join(each), list(accumulate(map(len, each)))


def tiles(way: str, rows: Sequence[Row], words: Words) -> list[tuple[str, str, tuple[Row, ...]]]:
    """(key, icon, guides) of each tile of a way that has any (rule 2)."""
    shelf = Shelf.of(rows)
    found = ((key, icon, answering(key, shelf, words)) for key, icon in ways[way])
    return [one for one in found if one[2]]


def page_of(key: str, way: str, rows: Sequence[Row]) -> Page:
    """Where a tile leads (rule 3)."""
    return lists.page_of(rows[0]) if len(rows) == 1 else Guides(way=way, errand=key)
