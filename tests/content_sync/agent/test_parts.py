"""What hangs on a device is told: by its heartbeat to the hall page, by `status` to whoever stands before it."""

import json
from pathlib import Path

import pytest

from content_sync.agent.device import read_device
from content_sync.agent.heartbeat import Heartbeat
from content_sync.agent.reporting import status
from content_sync.clock import SystemClock
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from tests.content_sync.small_disk import mounted
from tests.content_sync.world import Counter, HandClock, start


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An enrolled device."""
    device = {"server": "http://127.0.0.1:1", "device": "k1", "token": "t", "site": "hall", "kind": "touch"}
    (tmp_path / "device.json").write_text(json.dumps({**device, "channels": []}), encoding="utf-8")
    ContentStore(tmp_path / "content.db").close()
    return tmp_path


def test_the_heartbeat_says_how_the_parts_are(folder: Path) -> None:
    """A roll that ends is new, and is said at the next look although the live line is up."""
    desk, beats = (
        DeskStore(folder / "desk.db", Counter()),
        Heartbeat(folder, read_device(folder), HandClock(), Counter()),
    )
    desk.note_part("printer", "ready", start)
    desk.note_part("paper", "ok", start)
    assert beats.beat(desk, 0, live=True)
    [record] = desk.waiting_records(9)
    assert (record.body["printer"], record.body["paper"]) == ("ready", "ok")
    desk.note_part("printer", "out", start)
    desk.note_part("paper", "out", start)
    assert beats.beat(desk, 400, live=True)
    [record] = desk.waiting_records(9)
    assert (record.body["printer"], record.body["paper"]) == ("out", "out")


@pytest.mark.parametrize(
    ("part", "state", "sentence"),
    [
        ("printer", "out", "no paper"),
        ("printer", "dead", "cover"),
        ("paper", "low", "new roll"),
        ("speaker", "no_player", "alsa-utils"),
        ("speaker", "no_voice", "espeak-ng"),
        ("speaker", "failing", "sound card"),
    ],
)
def test_status_names_what_somebody_must_mend(folder: Path, part: str, state: str, sentence: str) -> None:
    """One sentence each, and none when all is well."""
    desk = DeskStore(folder / "desk.db", Counter())
    desk.note_part(part, state, start)
    assert [sentence in problem for problem in status(folder, SystemClock())["problems"]] == [True]
    desk.note_part(part, "ready", start)
    assert status(folder, SystemClock())["problems"] == []


def test_a_full_disk_is_told_to_whoever_stands_before_it(folder: Path, tmp_path: Path) -> None:
    """`content-sync status` answers on the full disk itself, which has no room for the log of a database."""
    with mounted(tmp_path / "disk", 4_000_000) as disk:
        for path in folder.iterdir():
            if path.is_file() and not path.name.endswith(".spare"):
                (disk.folder / path.name).write_bytes(path.read_bytes())
        disk.leave(0)
        assert any("The disk is full" in one for one in status(disk.folder, SystemClock())["problems"])
