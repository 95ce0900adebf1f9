"""Lists of authors: which items a page shows, and what an import left open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, select

from content_sync.domain import limits
from content_sync.domain.disclosure import five_ones
from content_sync.domain.disclosure.guides import Guide
from content_sync.wire import canonical
from content_sync.wire.items import item_from_plain
from display_server.database.content import Entry
from display_server.database.county import setting
from display_server.database.tables.content import findings, items


@dataclass(frozen=True)
class Wanted:
    """What a list is filtered by; `page` counts from 1."""

    state: str = ""
    kind: str = ""
    words: str = ""
    page: int = 1

    @staticmethod
    def of(args: Mapping[str, str]) -> "Wanted":
        """The filter of a page's address; anything odd counts as no filter."""
        page = args.get("page", "1")
        number = int(page) if page.isdecimal() and len(page) < 5 else 1
        return Wanted(args.get("state", ""), args.get("kind", ""), args.get("words", "").strip(), max(1, number))


@dataclass(frozen=True)
class Page:
    """One page of a list, how many there are of each state, how many pages, and whether more follow."""

    entries: tuple[Entry, ...]
    counts: dict[str, int]
    found: int
    pages: int
    more: bool


def listed(entries: Sequence[Entry], wanted: Wanted) -> Page:
    """One page of the entries that fit."""
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.state] = counts.get(entry.state, 0) + 1
    fitting = [entry for entry in entries if _fits(entry, wanted)]
    start = (wanted.page - 1) * limits.page_rows
    shown = tuple(fitting[start : start + limits.page_rows])
    pages = -(-len(fitting) // limits.page_rows)
    return Page(shown, counts, len(fitting), pages, start + limits.page_rows < len(fitting))


def doubts(connection: Connection, item_id: str) -> Sequence[Row[tuple[object, ...]]]:
    """What an import was unsure of, settled or not."""
    rows: Sequence[Row[tuple[object, ...]]] = connection.execute(
        select(findings).where(findings.c.item == item_id).order_by(findings.c.seq)
    ).all()
    return rows


def five_ones_of(connection: Connection, entries: Sequence[Entry]) -> dict[str, tuple[str, ...]]:
    """By guide, which of the five ones its working text lacks (GUI-02), in words."""
    public, lacking = setting(connection, "public_url"), {}
    guides = [entry.id for entry in entries if entry.kind == "guide"]
    for row in connection.execute(select(items.c.id, items.c.draft).where(items.c.id.in_(guides))):
        item = item_from_plain(canonical.load(row.draft.encode(), row.id))
        held = five_ones.held(item, item.body, public) if isinstance(item.body, Guide) else {}
        lacking[row.id] = tuple(words for name, words in five_ones.ones.items() if not held.get(name))
    return lacking


def _fits(entry: Entry, wanted: Wanted) -> bool:
    in_state = not wanted.state or entry.state == wanted.state
    return in_state and (not wanted.kind or entry.kind == wanted.kind) and wanted.words in entry.title
