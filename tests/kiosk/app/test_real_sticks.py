"""Sticks that are block devices with a file system of their own, mounted: full, locked, torn out, unreadable.

Root alone may attach a disk; elsewhere these stories are skipped. The file system is ext4, which every kernel has.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from content_sync.domain import limits
from content_sync.domain.records import Record
from kiosk.devices import settings
from kiosk.devices.settings import Parts
from tests.content_sync.sticks import files_of, write
from tests.content_sync.world import County, bodies, start
from tests.kiosk.app.test_staff import Village, village

__all__ = ["village"]
_mega = 1_000_000


class Stick:
    """A disk in a file, attached as a block device and mounted where the kiosk looks for sticks."""

    def __init__(self, image: Path, place: Path, megabytes: int) -> None:
        self.image, self.place = image, place
        with image.open("wb") as file:
            file.truncate(megabytes * _mega)
        _run("mkfs.ext4", "-q", "-m", "0", "-O", "^has_journal", str(image))
        self.device = _run("losetup", "--find", "--show", str(image)).strip()
        place.mkdir(exist_ok=True)
        self.plug_in()
        shutil.rmtree(place / "lost+found")

    def plug_in(self, options: str = "rw,sync") -> None:
        _run("mount", "-o", options, self.device, str(self.place))

    def pull_out(self) -> None:
        """Nicely: nothing of it is in memory any more."""
        _run("umount", str(self.place))

    def lock(self) -> None:
        self.pull_out()
        self.plug_in("ro")

    def fill(self) -> None:
        with suppress(OSError), (self.place / "film.mp4").open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4_096))

    def tear(self) -> None:
        """Out while it is mounted: from now on every block but the first ones is an input/output error."""
        self.pull_out()
        self.plug_in("rw")
        with self.image.open("r+b") as file:
            file.truncate(64 * 1024)
        _run("losetup", "--set-capacity", self.device)

    def end(self) -> None:
        with suppress(subprocess.CalledProcessError):
            _run("umount", "-l", str(self.place))
        with suppress(subprocess.CalledProcessError):
            _run("losetup", "--detach", self.device)


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # fixed words


@pytest.fixture
def stick(village: Village, tmp_path: Path) -> Iterator[Stick]:
    """An empty stick of 24 MB in the kiosk, which has a record to carry."""
    try:
        made = Stick(tmp_path / "stick.img", village.stick, 24)
    except (subprocess.CalledProcessError, FileNotFoundError) as missing:
        pytest.skip(f"only root may attach a disk: {missing}")
    with closing(village.device.desk()) as desk:
        desk.add_record(Record("r1", "opinion", "", start.isoformat(), {"text": "好"}))
    village.open()
    village.until("还没有收到内容")
    yield made
    made.end()


def _waiting(village: Village) -> int:
    with closing(village.device.desk()) as desk:
        return desk.outbox_size()


def _has_content(village: Village) -> bool:
    return village.visit._gatherer.view(village.visit.state, None).has_content


def test_a_real_stick_brings_content_and_may_be_pulled_out_when_the_screen_says_so(
    village: Village, stick: Stick
) -> None:
    """What was written is on the disk itself when 现在可以拔U盘了 is said: it is read back after a hard detach."""
    stick.pull_out()
    stick.plug_in("rw")  # as a desktop does: nothing is written before it is synced
    write(village.county, stick.place)
    village.press("从U盘导入")
    text = village.until("现在可以拔U盘了")
    assert "1 个单位有新的一期" in text
    assert "1 条记录已加密写到U盘上" in text
    assert _has_content(village)
    copied = stick.image.with_suffix(".copy")
    shutil.copy(stick.image, copied)  # what the disk holds now, whatever the kernel still keeps in memory
    place = copied.with_suffix(".seen")
    place.mkdir()
    _run("mount", "-o", "ro,loop,noload", str(copied), str(place))
    try:
        sealed = [path for path in place.rglob("*.sealed") if path.stat().st_size]
        assert len(sealed) == 1
        assert sealed[0].read_bytes() == next(stick.place.rglob("*.sealed")).read_bytes()
    finally:
        _run("umount", str(place))


def test_a_full_stick_takes_no_records_and_loses_none(village: Village, stick: Stick) -> None:
    """The content is taken all the same."""
    write(village.county, stick.place)
    stick.fill()
    village.press("从U盘导入")
    text = village.until("现在可以拔U盘了")
    assert "1 个单位有新的一期" in text
    assert "U盘满了" in text
    assert _waiting(village) == 1


def test_a_locked_stick_brings_content_and_takes_no_records(village: Village, stick: Stick) -> None:
    """The switch on its side: read-only, said so, nothing lost."""
    write(village.county, stick.place)
    stick.lock()
    village.press("从U盘导入")
    text = village.until("现在可以拔U盘了")
    assert "U盘是只读的" in text
    assert _has_content(village)
    assert _waiting(village) == 1


def test_a_stick_torn_out_while_it_is_read_changes_nothing(village: Village, stick: Stick) -> None:
    """Half-way every block fails: one sentence, the old content stays, the records wait; plugged in again all comes."""
    village.county.publish("qinghe", bodies(**{f"n{n}": os.urandom(3_000).hex() for n in range(200)}))
    write(village.county, stick.place)
    whole = {path.relative_to(stick.place): path.read_bytes() for path in files_of(stick.place)}
    stick.tear()
    village.press("从U盘导入")
    text = village.until("再来一次")
    assert any(said in text for said in ("U盘读到一半断了", "U盘上没有要导入的内容", "U盘上的内容坏了")), text
    assert not _has_content(village)
    assert _waiting(village) == 1
    stick.end()
    for path, data in whole.items():
        (stick.place / path).parent.mkdir(parents=True, exist_ok=True)
        (stick.place / path).write_bytes(data)
    village.press("再来一次")
    assert "1 个单位有新的一期" in village.until("1 个单位有新的一期")


def test_an_old_stick_says_that_its_time_is_over(
    village: Village, stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its metadata expired while it lay in a drawer; the records go along all the same once the county is known."""
    write(village.county, stick.place)
    drawer = int(os.environ["GONGKAILAN_CLOCK_OFFSET"]) + (limits.timestamp_days + 1) * 86_400
    monkeypatch.setenv("GONGKAILAN_CLOCK_OFFSET", str(drawer))
    village.press("从U盘导入")
    assert "U盘上的内容太旧了" in village.until("再来一次")
    assert not _has_content(village)
    assert _waiting(village) == 1


