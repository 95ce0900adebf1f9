"""Single facts of content.db: the county, the clock's floor, what must still be scrubbed.

A value is sealed by the beginning of its hash, with its name. One that a worn disk changed is as if it had never been
put: a flipped bit must not move the clock to 2827. What the first release wrote has no seal and is believed.
"""

import hashlib
from datetime import datetime, timedelta

from sqlite_utils import Database

from content_sync.domain import limits, uptime
from content_sync.domain.errors import BadInput
from content_sync.domain.ids import directory_channel

directory_fact = "directory_as_of"  # the newest signed time of the county's directory
_believed = "believed"
_sealed, _seal_bytes = b"\x00sealed:", 8
records_key_fact = "records_key"  # hex; for whom records on sticks are sealed, as the directory says


def get(db: Database, name: str) -> bytes | None:
    """The fact's bytes, None when it was never put."""
    row = db.execute("SELECT CAST(value AS BLOB) FROM facts WHERE name = ?", [name]).fetchone()
    if row is None or not row[0].startswith(_sealed):
        return row[0] if row else None
    seal, value = row[0][len(_sealed) :][:_seal_bytes], row[0][len(_sealed) + _seal_bytes :]
    return value if seal == _seal(name, value) else None


def put(db: Database, name: str, value: bytes) -> None:
    """Set a fact."""
    sealed = _sealed + _seal(name, value) + value
    db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", [name, sealed])


def _seal(name: str, value: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + value).digest()[:_seal_bytes]


def floor(db: Database) -> datetime | None:
    """The newest signed time seen; time is never earlier than this (promise 5)."""
    return _instant(get(db, "floor"))


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
    if before is None or kept.believed >= before.believed:
        put(db, _believed, uptime.written(kept).encode())


def reached(db: Database) -> datetime | None:
    """The later of the signed and the believed time: what had ended then stays ended."""
    kept = kept_time(db)
    return max((time for time in (floor(db), kept.believed if kept else None) if time is not None), default=None)


def newest(before: str, as_of: str) -> str:
    """The later of a channel's stored and the given signed time."""
    return max((time for time in (as_of, before) if time), key=datetime.fromisoformat)


def raise_floor(db: Database, channel: str, as_of: str) -> None:
    """Move the floor up to a signed time.

    A channel moves it at most `limits.clock_jump_days_max` days beyond what the county's directory said last, however
    often it tries, so that one unit's bad clock cannot end everybody's items; the directory moves it to wherever it
    says.
    """
    seen, now = floor(db), datetime.fromisoformat(as_of)
    if seen is not None and now <= seen:
        return
    known = _instant(get(db, directory_fact)) or seen
    if known is not None and channel != directory_channel and now - known > timedelta(days=limits.clock_jump_days_max):
        return
    put(db, "floor", as_of.encode())


def _instant(value: bytes | None) -> datetime | None:
    """The instant of a fact, None when there is none or an old disk made it none."""
    try:
        instant = datetime.fromisoformat(value.decode()) if value else None
    except ValueError:
        return None
    return instant if instant is not None and instant.tzinfo is not None else None
