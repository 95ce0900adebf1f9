"""Attached files that screens ask for (domain.holding).

1. A screen asks when it opens an item whose file is not here, and says at least every minute what it shows.
2. A wish counts for `limits.blob_wish_hours`. One from the future was made before the clock was set back; it counts for
   nothing, and is made again by a screen that still shows the file.
3. At most `limits.blob_wishes_max` are kept, the last ones.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlite_utils import Database

from content_sync.domain import limits
from content_sync.domain.holding import Wishes


def wish(db: Database, hashes: Collection[str], at: datetime) -> None:
    """A screen asks for these files, or shows them."""
    rows = [(one, at.isoformat()) for one in hashes]
    db.conn.executemany("INSERT INTO wishes VALUES (?, ?) ON CONFLICT (sha256) DO UPDATE SET at = excluded.at", rows)
    kept = "SELECT sha256 FROM wishes ORDER BY at DESC, sha256 LIMIT ?"
    db.execute(f"DELETE FROM wishes WHERE sha256 NOT IN ({kept})", [limits.blob_wishes_max])  # noqa: S608  # a constant is put in


def wishes(db: Database, now: datetime) -> Wishes:
    """How long ago each file was asked for, of those that count (rule 2)."""
    ages = {one: now - datetime.fromisoformat(at) for one, at in db.execute("SELECT sha256, at FROM wishes")}
    return {one: age for one, age in ages.items() if timedelta() <= age <= timedelta(hours=limits.blob_wish_hours)}
