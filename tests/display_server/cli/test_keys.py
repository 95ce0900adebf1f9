"""`keys …` on a real server folder: what is told, who must sign, what a real device then takes."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from content_sync.clock import SystemClock
from content_sync.pull.step import Puller
from display_server.config import Config
from display_server.database.engine import Database
from display_server.desk.check_tree import tree_faults
from tests.display_server import texts, world
from tests.display_server.cli.shell import Run, anywhere, done, passphrases, root_words, sign


@pytest.fixture
def clock() -> SystemClock:
    """Commands have no other clock."""
    return SystemClock()


def _roles(server: Run, channel: str = "qinghe") -> dict[str, Any]:
    [found] = json.loads(done(server("keys", "list", channel, "--json")))
    return {role["role"]: role for role in found["roles"]} | {"found": found}


def test_the_list_says_plainly_where_keys_are(server: Run, sticks: dict[str, Path]) -> None:
    """After the ceremony of one channel its root keys are elsewhere; the other channels' are told to be here."""
    told = done(server("keys", "list"))
    assert [line for line in told.splitlines() if not line.startswith(" ")] == ["_directory", "liushu", "qinghe"]
    assert told.count("根密钥还在这台服务器上") == 2
    found = _roles(server)
    assert not found["found"]["root_here"]
    assert {role: [key["here"] for key in found[role]["keys"]] for role in ("root", "targets", "online")} == {
        "root": [False] * 3,
        "targets": [True],
        "online": [True],
    }
    assert (found["root"]["threshold"], found["root"]["version"], found["targets"]["version"]) == (2, 1, 2)


def test_root_keys_leave_the_server_one_by_one(server: Run, db: Database, tmp_path: Path) -> None:
    """Each keeper's stick gets one key under that keeper's own passphrase; only then the server's copy is gone."""
    own = db.config.keys / "qinghe" / "root-2.key"
    seed = own.read_bytes()
    word = passphrases(tmp_path, root_words[1])
    take_out = ("keys", "take-out", "qinghe", tmp_path / "stick", "--only", "root-2", "--passphrase-file", word)
    assert server(*take_out).exit_code == 1  # no stick is plugged in: nothing is made here, and the key stays
    assert own.read_bytes() == seed
    (tmp_path / "stick").mkdir()
    done(server(*take_out))
    [file] = (tmp_path / "stick").rglob("*.key")
    assert (own.exists(), seed in file.read_bytes(), seed.hex() in file.read_text()) == (False, False, False)
    assert [key["here"] for key in _roles(server)["root"]["keys"]] == [True, False, True]
    with db.read() as connection:
        row = connection.exec_driver_sql("SELECT * FROM audit WHERE action = 'keys.take-out'").one()
    assert (row.actor, row.subject, row.detail) == ("shell", "qinghe", "root-2")


def test_a_ceremony_that_was_cut_goes_on(server: Run, db: Database, tmp_path: Path, sticks: dict[str, Path]) -> None:
    """The key was written and the server's copy not yet removed: the same passphrase goes on, another one does not."""
    channel, stick = db.config.keys / "liushu", tmp_path / "cut"
    word, other = passphrases(tmp_path, root_words[0]), tmp_path / "other"
    other.write_text("another passphrase", "utf-8")
    seed = (channel / "root-1.key").read_bytes()
    stick.mkdir(exist_ok=True)
    begin = ("keys", "take-out", "liushu", stick, "--only", "root-1", "--passphrase-file")
    done(server(*begin, word))
    (channel / "root-1.key").write_bytes(seed)
    refused = server(*begin, other)
    assert (refused.exit_code, (channel / "root-1.key").read_bytes()) == (1, seed)
    done(server(*begin, word))
    assert not (channel / "root-1.key").exists()


def test_two_of_three_change_a_key_and_devices_follow(
    server: Run, device: Puller, sticks: dict[str, Path], tmp_path: Path
) -> None:
    """Request, one signature (refused), a second one, applied; the request says in words what it does."""
    request = tmp_path / "request.json"
    said = done(server("keys", "request", "qinghe", request, "--replace", "online"))
    assert "根（root）第 2 版，接替第 1 版" in said
    assert json.loads(request.read_bytes())["words"][0] == "频道 qinghe"
    assert "还差签名" in done(sign(request, sticks["root-1"]))
    early = server("keys", "apply", request)
    assert (early.exit_code, early.stderr.count("\n")) == (1, 1)
    assert device.step(force=True).failures == []
    assert "签名够了" in done(sign(request, sticks["root-3"]))
    done(server("keys", "apply", request))
    assert device.step(force=True).failures == []
    assert _roles(server)["root"]["version"] == 2


@pytest.mark.parametrize("role", ["online", "targets", "withdrawal", "root-2"])
def test_a_rotation_is_immediate_while_the_root_keys_are_here(
    server: Run, db: Database, device: Puller, role: str
) -> None:
    """Devices follow, the tree is sound, the next edition is signed by the new key, and the log says who did it."""
    done(server("keys", "rotate", "qinghe", "--role", role))
    assert device.step(force=True).failures == []
    texts.published(db, texts.people(), title="换钥匙以后")
    assert device.step(force=True).failures == []
    assert device.store.held()["qinghe"].number == 2
    assert list(tree_faults(db.config.repo, ["qinghe"], db.config.clock.now())) == []
    with db.read() as connection:
        row = connection.exec_driver_sql("SELECT * FROM audit WHERE action = 'keys.rotate'").one()
    assert (row.actor, row.subject, row.detail) == ("shell", "qinghe", role)


