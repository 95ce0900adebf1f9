"""Taking items off the device.

1. Hiding needs no edition: the id is kept for ever, the body goes at once, its hash stays so that the root can still
   be computed. A channel can hide only its own items.
2. Text leaves the search table by its rowid. FTS keeps the terms of deleted rows and the log keeps old pages, so a
   removal leaves the fact `scrub`; the scrub merges the index and empties the log, and is repeated until it succeeds.
3. Files that only this item named go in the same scrub, before anything else of it (content_attached).
"""

from collections.abc import Iterable, Mapping, Sequence

from sqlite_utils import Database

from content_sync.domain import limits
from content_sync.domain.edition import body_hash
from content_sync.domain.errors import Unverified
from content_sync.storage import content_attached, facts
from content_sync.storage.blobs import BlobFolder


def hide(db: Database, channel: str, ids: Sequence[str]) -> int:
    """Rule 1; returns how many items left the screens now."""
    if len(ids) > limits.withdrawn_ids_max:
        raise Unverified(f"{channel} withdraws more than {limits.withdrawn_ids_max} items at once.")
    db.conn.executemany("INSERT OR IGNORE INTO withdrawn VALUES (?, ?)", [(channel, item) for item in ids])
    found = db.execute(
        """SELECT n, id, CAST(body AS BLOB) FROM items WHERE channel = ?
           AND id IN (SELECT id FROM withdrawn WHERE channel = ?)""",
        [channel, channel],
    ).fetchall()
    add_hashes(db, channel, {item: body_hash(body) for _, item, body in found})
    delete(db, [n for n, _, _ in found])
    return len(found)


def withdrawn_ids(db: Database, channel: str) -> set[str]:
    """Every id the channel ever withdrew."""
    return {row[0] for row in db.execute("SELECT id FROM withdrawn WHERE channel = ?", [channel])}


def delete(db: Database, rows: Iterable[int]) -> None:
    """Delete items by their row number, text, search terms and names of files (rules 2 and 3)."""
    for n in rows:
        db.execute("DELETE FROM search WHERE rowid = ?", [n])
        db.execute("DELETE FROM spellings WHERE n = ?", [n])
        content_attached.forget(db, n)
        db.execute("DELETE FROM items WHERE n = ?", [n])
        facts.put(db, "scrub", b"1")


def leave_items(db: Database, channel: str, ids: Iterable[str]) -> None:
    """Items that the channel's next edition holds no more, hidden ones too."""
    for item in ids:
        found = db.execute("SELECT n FROM items WHERE channel = ? AND id = ?", [channel, item]).fetchall()
        delete(db, [row[0] for row in found])
        db.execute("DELETE FROM hidden WHERE channel = ? AND id = ?", [channel, item])


def keep_hashes(db: Database, channel: str, hashes: Mapping[str, str]) -> None:
    """Remember exactly these hidden bodies of the channel's new edition."""
    db.execute("DELETE FROM hidden WHERE channel = ?", [channel])
    add_hashes(db, channel, hashes)


def leave(db: Database, channel: str) -> None:
    """Forget a channel that is followed no more; what it withdrew stays withdrawn."""
    delete(db, [row[0] for row in db.execute("SELECT n FROM items WHERE channel = ?", [channel]).fetchall()])
    for table in ("hidden", "channels", "problems"):
        db.execute(f"DELETE FROM {table} WHERE channel = ?", [channel])  # noqa: S608  # table names of this module


def purge(db: Database, blobs: BlobFolder) -> None:
    """Remove the files that went with items, and the terms of deleted texts (rules 2 and 3)."""
    for name in content_attached.leaving(db):
        blobs.wipe(name)
    blobs.settle()
    content_attached.left(db)
    db.execute("INSERT INTO search (search) VALUES ('optimize')")


def add_hashes(db: Database, channel: str, hashes: Mapping[str, str]) -> None:
    """Remember hidden bodies beside those known already."""
    rows = [(channel, item, value) for item, value in hashes.items()]
    db.conn.executemany("INSERT OR REPLACE INTO hidden VALUES (?, ?, ?)", rows)
