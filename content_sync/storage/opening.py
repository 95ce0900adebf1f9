"""How a database file of the device is opened, for writing or for reading, and which tables must be in it.

1. Committed means durable (synchronous FULL), deleted text is overwritten (secure_delete). Of an emptied log at most
   `limits.log_bytes_max` stay on the disk.
2. Whoever opens it for writing brings its tables up to date, in one transaction. A reader creates nothing: it finds no
   database where there is no file, an empty one, or one whose first tables are not made yet.
3. A statement that is kept for the next time keeps what it was asked with: a visitor's words (OFF-08). Readers keep
   none, and a writer keeps as many as it is told.
4. A reader on a disk without room even for the log reads as `storage.cramped` says.
"""

import sqlite3
from contextlib import closing
from functools import cache, partial
from pathlib import Path

from sqlite_utils import Database, Migrations

from content_sync.domain import limits
from content_sync.storage import cramped

Tables = tuple[tuple[str, str, str, str | None], ...]


def open_writer(path: Path, migrations: Migrations, busy_ms: int, keep: int) -> Database:
    """For writing (rules 1 to 3); `busy_ms`: how long it waits for another writer."""
    conn = sqlite3.connect(
        path, timeout=busy_ms / 1000, isolation_level=None, check_same_thread=False, cached_statements=keep
    )
    log = f"journal_size_limit={limits.log_bytes_max}"
    try:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", log):
            conn.execute(f"PRAGMA {pragma}")
        db = Database(conn, execute_plugins=False)
        if migrations.pending(db):
            conn.execute("BEGIN IMMEDIATE")  # tables and the record of their making in one transaction
            migrations.apply(db)
            conn.execute("COMMIT")
    except BaseException:
        conn.close()
        raise
    return db


def open_reader(path: Path) -> tuple[Database, cramped.Stamp | None] | None:
    """For reading, None when there is nothing to read yet (rule 2); and the stamp, when it is read by rule 4."""
    uri, stamp = f"{path.absolute().as_uri()}?mode=ro", None
    try:
        conn = sqlite3.connect(
            uri, uri=True, timeout=limits.reader_busy_ms / 1000, isolation_level=None, check_same_thread=False,
            cached_statements=0,
        )  # fmt: skip  # rule 3
    except sqlite3.OperationalError:
        return None
    try:
        ready = _is_made(conn)
    except sqlite3.OperationalError as error:
        conn.close()
        if not cramped.is_full(error):
            return None
        conn, stamp = cramped.stamped(path, partial(cramped.as_it_is, path, limits.reader_busy_ms))
        ready = _is_made(conn)
    except sqlite3.DatabaseError:
        conn.close()
        raise
    if not ready:
        conn.close()
        return None
    return Database(conn, recursive_triggers=False, execute_plugins=False), stamp


def _is_made(conn: sqlite3.Connection) -> bool:
    conn.execute(f"PRAGMA cache_size = {-limits.reader_cache_kb}")
    return conn.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone() is not None


@cache
def tables_of(migrations: Migrations) -> Tables:
    """The tables that the migrations make."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        migrations.apply(Database(conn, execute_plugins=False))
        return tables(conn)


def tables(conn: sqlite3.Connection) -> Tables:
    """The tables that are in it."""
    return tuple(conn.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2").fetchall())
