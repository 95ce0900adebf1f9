"""`content-sync import-bundle` as scripts and people see it: JSON, sentences, exit codes, progress."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from content_sync.agent.stick_spool import clear_leftovers, stick_spool
from content_sync.cli import main
from content_sync.domain import limits
from content_sync.domain.records import Record
from content_sync.storage.content import ContentStore
from tests.content_sync.sticks import Kiosk, enrolled, files_of, open_for_records, write
from tests.content_sync.world import County, bodies, start


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> County:
    """Two channels, the commands' clock set to their time."""
    county = County(tmp_path / "county", "qinghe", "liuhe")
    open_for_records(county)
    county.publish("qinghe", bodies(a="冬季取暖补贴"))
    monkeypatch.setattr("content_sync.clock.SystemClock.now", lambda _: county.clock.now())
    return county


@pytest.fixture
def kiosk(county: County, tmp_path: Path) -> Kiosk:
    """A device of both."""
    return enrolled(county, tmp_path / "k1")


@pytest.fixture
def stick(county: County, tmp_path: Path) -> Path:
    """A stick with both."""
    write(county, tmp_path / "stick")
    return tmp_path / "stick"


def _run(kiosk: Kiosk, stick: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--dir", str(kiosk.folder), "import-bundle", str(stick), *words])


def test_scripts_read_one_json_value(kiosk: Kiosk, stick: Path) -> None:
    """Taken and known channels by name; the sentence about the stick is not in the way."""
    done = _run(kiosk, stick, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "channels": {"qinghe": {"from": 0, "edition": 1}, "liuhe": {"from": 0, "edition": 0}},
        "refused": [],
        "absent": [],
        "blobs": {"fetched": 0, "bytes": 0},
        "records": {"taken": 0, "refused": 0, "written": 0},
        "problems": [],
    }
    assert json.loads(_run(kiosk, stick, "--json").stdout)["channels"]["qinghe"] == {"from": 1, "edition": 1}


def test_people_read_a_sentence_for_each_channel(county: County, kiosk: Kiosk, stick: Path) -> None:
    """What was taken, that the stick has been read, and that it may be pulled out now; records are counted."""
    with closing(kiosk.desk()) as desk:
        desk.add_record(Record("r1", "opinion", "", start.isoformat(), {"text": "好"}))
    done = _run(kiosk, stick)
    assert done.stdout.splitlines() == [
        "qinghe: edition 0 → 1.",
        "liuhe: edition 0 is on the screen already.",
        "Records on the stick for the server: 1. It may be pulled out now.",
    ]
    assert done.stderr.startswith("The stick has been read.")
    write(county, stick, "qinghe")
    assert "liuhe: not on this stick; the screen keeps what it has." in _run(kiosk, stick).stdout.splitlines()


def test_what_is_refused_is_listed_and_the_rest_is_done(kiosk: Kiosk, stick: Path) -> None:
    """One channel damaged, or all: exit 1, a sentence on stderr, and each in the JSON; what is whole was taken."""
    packs = [path for path in files_of(stick) if path.suffix == ".zst"]
    for count, path in enumerate(packs, 1):
        path.write_bytes(b"x" + path.read_bytes()[1:])
        device = Kiosk(kiosk.folder, kiosk.clock)
        done = _run(device, stick)
        assert (done.exit_code, "the bundle is damaged" in done.stderr) == (1, True)
        told = _run(device, stick, "--json")
        assert (told.exit_code, len(json.loads(told.stdout)["refused"])) == (1, count)
        assert "the bundle is damaged" in told.stderr


def test_what_is_no_stick_is_one_sentence(kiosk: Kiosk, tmp_path: Path) -> None:
    """A folder that is not there, or holds nothing of ours: exit 1, nothing on stdout; no device: the same."""
    for path in (tmp_path / "absent", tmp_path):
        done = _run(kiosk, path, "--json")
        assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    stranger = CliRunner().invoke(main, ["--dir", str(tmp_path), "import-bundle", str(tmp_path)])
    assert (stranger.exit_code, "not an enrolled device" in stranger.stderr) == (1, True)


def test_a_withdrawn_item_stays_away(county: County, kiosk: Kiosk, stick: Path) -> None:
    """An old stick brings a withdrawn item back neither onto the screen nor into a store that was built anew."""
    county.publish("qinghe", bodies(b="春季造林"), ("a",))
    write(county, newer := stick.with_name("newer"), "qinghe")
    _run(kiosk, newer)
    for destroyed in (False, True):
        if destroyed:
            (kiosk.folder / "content.db").write_bytes(b"rubbish" * 999)
        assert "qinghe" in _run(kiosk, stick).stderr
        store = ContentStore(kiosk.folder / "content.db", readonly=True)
        assert store.item("a", county.clock.now()) is None
        store.close()
    _run(kiosk, newer)
    assert kiosk.editions()["qinghe"] == 2


def test_a_long_copy_says_how_much_remains(kiosk: Kiosk, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stick that takes its time says on stderr how many bytes are here and how many are to come."""
    monkeypatch.setattr(limits, "progress_line_seconds", 0)
    done = _run(kiosk, stick, "--json")
    assert "read from the stick: " in done.stderr
    assert " to come" in done.stderr
    assert json.loads(done.stdout)["refused"] == []


def test_what_a_killed_import_left_goes_with_the_next_step(kiosk: Kiosk) -> None:
    """The agent's start and `once` clear the spool, but not one that is at work."""
    (kiosk.folder / "stick" / "repo").mkdir(parents=True)
    clear_leftovers(kiosk.folder)
    assert not (kiosk.folder / "stick").exists()
    with stick_spool(kiosk.folder) as place:
        place.mkdir()
        clear_leftovers(kiosk.folder)
        assert place.exists()
    assert not place.exists()


def test_records_wait_where_no_server_says_for_whom(county: County, stick: Path, tmp_path: Path) -> None:
    """An older server without a records key: nothing is written onto the stick, and a sentence says why."""
    other = County(tmp_path / "other", "qinghe", own_keys=True)
    write(other, stick)
    device = enrolled(other, tmp_path / "k2")
    with closing(device.desk()) as desk:
        desk.add_record(Record("r1", "opinion", "", start.isoformat(), {"text": "好"}))
    done = _run(device, stick)
    assert (done.exit_code, "they wait on this device" in done.stderr) == (0, True)
    assert not (stick / "gongkailan" / "records").exists()


def test_a_device_without_its_key_takes_the_stick_all_the_same(kiosk: Kiosk, stick: Path) -> None:
    """Records need the device's key, content does not: what cannot be done is said, what can be is done."""
    (kiosk.folder / "key.bin").unlink()
    done = _run(kiosk, stick)
    assert (done.exit_code, kiosk.editions()["qinghe"]) == (0, 1)
    assert "enrol the device again" in done.stderr
