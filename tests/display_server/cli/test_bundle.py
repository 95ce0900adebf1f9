"""`bundle` and `receive`: a stick goes to a village and comes back; shapes, exit codes, sentences (OFF-02, OFF-03)."""

import json
import shutil
from base64 import b64encode
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from nacl.signing import SigningKey
from sqlalchemy import func, select

from content_sync import durable
from content_sync.agent.device import Device
from content_sync.agent.sticks import Imported, import_stick
from content_sync.domain import limits
from content_sync.domain.ids import directory_channel
from content_sync.domain.records import Record
from content_sync.storage.desk import DeskStore
from content_sync.trust.verifying import pin
from content_sync.wire import canonical, sealed, shapes
from display_server.cli import main
from display_server.config import Config
from display_server.database.engine import Database
from display_server.database.tables.records import records
from display_server.desk import records_key
from display_server.devices import service
from tests.display_server import hall, texts, world

Run = Callable[..., Result]


@dataclass
class Village:
    """A device without a network, enrolled at the server once."""

    folder: Path
    clock: world.HandClock

    def take(self, stick: Path) -> Imported:
        """Plug the stick in."""
        return import_stick(self.folder, stick, self.clock, lambda *_: None, lambda: None)

    def says(self, *names: str) -> None:
        """Opinions that visitors left."""
        with closing(DeskStore(self.folder / "desk.db")) as desk:
            for name in names:
                desk.add_record(Record(name, "opinion", "", self.clock.now().isoformat(), {"text": "好"}))

    def waiting(self) -> int:
        """Records that still wait on the device."""
        with closing(DeskStore(self.folder / "desk.db")) as desk:
            return desk.outbox_size()


@pytest.fixture
def run(db: Database, monkeypatch: pytest.MonkeyPatch, clock: world.HandClock) -> Run:
    """A shell on a server with a hall and an edition in its county channel."""
    monkeypatch.setattr("content_sync.clock.SystemClock.now", lambda _: clock.now())
    texts.plant(hall.opened(db))
    texts.published(db, texts.people(), title="停水的通知")
    return lambda *words: CliRunner().invoke(main, ["--dir", str(db.config.home), *words])


@pytest.fixture
def village(run: Run, db: Database, tmp_path: Path, clock: world.HandClock) -> Village:
    """The device `k1` of the hall."""
    return enrolled(db, tmp_path / "k1", clock)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty stick."""
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def enrolled(db: Database, folder: Path, clock: world.HandClock) -> Village:
    """A device of the server, under the name of its folder."""
    seed = (folder.name * 32)[:32].encode()
    hall.device(db, folder.name, key_text=b64encode(bytes(SigningKey(seed).verify_key)).decode())
    pin(folder / "trust" / directory_channel, (db.config.repo / "_directory/metadata/1.root.json").read_bytes())
    device = Device("http://127.0.0.1:1", folder.name, "t", "hall", "touch", ("qinghe",))
    durable.write(folder / "device.json", canonical.dump(shapes.to_plain(device)))
    durable.write(folder / "key.bin", seed)
    return Village(folder, clock)


def value(result: Result) -> Any:
    """The one JSON value on stdout of a command that succeeded."""
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return json.loads(result.stdout)


def counted(db: Database) -> int:
    """Records the server holds."""
    with db.read() as connection:
        return int(connection.execute(select(func.count()).select_from(records)).scalar_one())


def test_a_stick_goes_there_and_back(run: Run, db: Database, village: Village, stick: Path) -> None:
    """The village gets the edition and gives its records; the receipt on the next visit empties its outbox."""
    made = value(run("bundle", str(stick), "--device", "k1", "--json"))
    assert set(made) == {"bundle", "files", "bytes", "channels", "refused"}
    assert set(made["channels"]["qinghe"]) == {"edition", "items", "as_of", "valid_until", "resigned"}
    assert (made["channels"]["qinghe"]["edition"], made["refused"]) == (1, [])
    village.says("r1", "r2")
    taken = village.take(stick)
    assert (taken.channels, taken.records.written) == ({"qinghe": (0, 1)}, 2)
    came = value(run("receive", str(stick), "--json"))
    assert came == {"devices": {"k1": {"accepted": 2, "refused": []}}, "refused": [], "receipts": True}
    assert (counted(db), village.waiting()) == (2, 2)
    done = village.take(stick)
    assert (done.records.taken, done.records.written, village.waiting()) == (2, 0, 0)
    assert list((stick / "gongkailan" / "records" / "k1").iterdir()) == []


def test_the_same_records_again_and_again_count_once(
    run: Run, db: Database, village: Village, stick: Path, tmp_path: Path
) -> None:
    """The stick three times, a copy of it, and a second stick with the same outbox: each record once (OFF-03)."""
    run("bundle", str(stick), "--device", "k1")
    shutil.copytree(stick, other := tmp_path / "other")
    village.says(*(f"r{n}" for n in range(30)))
    village.take(stick)
    village.take(other)
    shutil.copytree(stick, copy := tmp_path / "copy")
    for path in (stick, stick, copy, other, stick):
        assert value(run("receive", str(path), "--json"))["devices"]["k1"]["accepted"] == 30
    assert counted(db) == 30
    village.says("late")
    for path in (copy, other, stick, copy):  # old receipts too, in any order
        village.take(path)
        assert village.waiting() == 1
    run("receive", str(copy))
    assert counted(db) == 31


def test_two_devices_share_a_stick(run: Run, db: Database, village: Village, stick: Path, tmp_path: Path) -> None:
    """Each writes into its own folder and leaves the other's alone; each gets its own receipt."""
    second = enrolled(db, tmp_path / "k2", village.clock)
    run("bundle", str(stick), "--device", "k1", "--device", "k2")
    village.says("a1", "a2")
    second.says("b1")
    for one in (village, second, village):
        assert one.take(stick).records.faults == ()
    came = value(run("receive", str(stick), "--json"))["devices"]
    assert {name: one["accepted"] for name, one in came.items()} == {"k1": 2, "k2": 1}
    assert (second.take(stick).records.taken, village.waiting()) == (1, 2)
    assert village.take(stick).records.taken == 2


