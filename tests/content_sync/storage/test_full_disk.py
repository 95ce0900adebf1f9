"""A disk that is really full: the old edition stays, what is withdrawn goes all the same, and room alone heals it."""

import os
import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from content_sync.domain import limits
from content_sync.pull.step import Puller
from content_sync.storage import cramped
from content_sync.storage.content import ContentStore, Full
from content_sync.storage.desk import DeskStore
from content_sync.wire.items import item_bytes
from tests.content_sync.making import item
from tests.content_sync.small_disk import Disk, mounted
from tests.content_sync.world import County, HandClock, bodies

_disk_bytes = 8_000_000
_first = bodies(a="冬季取暖补贴", b="春季造林")


def _large(count: int = 250) -> dict[str, bytes]:
    chance = random.Random(3)  # text that does not compress, the same in every run
    words = ["".join(chr(chance.randrange(0x4E00, 0x9F00)) for _ in range(400)) for _ in range(count)]
    return {f"n{n}": item_bytes(item(id=f"n{n}", title=word[:60], summary=word)) for n, word in enumerate(words)}


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """A mounted disk of 8 MB; skips where nobody may mount one."""
    monkeypatch.setattr(limits, "spool_free_bytes_min", 0)
    with mounted(tmp_path / "disk", _disk_bytes) as disk:
        yield disk


@pytest.fixture
def county(tmp_path: Path) -> County:
    """A publisher on a large disk."""
    county = County(tmp_path / "county", "qinghe")
    county.publish("qinghe", _first)
    return county


@pytest.fixture
def device(county: County, disk: Disk) -> Iterator[Puller]:
    """A device on the small disk, at the first edition."""
    device = county.device(disk.folder / "device")
    assert device.step().failures == []
    yield device
    device.close()


def _shown(device: Puller, clock: HandClock) -> set[str]:
    screen = ContentStore(device.store._connection.path, readonly=True)
    try:
        return {row.id for row in screen.rows(clock.now()) if screen.item(row.id, clock.now())}
    finally:
        screen.close()


@pytest.mark.parametrize("free", [0, 20_000, 100_000, 300_000, 700_000, 1_500_000, 2_500_000, 4_500_000])
def test_the_old_edition_stays_until_there_is_room(county: County, device: Puller, disk: Disk, free: int) -> None:
    """Wherever in a step the room ends, screens show the old edition whole and a sentence says what to do."""
    county.publish("qinghe", _large())
    disk.leave(free)
    failures = device.step().failures
    whole = device.store.held()["qinghe"].number == 2
    assert _shown(device, county.clock) == set(_large() if whole else _first)
    assert whole == (free > 4_000_000)
    assert all("room" in failure.sentence or "space" in failure.sentence for failure in failures), failures
    assert bool(failures) != whole
    disk.tidy()
    assert device.step(force=True).failures == []
    assert _shown(device, county.clock) == set(_large())
    assert (device.store.verify().bad, device.store.problems()) == ((), {})


def test_a_withdrawal_finds_room_on_a_full_disk(county: County, device: Puller, disk: Disk) -> None:
    """What is withdrawn leaves the screens although nothing else fits, and leaves the disk once there is room."""
    disk.leave(0)
    county.publish("qinghe", bodies(b="春季造林"), withdrawn=("a",))
    device.step()
    assert _shown(device, county.clock) == {"b"}
    device.close()
    again = county.device(disk.folder / "device")
    assert _shown(again, county.clock) == {"b"}
    disk.tidy()
    assert again.step(force=True).failures == []
    assert again.store.scrub(thorough=True)
    left = [path for path in disk.folder.rglob("*") if path.is_file() and "取暖".encode() in path.read_bytes()]
    assert left == []
    again.close()


def test_a_device_starts_on_a_full_disk(county: County, device: Puller, disk: Disk) -> None:
    """After a restart on a full disk the agent and the screens open the store and show what they had."""
    device.close()
    disk.leave(0)
    again = county.device(disk.folder / "device")
    assert again.step().failures == []
    assert _shown(again, county.clock) == {"a", "b"}
    again.close()


