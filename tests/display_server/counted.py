"""How many statements a page costs: for tests that a page asks the database no more as its rows grow."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from display_server.database.engine import Database


@contextmanager
def statements(db: Database) -> Iterator[list[str]]:
    """What SQLite itself is told meanwhile by this database's connections, prepared statements included."""
    told: list[str] = []

    def listen(connection: Any, *_: object) -> None:
        connection.set_trace_callback(told.append)

    def leave(connection: Any, *_: object) -> None:
        connection.set_trace_callback(None)

    event.listen(db.engine, "checkout", listen)
    event.listen(db.engine, "checkin", leave)
    try:
        yield told
    finally:
        event.remove(db.engine, "checkout", listen)
        event.remove(db.engine, "checkin", leave)