def test_a_device_of_the_same_name_keeps_its_file(run: Run, village: Village, stick: Path) -> None:
    """What another key wrote under the same name (another county's device, one before it) is not cleared away."""
    run("bundle", str(stick), "--device", "k1")
    village.says("r1")
    village.take(stick)
    folder = stick / "gongkailan" / "records" / "k1"
    (folder / "0a1b2c3d-0000000000000000.sealed").write_bytes(b"x")
    run("receive", str(stick))
    assert village.take(stick).records.taken == 1
    assert [path.name for path in folder.iterdir()] == ["0a1b2c3d-0000000000000000.sealed"]


def test_what_the_server_refuses_stays_with_its_reason(run: Run, village: Village, stick: Path) -> None:
    """A refused record is marked on the device by the receipt and travels no more; the others count."""
    run("bundle", str(stick), "--device", "k1")
    village.says("good")
    with closing(DeskStore(village.folder / "desk.db")) as desk:
        desk.add_record(Record("bad", "rating", "", "2026-11-23T09:00:00+08:00", {"ticket": "nobody", "level": 5}))
    village.take(stick)
    came = run("receive", str(stick))
    assert (came.exit_code, came.stdout) == (0, "k1：接收 1 条记录，拒收 1 条\n")
    assert came.stderr == "k1 bad：unknown ticket\n"
    assert village.take(stick).records.refused == 1
    with closing(DeskStore(village.folder / "desk.db")) as desk:
        assert (desk.refused_records(), desk.outbox_size()) == ([("bad", "unknown ticket")], 0)


def _sealed(config: Config, device: str, seed: bytes, *names: str) -> bytes:
    """A batch of opinions as that device would seal it."""
    batch = [
        {
            "id": name,
            "kind": "opinion",
            "device": device,
            "made_at": "2026-11-23T09:00:00+08:00",
            "body": {"text": "好"},
        }
        for name in names
    ]
    return sealed.seal(canonical.dump(batch), device, seed, sealed.public_half(records_key.seed(config)))


