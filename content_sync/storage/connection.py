"""One door to one SQLite file of the device.

1. A write is one transaction begun IMMEDIATE; an exception undoes all of it. Never sqlite-utils' `with db.conn:`,
   which leaves the first rows of a failed step behind (measured).
2. A read is one snapshot and waits for no writer (WAL). A reader creates nothing: a missing or empty file reads as
   nothing at all. A file that was replaced is opened again, by writers too.
3. Committed means durable (synchronous FULL), deleted text is overwritten (secure_delete). Of an emptied log at most
   `limits.log_bytes_max` stay on the disk.
4. A damaged file is named as such (`Damaged`), so that the agent can build it anew. So is a file whose tables are not
   the ones that the migrations make: one bit in a column's name, and every later question would fail for ever.
5. A disk that takes no write is named as such too (`Full`). One without room even for the log is read as
   `storage.cramped` says, by a writer only if it was made to; its writes are tried again at every write.
6. A statement that is kept for the next time keeps what it was asked with: a visitor's words (OFF-08). Readers keep
   none, and a writer keeps as many as it is told.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache, partial
from pathlib import Path

from sqlite_utils import Database, Migrations

from content_sync.domain import limits
from content_sync.domain.errors import Broken
from content_sync.storage import cramped

Tables = tuple[tuple[str, str, str, str | None], ...]
_generation = 1 << 32
_unreadable = (  # a worn disk: what cannot be read again is as good as damaged
    sqlite3.SQLITE_IOERR_READ,
    sqlite3.SQLITE_IOERR_SHORT_READ,
    sqlite3.SQLITE_IOERR_DATA,
    sqlite3.SQLITE_IOERR_CORRUPTFS,
)


class Damaged(Broken):
    """The file is not a sound database any more."""


class Full(Broken):
    """The disk has no room for a write; nothing was changed."""


class Connection:
    """A file with its migrations; safe to share between threads, one of which works at a time."""

    def __init__(
        self, path: Path, migrations: Migrations, *, busy_ms: int, readonly: bool = False, keep: int = 128,
        is_read_when_full: bool = False,
    ) -> None:  # fmt: skip
        """`is_read_when_full`: read what was committed on a disk that has no room for the log (rule 5)."""
        self.path, self.readonly = path, readonly
        self._lock = threading.RLock()
        self._db: Database | None = None
        self._inode, self._opened = 0, 0
        self._stamp: cramped.Stamp | None = None  # of what is read by rule 5
        self._open_writer: Callable[[], Database] = partial(_open_writer, path, migrations, busy_ms, keep)
        self._copied = partial(cramped.copied, path, migrations, busy_ms) if is_read_when_full else None
        self._tables = _tables_of(migrations)
        if not readonly:
            with _named(path):
                self._open_anyway()
                self._check_tables()

    @contextmanager
    def read(self) -> Iterator[Database | None]:
        """One snapshot, or None when there is nothing to read yet (rule 2)."""
        with self._lock, _named(self.path, self._check_tables):
            db = self._reader()
            if db is None:
                yield None
                return
            _end(db, "ROLLBACK")  # a rollback that was itself interrupted
            db.conn.execute("BEGIN")
            try:
                yield db
            finally:
                _end(db, "ROLLBACK")

    @contextmanager
    def snapshot(self) -> Iterator[Database]:
        """One snapshot of a file that this connection has made itself."""
        with self.read() as db:
            assert db is not None
            yield db

    @contextmanager
    def write(self) -> Iterator[Database]:
        """One durable transaction (rules 1 and 3)."""
        if self._db is None or self.readonly:
            raise Broken(f"{self.path} was opened for reading only.")
        with self._lock, _named(self.path, self._check_tables):
            db = self._present()
            if self._stamp is not None:
                db = self._writable()
            _end(db, "ROLLBACK")  # a rollback that was itself interrupted
            db.conn.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.conn.execute("COMMIT")
            except BaseException:
                _end(db, "ROLLBACK")
                raise

    def checkpoint(self) -> bool:
        """Empty the write-ahead log; False while a reader still needs it or the disk has no room for its pages."""
        assert self._db is not None
        try:
            with self._lock, _named(self.path):
                busy = self._db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except Full:
            return False  # what was committed stays in the log, and is read from there
        return not busy

    def log_bytes(self) -> int:
        """The length of the write-ahead log."""
        try:
            return self.path.with_name(f"{self.path.name}-wal").stat().st_size
        except FileNotFoundError:
            return 0

    def data_version(self) -> int:
        """Another number whenever another connection committed or the file was replaced."""
        with self._lock, _named(self.path):
            db = self._reader()
            version = db.conn.execute("PRAGMA data_version").fetchone()[0] if db is not None else 0
        return int(version) + _generation * self._opened

    def drop_pages(self) -> None:
        """Keep nothing of the file in memory: where SQLite puts a page in order it stands until the file is closed."""
        with self._lock, _named(self.path):
            if self._db is not None:
                self._write_to(self._open_writer())  # opened first: whoever closes a file last copies its log

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._db is not None:
                self._db.close()
                self._db = None

    def _check_tables(self) -> None:
        """Rule 4."""
        if self._db is not None and _tables(self._db.conn) != self._tables:
            raise Damaged(f"The tables of {self.path.name} are damaged; the agent builds it anew at its next step.")

    def _present(self) -> Database:
        """The writer's connection to the file that is there now (rule 2)."""
        assert self._db is not None
        is_other = _inode(self.path) != self._inode or self._is_overtaken()
        if is_other and not self._db.conn.in_transaction:
            self._open_anyway()
        return self._db

    def _open_anyway(self) -> None:
        """For writing, or to read what was committed (rule 5)."""
        try:
            self._write_to(self._open_writer())
        except sqlite3.OperationalError as error:
            if self._copied is None or not cramped.is_full(error):
                raise
            self._write_to(*cramped.stamped(self.path, self._copied))

    def _writable(self) -> Database:
        """The file itself, in place of what was read by rule 5. Raises Full while there is no room for that."""
        try:
            self._write_to(db := self._open_writer())
        except sqlite3.OperationalError as error:
            if cramped.is_full(error):  # here also one that says it cannot make its log: no inode is left
                raise _full(self.path, error) from error
            raise
        return db

    def _write_to(self, db: Database, stamp: cramped.Stamp | None = None) -> None:
        if self._db is not None:
            self._db.close()
        self._db, self._inode, self._stamp = db, _inode(self.path), stamp
        self._opened += 1

    def _is_overtaken(self) -> bool:
        """Whether somebody wrote into what is read by rule 5."""
        return self._stamp is not None and cramped.stamp(self.path) != self._stamp

    def _reader(self) -> Database | None:
        if not self.readonly:
            return self._present()
        inode = _inode(self.path)
        if self._db is None or inode != self._inode or self._is_overtaken():  # rules 2 and 5
            self.close()
            if inode and (found := _open_reader(self.path)) is not None:
                (self._db, self._stamp), self._inode = found, inode
                self._opened += 1
        return self._db


