"""What every released version left on a device opens today, is shown, mended, brought up to date and sent on."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from content_sync.agent.device import read_device, read_key
from content_sync.net.folder import FolderFetcher
from content_sync.publish import Publisher
from content_sync.pull.step import Puller
from content_sync.push.records import send_records
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from content_sync.wire.items import item_bytes
from tests.content_sync.world import Counter, Hall, HandClock
from tests.released import Released, unpacked, versions


@pytest.fixture(params=versions)
def released(request: pytest.FixtureRequest) -> Iterator[Released]:
    """A device and its server as a released version left them."""
    with unpacked(request.param) as found:
        yield found


def _numbers(released: Released) -> dict[str, int]:
    publisher = Publisher(released.server / "repo", released.server / "keys", HandClock(released.now))
    return {channel: publisher.newest(channel).number for channel in read_device(released.device).channels}


def _puller(released: Released) -> Puller:
    hall = Hall(SimpleNamespace(numbers=_numbers(released)))  # type: ignore[arg-type]  # what the hall asks of a county
    fetcher, clock = FolderFetcher(released.server / "repo"), HandClock(released.now + timedelta(hours=1))
    return Puller(released.device, read_device(released.device).channels, fetcher, hall, clock)


def _shown(store: ContentStore, released: Released) -> dict[str, str]:
    """The hashes of everything that can be drawn, by id, each drawn once."""
    drawn = {row.id: store.item(row.id, released.now) for row in store.rows(released.now)}
    return {item: found[1] for item, found in drawn.items() if found is not None}


def test_there_is_an_archive_of_a_release() -> None:
    """The tests below run at least once."""
    assert "0.1.0" in versions


def test_a_newer_screen_reads_the_store_before_the_agent_has_seen_it(released: Released) -> None:
    """A screen that starts first draws, lists and finds everything of the old file, and changes nothing in it."""
    screen = ContentStore(released.device / "content.db", readonly=True)
    assert _shown(screen, released) == released.told["drawn"]
    assert "qh-sfz-buling" in {row.id for row in screen.search("身份证", released.now)}
    assert screen.county() is not None
    assert {name: one.number for name, one in screen.held().items()} == released.told["held"]
    screen.close()


def test_the_store_is_migrated_with_every_byte_of_it(released: Released) -> None:
    """Opened by today's agent the same items are drawn, byte for byte, and what was withdrawn is not among them."""
    store = ContentStore(released.device / "content.db")
    assert _shown(store, released) == released.told["drawn"]
    for item, expected in released.told["drawn"].items():
        found = store.item(item, released.now)
        assert found is not None
        assert hashlib.sha256(item_bytes(found[0])).hexdigest() == expected
    assert store.item(released.told["withdrawn"], released.now) is None
    store.close()


def test_one_step_mends_it_and_brings_it_up_to_date(released: Released) -> None:
    """The first step needs no new enrolment: it takes what the server has more, and then everything verifies."""
    device = _puller(released)
    pulled = device.step()
    assert pulled.failures == []
    assert {name: one.number for name, one in device.store.held().items()} == _numbers(released)
    assert device.store.held()["qinghe"].number > released.told["held"]["qinghe"]
    assert device.store.verify().bad == ()
    assert device.store.search("供暖时间调整", released.now)
    assert device.store.item(released.told["withdrawn"], released.now) is None
    assert device.step().taken == {}
    device.close()


def test_the_desk_goes_on(released: Released) -> None:
    """Presses keep their tickets, leased numbers go on without one twice, and what waited arrives exactly once."""
    desk, hall = DeskStore(released.device / "desk.db", Counter()), Hall()
    assert (desk.pressed("press-1").state, desk.pressed("press-2").number) == ("answered", released.told["leased"])
    desk.press("press-3", "huji", 0, released.now)
    leased = desk.take_leased("press-3", released.now, Counter())
    assert (leased.state, leased.number) == ("leased", f"A{int(released.told['leased'][1:]) + 1}")
    device = read_device(released.device)
    assert send_records(desk, hall, device.device, read_key(released.device)) == hall.counted > 0
    assert set(released.told["waiting"]) <= set(hall.records)
    assert desk.outbox_size() == 0
    assert [record for record, _ in desk.refused_records()] == [released.told["refused"]]
    desk.close()


def test_the_archive_is_copied_not_used(released: Released, tmp_path: Path) -> None:
    """Each test works on its own copy: what one does to the folders no other sees."""
    (released.device / "content.db").unlink()
    with unpacked("0.1.0") as other:
        assert (other.device / "content.db").exists()
