"""Receipts of three kiosks that are cut off, and of one that loses its power or its desk."""

from pathlib import Path

from content_sync.clock import SystemIds
from content_sync.domain.ids import spelled
from content_sync.domain.records import Record
from content_sync.storage.desk import DeskStore
from tests.content_sync.world import start


def _sent(desk: DeskStore, count: int) -> list[str]:
    made = [Record(spelled(SystemIds().random(16)), "opinion", "", start.isoformat(), {}) for _ in range(count)]
    return [desk.add_with_receipt(record) for record in made]


def test_three_kiosks_sync_and_no_two_receipts_are_alike(tmp_path: Path) -> None:
    """APP-01: made offline, unique together; each record carries the number that the visitor saw."""
    numbers: list[str] = []
    for name in ("a", "b", "c"):
        desk = DeskStore(tmp_path / f"{name}.db")
        told = _sent(desk, 50)
        assert [record.body["receipt"] for record in desk.waiting_records(100)] == told
        numbers += told
        desk.close()
    assert len(set(numbers)) == 150


def test_a_power_cut_repeats_no_number(tmp_path: Path) -> None:
    """Reopened, the desk goes on; what was sent and acknowledged is not needed for that."""
    numbers: list[str] = []
    for _ in range(5):
        desk = DeskStore(tmp_path / "desk.db")
        numbers += _sent(desk, 3)
        desk.acknowledge([record.id for record in desk.waiting_records(100)])
        desk.close()
    assert len(set(numbers)) == 15
    assert len({number[:4] for number in numbers}) == 1


def test_a_desk_begun_anew_has_numbers_of_its_own(tmp_path: Path) -> None:
    """After a damaged file the old numbers do not come back."""
    first, second = (_sent(DeskStore(tmp_path / name), 200) for name in ("old.db", "new.db"))
    assert not set(first) & set(second)
