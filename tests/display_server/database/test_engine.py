"""One writer at a time, nothing lost, readers never in the way."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from sqlalchemy import select, text

from display_server.database.engine import Database
from display_server.database.tables.core import changes, settings


def test_eight_threads_lose_no_write(db: Database) -> None:
    """160 read-then-write steps from eight threads count to exactly 160, also beside a command's own connection."""
    command = Database(db.config)  # a command beside `serve` shares the file, not the lock
    with db.write() as connection:
        connection.execute(settings.insert().values(key="count", value="0"))

    def counted(number: int) -> None:
        for _ in range(20):
            with (db, command)[number % 2].write() as connection:
                now = int(connection.execute(select(settings.c.value).where(settings.c.key == "count")).scalar_one())
                connection.execute(settings.update().where(settings.c.key == "count").values(value=str(now + 1)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(counted, range(8)))
    command.close()
    with db.read() as connection:
        assert connection.execute(select(settings.c.value).where(settings.c.key == "count")).scalar_one() == "160"


def test_a_reader_does_not_wait_for_a_writer(db: Database) -> None:
    """While a write is open, readers see the state before it."""
    with db.write() as writing:
        writing.execute(settings.insert().values(key="new", value="1"))
        with db.read() as reading:
            assert reading.execute(select(settings.c.value).where(settings.c.key == "new")).scalar() is None


def test_writes_are_durable_and_checked(db: Database) -> None:
    """Every connection syncs fully, keeps the log ahead and checks references."""
    with db.read() as first, db.read() as second:
        for connection in (first, second):
            said = [
                connection.execute(text(f"PRAGMA {name}")).scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys")
            ]
            assert said == ["wal", 2, 1]


def test_an_announced_change_is_there_when_its_write_is(db: Database) -> None:
    """A change and its announcement commit together."""
    with db.write() as connection:
        db.announce(connection, "queue", {"site": "qinghe-hall"})
        with db.read() as before:
            assert before.execute(select(changes.c.seq)).all() == []
    with db.read() as after:
        row = after.execute(select(changes)).one()
    assert (row.kind, json.loads(row.detail)) == ("queue", {"site": "qinghe-hall"})


def test_the_log_is_copied_beside_the_writes(db: Database, tmp_path: Path) -> None:
    """Afterwards the file alone has what was committed, and an open write neither waits nor is copied."""
    with db.write() as connection:
        connection.execute(settings.insert().values(key="new", value="1"))
    with db.write() as writing:
        writing.execute(settings.insert().values(key="later", value="1"))
        db.copy_log()
    alone = tmp_path / "alone.db"
    alone.write_bytes(db.config.database_path.read_bytes())
    with closing(sqlite3.connect(alone)) as copy:
        assert copy.execute("SELECT key FROM settings WHERE key IN ('new', 'later')").fetchall() == [("new",)]


def test_the_log_is_emptied_when_nobody_reads_or_writes(db: Database) -> None:
    """Beside a reader or a writer it stays, without waiting for them; then nothing is left in it."""
    log = db.config.database_path.with_name(f"{db.config.database_path.name}-wal")
    with db.write() as connection:
        connection.execute(settings.insert().values(key="new", value="1"))
    with db.read() as reading, reading.begin():
        reading.exec_driver_sql("BEGIN")
        reading.execute(select(settings.c.key)).all()
        with db.write() as writing:
            writing.execute(settings.insert().values(key="later", value="1"))
            db.empty_log()
        db.empty_log()
        reading.exec_driver_sql("ROLLBACK")
        assert log.stat().st_size
    db.empty_log()
    assert log.stat().st_size == 0