_k1 = (b"k1" * 32)[:32]
_foreign: dict[str, tuple[str, Callable[[Config], bytes], str]] = {
    "another device's key": ("k1/a.sealed", lambda config: _sealed(config, "k1", b"x" * 32, "r"), "not signed by"),
    "a device nobody knows": ("k7/a.sealed", lambda config: _sealed(config, "k7", _k1, "r"), "没有设备 k7"),
    "a revoked device": ("k9/a.sealed", lambda config: _sealed(config, "k9", _k1, "r"), "已停用"),
    "another device's folder": ("k2/a.sealed", lambda config: _sealed(config, "k1", _k1, "r"), "another one's folder"),
    "another server": (
        "k1/a.sealed",
        lambda _: sealed.seal(b"[]", "k1", _k1, sealed.public_half(b"o" * 32)),
        "another server",
    ),
    "a damaged file": ("k1/a.sealed", lambda config: _sealed(config, "k1", _k1, "r")[:-1], "damaged"),
    "rubbish": ("k1/a.sealed", lambda _: b"x", "damaged"),
    "a file too long": ("k1/a.sealed", lambda _: b"x" * (limits.sealed_bytes_max + 1), "longer than"),
    "something else": ("k1/photo.jpg", lambda _: b"x", "not a file of records"),
    "a name with strange letters": ("k1/\udcff\n.sealed", lambda _: b"x", "k1/"),
    "a folder of no device": ("K1 copy/a.sealed", lambda _: b"x", "not the folder of a device"),
    "more records than a file may hold": (
        "k1/a.sealed",
        lambda config: _sealed(config, "k1", _k1, *(f"r{n}" for n in range(limits.stick_batch_records_max + 1))),
        "at most",
    ),
}


@pytest.mark.parametrize("story", _foreign)
def test_a_foreign_file_is_named_and_the_others_go_on(
    run: Run, db: Database, village: Village, stick: Path, story: str
) -> None:
    """What is not this county's, not whole or not a device's is refused by name in one sentence; the rest counts."""
    run("bundle", str(stick), "--device", "k1")
    hall.device(db, "k9")
    service.revoke(db, world.shell, "k9")
    village.says("r1")
    village.take(stick)
    name, made, words = _foreign[story]
    path = stick / "gongkailan" / "records" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(made(db.config))
    came = run("receive", str(stick))
    assert (came.exit_code, came.stdout) == (0, "k1：接收 1 条记录\n")
    assert words in came.stderr
    assert came.stderr.count("\n") == 1
    assert counted(db) == 1
    for entry in (stick / "gongkailan" / "records" / "k1").iterdir():
        if entry != path:
            entry.unlink()
    (stick / "gongkailan" / "records" / "k1").joinpath("x.sealed").touch()
    refused = run("receive", str(stick), "--json")
    assert (refused.exit_code, json.loads(refused.stdout)["devices"]) == (1, {})
    assert refused.stderr.count("\n") == 1


def test_links_on_a_stick_lead_nowhere(run: Run, db: Database, village: Village, stick: Path, tmp_path: Path) -> None:
    """Neither reading records nor writing receipts or records follows a link out of the stick."""
    run("bundle", str(stick), "--device", "k1")
    base, outside = stick / "gongkailan", tmp_path / "outside"
    outside.mkdir()
    (outside / "a.sealed").write_bytes(_sealed(db.config, "k1", _k1, "stolen"))
    (base / "records").mkdir()
    (base / "records" / "k1").symlink_to(outside)
    village.says("r1")
    assert "not a plain file or folder" in village.take(stick).records.faults[0]
    assert (counted(db), run("receive", str(stick)).exit_code) == (0, 1)
    (base / "records" / "k1").unlink()
    village.take(stick)
    (base / "receipts").symlink_to(outside)
    came = run("receive", str(stick))
    assert (came.exit_code, counted(db)) == (0, 1)
    assert "没能在U盘上留下回执" in came.stderr
    assert [path.name for path in outside.iterdir()] == ["a.sealed"]


def test_a_forged_or_borrowed_receipt_empties_no_outbox(
    run: Run, db: Database, village: Village, stick: Path, tmp_path: Path
) -> None:
    """Another key's receipt, a changed one and another device's are refused with a sentence; the records wait."""
    run("bundle", str(stick), "--device", "k1")
    village.says("r1")
    village.take(stick)
    run("receive", str(stick))
    [path] = (stick / "gongkailan" / "receipts").iterdir()
    honest, mark = path.read_bytes(), sealed.mark_of(sealed.public_half(_k1))
    forged = sealed.receipt_bytes(sealed.Receipt("k1", mark, ("r1",), ()), b"f" * 32)
    borrowed = sealed.receipt_bytes(sealed.Receipt("k2", mark, ("r1",), ()), records_key.seed(db.config))
    for data in (forged, borrowed, honest.replace(b"r1", b"r2"), b"", b"x" * 100):
        path.write_bytes(data)
        done = village.take(stick)
        assert (len(done.records.faults), village.waiting()) == (1, 1)
        assert done.channels == {"qinghe": (1, 1)}, "the import is done all the same"
    path.write_bytes(honest)
    assert (village.take(stick).records.taken, village.waiting()) == (1, 0)