def test_a_lost_root_key_is_replaced_by_its_new_keepers_own(
    server: Run, device: Puller, sticks: dict[str, Path], tmp_path: Path
) -> None:
    """The new keeper makes a pair on a machine of her own; the server only ever sees its public half."""
    word, request = passphrases(tmp_path, root_words[1]), tmp_path / "request.json"
    made = done(anywhere("keys", "new", tmp_path / "zhao", "--passphrase-file", word))
    mark = made.split()[-1]
    assert mark in done(server("keys", "request", "qinghe", request, "--replace", f"root-2={tmp_path / 'zhao.pub'}"))
    for role in ("root-1", "root-3"):
        done(sign(request, sticks[role]))
    done(server("keys", "apply", request))
    assert device.step(force=True).failures == []
    assert _roles(server)["root"]["keys"][1] == {"name": "root-2", "fingerprint": mark, "here": False}


def test_signing_needs_no_server(sticks: dict[str, Path], server: Run, tmp_path: Path) -> None:
    """A machine without database, web and network libraries signs; none of them is read."""
    request = tmp_path / "request.json"
    done(server("keys", "request", "qinghe", request))
    script = (
        "import sys; sys.modules.update(dict.fromkeys(['sqlalchemy', 'flask', 'argon2', 'gevent']));"
        "from display_server.cli import main; main()"
    )
    words = ["keys", "sign", str(request), "--key", str(sticks["root-1"]), "--yes", "--passphrase-file"]
    said = subprocess.run(
        [sys.executable, "-c", script, *words, str(sticks["root-1"].with_name("word"))],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "已签名" in said.stdout


def test_a_root_key_signs_for_its_own_channel_only(sticks: dict[str, Path], tmp_path: Path, clock: SystemClock) -> None:
    """Another server that names the keeper's key in a root of its own is refused: the key knows its first root."""
    other = world.founded(Config(tmp_path / "other", clock))
    texts.plant(other)
    public, request = tmp_path / "keeper.pub", tmp_path / "request.json"
    named = {name: json.loads(sticks["root-1"].read_bytes())[name] for name in ("name", "public")}
    public.write_text(json.dumps({"kind": "gongkailan public key", **named}), "utf-8")
    done(anywhere("--dir", tmp_path / "other", "keys", "request", "qinghe", request, "--replace", f"root-1={public}"))
    other.close()
    refused = sign(request, sticks["root-1"])
    assert (refused.exit_code, "was made for another channel" in refused.stderr) == (1, True)


def test_what_cannot_be_is_refused_in_one_sentence(
    server: Run, db: Database, sticks: dict[str, Path], tmp_path: Path
) -> None:
    """Exit 1, one line on stderr, and not one byte of the tree or of the keys changed."""
    request, wrong, broken = tmp_path / "request.json", tmp_path / "wrong", tmp_path / "broken.key"
    done(server("keys", "request", "qinghe", request))
    wrong.write_text("not this passphrase", "utf-8")
    broken.write_bytes(sticks["root-1"].read_bytes().replace(b'"box":"', b'"box":"00'))
    short = tmp_path / "short"
    short.write_text("short\n" * 3, "utf-8")
    before = _every_file(db)
    word = sticks["root-1"].with_name("word")
    for story, words in {
        "a channel that is none": ("list", "nowhere"),
        "a channel outside the folder": ("list", "../keys"),
        "keys that left already": ("take-out", "qinghe", tmp_path / "x", "--passphrase-file", word),
        "too few passphrases": ("take-out", "liushu", tmp_path / "x", "--passphrase-file", word),
        "a short passphrase": ("take-out", "liushu", tmp_path / "x", "--passphrase-file", short),
        "a request over another": ("request", "qinghe", request),
        "a role that is none": ("request", "qinghe", tmp_path / "new", "--replace", "snapshot"),
        "a root key made on the server": ("request", "qinghe", tmp_path / "new", "--replace", "root-1"),
        "a key that is none": ("request", "qinghe", tmp_path / "new", "--targets", word),
        "a rotation without root keys": ("rotate", "qinghe", "--role", "online"),
        "a wrong passphrase": ("sign", request, "--key", sticks["root-1"], "--passphrase-file", wrong, "--yes"),
        "a damaged key": ("sign", request, "--key", broken, "--passphrase-file", word, "--yes"),
        "a request that is none": ("sign", word, "--key", sticks["root-1"], "--passphrase-file", word, "--yes"),
        "an unsigned request": ("apply", request),
    }.items():
        result = server("keys", *words)
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1), (story, result.stderr)
        assert "Traceback" not in result.stderr, story
    assert _every_file(db) == before


def _every_file(db: Database) -> dict[Path, bytes]:
    folders = (db.config.repo, db.config.keys)
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}
