"""Whether the items to be shown are the same as before, for whatever is kept of them in memory.

1. Every transaction that writes or deletes an item, or makes anew what is searched, leaves another number in the file's
   own `user_version`. Notes of the agent to itself, which also make another `data_version`, do not.
2. An id that is withdrawn but not deleted yet counts.
3. Of the same items the same are due as long as equally many have begun and equally many have ended.
"""

from datetime import datetime

from sqlite_utils import Database

from content_sync.storage import content_read

Epoch = tuple[object, ...]
_versions = 1 << 31


def epoch(db: Database, now: datetime) -> Epoch:
    """Equal for two instants at which the same items are due with the same text."""
    at = content_read.instants(db, content_read.later(db, now))
    counts = db.execute(
        """SELECT (SELECT count(*) FROM withdrawn), count(*), total(starts <= :begun), total(ends <= :now)
           FROM items""",
        at,
    ).fetchone()
    return (*counts, _version(db))


def turn(db: Database) -> None:
    """Rule 1; inside the transaction that writes."""
    db.execute(f"PRAGMA user_version = {(_version(db) + 1) % _versions}")


def _version(db: Database) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])
