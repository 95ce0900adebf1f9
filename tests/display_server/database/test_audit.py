"""The audit log names the record that was touched (promise 16)."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text

from display_server.database import audit
from display_server.database.engine import Database


def _written(db: Database, count: int) -> None:
    with db.write() as connection:
        for number in range(audit.length(connection), count):
            audit.append(connection, f"2026-11-23T09:00:{number:02}", "ann", "page", "edit", f"n-{number}")


TOUCHED: list[tuple[str, str, int]] = [
    ("a field was edited", "UPDATE audit SET actor = 'eve' WHERE seq = 4", 4),
    ("a record was removed", "DELETE FROM audit WHERE seq = 3", 3),
    ("the first was removed", "DELETE FROM audit WHERE seq = 1", 1),
    ("two were swapped", "UPDATE audit SET seq = CASE seq WHEN 2 THEN -3 WHEN 3 THEN -2 END WHERE seq IN (2, 3)", 2),
    ("a hash was replaced", "UPDATE audit SET hash = 'ab' WHERE seq = 5", 5),
    ("one was inserted before all", "UPDATE audit SET previous = 'x' WHERE seq = 1", 1),
]


@pytest.mark.parametrize(("sql", "named"), [row[1:] for row in TOUCHED], ids=[row[0] for row in TOUCHED])
def test_an_edit_of_the_log_is_found_and_named(db: Database, sql: str, named: int) -> None:
    """Whoever edits the log in the database breaks the chain at that record."""
    _written(db, 6)
    with db.write() as connection:
        assert audit.first_fault(connection) == ""
        connection.execute(text(sql))
        connection.execute(text("UPDATE audit SET seq = -seq WHERE seq < 0"))
        assert f"record {named}:" in audit.first_fault(connection)


def test_a_rehashed_edit_breaks_at_the_next_record(db: Database) -> None:
    """An editor who also makes the record's own hash right is found at the record after it."""
    _written(db, 6)
    with db.write() as connection:
        row = connection.execute(text("SELECT * FROM audit WHERE seq = 3")).one()
        values = {name: getattr(row, name) for name in audit._fields} | {"detail": "forged"}
        changed = {"detail": "forged", "hash": audit._hash(values)}
        connection.execute(text("UPDATE audit SET detail = :detail, hash = :hash WHERE seq = 3"), changed)
        assert "record 4:" in audit.first_fault(connection)


def test_a_refused_step_leaves_no_record(db: Database) -> None:
    """The record and what it records are one transaction."""
    _written(db, 2)

    def step(connection: Connection) -> None:
        audit.append(connection, "2026-11-23T09:00:09", "ann", "page", "edit", "n-9")
        raise RuntimeError

    _undone(db, step)
    with db.read() as connection:
        assert audit.length(connection) == 2


def _undone(db: Database, step: Callable[[Connection], None]) -> None:
    with pytest.raises(RuntimeError), db.write() as connection:
        step(connection)
