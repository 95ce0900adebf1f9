"""Fixtures of every server test: a founded folder, its application, and browsers signed in by role."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from display_server.accounts import passwords, service
from display_server.config import Config
from display_server.database.engine import Database
from tests.display_server import world


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 at its smallest: the cost that keeps guessers out would only slow the tests down."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._nobodys.cache_clear()


@pytest.fixture
def clock() -> world.HandClock:
    """The clock of the server under test."""
    return world.HandClock()


@pytest.fixture
def config(tmp_path: Path, clock: world.HandClock) -> Config:
    """A folder for a server, with a clock moved by hand and repeating chance."""
    return Config(tmp_path / "server", clock, world.CountedIds())


@pytest.fixture
def db(config: Config) -> Iterator[Database]:
    """A founded database: county `qinghe`, village `liushu`."""
    database = world.founded(config)
    yield database
    database.close()


@pytest.fixture
def app(config: Config, db: Database) -> Iterator[Flask]:
    """The application over the founded folder."""
    from display_server.app import create_app
    from display_server.web.current import database_key

    application = create_app(config)
    application.testing = True
    yield application
    application.extensions[database_key].close()


@pytest.fixture
def browser(app: Flask, db: Database) -> Callable[..., FlaskClient]:
    """`browser(name, *roles)`: a new account of these roles, signed in with a password of its own."""

    def opened(name: str, *roles: str, units: tuple[str, ...] = ("*",)) -> FlaskClient:
        return world.signed_in(app, name, service.add_account(db, world.shell, name, roles, units))

    return opened
