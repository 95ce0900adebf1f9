"""Structure, accounts and checking from the shell: one sentence on refusal, one JSON value when asked."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from content_sync.clock import SystemClock, SystemIds
from content_sync.publish import Publisher, county_target
from content_sync.wire.county import parse_county
from display_server.cli import main
from display_server.config import Config
from display_server.database.engine import Database
from display_server.desk.founding import Wishes, found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A founded folder: unit and channel `qinghe`."""
    folder = tmp_path / "server"
    found(folder, Wishes("清河", "county", "", "origin", demo=False), SystemClock(), SystemIds())
    return folder


@pytest.fixture
def db(home: Path) -> Iterator[Database]:
    """Its database, behind the commands' back."""
    database = Database(Config(home))
    yield database
    database.close()


def _run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--dir", str(home), *arguments])


def _done(home: Path, *arguments: str) -> None:
    result = _run(home, *arguments)
    assert (result.exit_code, result.stderr) == (0, ""), arguments


def _hall(home: Path) -> None:
    _done(home, "unit", "add", "liushu", "--name", "柳树村", "--level", "village", "--parent", "qinghe")
    _done(home, "channel", "add", "liushu", "--unit", "liushu")
    _done(home, "site", "add", "hall", "--unit", "qinghe", "--name", "大厅", "--phone", "12345")
    _done(home, "service", "add", "hall", "huji", "--letter", "A", "--name", "户口")
    _done(home, "window", "add", "hall", "w1", "--number", "1", "--name", "户口窗口", "--services", "huji")


def test_a_drawn_map_reaches_the_signed_county_and_comes_back_as_it_was(home: Path, tmp_path: Path) -> None:
    """GUI-04: taken from a file, read by devices, printed for the next change; a bad one changes nothing."""
    _hall(home)
    spot = {"kind": "window", "name": "户口", "x": 0, "y": 0, "w": 20, "h": 20, "window": "w1"}
    floor = {"id": "1", "name": "一楼", "width": 100, "height": 60, "spots": [spot]}
    drawn = {"floors": [floor], "kiosks": [{"floor": "1", "x": 50, "y": 40}]}
    (tmp_path / "map.json").write_text(json.dumps(drawn), encoding="utf-8")
    assert "1层的图" in _run(home, "site", "map", "hall", str(tmp_path / "map.json")).stdout
    assert json.loads(_run(home, "site", "map", "hall").stdout) == drawn
    signed = Publisher(home / "repo", home / "keys", SystemClock())._repository("_directory").read(county_target)
    assert signed is not None
    assert parse_county(signed).sites[0].floors[0].spots[0].window == "w1"
    (tmp_path / "bad.json").write_text(json.dumps({"floors": [{**floor, "width": 10}]}), encoding="utf-8")
    bad = _run(home, "site", "map", "hall", str(tmp_path / "bad.json"))
    assert (bad.exit_code, bad.stderr.count("\n")) == (1, 1)
    assert json.loads(_run(home, "site", "map", "hall").stdout) == drawn


def test_words_of_the_countys_own_are_taken_whole_and_come_back_as_they_were(home: Path, tmp_path: Path) -> None:
    """A list with a bad line changes nothing and says which; neither does one that is no text."""
    words = tmp_path / "words.txt"
    words.write_text("三资 = 村里的钱、地、物。\n", encoding="utf-8")
    assert "1 个词" in _run(home, "terms", str(words)).stdout
    assert _run(home, "terms").stdout == "三资 = 村里的钱、地、物。\n"
    for bad in ("三资 = 村里的钱。\n低保\n".encode(), "三资 = 村里的钱。".encode("gb18030"), b"x" * 200_000):
        words.write_bytes(bad)
        refused = _run(home, "terms", str(words))
        assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert _run(home, "terms").stdout == "三资 = 村里的钱、地、物。\n"


def test_structure_reaches_the_signed_county(home: Path) -> None:
    """What the commands add stands in the signed `county.json` that devices read, at once."""
    _hall(home)
    signed = Publisher(home / "repo", home / "keys", SystemClock())._repository("_directory").read(county_target)
    assert signed is not None
    county = parse_county(signed)
    assert [unit.id for unit in county.units] == ["liushu", "qinghe"]
    assert [channel.id for channel in county.channels] == ["liushu", "qinghe"]
    assert county.sites[0].windows[0].services == ("huji",)
    listed = json.loads(_run(home, "channels", "--json").stdout)
    assert listed == [
        {"id": "liushu", "unit": "liushu", "level": "village", "edition": 0, "items": 0, "waiting": 0},
        {"id": "qinghe", "unit": "qinghe", "level": "county", "edition": 0, "items": 0, "waiting": 0},
    ]


REFUSED = [
    ("a unit twice", ("unit", "add", "liushu", "--name", "x", "--level", "village")),
    ("a parent that is not there", ("unit", "add", "new", "--name", "x", "--level", "village", "--parent", "nobody")),
    ("an id that is none", ("unit", "add", "柳树", "--name", "x", "--level", "village")),
    ("the directory's own name", ("channel", "add", "_directory", "--unit", "qinghe")),
    ("a channel twice", ("channel", "add", "liushu", "--unit", "liushu")),
    ("a channel of nobody", ("channel", "add", "new", "--unit", "nobody")),
    ("a site twice", ("site", "add", "hall", "--unit", "qinghe", "--name", "x", "--phone", "1")),
    ("a service nowhere", ("service", "add", "nowhere", "s", "--letter", "B", "--name", "x")),
    ("a letter twice", ("service", "add", "hall", "s", "--letter", "A", "--name", "x")),
    ("a letter that is none", ("service", "add", "hall", "s", "--letter", "b", "--name", "x")),
    ("a window number twice", ("window", "add", "hall", "w2", "--number", "1", "--name", "x", "--services", "huji")),
    ("a window of no service", ("window", "add", "hall", "w2", "--number", "2", "--name", "x", "--services", "x")),
    ("a role that does not exist", ("user", "add", "ann", "--role", "root")),
    ("a unit that does not exist", ("user", "add", "ann", "--role", "editor", "--unit", "nobody")),
    ("an account of no folder", ("--dir", "/nowhere", "user", "add", "ann", "--role", "editor")),
]