def test_another_countys_stick_is_left_as_it_is(village: Village, stick: Stick, tmp_path: Path) -> None:
    """Not a byte is written on it."""
    write(County(tmp_path / "other", "donghe", own_keys=True), stick.place)
    before = {path: path.read_bytes() for path in files_of(stick.place)}
    village.press("从U盘导入")
    assert "这不是本县的U盘" in village.until("再来一次")
    assert {path: path.read_bytes() for path in files_of(stick.place)} == before
    assert _waiting(village) == 1


def test_two_sticks_at_once_are_one_too_many(village: Village, stick: Stick, tmp_path: Path) -> None:
    """Nobody guesses which one was meant; with one of them out it goes on."""
    write(village.county, stick.place)
    second = Path("/media") / f"gongkailan-{tmp_path.name}"
    second.mkdir(parents=True)
    _run("mount", "-t", "tmpfs", "-o", "size=1M", "tmpfs", str(second))
    try:
        village.press("从U盘导入")
        assert "插了不止一个U盘" in village.glass.text
        assert _waiting(village) == 1
    finally:
        _run("umount", str(second))
        second.rmdir()
    village.press("再来一次")
    assert "1 个单位有新的一期" in village.until("现在可以拔U盘了")


def test_no_stick_says_what_to_do(village: Village, stick: Stick) -> None:
    """The mount point is there and empty."""
    stick.pull_out()
    village.press("带走记录")
    assert "没有找到U盘" in village.glass.text
    settings.write(village.device.folder, Parts(stick=str(stick.place)))
