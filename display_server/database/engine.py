"""One door to the server's database.

1. Reads see a committed state; they never wait for a writer (WAL).
2. Writes go one at a time, in this process in the order of asking (turns), between processes in turns (across):
   leaving writers to SQLite's busy handler starves one of them for seconds (measured). What a write did is durable when
   its call returns.
3. Short steps that wait are written together, in one durable transaction: the disk is waited for once for all of them.
   Each has a savepoint of its own: one that fails undoes only itself, and raises to its caller only.
4. A write that others must hear of leaves rows in `changes`; the event process sees them within 200 ms, and at once
   where `knock` wakes it. What one transaction says twice stands there once.
5. A commit does not wait while the log is copied into the file: that is done beside the writes (`copy_log`), until the
   log is longer than `limits.log_pages_max`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, bindparam, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from content_sync.domain import limits
from content_sync.wire import canonical
from display_server.config import Config
from display_server.database.across import Across
from display_server.database.prepared import Prepared, say, word
from display_server.database.tables.core import changes
from display_server.database.turns import Job, Place, Turns

_busy_ms = 30_000
_T = TypeVar("_T")


class Database:
    """The database of one server folder."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.engine = _engine(f"sqlite:///{config.database_path}")
        self.knock: Callable[[], object] = lambda: None
        self._turns, self._across = Turns(), Across(config.home)
        self._kept: Connection | None = None
        self._announced: dict[tuple[object, ...], tuple[str, str, str]] = {}

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading (rule 1)."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection inside one durable transaction of its own (rule 2); an exception undoes all of it."""
        self._turns.take(Place())
        try:
            with self._across.turn(), self._transaction() as connection:
                yield connection
        finally:
            self._turns.give_back()

    def submit(self, step: Callable[[Connection], _T]) -> _T:
        """Do a short step in a durable transaction that it may share with others (rule 3); gives what the step gives.

        Another thread may run the step. It writes by its connection only: `write` and `submit` refuse inside it.
        """
        job = Job(step)
        self.submit_all([job])
        return job.outcome()

    def submit_all(self, jobs: list[Job[Any]]) -> None:
        """Do several steps as `submit` does one; each keeps its own outcome."""
        place = Place(*jobs)
        if not self._turns.take(place):
            return
        along: list[Place] = []
        try:
            along = self._turns.along(limits.steps_together_max)
            self._together([job for one in (place, *along) for job in one.jobs])
        finally:
            for one in along:
                one.finish()
            self._turns.give_back()

    def copy_log(self) -> None:
        """Copy what the log has into the file; waits for nobody, and nobody waits for it (rule 5)."""
        with self.read() as connection:
            word(connection, "PRAGMA wal_checkpoint(PASSIVE)")

    def empty_log(self) -> None:
        """As `copy_log`, and leave nothing in the log: what was deleted must not stand there any longer.

        While somebody reads or writes it leaves the log as it is, which then is written over from its beginning.
        """
        with self.read() as connection:
            word(connection, "PRAGMA busy_timeout=0")
            try:
                word(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                word(connection, f"PRAGMA busy_timeout={_busy_ms}")

    def close(self) -> None:
        """Let go of every connection: before the folder moves, and at the end of a process."""
        self._let_go()
        self._across.close()
        self.engine.dispose()

    def announce(self, connection: Connection, kind: str, detail: dict[str, str | int]) -> None:  # noqa: ARG002  # says that one must be writing
        """Leave a change for the event process to tell devices of, once the transaction commits (rule 4)."""
        said = (kind, *detail.items())
        if said not in self._announced:
            self._announced[said] = (kind, canonical.dump(detail).decode(), self.config.clock.now().isoformat())

    def _together(self, jobs: list[Job[Any]]) -> None:
        """Rule 3. When the transaction itself fails, every step of it has failed."""
        try:
            with self._across.turn(), self._transaction() as connection:
                for job in jobs:
                    self._one(connection, job)
        except BaseException as error:
            for job in jobs:
                job.error = job.error or error
            if not isinstance(error, Exception):
                raise

    def _one(self, connection: Connection, job: Job[Any]) -> None:
        said = dict(self._announced)
        say(connection, "SAVEPOINT step")
        try:
            job.value = job.step(connection)
        except Exception as error:  # whatever it is, it is its caller's
            with suppress(SQLAlchemyError):
                say(connection, "ROLLBACK TO SAVEPOINT step")
                self._announced, job.error = said, error
            if job.error is None:
                raise  # SQLite has ended the whole transaction, as when the disk is full
        say(connection, "RELEASE SAVEPOINT step")

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """One transaction on the connection that all writes share; only for whoever has the turn."""
        if self._kept is None:
            self._kept = self.engine.connect()
            self._kept.begin()  # says nothing to SQLite here; whoever asks is told that a transaction is open (alembic)
        connection = self._kept
        self._announced.clear()
        say(connection, "BEGIN IMMEDIATE")
        try:
            yield connection
            for kind, detail, made in self._announced.values():
                _change.run(connection, kind=kind, detail=detail, made_at=made)
            say(connection, "COMMIT")
            if self._announced:
                self.knock()
        except BaseException:
            try:
                say(connection, "ROLLBACK")
            except SQLAlchemyError:
                self._let_go()  # SQLite has ended the transaction by itself
            raise

    def _let_go(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            with suppress(SQLAlchemyError):
                kept.close()


_change = Prepared(
    changes.insert().values(kind=bindparam("kind"), detail=bindparam("detail"), made_at=bindparam("made_at"))
)


def _engine(url: str) -> Engine:
    engine = create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        pool_size=limits.database_connections_max,
        max_overflow=0,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _settings(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]  # the driver's own connection has no type here
        log = f"wal_autocheckpoint={limits.log_pages_max}"  # rule 5
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_busy_ms}", log):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine
