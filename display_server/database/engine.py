"""One door to the server's database.

1. Reads see a committed state; they never wait for a writer (WAL).
2. Writes are one transaction each, begun IMMEDIATE, one at a time in this process: leaving writers to SQLite's busy
   handler starves one of them for seconds (measured), a fair lock does not.
3. A write that others must hear of leaves rows in `changes`; the event process sees them within 200 ms.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, event

from content_sync.domain import limits
from content_sync.wire import canonical
from display_server.config import Config
from display_server.database.tables.core import changes

_busy_ms = 30_000


class Database:
    """The database of one server folder."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._lock = threading.Lock()
        self.engine = _engine(f"sqlite:///{config.database_path}")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading (rule 1)."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection inside one durable transaction (rule 2); an exception undoes all of it."""
        with self._lock, self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.exec_driver_sql("ROLLBACK")
                raise
            connection.exec_driver_sql("COMMIT")

    def close(self) -> None:
        """Let go of every connection: before the folder moves, and at the end of a process."""
        self.engine.dispose()

    def announce(self, connection: Connection, kind: str, detail: dict[str, str | int]) -> None:
        """Leave a change for the event process to tell devices of, once the transaction commits (rule 3)."""
        made = self.config.clock.now().isoformat()
        connection.execute(changes.insert().values(kind=kind, detail=canonical.dump(detail).decode(), made_at=made))


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
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_busy_ms}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine
