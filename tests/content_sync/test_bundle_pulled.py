"""The stick is pulled out at any moment, while it is written and while it is read (OFF-02, promise 2).

A device then finds the old bundle, the new one, or a sentence; on its screen stands exactly one whole edition.
"""

import shutil
from contextlib import closing, suppress
from pathlib import Path

import pytest

from content_sync.domain.errors import Refused, Unreachable
from content_sync.domain.records import Record
from tests.content_sync.pulling import PulledOut
from tests.content_sync.sticks import Kiosk, enrolled, open_for_records, whole, write
from tests.content_sync.world import County, bodies, start


@pytest.fixture
def county(tmp_path: Path) -> County:
    """One channel with an edition."""
    county = County(tmp_path / "county", "qinghe")
    open_for_records(county)
    county.publish("qinghe", bodies(a="冬季取暖补贴", b="春季造林"))
    return county


@pytest.mark.parametrize("held", ["nothing", "a bundle"])
def test_pulled_out_while_written(county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: str) -> None:
    """Wherever writing stops, and though unsynced bytes are lost: the bundle before is whole, or the new one."""
    (old := tmp_path / "old").mkdir()
    before = write(county, old).name if held == "a bundle" else ""
    kiosk = enrolled(county, tmp_path / "k1")
    county.publish("qinghe", bodies(c="夏季防汛"))
    states, cut = set[str](), 0
    while True:
        cut += 1
        shutil.rmtree(stick := tmp_path / "stick", ignore_errors=True)
        shutil.copytree(old, stick)
        with monkeypatch.context() as patched:
            pulled = PulledOut(patched, cut)
            with suppress(Unreachable):
                write(county, stick)
        states.add(found := whole(stick, county.publisher.directory_root()))
        if found == before and len(states) == 1 and cut % 40 == 1:
            _import_is(kiosk, stick, 1 if before else 0)
        if not pulled.pulled:
            break
    assert states == {before, write(county, tmp_path / "other").name if not before else found}
    assert len(states) == 2
    _import_is(kiosk, stick, 2)


def _import_is(kiosk: Kiosk, stick: Path, edition: int) -> None:
    """What a device makes of the stick: this edition, or (0) a sentence."""
    try:
        done = kiosk.take(stick)
    except Refused:
        assert edition == 0
    else:
        assert (done.channels.get("qinghe", (0, 0))[1], bool(done.refused)) == (edition, edition == 0)


def test_pulled_out_while_read(county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever reading stops, the screen keeps its edition until the new one is whole; records are lost by nothing."""
    stick, kiosk = tmp_path / "stick", enrolled(county, tmp_path / "k1")
    write(county, stick)
    kiosk.take(stick)
    county.publish("qinghe", bodies(c="夏季防汛"))
    write(county, stick)
    with closing(kiosk.desk()) as desk:
        desk.add_record(Record("r1", "opinion", "", start.isoformat(), {"text": "好"}))
    editions, cut = [1], 0
    while True:
        cut += 1
        with monkeypatch.context() as patched:
            pulled = PulledOut(patched, cut)
            with suppress(Refused, Unreachable):
                done = kiosk.take(stick)
                assert pulled.pulled == bool(done.refused or done.records.faults)
        editions.append(kiosk.editions()["qinghe"])
        with closing(kiosk.desk()) as desk:
            assert desk.outbox_size() == 1
        assert not (kiosk.folder / "stick").exists()
        if not pulled.pulled:
            break
    assert editions == sorted(editions)
    assert set(editions) == {1, 2}