@pytest.fixture(params=[False, True], ids=["without logs", "with logs"])
def copied(county: County, device: Puller, disk: Disk, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The files of both stores, copied in with or without their logs, without the index of these; the disk is full."""
    desk = DeskStore(tmp_path / "desk.db")
    desk.press("p-1", "huji", 0, county.clock.now())
    if not request.param:
        desk.close()
        device.close()
    copied = disk.folder / "copied"
    copied.mkdir()
    for path in (*tmp_path.glob("desk.db*"), *(disk.folder / "device").glob("content.db*")):
        if not path.name.endswith(("-shm", ".spare")):
            (copied / path.name).write_bytes(path.read_bytes())
    assert (copied / "desk.db-wal").exists() == (copied / "content.db-wal").exists() == request.param
    desk.close()
    disk.leave(0)
    return copied


def test_without_room_for_a_log_what_was_committed_is_read(county: County, disk: Disk, copied: Path) -> None:
    """Both stores are read whole on the full disk, a write says why it cannot be, and both heal by themselves."""
    now = county.clock.now()
    mine, shown = DeskStore(copied / "desk.db"), ContentStore(copied / "content.db", readonly=True)
    assert [press.id for press in mine.waiting_presses()] == ["p-1"]
    assert {row.id for row in shown.rows(now)} == {"a", "b"}
    with pytest.raises(Full):
        mine.press("p-2", "huji", 0, now)
    disk.tidy()
    with closing(ContentStore(copied / "content.db")) as agent, closing(DeskStore(copied / "desk.db")) as agents:
        agent.hide("qinghe", ["b"])
        agents.press("p-3", "huji", 0, now)
        assert {row.id for row in shown.rows(now)} == {"a"}
        assert [press.id for press in mine.waiting_presses()] == ["p-1", "p-3"]
    mine.press("p-4", "huji", 0, now)
    assert len(mine.waiting_presses()) == 3
    mine.close()
    shown.close()


def test_a_disk_that_has_blocks_but_no_file_left_is_a_full_one(county: County, disk: Disk) -> None:
    """The log has room and may not be made: what is there is read, every write says so, a tidied disk heals."""
    now, path = county.clock.now(), disk.folder / "desk.db"
    with closing(DeskStore(path)) as made:
        made.press("p-1", "huji", 0, now)
    disk.take_files()
    with closing(DeskStore(path)) as mine:
        for touched in (False, True):
            if touched:
                os.utime(path)  # the copy in memory is overtaken, and made anew
            assert [press.id for press in mine.waiting_presses()] == ["p-1"]
            with pytest.raises(Full):
                mine.press("p-2", "huji", 0, now)
        disk.give_files()
        mine.press("p-3", "huji", 0, now)
        assert [press.id for press in mine.waiting_presses()] == ["p-1", "p-3"]


def test_what_is_committed_while_the_copy_is_made_is_read_next(
    county: County, disk: Disk, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Room comes and an agent writes in the very moment when a screen has copied what it shows: it is shown next."""
    now, agents = county.clock.now(), list[DeskStore | ContentStore]()
    in_memory, in_place = cramped.copied, cramped.as_it_is

    def press_after(*asked: Any) -> Any:
        db = in_memory(*asked)
        disk.tidy()
        agents.append(desk := DeskStore(copied / "desk.db"))
        desk.press("p-2", "huji", 0, now)
        return db

    def hide_after(*asked: Any) -> Any:
        conn = in_place(*asked)
        disk.tidy()
        agents.append(content := ContentStore(copied / "content.db"))
        content.hide("qinghe", ["b"])
        return conn

    monkeypatch.setattr(cramped, "copied", press_after)
    monkeypatch.setattr(cramped, "as_it_is", hide_after)
    with closing(DeskStore(copied / "desk.db")) as mine:
        assert [press.id for press in mine.waiting_presses()] == ["p-1", "p-2"]
        disk.leave(0)
        with closing(ContentStore(copied / "content.db", readonly=True)) as shown:
            shown.rows(now)
            assert {row.id for row in shown.rows(now)} == {"a"}
    for agent in agents:
        agent.close()


def test_a_log_that_cannot_be_folded_in_is_copied_once(county: County, disk: Disk, copied: Path) -> None:
    """Trying to fold it in touches the file; the screen does not take that for news at each look."""
    with closing(ContentStore(copied / "content.db", readonly=True)) as shown:
        shown.rows(county.clock.now())  # may fold the log in
        shown.rows(county.clock.now())
        before = shown.data_version()
        shown.rows(county.clock.now())
        assert shown.data_version() == before
