"""`init`: a whole folder or none, private keys, no default password; `--demo` by the same rules as everything else."""

import re
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from content_sync import assets
from content_sync.publish import Publisher
from display_server.accounts import login
from display_server.cli import main
from display_server.config import Config
from display_server.database.county import county, setting
from display_server.database.engine import Database
from display_server.database.tables.content import decisions, editions, published, versions
from display_server.desk.check import examine


def _init(home: Path, *more: str, name: str = "清河") -> tuple[int, str, dict[str, str]]:
    """Exit code, stderr, and the printed one-time passwords."""
    result = CliRunner().invoke(main, ["init", str(home), "--name", name, *more])
    passwords = dict(re.findall(r"^  (\w+)\s+((?:[a-z2-7]{4}-){3}[a-z2-7]{4})$", result.stdout, re.MULTILINE))
    return result.exit_code, result.stderr, passwords


def test_init_makes_a_folder_with_one_administrator(tmp_path: Path) -> None:
    """The printed password opens the account and must be changed; the first channel is at edition 0."""
    home = tmp_path / "county"
    code, _, passwords = _init(home, "--public-url", "https://www.qinghe.gov.cn", name="清河县")
    assert (code, list(passwords)) == (0, ["admin"])
    db = Database(Config(home))
    found = login.sign_in(db, "admin", passwords["admin"])
    assert found.must_change
    with db.read() as connection:
        place = county(connection)
        assert (place.name, place.public_url, setting(connection, "role")) == (
            "清河县",
            "https://www.qinghe.gov.cn",
            "origin",
        )
    assert [(channel.id, channel.unit) for channel in place.channels] == [("qinghe", "qinghe")]
    assert Publisher(home / "repo", home / "keys", db.config.clock).newest("qinghe").number == 0
    assert examine(db).problems == ()
    db.close()


def test_keys_and_database_are_private(tmp_path: Path) -> None:
    """Nobody but the server's user reads a key, the session secret or the database."""
    home = tmp_path / "county"
    _init(home)
    private = [home / "gongkailan.db", home / "keys", *(home / "keys").rglob("*")]
    files = [path for path in private if path.is_file()]
    assert len(files) > 3
    assert [str(path) for path in private if stat.S_IMODE(path.stat().st_mode) & 0o077 and path.name != "lock"] == []


def test_a_folder_with_anything_in_it_is_refused(tmp_path: Path) -> None:
    """No second `init` ever overwrites keys; an empty folder is fine."""
    home = tmp_path / "county"
    home.mkdir()
    assert _init(home)[0] == 0
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    code, said, _ = _init(home)
    assert (code, said) == (1, f"{home} is not empty: name a new folder.\n")
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_a_founding_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the folder nor the one it was built in stays behind."""

    def failing(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Publisher, "put_county", failing)
    result = CliRunner().invoke(main, ["init", str(tmp_path / "county"), "--name", "清河"])
    assert (result.exit_code, result.stderr) == (1, "disk full\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url", ["http://192.168.1.5", "http://server/", "https://10.0.0.1:8080", "ftp://x.cn", "qinghe"]
)
def test_a_public_address_that_phones_cannot_reach_is_refused(tmp_path: Path, url: str) -> None:
    """An intranet address would print links that nobody can open (QUE-02)."""
    code, said, _ = _init(tmp_path / "county", "--public-url", url)
    assert code == 1
    assert said.endswith("。\n")
    assert list(tmp_path.iterdir()) == []


def test_the_demonstration_is_published_by_three_persons(tmp_path: Path) -> None:
    """Every demo item stands in an edition, written, reviewed and published by different accounts."""
    home = tmp_path / "demo"
    code, said, passwords = _init(home, "--public-url", "https://www.qinghe.example", "--demo", name="清河县")
    assert (code, said) == (0, "")
    people = ("editor", "reviewer", "secrecy", "legal", "publisher", "clerk", "manager", "supervisor", "admin")
    assert tuple(passwords) == people
    assert len(set(passwords.values())) == len(people)
    db = Database(Config(home))
    with db.read() as connection:
        shown = set(connection.execute(select(published.c.item)).scalars())
        authors = set(connection.execute(select(versions.c.authors)).scalars())
        reviewers = set(connection.execute(select(decisions.c.account)).scalars())
        issuers = set(connection.execute(select(editions.c.account)).scalars())
    assert shown == {path.stem for path in (assets.path("demo") / "items").rglob("*.json")}
    assert authors == {"editor"}
    assert reviewers <= {"reviewer", "secrecy", "legal"}
    assert issuers == {"publisher"}
    assert examine(db).problems == ()
    assert login.sign_in(db, "clerk", passwords["clerk"]).actor.may("call", "liushu")
    db.close()
