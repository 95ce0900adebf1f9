"""What people come for, in their own words: tiles that each stand for some guides, and the times of life.

1. A tile has a label and the words that its guides are called by, both in the language's sentences; the first word
   that a title holds decides how far up the guide stands.
2. A tile with no guide here is not shown: every key leads to something.
3. A tile with a single guide opens it at once.
"""

from collections.abc import Iterable, Sequence

from kiosk.flow import lists
from kiosk.flow.pages.finding import Guides
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


def guides(rows: Iterable[Row]) -> list[Row]:
    """The guides among the rows."""
    return [row for row in rows if row.kind == "guide"]


def answering(key: str, rows: Sequence[Row], words: Words) -> list[Row]:
    """The guides a tile stands for (rule 1)."""
    called = words(f"errand.{key}_words").split()
    found = []
    for n, row in enumerate(rows):
        names = f"{row.title}\n{row.plain_title}"
        place = next((place for place, word in enumerate(called) if word in names), None)
        if place is not None:
            found.append((place, n, row))
    return [row for _, _, row in sorted(found, key=lambda one: one[:2])]


def tiles(way: str, rows: Sequence[Row], words: Words) -> list[tuple[str, str, list[Row]]]:
    """(key, icon, guides) of each tile of a way that has any (rule 2)."""
    found = ((key, icon, answering(key, rows, words)) for key, icon in ways[way])
    return [one for one in found if one[2]]


def page_of(key: str, way: str, rows: Sequence[Row]) -> Page:
    """Where a tile leads (rule 3)."""
    return lists.page_of(rows[0]) if len(rows) == 1 else Guides(way=way, errand=key)
