"""What the public may read: the published state; never a draft or a withdrawn text, nothing before or after its time.

The text comes from the submitted bytes and is hashed again when it is read (promise 4).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Select, and_, select

from content_sync.domain.county import Unit
from content_sync.domain.disclosure.items import Item, is_due, is_over
from content_sync.domain.edition import body_hash
from content_sync.wire.items import parse_item
from display_server.database import content
from display_server.database.tables.content import published, versions, withdrawals

_facts = tuple(versions.c[name] for name in ("item", "kind", "title", "dated", "shown_from", "shown_until"))


def _on_show(*columns: Any) -> Select[Any]:
    joined = select(*_facts, *columns).join(
        published, and_(published.c.item == versions.c.item, published.c.version == versions.c.version)
    )
    standing = joined.join(withdrawals, withdrawals.c.item == versions.c.item, isouter=True)
    return standing.where(withdrawals.c.item.is_(None))


@dataclass(frozen=True)
class Reading:
    """One published item, ready to be shown, with the edition that is true now."""

    item: Item
    hash: str
    unit: Unit
    edition: int
    edition_time: str


@dataclass(frozen=True)
class Line:
    """One line of the list."""

    id: str
    kind: str
    title: str
    dated: str


Absent = Literal["never", "withdrawn", "over"]


def reading(connection: Connection, item_id: str, now: datetime) -> Reading | Absent:
    """The published item, or why there is none to read."""
    if connection.execute(select(withdrawals.c.item).where(withdrawals.c.item == item_id)).first():
        return "withdrawn"
    row = connection.execute(
        _on_show(versions.c.body, published.c.hash, published.c.channel).where(versions.c.item == item_id)
    ).first()
    if row is None or body_hash(row.body) != row.hash:
        return "never"
    if is_over(row.shown_until, now):
        return "over"
    if not is_due(row.shown_from, row.shown_until, now):
        return "never"
    place = content.channel(connection, row.channel)
    number, _, time = content.newest_edition(connection, row.channel)
    return Reading(parse_item(row.body), row.hash, place.unit, number, time)


def lines(connection: Connection, now: datetime) -> list[Line]:
    """Everything there is to read, newest dated first."""
    rows = connection.execute(_on_show().order_by(versions.c.dated.desc(), versions.c.title))
    # instants may carry different offsets, so the database cannot compare them as text
    return [Line(r.item, r.kind, r.title, r.dated) for r in rows if is_due(r.shown_from, r.shown_until, now)]
