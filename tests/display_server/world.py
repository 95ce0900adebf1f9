"""A server's world in tests: a clock moved by hand, chance that repeats, a folder ready to serve, people signed in."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from content_sync.clock import place
from content_sync.domain.county import ChannelOf, Unit
from display_server import access
from display_server.access import Actor
from display_server.accounts import login, service
from display_server.config import Config
from display_server.database import county
from display_server.database.engine import Database
from display_server.database.migrations import upgrade
from display_server.web.current import database_key
from tests.display_server import alike

alike.share()
shell = access.shell
password = "正确的马 电池 订书钉"


@dataclass
class HandClock:
    """ports.Clock that moves only when told."""

    at: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=place)

    def now(self) -> datetime:
        """The instant it was set to."""
        return self.at

    def advance(self, **by: float) -> None:
        """Move it, e.g. `advance(minutes=5)`."""
        self.at += timedelta(**by)


@dataclass
class CountedIds:
    """ports.Ids that gives the same bytes in every run and never the same twice."""

    given: int = field(default=0)

    def random(self, size: int) -> bytes:
        """`size` bytes nobody has had yet."""
        self.given += 1
        return sha256(str(self.given).encode()).digest()[:size]


def founded(config: Config) -> Database:
    """A migrated database with a county `qinghe`, a village `liushu` and their channels; no keys, no tree."""
    return _furnished(config, _founded())


def empty(config: Config) -> Database:
    """A migrated database with nothing in it; no keys, no tree."""
    return _furnished(config, _migrated())


def _furnished(config: Config, database: bytes) -> Database:
    config.keys.mkdir(mode=0o700, parents=True)
    config.session_key.write_bytes(b"k" * 32)
    config.repo.mkdir()
    config.database_path.write_bytes(database)
    return Database(config)


@cache
def _migrated() -> bytes:
    """Made once in every process: all steps of all versions take longer than most tests."""
    with TemporaryDirectory() as folder:
        db = Database(Config(Path(folder)))
        upgrade(db)
        db.close()
        return db.config.database_path.read_bytes()


@cache
def _founded() -> bytes:
    """Likewise."""
    with TemporaryDirectory() as folder:
        db = _furnished(Config(Path(folder) / "server"), _migrated())
        with db.write() as connection:
            county.put_setting(connection, "name", "清河县")
            county.put_unit(connection, Unit("qinghe", "清河县人民政府", "county"))
            county.put_unit(connection, Unit("liushu", "柳树村村民委员会", "village", parent="qinghe"))
            county.put_channel(connection, ChannelOf("qinghe", "qinghe"))
            county.put_channel(connection, ChannelOf("liushu", "liushu"))
        db.close()
        return db.config.database_path.read_bytes()


def add(db: Database, name: str, *roles: str, units: tuple[str, ...] = ("*",)) -> Actor:
    """A new account with a one-time password nobody used yet, as somebody who acts."""
    service.add_account(db, shell, name, roles, units)
    return service.actor_for(db, name)


def token(page: TestResponse) -> str:
    """The CSRF token of a page's first form."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found, page.text[:400]
    return found[1]


def post(client: FlaskClient, path: str, *, form: str = "", **fields: object) -> TestResponse:
    """Fill in the form on page `form` (or `path` itself) and send it to `path`."""
    return client.post(path, data={"csrf_token": token(client.get(form or path)), **fields})


def signed_in(app: Flask, name: str, one_time: str) -> FlaskClient:
    """A browser that signed in with a one-time password and changed it to `password`, by what the pages do.

    The pages of signing in have tests of their own; most tests need only somebody at a computer.
    """
    db: Database = app.extensions[database_key]
    mark = login.change_password(db, login.sign_in(db, name, one_time).actor, one_time, password)
    client = app.test_client()
    with client.session_transaction() as session:
        session.update(name=name, mark=mark, since=db.config.clock.now().isoformat())
    return client
