"""The fee lists that are published now, here or by whoever a relay mirrors (rules: domain.disclosure.fees).

1. Whether a ledger is a fee list stands in its text. So each published ledger is read once in a process, and its fees
   are kept by the hash of its text, which never changes.
2. A list that a newer program wrote is read as a device reads it (wire.items); one that cannot be read says nothing.
3. A mirrored tree that is damaged says nothing either: it stops no window. That it is damaged stands with the mirror.
"""

from collections.abc import Container, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, and_, select

from content_sync.domain.county import upwards
from content_sync.domain.disclosure.fees import Listed, called, is_list, listed
from content_sync.domain.disclosure.items import Item, is_due
from content_sync.domain.errors import BadInput, GongkailanError
from content_sync.wire import canonical
from content_sync.wire.items import read_item
from display_server.config import Config
from display_server.database import county as kept
from display_server.database import mirrored
from display_server.database.mirrored_items import MadeOfTrees
from display_server.database.tables.content import published, versions, withdrawals
from display_server.database.tables.core import channels

_together = 200


@dataclass(frozen=True)
class _List:
    """The fees of one published text, none where it is no list, and when it is shown."""

    shown_from: str
    shown_until: str
    fees: tuple[Listed, ...]


_no_list = _List("", "", ())
_read: dict[str, _List] = {}


def known(config: Config, connection: Connection, now: datetime, unit: str) -> tuple[Listed, ...]:
    """Every fee on a list of this unit and of those above it; none where none of them published one."""
    binding = upwards(kept.all_units(connection), unit)
    lists = [*_here(connection, binding)]
    for one in mirrored.every(connection):
        if one.unit not in binding:
            continue
        with suppress(GongkailanError, OSError):  # rule 3
            lists += _of_trees.of(config, one) if one.edition else ()
    return tuple(fee for one in lists if one.fees and is_due(one.shown_from, one.shown_until, now) for fee in one.fees)


def _here(connection: Connection, binding: Container[str]) -> Iterator[_List]:
    global _read  # noqa: PLW0603  # what is not published any more is dropped with the old dictionary
    rows = (
        select(published.c.hash, channels.c.unit)
        .join(channels, channels.c.id == published.c.channel)
        .join(versions, and_(published.c.item == versions.c.item, published.c.version == versions.c.version))
        .join(withdrawals, withdrawals.c.item == published.c.item, isouter=True)
        .where(versions.c.kind == "ledger", withdrawals.c.item.is_(None))
    )
    before, units = _read, {row.hash: row.unit for row in connection.execute(rows)}
    fresh, new = iter([one for one in units if one not in before]), dict[str, _List]()
    while part := list(islice(fresh, _together)):
        bodies = select(versions.c.hash, versions.c.body).where(versions.c.hash.in_(part))
        new |= {row.hash: _list(row.body) for row in connection.execute(bodies)}
    found = _read = {one: new.get(one) or before[one] for one in units if one in new or one in before}
    return (one for name, one in found.items() if units[name] in binding)


def _list(body: bytes) -> _List:
    item = _item(body) if called.encode() in body else None
    return _List(item.shown_from, item.shown_until, listed(item)) if item else _no_list


def _item(body: bytes) -> Item | None:
    """The fee list in these bytes, as far as this program can read it (rule 2)."""
    with suppress(BadInput):
        plain = canonical.load(body, "An item")
        if isinstance(plain, dict) and is_list(*(str(plain.get(name)) for name in ("kind", "node", "title"))):
            return read_item(body)
    return None


def _lists(bodies: Mapping[str, bytes]) -> tuple[_List, ...]:
    return tuple(one for one in map(_list, bodies.values()) if one.fees)


_of_trees = MadeOfTrees(_lists)
