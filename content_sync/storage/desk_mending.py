"""Opening the desk although its file is damaged: a hall must not stop giving numbers.

1. A file that is no sound database any more is put aside as `desk.db.damaged`, with its log, and a new desk begins.
   What waited in it can be taken out by whoever looks after the device; nothing is deleted.
2. Agent and screen may find the damage at once: one of them mends under a lock, the other finds a sound file.
3. On a full disk what was committed is read, and every write says so (`storage.cramped`).
4. Connections that were open before take up the new file at their next step (`storage.connection`).
"""

import fcntl
from contextlib import suppress
from pathlib import Path

from content_sync import durable
from content_sync.domain import limits
from content_sync.domain.errors import Broken
from content_sync.storage import desk_schema
from content_sync.storage.connection import Connection
from content_sync.storage.faults import Damaged


def opened(path: Path) -> Connection:
    """A connection to a sound desk at `path`, made or mended when it must be."""
    try:
        return _sound(path)
    except Damaged:
        with path.with_name(f".{path.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # rule 2
            try:
                return _sound(path)
            except Damaged:
                _put_aside(path)
            return _sound(path)


def put_aside(path: Path) -> Path:
    """Where a damaged desk of `path` is kept."""
    return path.with_name(f"{path.name}.damaged")


def _sound(path: Path) -> Connection:
    connection = Connection(path, desk_schema.migrations, busy_ms=limits.desk_busy_ms, keep=0, is_read_when_full=True)
    try:
        with connection.snapshot() as db:
            found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise Damaged(f"{path.name} is damaged ({found}).")
    except Broken:
        connection.close()
        raise
    return connection


def _put_aside(path: Path) -> None:
    """Rule 1; the log goes with its file, because either alone is worth less."""
    for suffix in ("-shm", "-wal", ""):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(put_aside(path).with_name(put_aside(path).name + suffix))
    durable.settle(path.parent)
