"""The manager decides the hall's rules: signed at once, within bounds, and nobody else does."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from content_sync.domain.errors import Refused
from content_sync.publish import Publisher
from display_server.access import Actor, shell
from display_server.cli import main
from display_server.database import sites
from display_server.database.engine import Database
from display_server.desk import structure
from tests.display_server import hall
from tests.display_server.world import post


@pytest.fixture
def opened(db: Database) -> Database:
    """The founded database with its hall, and a directory to sign it in."""
    Publisher(db.config.repo, db.config.keys, db.config.clock).create_directory()
    return hall.opened(db)


def test_on_the_page(opened: Database, browser: Callable[..., FlaskClient]) -> None:
    """Two calls, mornings only; a mistake stands there to be mended and changes nothing."""
    boss = browser("boss", "manager")
    answer = post(boss, "/steer/hall/rules", calls_max="2", opening="1-5 08:30-12:00", speaks="0")
    assert answer.status_code == 303
    answer = post(boss, "/steer/hall/rules", calls_max="0", missed_places="5")
    assert answer.status_code == 403
    assert "1 到 10" in answer.text
    assert 'value="5"' in answer.text
    with opened.read() as connection:
        rules = sites.site(connection, "hall").rules
    assert (rules.calls_max, rules.missed_places, rules.speaks, len(rules.opening)) == (2, 3, False, 1)
    signed = b"".join(path.read_bytes() for path in opened.config.repo.glob("_directory/targets/*county.json"))
    assert b'"calls_max":2' in signed


def test_from_the_shell(opened: Database) -> None:
    """The same by `hall rules`, which also tells them."""
    run, home = CliRunner(), ["--dir", str(opened.config.home), "hall", "rules", "--site", "hall"]
    assert "calls_max                3" in run.invoke(main, home).output
    changed = run.invoke(main, [*home, "--set", "calls_max=2", "--set", "opening=1-5 08:30-12:00", "--json"])
    assert '"calls_max": "2"' in changed.output
    assert run.invoke(main, [*home, "--set", "calls_max"]).exit_code == 2
    assert run.invoke(main, [*home, "--set", "calls_max=0"]).exit_code == 1


def test_nobody_else_decides(opened: Database) -> None:
    """A clerk, or the manager of another unit, changes no rule; the server's shell may."""
    for roles, units in (({"clerk"}, {"*"}), ({"manager"}, {"elsewhere"})):
        actor = Actor("x", "x", frozenset(roles), frozenset(units), "page")
        with pytest.raises(Refused, match="没有这个权限"):
            structure.decide_rules(opened, actor, "hall", {"calls_max": "2"})
    structure.decide_rules(opened, shell, "hall", {"calls_max": "2"})
