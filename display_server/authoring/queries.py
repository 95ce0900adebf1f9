"""Lists of authors: which items a page shows, and what an import left open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, select

from content_sync.domain import limits
from display_server.database.content import Entry
from display_server.database.tables.content import findings


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


def _fits(entry: Entry, wanted: Wanted) -> bool:
    in_state = not wanted.state or entry.state == wanted.state
    return in_state and (not wanted.kind or entry.kind == wanted.kind) and wanted.words in entry.title
