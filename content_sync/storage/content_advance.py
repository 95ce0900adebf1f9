"""Advancing from the stored edition by deltas, inside one transaction.

1. Only what the deltas touch is read and written; the editions between are never seen by anybody.
2. Withdrawn ids are obeyed first, and of a body that an edition still holds only its hash is kept, as in `apply`.
3. At the end the root is computed from all stored bodies; unless it is the signed one, everything is undone.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from sqlite_utils import Database

from content_sync.domain.edition import Edition, body_hash
from content_sync.storage import content_apply, content_hide, content_write
from content_sync.wire.deltas import decode


def advance(db: Database, edition: Edition, as_of: str, deltas: Sequence[bytes], withdrawn: Sequence[str]) -> int:
    """Make the stored state of the channel this edition; returns how many rows were written or removed.

    Raises Misfit when a delta does not belong to what is stored, Unverified when the outcome is not what was signed.
    """
    content_apply.check_number(db, edition)
    content_hide.hide(db, edition.channel, withdrawn)  # rule 2
    changes = _merged(db, edition.channel, deltas)
    gone = content_hide.withdrawn_ids(db, edition.channel) & changes.keys()
    content_hide.leave_items(
        db, edition.channel, [item for item, body in changes.items() if body is None or item in gone]
    )
    bodies = {item: body for item, body in changes.items() if body is not None}
    content_hide.add_hashes(db, edition.channel, {item: body_hash(bodies[item]) for item in gone & bodies.keys()})
    written = sorted(bodies.keys() - gone)
    content_hide.delete(db, [n for item in written if (n := _row(db, edition.channel, item)) is not None])
    content_write.write(db, edition.channel, (bodies[item] for item in written))
    content_apply.settle(db, edition, as_of)  # rule 3
    return len(changes)


def _merged(db: Database, channel: str, deltas: Sequence[bytes]) -> dict[str, bytes | None]:
    """What the deltas do together: the body of each item they touch, None for one that leaves (rule 1)."""
    merged: dict[str, bytes | None] = {}
    ids = set(_ids(db, channel))
    for data in deltas:
        changes = decode(data, sorted(ids), partial(_latest, db, channel, merged))
        ids = ids.difference(changes.remove).union(changes.put)
        merged |= dict.fromkeys(changes.remove)
        merged |= changes.put
    return merged


def _latest(db: Database, channel: str, merged: Mapping[str, bytes | None], item: str) -> bytes | None:
    return merged[item] if item in merged else _body(db, channel, item)


def _ids(db: Database, channel: str) -> list[str]:
    query = "SELECT id FROM items WHERE channel = ? UNION SELECT id FROM hidden WHERE channel = ?"
    return [row[0] for row in db.execute(query, [channel, channel])]


def _body(db: Database, channel: str, item: str) -> bytes | None:
    query = "SELECT CAST(body AS BLOB) FROM items WHERE channel = ? AND id = ?"
    found = db.execute(query, [channel, item]).fetchone()
    return found[0] if found else None


def _row(db: Database, channel: str, item: str) -> int | None:
    found = db.execute("SELECT n FROM items WHERE channel = ? AND id = ?", [channel, item]).fetchone()
    return found[0] if found else None