def test_what_cannot_be_is_refused_in_one_sentence(home: Path, db: Database) -> None:
    """Exit code 1, one line on stderr, nothing on stdout, nothing changed."""
    _hall(home)
    before = _dump(db)
    for story, arguments in REFUSED:
        result = _run(home, *arguments)
        assert (result.exit_code, result.stdout) == (1, ""), story
        assert result.stderr.count("\n") == 1, story
    assert _dump(db) == before


def _dump(db: Database) -> list[str]:
    with db.read() as connection:
        return list(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]


def test_what_the_system_refuses_is_told_in_one_sentence(home: Path) -> None:
    """A folder that cannot be made and a database that is none: exit 1 and a sentence, never a stack trace."""
    (home / "gongkailan.db").write_bytes(b"not a database" * 100)
    below_a_file = str(home / "gongkailan.db" / "new")
    for result, words in (
        (CliRunner().invoke(main, ["init", below_a_file, "--name", "清河"]), "gongkailan.db"),
        (_run(home, "channels", "--json"), "restore a backup"),
    ):
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
        assert words in result.stderr


def test_wrong_usage_ends_with_two(home: Path) -> None:
    """A missing folder, an unknown command and a wrong choice are usage."""
    for arguments in (["channels"], ["nonsense"], ["--dir", str(home), "serve", "--port", "x"]):
        assert CliRunner().invoke(main, arguments).exit_code == 2


def test_a_new_account_is_told_its_password_and_nothing_else(home: Path, db: Database) -> None:
    """`user add` prints the one-time password alone, or one JSON value; the audit log says `shell`."""
    plain = _run(home, "user", "add", "ann", "--role", "editor,reviewer")
    assert len(plain.stdout.strip()) == 19
    value = json.loads(_run(home, "user", "add", "bob", "--role", "clerk", "--unit", "qinghe", "--json").stdout)
    assert value["user"] == "bob"
    with db.read() as connection:
        rows = connection.execute(text("SELECT actor, via, subject FROM audit WHERE action = 'account.add'")).all()
    assert [tuple(row) for row in rows][-2:] == [("shell", "shell", "ann"), ("shell", "shell", "bob")]


def test_check_names_what_is_broken(home: Path, db: Database) -> None:
    """A whole folder passes; an edited log, a damaged pack, a moved edition and open keys are each named; exit 1."""
    clean = _run(home, "check", "--json")
    assert clean.exit_code == 0
    assert json.loads(clean.stdout)["problems"] == []
    with db.write() as connection:
        connection.execute(text("UPDATE audit SET detail = 'forged' WHERE seq = 2"))
    Publisher(home / "repo", home / "keys", SystemClock()).publish("qinghe", 1, {}, [])
    pack = next((home / "repo" / "qinghe" / "packs").iterdir())
    pack.write_bytes(pack.read_bytes() + b"x")
    (home / "keys").chmod(0o755)
    broken = _run(home, "check", "--json")
    assert broken.exit_code == 1
    problems = json.loads(broken.stdout)["problems"]
    for words in ("record 2:", pack.name, "tree is at edition 1, the database at 0", "chmod 700"):
        assert any(words in problem for problem in problems), words
    assert broken.stderr.splitlines() == problems


@pytest.mark.parametrize("channel", ["qinghe", "_directory"])
def test_check_judges_the_tree_as_a_device_does(home: Path, channel: str) -> None:
    """One flipped bit in any file a new device would fetch is a problem, told in one line; exit 1."""
    files = sorted(path for path in (home / "repo" / channel).rglob("*") if path.is_file())
    current = [path for path in files if path.name not in _superseded(files)]
    for path in current:
        whole = path.read_bytes()
        path.write_bytes(whole[:-2] + bytes([whole[-2] ^ 1]) + whole[-1:])
        broken = _run(home, "check", "--json")
        assert broken.exit_code == 1, path
        assert len(broken.stderr.splitlines()) == len(json.loads(broken.stdout)["problems"]) > 0, path
        path.write_bytes(whole)
    assert _run(home, "check").exit_code == 0


def _superseded(files: list[Path]) -> set[str]:
    """Metadata with a newer version beside it; no device asks for it any more."""
    roles: dict[str, list[tuple[int, str]]] = {}
    for path in files:
        version, _, role = path.name.partition(".")
        if path.parent.name == "metadata" and version.isdigit():
            roles.setdefault(role, []).append((int(version), path.name))
    return {name for versions in roles.values() for _, name in sorted(versions)[:-1]}


def test_help_reads_nothing_heavy() -> None:
    """`--help` and usage errors load neither the database nor the web, so that they answer at once."""
    heavy = {"sqlalchemy", "flask", "tuf", "gevent", "alembic", "pypinyin", "opencc", "argon2", "nacl"}
    script = (
        "import sys; from click.testing import CliRunner; from display_server.cli import main;"
        "[CliRunner().invoke(main, [*a, '--help']) for a in ([], ['serve'], ['init'], ['user', 'add'], ['check'],"
        " ['channels'], ['window', 'add'], ['import'], ['publish'], ['device'], ['keys'],"
        " ['keys', 'sign'], ['keys', 'apply'])];"
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
