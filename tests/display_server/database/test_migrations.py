"""A database becomes this version's, whole or not at all, and never a newer program's."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, inspect, text

from content_sync.domain.errors import Broken
from display_server.config import Config
from display_server.database import migrations
from display_server.database.engine import Database
from display_server.database.tables import metadata


def test_the_steps_make_exactly_the_declared_tables(db: Database) -> None:
    """What the migrations build and what the code reads are one schema."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with db.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_schema_is_the_same_to_the_letter(db: Database) -> None:
    """Nullability, defaults, keys and AUTOINCREMENT too, which the comparison above leaves out."""
    plain = create_engine("sqlite://")
    metadata.create_all(plain)
    assert _schema(db.engine) == _schema(plain)
    plain.dispose()


def _schema(engine: Engine) -> dict[str, list[str]]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        plain = {row.name: row.sql.replace('"', "") for row in rows}  # SQLite quotes the name of a table made anew
        made = {name: _parts(" ".join(sql.split())) for name, sql in plain.items()}
    return {name: lines for name, lines in made.items() if name not in {"alembic_version", "sqlite_sequence"}}


def _parts(sql: str) -> list[str]:
    """What a table is made of, in any order: SQLite writes a column added later behind the constraints."""
    if not sql.startswith("CREATE TABLE"):
        return [sql]
    head, inner = sql.split("(", 1)
    return [head, *sorted(part.strip() for part in re.split(r",(?![^()]*\))", inner.rsplit(")", 1)[0]))]


def test_upgrading_twice_changes_nothing(db: Database) -> None:
    """`serve` upgrades at every start."""
    with db.read() as connection:
        before = connection.execute(text("SELECT name, sql FROM sqlite_master")).all()
    migrations.upgrade(db)
    with db.read() as connection:
        assert connection.execute(text("SELECT name, sql FROM sqlite_master")).all() == before


def test_a_newer_database_is_left_alone(db: Database) -> None:
    """An old program refuses a database it would misread, in one sentence."""
    with db.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Broken, match="newer version \\(9999\\)"):
        migrations.upgrade(db)


def test_a_failed_step_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration that fails half-way leaves the database as it was."""
    from alembic.operations import Operations

    made: list[str] = []
    real = Operations.create_table

    def failing(self: Operations, name: str, *args: object, **kwargs: object) -> object:
        if len(made) == 3:
            raise RuntimeError
        made.append(name)
        return real(self, name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Operations, "create_table", failing)
    db = Database(Config(tmp_path))
    with pytest.raises(RuntimeError):
        migrations.upgrade(db)
    assert inspect(db.engine).get_table_names() == []
    db.close()


def test_bad_ratings_that_were_answered_before_are_closed(tmp_path: Path) -> None:
    """The step that brings a day of closing gives it to what was closed already; what is open stays open."""
    from alembic import command

    db = Database(Config(tmp_path))
    filled = (
        "INSERT INTO cases (number, record, kind, site, unit, about, taps, text, item, opened_at, state, answered_at)"
    )
    with db.write() as connection:
        config = migrations._alembic()  # no caller but this test upgrades to half
        config.attributes["connection"] = connection
        command.upgrade(config, "0016")
        for kind, state, at in (
            ("rating", "done", "2026-01-02"),
            ("rating", "open", ""),
            ("opinion", "done", "2026-01-03"),
        ):
            values = (
                f"VALUES ('{kind}-{state}', '{kind}-{state}', '{kind}', '', '', '', '', '', '', '', '{state}', '{at}')"
            )
            connection.execute(text(f"{filled} {values}"))
    migrations.upgrade(db)
    with db.read() as connection:
        closed = {row.number: row.closed_at for row in connection.execute(text("SELECT number, closed_at FROM cases"))}
    assert closed == {"rating-done": "2026-01-02", "rating-open": "", "opinion-done": ""}
    db.close()


def test_refusals_that_were_noted_before_are_counted(tmp_path: Path) -> None:
    """The step that counts a panel's refusals beside its codes begins with those on file, and keeps them."""
    from alembic import command

    db = Database(Config(tmp_path))
    with db.write() as connection:
        config = migrations._alembic()
        config.attributes["connection"] = connection
        command.upgrade(config, "0021")
        of_two = "VALUES ('p', '', '', '', 5), ('q', '', '', '', 5)"
        connection.execute(text(f"INSERT INTO panels (poll, seats, account, made_at, codes) {of_two}"))
        connection.execute(text("INSERT INTO panel_refusals (record, poll) VALUES ('r1', 'p'), ('r2', 'p')"))
    migrations.upgrade(db)
    with db.read() as connection:
        counted = {row.poll: row.refused for row in connection.execute(text("SELECT poll, refused FROM panels"))}
        boxes = set(connection.execute(text("SELECT box FROM panel_refusals")).scalars())
    assert counted == {"p": 2, "q": 0}
    assert boxes == {"r1", "r2"}
    db.close()
