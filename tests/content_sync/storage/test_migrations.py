"""A migration that is cut in the middle leaves the old store or the new one, and the next start finishes it."""

import os
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Migrations

from content_sync.storage import content_schema, desk_schema
from content_sync.storage.connection import Connection

_all = {"content": content_schema.migrations, "desk": desk_schema.migrations}
_killed = 9


class Dying(sqlite3.Connection):
    """A connection of a process that is gone after so many steps of SQLite: nothing is rolled back, nothing closed."""

    left = 0

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.set_progress_handler(self._step, 1)

    def _step(self) -> int:
        Dying.left -= 1
        if Dying.left <= 0:
            os._exit(_killed)
        return 0


def _some(migrations: Migrations, count: int) -> Migrations:
    """The first `count` of them: a store of an earlier version."""
    few = Migrations(migrations.name)
    few._migrations = migrations._migrations[:count]
    return few


def _tables(path: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(path) as db:
        found = db.execute(
            "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
        ).fetchall()
    db.close()
    return found


def _dies(path: Path, migrations: Migrations, steps: int) -> bool:
    """Open in a process of its own that is killed after so many steps; whether it came to that."""
    child = os.fork()
    if child == 0:
        try:
            Dying.left = steps
            real = sqlite3.connect
            sqlite3.connect = lambda *given, **named: real(*given, **named, factory=Dying)  # type: ignore[assignment]
            Connection(path, migrations, busy_ms=1_000)
            os._exit(0)
        except BaseException:  # noqa: BLE001  # the parent must hear of it
            sys.excepthook(*sys.exc_info())
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, _killed)
    return code == _killed


class Counting(sqlite3.Connection):
    """A connection that counts the steps of SQLite, which are the same every time."""

    steps = 0

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.set_progress_handler(self._step, 1)

    def _step(self) -> int:
        Counting.steps += 1
        return 0


def _steps_of(path: Path, migrations: Migrations, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many steps an upgrade of this file takes; it is done afterwards."""
    Counting.steps, real = 0, sqlite3.connect
    with monkeypatch.context() as counted:
        counted.setattr(sqlite3, "connect", lambda *given, **named: real(*given, **named, factory=Counting))
        Connection(path, migrations, busy_ms=1_000).close()
    return Counting.steps


def _moments(steps: int) -> list[int]:
    """When to kill: all along the way, and closely where it ends, because there it is committed."""
    return sorted({*range(1, steps, max(steps // 12, 1)), *range(max(steps - 200, 1), steps, 40)})


@pytest.mark.parametrize("name", _all)
def test_a_killed_migration_is_whole_or_not_begun(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed after any step of any upgrade, the file has the tables of one version, and opens as today's afterwards."""
    migrations = _all[name]
    Connection(tmp_path / "today.db", migrations, busy_ms=1_000).close()
    today, kills = _tables(tmp_path / "today.db"), 0
    for count in range(len(migrations._migrations)):
        old, whole = tmp_path / f"{count}.db", tmp_path / f"{count}-whole.db"
        if count:
            Connection(old, _some(migrations, count), busy_ms=1_000).close()
            shutil.copy(old, whole)
        versions = [_tables(old) if count else [], today]
        moments = _moments(_steps_of(whole, migrations, monkeypatch))
        for moment in moments:
            path = tmp_path / f"{count}-{moment}.db"
            if count:
                shutil.copy(old, path)
            kills += _dies(path, migrations, moment)
            assert _tables(path) in versions
            Connection(path, migrations, busy_ms=1_000).close()
            assert _tables(path) == today
        assert len(moments) > 10
    assert kills > 10 * len(migrations._migrations)