@cache
def _tables_of(migrations: Migrations) -> Tables:
    """The tables that the migrations make."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        migrations.apply(Database(conn, execute_plugins=False))
        return _tables(conn)


def _tables(conn: sqlite3.Connection) -> Tables:
    return tuple(conn.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2").fetchall())


def _inode(path: Path) -> int:
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return 0


def _open_writer(path: Path, migrations: Migrations, busy_ms: int, keep: int) -> Database:
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


def _open_reader(path: Path) -> tuple[Database, cramped.Stamp | None] | None:
    """And the stamp, when it is read by rule 5."""
    uri, stamp = f"{path.absolute().as_uri()}?mode=ro", None
    try:
        conn = sqlite3.connect(
            uri, uri=True, timeout=limits.reader_busy_ms / 1000, isolation_level=None, check_same_thread=False,
            cached_statements=0,
        )  # fmt: skip  # rule 6
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


def _end(db: Database, how: str) -> None:
    if db.conn.in_transaction:
        with suppress(sqlite3.Error):  # the first error is the one to tell
            db.conn.execute(how)


def _full(path: Path, error: sqlite3.Error) -> Full:
    return Full(f"{path.name} could not be written ({error}); nothing was changed. Free some space.")


def _is_lost_index(error: sqlite3.DatabaseError) -> bool:
    """FTS calls its own damage an error of the question; nothing but a new file gets past it."""
    return "invalid fts5 file format" in str(error) or "vtable constructor failed" in str(error)


@contextmanager
def _named(path: Path, check: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Rule 4, and a sentence for a full or failing disk; `check` is asked when SQLite does not know a name."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        whole = getattr(error, "sqlite_errorcode", 0)
        code = whole & 0xFF
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or whole in _unreadable or _is_lost_index(error):
            raise Damaged(f"{path.name} is damaged; the agent builds it anew at its next step.") from error
        if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise _full(path, error) from error
        if code == sqlite3.SQLITE_ERROR:
            check()
        if isinstance(error, sqlite3.OperationalError):
            raise Broken(f"{path.name} cannot be used now ({error}). Try again.") from error
        raise
