"""Which files the held items name, and which files must leave the device with an item.

1. `attached` has one row per attachment of a held item, written (content_write) and deleted in the transaction of its
   body. It is derived: `verify` holds it against the bodies, `reindex` makes it anew.
2. When an item leaves or changes, the files it named go onto the list `leaving` in the same transaction. What is still
   named then by any item of any channel stays; the rest is removed before the store calls itself scrubbed, after a
   crash at the next attempt.
"""

from collections.abc import Iterable

from sqlite_utils import Database

from content_sync.domain.disclosure.attachments import Blob
from content_sync.domain.holding import Use
from content_sync.wire.attachments import attached


def forget(db: Database, n: int) -> None:
    """The item of row `n` goes, and with it the files that nothing else names (rule 2)."""
    db.execute("INSERT OR IGNORE INTO leaving SELECT sha256 FROM attached WHERE n = ?", [n])
    db.execute("DELETE FROM attached WHERE n = ?", [n])


def leaving(db: Database) -> list[str]:
    """Files that no held item names any more (rule 2)."""
    query = "SELECT sha256 FROM leaving WHERE sha256 NOT IN (SELECT sha256 FROM attached) ORDER BY sha256"
    return [row[0] for row in db.execute(query)]


def left(db: Database) -> None:
    """They are gone."""
    db.execute("DELETE FROM leaving")


def names(db: Database, sha256: str) -> bool:
    """Whether any held item names this file."""
    return db.execute("SELECT 1 FROM attached WHERE sha256 = ? LIMIT 1", [sha256]).fetchone() is not None


def uses(db: Database) -> list[Use]:
    """Every attachment of every held item, the newest dated item first.

    None in a store that no agent of this version has opened yet.
    """
    if not db["attached"].exists():
        return []
    found = db.execute(
        """SELECT sha256, length, channel, starts, ends FROM attached JOIN items USING (n)
           ORDER BY dated DESC, starts DESC, id, place"""
    )
    return [Use(Blob(sha256, length), channel, starts, ends) for sha256, length, channel, starts, ends in found]


def is_sound(db: Database) -> bool:
    """Whether the table says what the bodies say (rule 1)."""
    kept = set(db.execute("SELECT n, place, sha256, length FROM attached").fetchall())
    return kept == set(_rows(db.execute("SELECT n, CAST(body AS BLOB) FROM items")))


def _rows(bodies: Iterable[tuple[int, bytes]]) -> Iterable[tuple[int, int, str, int]]:
    for n, body in bodies:
        for place, one in enumerate(attached(body)):
            yield n, place, one.sha256, one.length
