"""Single facts of content.db: the county, the clock's floor, what must still be scrubbed."""

from datetime import datetime, timedelta

from sqlite_utils import Database

from content_sync.domain import limits, uptime
from content_sync.domain.errors import BadInput
from content_sync.domain.ids import directory_channel

directory_fact = "directory_as_of"  # the newest signed time of the county's directory
_believed = "believed"
records_key_fact = "records_key"  # hex; for whom records on sticks are sealed, as the directory says


def get(db: Database, name: str) -> bytes | None:
    """The fact's bytes, None when it was never put."""
    row = db.execute("SELECT CAST(value AS BLOB) FROM facts WHERE name = ?", [name]).fetchone()
    return row[0] if row else None


def put(db: Database, name: str, value: bytes) -> None:
    """Set a fact."""
    db.execute("INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", [name, value])


def floor(db: Database) -> datetime | None:
    """The newest signed time seen; time is never earlier than this (promise 5)."""
    value = get(db, "floor")
    return datetime.fromisoformat(value.decode()) if value else None


def kept_time(db: Database) -> uptime.Kept | None:
    """The instant that was believed last, None when none was, or when it cannot be read."""
    value = get(db, _believed)
    try:
        return uptime.read(value.decode()) if value else None
    except (BadInput, ValueError):
        return None


def keep_time(db: Database, kept: uptime.Kept) -> None:
    """Keep an instant; an earlier one than is kept already changes nothing."""
    before = kept_time(db)
    if before is None or kept.believed > before.believed:
        put(db, _believed, uptime.written(kept).encode())


def reached(db: Database) -> datetime | None:
    """The later of the signed and the believed time: what had ended then stays ended."""
    kept = kept_time(db)
    return max((time for time in (floor(db), kept.believed if kept else None) if time is not None), default=None)


def newest(db: Database, channel: str, as_of: str) -> str:
    """The later of the channel's stored and the given signed time."""
    row = db.execute("SELECT as_of FROM channels WHERE channel = ?", [channel]).fetchone()
    return max((time for time in (as_of, row[0] if row else "") if time), key=datetime.fromisoformat)


def raise_floor(db: Database, channel: str, as_of: str) -> None:
    """Move the floor up to a signed time.

    A channel moves it at most `limits.clock_jump_days_max` days beyond what the county's directory said last, however
    often it tries, so that one unit's bad clock cannot end everybody's items; the directory moves it to wherever it
    says.
    """
    seen, now = floor(db), datetime.fromisoformat(as_of)
    if seen is not None and now <= seen:
        return
    said = get(db, directory_fact)
    known = datetime.fromisoformat(said.decode()) if said else seen
    if known is not None and channel != directory_channel and now - known > timedelta(days=limits.clock_jump_days_max):
        return
    put(db, "floor", as_of.encode())
