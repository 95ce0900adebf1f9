"""The commands as scripts see them: JSON shapes, exit codes, one sentence on stderr (ARCHITECTURE §8)."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from content_sync.cli import main
from content_sync.domain.records import Record
from content_sync.storage.desk import DeskStore
from tests.content_sync.attaching import attachment, body, file, put
from tests.content_sync.served import Served, served
from tests.content_sync.world import County, bodies, start


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A served county, the commands' clock set to its time."""
    county = County(tmp_path, "qinghe", "liuhe")
    county.publish("qinghe", bodies(a="冬季取暖补贴", b="春季造林"))
    monkeypatch.setattr("content_sync.clock.SystemClock.now", lambda _: county.clock.now())
    with served(county) as scene:
        yield scene


@pytest.fixture
def device(scene: Served, tmp_path: Path) -> Path:
    """An enrolled device folder."""
    folder = tmp_path / "device"
    assert _run("init", str(folder), "--server", scene.address, "--code", scene.code).exit_code == 0
    return folder


def _run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def _json(folder: Path, *words: str) -> object:
    result = _run("--dir", str(folder), *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_device_tells_of_its_attached_files(scene: Served, device: Path) -> None:
    """Fetched after the records, counted by status; a rotten one is named by verify and mended by once."""
    photos = [file("photo", 100_000), file("other", 200_000)]
    put(scene.county, "qinghe", photos[0])
    scene.county.publish("qinghe", {"a": body("a", *photos)})
    refused = _run("--dir", str(device), "once", "--json")
    assert json.loads(refused.stdout)["blobs"] == {"fetched": 1, "bytes": 100_000}
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert f"lacks qinghe/blobs/{attachment(photos[1]).sha256}" in refused.stderr
    counts = {"named": 2, "held": 1, "bytes": 100_000, "wanted": 1}
    status = _run("--dir", str(device), "status", "--json")
    assert json.loads(status.stdout)["blobs"] == counts
    assert "lacks qinghe/blobs" in json.loads(status.stdout)["problems"][0]
    put(scene.county, "qinghe", photos[1])
    assert _json(device, "once")["blobs"] == {"fetched": 1, "bytes": 200_000}
    assert _json(device, "status")["problems"] == []
    assert _json(device, "verify") == {"items": 1, "blobs": 2, "bad": []}
    rotten = device / "blobs" / attachment(photos[0]).sha256
    rotten.write_bytes(photos[0][:-1] + b"?")
    assert _run("--dir", str(device), "verify").exit_code == 1
    assert json.loads(_run("--dir", str(device), "verify", "--json").stdout)["bad"] == [rotten.name]
    assert _json(device, "once")["blobs"] == {"fetched": 1, "bytes": 100_000}
    assert _json(device, "verify") == {"items": 1, "blobs": 2, "bad": []}


def test_a_device_comes_to_life(scene: Served, device: Path) -> None:
    """init, once, status, search and verify give the shapes that scripts read; nothing twice."""
    empty = {"edition": 0, "as_of": "", "items": 0}
    assert _json(device, "status") == {
        "channels": {"qinghe": empty, "liuhe": empty},
        "outbox": 0,
        "clock": "ok",
        "problems": [],
        "about": [],
        "blobs": {"named": 0, "held": 0, "bytes": 0, "wanted": 0},
        "parts": {},
        "transfers": [],
    }
    DeskStore(device / "desk.db").add_record(Record("r", "opinion", "", start.isoformat(), {"text": "好"}))
    once = _json(device, "once")
    assert {name: (one["from"], one["edition"]) for name, one in once["channels"].items()} == {
        "qinghe": (0, 1),
        "liuhe": (0, 0),
    }
    assert once["channels"]["qinghe"]["bytes"] > 0
    assert once["records"] == {"sent": 1, "waiting": 0}
    assert scene.hall.records["r"]["device"] == "k1"
    assert _json(device, "status")["channels"]["qinghe"] == {
        "edition": 1,
        "as_of": scene.county.clock.now().isoformat(timespec="seconds"),
        "items": 2,
    }
    found = [{"id": "b", "channel": "qinghe", "title": "春季造林", "kind": "notice", "near": False}]
    assert _json(device, "search", "造林", "--limit", "5") == found
    assert _json(device, "verify") == {"items": 2, "blobs": 0, "bad": []}
    assert {path.stat().st_mode & 0o777 for path in (device / "key.bin", device / "device.json")} == {0o600}


def test_a_device_may_know_more_addresses(scene: Served, tmp_path: Path) -> None:
    """The first one is home; when it goes away the tree still comes from the other, and the records wait."""
    folder = tmp_path / "device"
    words = ("init", str(folder), "--server", scene.address, "--server", scene.address + "/", "--code", scene.code)
    assert _run(*words).exit_code == 0
    plain = json.loads((folder / "device.json").read_bytes())
    assert (plain["server"], plain["mirrors"]) == (scene.address, [scene.address])
    (folder / "device.json").write_text(json.dumps({**plain, "server": "http://127.0.0.1:1"}))
    result = _run("--dir", str(folder), "once", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["channels"]["qinghe"]["edition"] == 1
    words = ("init", str(tmp_path / "other"), "--server", scene.address, "--server", "ftp://x", "--code", scene.code)
    assert "ftp://x" in _run(*words).stderr


@pytest.mark.parametrize(
    "story",
    ["another directory", "a short code", "a folder that is not empty", "a folder that cannot be made", "no server"],
)
def test_init_refuses_and_leaves_nothing(scene: Served, tmp_path: Path, story: str) -> None:
    """Whatever is wrong at enrolment: exit 1, one sentence, and no folder."""
    folder, address, code = tmp_path / "device", scene.address, scene.code
    if story == "another directory":
        scene.root = scene.root.replace(b'"version":1', b'"version":2')
    elif story == "a short code":
        code = code[:19]
    elif story == "a folder that is not empty":
        folder = tmp_path
    elif story == "a folder that cannot be made":
        folder = Path("/proc/new/device")
    else:
        folder, address = tmp_path / "new" / "device", "http://127.0.0.1:1"
    before = sorted(tmp_path.iterdir())
    result = _run("init", str(folder), "--server", address, "--code", code)
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.strip().splitlines()) == 1
    assert ("the code was not used" in result.stderr) == (story == "a folder that cannot be made")
    assert sorted(tmp_path.iterdir()) == before


def test_a_forged_tree_is_exit_1_and_changes_nothing(scene: Served, device: Path) -> None:
    """The sentence names the channel; the healthy channel is taken; what was on screen stays."""
    _json(device, "once")
    scene.county.publish("qinghe", bodies(c="夏季防汛"))
    scene.county.publish("liuhe", bodies("liuhe", x="六合"))
    pack = max((scene.county.repo / "qinghe" / "packs").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    pack.write_bytes(pack.read_bytes()[:-1] + b"x")
    result = _run("--dir", str(device), "once", "--json")
    assert result.exit_code == 1
    assert "qinghe" in result.stderr
    assert list(json.loads(result.stdout)["channels"]) == ["liuhe"]
    status = _json(device, "status")
    assert (status["channels"]["qinghe"]["edition"], status["channels"]["liuhe"]["edition"]) == (1, 1)
    assert any("qinghe" in problem for problem in status["problems"])


def test_damage_is_seen_and_mended(device: Path) -> None:
    """Verify exits 1 and names the item, repairs nothing; once repairs although nothing new was published."""
    _json(device, "once")
    with sqlite3.connect(device / "content.db") as db:
        db.execute("UPDATE items SET body = CAST('{}' AS BLOB) WHERE id = 'a'")
    db.close()
    for _ in range(2):
        result = _run("--dir", str(device), "verify", "--json")
        assert (result.exit_code, json.loads(result.stdout)["bad"]) == (1, ["a"])
    _json(device, "once")
    assert _json(device, "verify")["bad"] == []
    (device / "content.db").write_bytes(b"rubbish" * 999)
    assert _run("--dir", str(device), "verify").exit_code == 1
    assert _json(device, "status")["problems"]
    _json(device, "once")
    assert _json(device, "verify") == {"items": 2, "blobs": 0, "bad": []}


def test_without_a_server_once_says_so(device: Path, scene: Served) -> None:
    """Unreachable is exit 1 with a sentence; what is held stays."""
    _json(device, "once")
    plain = json.loads((device / "device.json").read_bytes())
    (device / "device.json").write_text(json.dumps({**plain, "server": "http://127.0.0.1:1"}))
    result = _run("--dir", str(device), "once", "--json")
    assert (result.exit_code, json.loads(result.stdout)["channels"]) == (1, {})
    assert "127.0.0.1:1" in result.stderr
    assert _json(device, "status")["channels"]["qinghe"]["edition"] == 1


def test_a_shifted_clock_is_said(device: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Status says that the clock of a demonstration is shifted, and when a clock cannot be right."""
    _json(device, "once")
    monkeypatch.setenv("GONGKAILAN_CLOCK_OFFSET", "86400")
    assert "86400" in " ".join(_json(device, "status")["problems"])
    monkeypatch.setattr("content_sync.clock.SystemClock.now", lambda _: start.replace(year=2099))
    assert _json(device, "status")["clock"] == "doubtful"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["once"], 2),
        (["--dir", "/nowhere", "once"], 1),
        (["--dir", "/nowhere", "status"], 1),
        (["init"], 2),
        (["x"], 2),
    ],
)
def test_wrong_use_is_told(words: list[str], code: int) -> None:
    """2 for usage, 1 for a folder that is no device; never a stack trace."""
    result = _run(*words)
    assert result.exit_code == code
    assert result.stderr
    assert "Traceback" not in result.output


@pytest.mark.process
def test_the_agent_answers_presses_and_stops(scene: Served, device: Path) -> None:
    """A running agent brings the edition, answers a press well before the screen would help itself, ends on SIGTERM."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    agent = subprocess.Popen(
        [sys.executable, "-c", "from content_sync.cli import main; main()", "--dir", device, "run"], env=environment
    )
    try:
        desk = DeskStore(device / "desk.db")
        desk.press("p", "id", 0, start)
        while desk.pressed("p").state == "waiting":
            assert agent.poll() is None
        assert desk.pressed("p").number == "A001"
        while not desk.calls():
            assert agent.poll() is None
    finally:
        agent.send_signal(signal.SIGTERM)
    assert agent.wait(30) == 0
