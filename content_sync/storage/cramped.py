"""Reading a database on a disk that has no room for what SQLite keeps beside it: its log, and the index of its log.

1. A screen that starts on a full disk shows what was committed; nothing is written, and a write says `Full`.
2. `copied`: a small file, its log included, is read into memory whole, and its tables are brought up to date there.
3. `as_it_is`: a large file is read where it lies, once a log that was left is folded into it; where there is no room
   even for that, it is read into memory, too. Only while nobody writes: another `stamp`, and it is to be opened anew.
4. Whoever has the file open has its log and index as well; then no reader needs room, and none comes here.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database, Migrations

Stamp = tuple[int, ...]


def is_full(error: sqlite3.Error) -> bool:
    """Whether this may be a disk without room."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)


def stamp(path: Path) -> Stamp:
    """Other numbers when somebody wrote into the file or its log."""
    return (*_stat(path), *_stat(_log(path)))


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
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=0)


def _in_memory(path: Path, busy_ms: int) -> sqlite3.Connection:
    conn = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False, cached_statements=0)
    if _size(path):
        with closing(_alone(path, busy_ms)) as source:
            source.backup(conn)
    return conn


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