def test_a_stick_that_cannot_be_written_loses_nothing(
    run: Run, village: Village, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a read-only or full stick the import is done, and a sentence says that the records wait."""
    import errno

    from content_sync.net import stick as module

    run("bundle", str(stick), "--device", "k1")
    village.says("r1")
    for number, words in ((errno.EROFS, "cannot be written"), (errno.ENOSPC, "is full")):
        with monkeypatch.context() as patched:
            patched.setattr(module.os, "write", lambda *_: (_ for _ in ()).throw(OSError(number, "x")))  # noqa: B023
            done = village.take(stick)
        assert done.refused == {}
        assert words in done.records.faults[0]
        assert "Records waiting on this device: 1" in done.records.faults[0]
        assert village.waiting() == 1
    assert village.take(stick).records.written == 1


def test_the_stick_is_signed_when_it_is_written(run: Run, village: Village, stick: Path) -> None:
    """A server that stood still for 50 days writes a stick that is good for 60 days from now."""
    village.clock.advance(days=50)
    made = value(run("bundle", str(stick), "--channels", "qinghe", "--json"))["channels"]["qinghe"]
    assert made["resigned"] is True
    assert made["as_of"] == village.clock.now().isoformat(timespec="seconds")
    assert made["valid_until"] == (village.clock.now() + timedelta(days=60)).isoformat(timespec="seconds")
    again = value(run("bundle", str(stick), "--channels", "qinghe", "--json"))["channels"]["qinghe"]
    assert again["resigned"] is False, "at once again, nothing has to be signed again"


def test_a_relay_writes_what_it_has(run: Run, db: Database, village: Village, stick: Path) -> None:
    """Without the keys nothing is signed; how long it is good is said, and what is over is refused by name."""
    records_key.ensure(db.config)
    for channel in ("_directory", "qinghe", "liushu"):
        shutil.rmtree(db.config.keys / channel)
    village.clock.advance(days=50)
    made = value(run("bundle", str(stick), "--channels", "qinghe,liushu", "--json"))
    assert {one["resigned"] for one in made["channels"].values()} == {False}
    said = run("bundle", str(stick), "--channels", "qinghe")
    assert made["channels"]["qinghe"]["valid_until"][:10] in said.stdout
    village.clock.advance(days=20)
    over = run("bundle", str(stick), "--channels", "qinghe")
    assert (over.exit_code, over.stdout) == (1, "")
    assert "已过期" in over.stderr


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("bundle", "STICK"), 2, "--device"),
        (("bundle",), 2, "OUT"),
        (("bundle", "STICK", "--channels", "nowhere"), 1, "没有频道 nowhere"),
        (("bundle", "STICK", "--channels", "_directory"), 1, "没有频道 _directory"),
        (("bundle", "STICK", "--device", "nobody"), 1, "没有在用的设备 nobody"),
        (("bundle", "STICK/absent", "--channels", "qinghe"), 1, "plug the stick in"),
        (("receive", "STICK/absent"), 1, "plug the stick in"),
        (("receive", "STICK"), 1, "holds nothing of ours"),
    ],
)
def test_wrong_use_is_one_sentence(run: Run, stick: Path, words: tuple[str, ...], code: int, sentence: str) -> None:
    """Usage is 2, a refusal is 1 with one line on stderr, and nothing is made on the stick."""
    result = run(*(word.replace("STICK", str(stick)) for word in words))
    assert (result.exit_code, result.stdout) == (code, "")
    assert sentence in result.stderr
    assert code == 2 or result.stderr.count("\n") == 1
    assert list(stick.iterdir()) == []


def test_people_read_a_sentence_for_each_channel(run: Run, stick: Path) -> None:
    """Without --json: a line a channel, and that the stick may be taken; receiving an empty stick is no failure."""
    said = run("bundle", str(stick), "--channels", "qinghe,liushu")
    assert [line.partition("：")[0] for line in said.stdout.splitlines()[:2]] == ["qinghe", "liushu"]
    assert "可以弹出U盘" in said.stdout.splitlines()[2]
    assert run("receive", str(stick)).stdout == "U盘上没有要接收的记录。\n"
