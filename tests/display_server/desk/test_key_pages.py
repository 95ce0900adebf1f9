"""What pages and `check` say of keys: to whom, how plainly, and what waits for people."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from display_server.database.engine import Database
from display_server.desk import publication
from display_server.desk.check import examine
from tests.display_server import texts, world

Browser = Callable[..., FlaskClient]


@pytest.fixture
def who(db: Database) -> texts.People:
    """A server with a tree, readable by nobody else, and everybody who publishes."""
    texts.plant(db)
    db.config.keys.chmod(0o700)
    return texts.people()


def _away(db: Database, *names: str) -> None:
    """The keys of `qinghe` that somebody else keeps from now on."""
    for name in names:
        (db.config.keys / "qinghe" / f"{name}.key").unlink()


def _told(client: FlaskClient) -> list[tuple[str, str]]:
    return re.findall(r'<a href="([^"]+)"(?: autofocus)?><strong>([^<]+)</strong>', client.get("/").text)


def test_administrators_see_where_keys_are(db: Database, who: texts.People, browser: Browser) -> None:
    """Root keys on the server are named plainly; nobody else sees the page."""
    _away(db, "root-1", "root-2", "root-3")
    page = browser("boss", "admin").get("/keys").text
    assert [page.count(words) for words in ("不在这里", "根密钥还在这台服务器上")] == [3, 2]
    assert browser("writer", "editor", "publisher", "supervisor").get("/keys").status_code == 403


def test_administrators_are_told_what_to_do_in_time(
    db: Database, who: texts.People, browser: Browser, clock: world.HandClock
) -> None:
    """Half a year before signatures expire whose keys are elsewhere; at once when the online key is gone."""
    boss = browser("boss", "admin")
    assert _told(boss) == []
    _away(db, "targets", "online")
    assert _told(boss) == [("/keys", "密钥有 1 件事要办")]
    clock.advance(days=200)
    page = world.signed_in(
        boss.application, "later", world.service.add_account(db, world.shell, "later", ("admin",), ("*",))
    )
    assert _told(page) == [("/keys", "密钥有 2 件事要办")]
    assert "keys pending qinghe OUT" in page.get("/keys").text


def test_a_waiting_edition_is_told_to_its_publishers(db: Database, who: texts.People, browser: Browser) -> None:
    """It is neither ready to publish once more nor forgotten; `check` says what it waits for and finds no fault."""
    page = browser("publisher-2", "publisher")
    _away(db, "targets")
    texts.approved(db, who)
    assert _told(page) == [("/content/qinghe/publish", "1 件等着发布")]
    made = publication.publish(db, who.publisher, "qinghe")
    assert (made.issued.edition, made.issued.waiting) == (0, 1)
    assert _told(page) == [("/publishing/qinghe/editions", "第 1 期已备好，等发布人签名")]
    assert "第1期等签名" in page.get("/content").text
    report = examine(db)
    assert [line for line in report.problems if not line.startswith("Devices would refuse")] == []
    assert [line.split(":")[0] for line in report.waits] == ["qinghe"]


def test_check_names_a_key_that_must_be_here(db: Database, who: texts.People) -> None:
    """Without its online key a channel grows old, and without its withdrawal key nothing can be taken off screens."""
    _away(db, "online", "withdrawal", "root-1", "targets")
    found = [line for line in examine(db).problems if line.startswith("qinghe")]
    assert [re.findall(r"its (\w+) key", line) for line in found] == [["online"], ["withdrawal"]]
