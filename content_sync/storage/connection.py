"""The life of one connection to one SQLite file of the device: opened, asked, written, opened anew, let go.

1. A write is one durable transaction begun IMMEDIATE; an exception undoes all of it. Never sqlite-utils'
   `with db.conn:`, which leaves the first rows of a failed step behind (measured).
2. A read is one snapshot and waits for no writer (WAL). A file that was replaced is opened again, by writers too.
3. A file whose tables are not the ones that the migrations make is damaged (`storage.faults`): one bit in a column's
   name, and every later question would fail for ever.
4. On a disk without room even for the log it is read as `storage.cramped` says, by a writer only if it was made to; its
   writes are tried again at every write.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from sqlite_utils import Database, Migrations

from content_sync.domain.errors import Broken
from content_sync.storage import cramped, opening
from content_sync.storage.faults import Damaged, Full, full, named

_generation = 1 << 32


class Connection:
    """A file with its migrations; safe to share between threads, one of which works at a time."""

    def __init__(
        self, path: Path, migrations: Migrations, *, busy_ms: int, readonly: bool = False, keep: int = 128,
        is_read_when_full: bool = False,
    ) -> None:  # fmt: skip
        """`is_read_when_full`: read what was committed on a disk that has no room for the log (rule 4)."""
        self.path, self.readonly = path, readonly
        self._lock = threading.RLock()
        self._db: Database | None = None
        self._inode, self._opened = 0, 0
        self._stamp: cramped.Stamp | None = None  # of what is read by rule 4
        self._open_writer: Callable[[], Database] = partial(opening.open_writer, path, migrations, busy_ms, keep)
        self._copied = partial(cramped.copied, path, migrations, busy_ms) if is_read_when_full else None
        self._tables = opening.tables_of(migrations)
        if not readonly:
            with named(path):
                self._open_anyway()
                self._check_tables()

    @contextmanager
    def read(self) -> Iterator[Database | None]:
        """One snapshot, or None when there is nothing to read yet (rule 2)."""
        with self._lock, named(self.path, self._check_tables):
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
        """One durable transaction (rule 1)."""
        if self._db is None or self.readonly:
            raise Broken(f"{self.path} was opened for reading only.")
        with self._lock, named(self.path, self._check_tables):
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
            with self._lock, named(self.path):
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
        with self._lock, named(self.path):
            db = self._reader()
            version = db.conn.execute("PRAGMA data_version").fetchone()[0] if db is not None else 0
        return int(version) + _generation * self._opened

    def drop_pages(self) -> None:
        """Keep nothing of the file in memory: where SQLite puts a page in order it stands until the file is closed."""
        with self._lock, named(self.path):
            if self._db is not None:
                self._write_to(self._open_writer())  # opened first: whoever closes a file last copies its log

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._db is not None:
                self._db.close()
                self._db = None

    def _check_tables(self) -> None:
        """Rule 3."""
        if self._db is not None and opening.tables(self._db.conn) != self._tables:
            raise Damaged(f"The tables of {self.path.name} are damaged; the agent builds it anew at its next step.")

    def _present(self) -> Database:
        """The writer's connection to the file that is there now (rule 2)."""
        assert self._db is not None
        is_other = _inode(self.path) != self._inode or self._is_overtaken()
        if is_other and not self._db.conn.in_transaction:
            self._open_anyway()
        return self._db

    def _open_anyway(self) -> None:
        """For writing, or to read what was committed (rule 4)."""
        try:
            self._write_to(self._open_writer())
        except sqlite3.OperationalError as error:
            if self._copied is None or not cramped.is_full(error):
                raise
            self._write_to(*cramped.stamped(self.path, self._copied))

    def _writable(self) -> Database:
        """The file itself, in place of what was read by rule 4. Raises Full while there is no room for that."""
        try:
            self._write_to(db := self._open_writer())
        except sqlite3.OperationalError as error:
            if cramped.is_full(error):  # here also one that says it cannot make its log: no inode is left
                raise full(self.path, error) from error
            raise
        return db

    def _write_to(self, db: Database, stamp: cramped.Stamp | None = None) -> None:
        if self._db is not None:
            self._db.close()
        self._db, self._inode, self._stamp = db, _inode(self.path), stamp
        self._opened += 1

    def _is_overtaken(self) -> bool:
        """Whether somebody wrote into what is read by rule 4."""
        return self._stamp is not None and cramped.stamp(self.path) != self._stamp

    def _reader(self) -> Database | None:
        if not self.readonly:
            return self._present()
        inode = _inode(self.path)
        if self._db is None or inode != self._inode or self._is_overtaken():  # rules 2 and 4
            self.close()
            if inode and (found := opening.open_reader(self.path)) is not None:
                (self._db, self._stamp), self._inode = found, inode
                self._opened += 1
        return self._db


def _inode(path: Path) -> int:
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return 0


def _end(db: Database, how: str) -> None:
    if db.conn.in_transaction:
        with suppress(sqlite3.Error):  # the first error is the one to tell
            db.conn.execute(how)
