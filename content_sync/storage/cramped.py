"""Reading a database on a disk that has no room for what SQLite keeps beside it: its log, and the index of its log.

1. A screen that starts on a full disk shows what was committed; nothing is written, and a write says `Full`.
2. `copied`: a small file, its log included, is read into memory whole, and its tables are brought up to date there.
3. `as_it_is`: a large file is read where it lies, once a log that was left is folded into it; where there is no room
   even for that, it is read into memory, too. Only while nobody writes: another `stamp`, and it is to be opened anew.
   The stamp is that from before the reading, so that what somebody writes meanwhile is noticed (`stamped`).
4. Whoever has the file open has its log and index as well; then no reader needs room, and none comes here.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database, Migrations

Stamp = tuple[int, ...]
_Read = TypeVar("_Read", Database, sqlite3.Connection)


def is_full(error: sqlite3.Error) -> bool:
    """Whether this may be a disk without room."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)


def stamp(path: Path) -> Stamp:
    """Other numbers when somebody wrote into the file or its log."""
    return (*_stat(path), *_stat(_log(path)))


def stamped(path: Path, reading: Callable[[], _Read]) -> tuple[_Read, Stamp]:
    """What was read by rule 2 or 3, and its stamp; a log that cannot be folded in is tried each time, and no news."""
    before, log = stamp(path), _stat(_log(path))
    found = reading()
    is_only_tried = any(log) and _stat(_log(path)) == log
    return found, stamp(path) if is_only_tried else before


def copied(path: Path, migrations: Migrations, busy_ms: int) -> Database:
    """Rule 2; empty tables where there is no file."""
    conn = _in_memory(path, busy_ms)
    db = Database(conn, execute_plugins=False)
    migrations.apply(db)
    conn.execute("PRAGMA query_only = ON")
    return db


def as_it_is(path: Path, busy_ms: int) -> sqlite3.Connection:
    """Rule 3."""
    if _size(_log(path)):
        _alone(path, busy_ms).close()  # the last one to close it folds the log in
        if _size(_log(path)):
            return _in_memory(path, busy_ms)
    return _immutable(path)


def _immutable(path: Path) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=0)


def _in_memory(path: Path, busy_ms: int) -> sqlite3.Connection:
    conn = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False, cached_statements=0)
    if _size(path):
        with closing(_source(path, busy_ms)) as source:
            source.backup(conn)
    return conn


def _source(path: Path, busy_ms: int) -> sqlite3.Connection:
    try:
        return _alone(path, busy_ms)
    except sqlite3.OperationalError as error:
        if _size(_log(path)) or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CANTOPEN:
            raise
    return _immutable(path)  # no log, and no inode left for one: nobody can write


def _alone(path: Path, busy_ms: int) -> sqlite3.Connection:
    """A connection that holds the file for itself and so keeps the index of the log in its own memory."""
    conn = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=busy_ms / 1000, isolation_level=None
    )
    try:
        conn.execute("PRAGMA locking_mode = EXCLUSIVE")
        conn.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.Error:
        conn.close()
        raise
    return conn


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _size(path: Path) -> int:
    return _stat(path)[1]


def _stat(path: Path) -> tuple[int, int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0, 0
    return found.st_ino if found.st_size else 0, found.st_size, found.st_mtime_ns if found.st_size else 0
