"""The fee lists that are published now, here or by whoever a relay mirrors (rules: domain.disclosure.fees).

Whether a ledger is a fee list stands in its text. So each published ledger is read once in a process, and its fees are
kept by the hash of its text, which never changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, and_, select

from content_sync.domain.disclosure.fees import Listed, called, listed
from content_sync.domain.disclosure.items import is_due
from content_sync.wire.items import parse_item
from display_server.config import Config
from display_server.database import mirrored
from display_server.database.tables.content import published, versions, withdrawals

_together = 200


@dataclass(frozen=True)
class _List:
    """The fees of one published text, none where it is no list, and when it is shown."""

    shown_from: str
    shown_until: str
    fees: tuple[Listed, ...]


_read: dict[str, _List] = {}


def known(config: Config, connection: Connection, now: datetime) -> tuple[Listed, ...]:
    """Every fee on a list of any unit; none where nobody published one."""
    lists = [*_here(connection)]
    for one in mirrored.every(connection):
        if one.edition:
            lists += _of_tree(config.repo, one.channel, one.edition, one.as_of)
    return tuple(fee for one in lists if one.fees and is_due(one.shown_from, one.shown_until, now) for fee in one.fees)


def _here(connection: Connection) -> Iterator[_List]:
    global _read  # noqa: PLW0603  # what is not published any more is dropped with the old dictionary
    rows = (
        select(published.c.hash)
        .join(versions, and_(published.c.item == versions.c.item, published.c.version == versions.c.version))
        .join(withdrawals, withdrawals.c.item == published.c.item, isouter=True)
        .where(versions.c.kind == "ledger", withdrawals.c.item.is_(None))
    )
    before, hashes = _read, list(connection.execute(rows).scalars())
    fresh, new = iter([one for one in hashes if one not in before]), dict[str, _List]()
    while part := list(islice(fresh, _together)):
        bodies = select(versions.c.hash, versions.c.body).where(versions.c.hash.in_(part))
        new |= {row.hash: _list(row.body) for row in connection.execute(bodies)}
    kept = _read = {one: new.get(one) or before[one] for one in hashes if one in new or one in before}
    return iter(kept.values())


@lru_cache(maxsize=8)  # a tree is read when its state is new, not for every form
def _of_tree(repo: Path, channel: str, _edition: int, _as_of: str) -> tuple[_List, ...]:
    from content_sync.current import bodies_in, withdrawn_in
    from content_sync.trust.tree import Tree

    tree = Tree(repo / channel)
    gone = withdrawn_in(tree)
    every = bodies_in(tree).items()
    return tuple(_list(body) for name, body in every if name not in gone and called.encode() in body)


def _list(body: bytes) -> _List:
    item = parse_item(body) if called.encode() in body else None
    return _List(item.shown_from, item.shown_until, listed(item)) if item else _List("", "", ())
