"""A device's records on a stick: signed, sealed, bounded, in true order, cleared away by nobody else (promise 10)."""

from contextlib import closing
from pathlib import Path

import pytest

from content_sync.bundle import outgoing
from content_sync.bundle.outgoing import Sender, write_records
from content_sync.domain import limits
from content_sync.domain.records import Record
from content_sync.net.stick import StickFolder
from content_sync.receive import check_batch
from content_sync.storage import desk_outbox
from content_sync.storage.desk import DeskStore
from content_sync.wire import sealed
from tests.content_sync.world import start

_device, _server = b"d" * 32, b"s" * 32
_sender = Sender("k1", _device, sealed.public_half(_server))


@pytest.fixture
def desk(tmp_path: Path) -> DeskStore:
    """A desk with ten opinions."""
    desk = DeskStore(tmp_path / "desk.db")
    for number in range(10):
        desk.add_record(Record(f"r{number}", "opinion", "", start.isoformat(), {"text": "好"}))
    return desk


def _written(desk: DeskStore, stick: Path) -> int:
    stick.mkdir(exist_ok=True)
    with closing(StickFolder.at(stick)) as base:
        return write_records(base, desk, _sender)


def _read(stick: Path) -> list[list[str]]:
    """The ids in each file, after every check a server makes, oldest file first."""
    found = []
    for path in (stick / "records" / "k1").iterdir():
        opened = sealed.unseal(path.read_bytes(), _server)
        batch = check_batch(opened.batch, sealed.public_half(_device), opened.signature, limits.stick_batch_records_max)
        assert all(isinstance(one, Record) and one.device == "k1" for one in batch)
        found.append([one.id for one in batch if isinstance(one, Record)])
    return sorted(found)


def test_the_oldest_go_first_in_files_of_bounded_number(
    desk: DeskStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than fits waits for the next visit; what was settled meanwhile makes room for the rest, nothing is left."""
    monkeypatch.setattr(limits, "stick_batch_records_max", 3)
    monkeypatch.setattr(limits, "stick_batches_max", 2)
    monkeypatch.setattr(outgoing, "_step", 4)
    stick = tmp_path / "stick"
    assert _written(desk, stick) == 6
    assert _read(stick) == [["r0", "r1", "r2"], ["r3", "r4", "r5"]]
    receipt = sealed.Receipt("k1", _sender.mark, ("r0", "r1", "r2", "r3"), (("r4", "no"),))
    assert outgoing.heed_receipt(sealed.receipt_bytes(receipt, _server), desk, _sender) == (4, 1)
    assert _written(desk, stick) == 5
    assert _read(stick) == [["r5", "r6", "r7"], ["r8", "r9"]]
    desk.acknowledge([f"r{number}" for number in range(10)])
    assert _written(desk, stick) == 0
    assert _read(stick) == []


def test_no_file_is_longer_than_a_server_reads(
    desk: DeskStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Batches end before their bound in bytes; a single long record still has its file."""
    desk.add_record(Record("long", "opinion", "", start.isoformat(), {"text": "长" * 500}))
    monkeypatch.setattr(limits, "stick_batch_bytes_max", 400)
    stick = tmp_path / "stick"
    assert _written(desk, stick) == 11
    assert sorted(name for ids in _read(stick) for name in ids) == ["long", *(f"r{number}" for number in range(10))]
    assert ["long"] in _read(stick)
    *short, _ = sorted(path.stat().st_size for path in (stick / "records" / "k1").iterdir())
    assert len(short) > 2
    assert max(short) < 400 + 200


def test_the_same_records_are_the_same_files(desk: DeskStore, tmp_path: Path) -> None:
    """Visit after visit a stick does not grow: the same records stand under the same name, sealed anew."""
    stick = tmp_path / "stick"
    _written(desk, stick)
    [path] = (stick / "records" / "k1").iterdir()
    before = path.read_bytes()
    path.write_bytes(before[:-1])  # worn meanwhile
    _written(desk, stick)
    assert [one.name for one in (stick / "records" / "k1").iterdir()] == [path.name]
    assert path.read_bytes() != before
    assert len(_read(stick)[0]) == 10


def test_nothing_waits_nothing_is_made(tmp_path: Path) -> None:
    """A device without records leaves no folder on the stick, and needs no stick that can be written."""
    assert _written(DeskStore(tmp_path / "desk.db"), tmp_path / "stick") == 0
    assert list((tmp_path / "stick").iterdir()) == []


def test_the_outbox_of_a_year_fits(tmp_path: Path) -> None:
    """Ten thousand records take a handful of files, each within what a server opens."""
    desk, stick = DeskStore(tmp_path / "desk.db"), tmp_path / "stick"
    body = {"screen": "lcd", "item": "notice-1", "hash": "a" * 64, "start": start.isoformat(), "end": start.isoformat()}
    with desk._connection.write() as db:
        for number in range(10_000):
            desk_outbox.add(db, Record(f"r{number}", "display", "", start.isoformat(), body))
    assert _written(desk, stick) == 10_000
    files = list((stick / "records" / "k1").iterdir())
    assert len(files) == 3
    assert max(path.stat().st_size for path in files) <= limits.sealed_bytes_max
