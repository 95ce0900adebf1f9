"""The administrator's page of devices, and the commands beside it."""

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from content_sync.publish import Publisher
from display_server.cli import main
from display_server.config import Config
from display_server.database.engine import Database
from display_server.devices import codes, service
from tests.display_server import hall, world
from tests.display_server.world import HandClock, post


@pytest.fixture
def founded(config: Config, db: Database) -> Database:
    """A founded folder with its directory repository and its hall."""
    Publisher(config.repo, config.keys, config.clock).create_directory()
    return hall.opened(db)


def test_adding_shows_the_code_once(founded: Database, browser: Callable[..., FlaskClient]) -> None:
    """The code stands on the answer to the form and nowhere afterwards; it enrols the device."""
    page = browser("guan", "admin")
    added = post(page, "/devices", device="k1", kind="touch", channels="qinghe", site="")
    code = added.text.split('<p class="secret">')[1].split("<")[0]
    assert added.headers["Cache-Control"] == "no-store"
    assert code not in page.get("/devices").text
    assert service.enrol(founded, code, hall.public_key)[0].site == "hall"


def test_problems_in_words(founded: Database, browser: Callable[..., FlaskClient], clock: HandClock) -> None:
    """The page tells who never came, who is silent and who was revoked."""
    hall.device(founded, "k1")
    service.add(founded, world.shell, "k2", "lcd", ["qinghe"], "", bytes(16))
    page = browser("guan", "admin")
    assert "还没有登记" in page.get("/devices").text
    assert "登记后还没有联系过" in page.get("/devices").text
    service.seen(founded, "k1", "")
    clock.advance(hours=3)
    assert "已有 3小时 没有联系" in page.get("/devices").text
    assert post(page, "/devices/k1/revoke", form="/devices").status_code == 303
    assert "已停用" in page.get("/devices").text


def test_who_may(founded: Database, browser: Callable[..., FlaskClient]) -> None:
    """A supervisor reads the list and adds nothing; a clerk does not read it."""
    supervisor = browser("jian", "supervisor")
    assert supervisor.get("/devices").status_code == 200
    assert "添加设备" not in supervisor.get("/devices").text
    assert browser("wang", "clerk").get("/devices").status_code == 403


def test_a_minute_nobody_reported(founded: Database, browser: Callable[..., FlaskClient]) -> None:
    """For a minute without a record the page says that the server does not know."""
    hall.device(founded, "k1")
    page = browser("jian", "supervisor")
    assert "服务器不知道" in page.get("/devices/k1?at=2026-11-23T10:32").text
    assert page.get("/devices/k1?at=now").status_code == 400
    assert page.get("/devices/nobody").status_code == 403


def test_commands(founded: Database, config: Config) -> None:
    """`device add --json` prints device and code; the list knows it; revoking a stranger exits 1 with a sentence."""
    run, home = CliRunner(), str(config.home)
    added = run.invoke(
        main, ["--dir", home, "device", "add", "k1", "--kind", "led", "--channels", "qinghe,liushu", "--json"]
    )
    assert added.exit_code == 0, added.output
    value = json.loads(added.stdout)
    assert value["device"] == "k1"
    assert len(codes.secret_of(value["code"])) == 10
    rows = json.loads(run.invoke(main, ["--dir", home, "device", "list", "--json"]).stdout)
    assert [(row["device"], row["channels"], row["state"]) for row in rows] == [("k1", ["qinghe", "liushu"], "added")]
    assert run.invoke(main, ["--dir", home, "device", "revoke", "k1"]).exit_code == 0
    refused = run.invoke(main, ["--dir", home, "device", "revoke", "nobody"])
    assert refused.exit_code == 1
    assert "nobody" in refused.stderr
