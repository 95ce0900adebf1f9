"""Taking items off the device.

1. Hiding needs no edition: the id is kept for ever, the body goes at once, its hash stays so that the root can still
   be computed. A channel can hide only its own items.
2. Text leaves the search table by its rowid. What SQLite still keeps of it afterwards, and files that only this item
   named, are marked for content_scrub: at once for what was withdrawn or is followed no more, the terms of what an
   edition merely replaced later.
"""

from collections.abc import Iterable, Mapping, Sequence

from sqlite_utils import Database

from content_sync.domain import limits
from content_sync.domain.edition import body_hash
from content_sync.domain.errors import Unverified
from content_sync.storage import content_attached, content_channels, content_epoch, content_scrub
from content_sync.storage.content_channels import withdrawn_ids


def hide(db: Database, channel: str, ids: Sequence[str]) -> int:
    """Rule 1; returns how many items left the screens now."""
    if len(ids) > limits.withdrawn_ids_max:
        raise Unverified(f"{channel} withdraws more than {limits.withdrawn_ids_max} items at once.")
    keep_away(db, channel, ids)
    found = db.execute(
        """SELECT n, id, CAST(body AS BLOB) FROM items WHERE channel = ?
           AND id IN (SELECT id FROM withdrawn WHERE channel = ?)""",
        [channel, channel],
    ).fetchall()
    add_hashes(db, channel, {item: body_hash(body) for _, item, body in found})
    delete(db, [n for n, _, _ in found], at_once=True)
    return len(found)


def keep_away(db: Database, channel: str, ids: Sequence[str]) -> int:
    """The least that takes items off the screens: no list, search or drawing passes these ids any more.

    Their text goes when there is room again. Returns how many ids are new.
    """
    if ids and not content_channels.are_ids_sound(db, channel):
        db.execute("DELETE FROM withdrawn WHERE channel = ?", [channel])  # rule 2 of content_channels
    new = set(ids) - withdrawn_ids(db, channel)
    db.conn.executemany("INSERT OR IGNORE INTO withdrawn VALUES (?, ?)", [(channel, item) for item in new])
    if new:
        content_channels.seal_ids(db, channel)
        content_scrub.hasten(db)
    return len(new)


def delete(db: Database, rows: Iterable[int], *, at_once: bool = False) -> None:
    """Delete items by their row number, text, search terms and names of files (rule 2)."""
    numbers = list(rows)
    for n in numbers:
        db.execute("DELETE FROM search WHERE rowid = ?", [n])
        db.execute("DELETE FROM spellings WHERE n = ?", [n])
        content_attached.forget(db, n)
        db.execute("DELETE FROM items WHERE n = ?", [n])
    if numbers:
        content_epoch.turn(db)
        content_scrub.mark(db, at_once=at_once)


def leave_items(db: Database, channel: str, ids: Iterable[str]) -> None:
    """Items that the channel's next edition holds no more, hidden ones too."""
    for item in ids:
        found = db.execute("SELECT n FROM items WHERE channel = ? AND id = ?", [channel, item]).fetchall()
        delete(db, [row[0] for row in found])
        db.execute("DELETE FROM hidden WHERE channel = ? AND id = ?", [channel, item])


def leave_strangers(db: Database) -> None:
    """Items of no followed channel: only a worn disk makes them, and they would keep their ids from their channel."""
    rows = db.execute("SELECT n FROM items WHERE channel NOT IN (SELECT channel FROM channels)").fetchall()
    delete(db, [row[0] for row in rows], at_once=True)


def keep_hashes(db: Database, channel: str, hashes: Mapping[str, str]) -> None:
    """Remember exactly these hidden bodies of the channel's new edition."""
    db.execute("DELETE FROM hidden WHERE channel = ?", [channel])
    add_hashes(db, channel, hashes)


def leave(db: Database, channel: str) -> None:
    """Forget a channel that is followed no more; what it withdrew stays withdrawn."""
    rows = db.execute("SELECT n FROM items WHERE channel = ?", [channel]).fetchall()
    delete(db, [row[0] for row in rows], at_once=True)
    for table in ("hidden", "channels", "problems"):
        db.execute(f"DELETE FROM {table} WHERE channel = ?", [channel])  # noqa: S608  # table names of this module
    content_channels.unseal(db, channel)


def add_hashes(db: Database, channel: str, hashes: Mapping[str, str]) -> None:
    """Remember hidden bodies beside those known already."""
    rows = [(channel, item, value) for item, value in hashes.items()]
    db.conn.executemany("INSERT OR REPLACE INTO hidden VALUES (?, ?, ?)", rows)
