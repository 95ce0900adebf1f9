"""Boards on a disk that is really full: they go on rotating, also after a restart, and note what they show again."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from content_sync.storage.desk import DeskStore
from kiosk.board.players import LcdPlayer, LedPlayer
from kiosk.board.reading import Reading
from kiosk.board.watching import Watch
from kiosk.flow.board import led_panel
from kiosk.flow.board.layouts import layout
from kiosk.flow.frame import Frame, Text
from kiosk.typeset.measuring import FontMeasure
from tests.content_sync.making import item
from tests.content_sync.small_disk import Disk, mounted
from tests.kiosk.board.making import Device, StandingClock
from tests.kiosk.board.test_processes import _soon

_measure = FontMeasure()
_notices = [item(id=f"n-{n}", title=f"第{n}号通知") for n in range(3)]
_screens = (["touch"], ["lcd"], ["led", "--size", "192x64", "--output", "png"])
_names = {f"第{n}号通知" for n in range(3)}


class Board:
    """A board of a device folder over its own connections."""

    def __init__(self, folder: Path, clock: StandingClock, kind: str) -> None:
        self.clock, self.frames = clock, list[Frame]()
        self.device = Device.__new__(Device)
        self.device.folder = folder
        self.content, self.desk = self.device.content(), self.device.desk()
        reading = Reading(self.content, self.desk, "hall")
        player = LedPlayer(reading, _measure, led_panel.panel("192x64"))
        lcd = LcdPlayer(reading, _measure, lambda _: layout("notices"))
        self.watch = Watch(reading, player if kind == "led" else lcd, clock, kind, self.frames.append)

    def seen(self, seconds: int) -> set[str]:
        """The notices that come round."""
        self.frames.clear()
        for _ in range(seconds):
            self.watch.step()
            self.clock.pass_by(1)
        words = "\n".join(line for f in self.frames for m in f.marks if isinstance(m, Text) for line in m.lines)
        return {name for name in _names if name in words}

    def close(self) -> None:
        """SIGTERM."""
        self.watch.end()
        self.desk.close()
        self.content.close()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A board's device folder with three notices, on a disk of its own."""
    with mounted(tmp_path / "disk", 8_000_000) as disk:
        made = Device(disk.folder)
        made.never_quiet()
        made.publish(_notices)
        made.agent.close()
        made.agents_desk.close()
        yield disk


def _logged(folder: Path) -> list[tuple[str, str]]:
    with closing(DeskStore(folder / "desk.db")) as desk:
        found = [r.body for r in desk.waiting_records(500) if r.kind == "display"]
    return [(str(one["start"]), str(one["end"])) for one in found]


@pytest.mark.parametrize("kind", ["lcd", "led"])
def test_a_board_goes_on_rotating_on_a_full_disk_and_after_a_restart(
    disk: Disk, clock: StandingClock, kind: str
) -> None:
    """Promises 7 and 17: nothing stops, nothing is invented; with room again the log goes on by itself."""
    board = Board(disk.folder, clock, kind)
    assert board.seen(120) == _names
    full_from = clock.now()
    disk.leave(0)
    _use_up(disk.folder)
    assert board.seen(240) == _names
    board.close()
    disk.fill()  # the log that went with the last one who had it open
    again = Board(disk.folder, clock, kind)
    assert again.seen(240) == _names
    disk.tidy()
    room_from = clock.now()
    assert again.seen(240) == _names
    again.close()
    rows = _logged(disk.folder)
    assert any(start >= room_from.isoformat() for start, _ in rows)
    assert any(end <= full_from.isoformat() for _, end in rows)
    assert not [row for row in rows if row[1] > full_from.isoformat() and row[0] < room_from.isoformat()]


def _use_up(folder: Path) -> None:
    """What the log of desk.db has room for."""
    with closing(DeskStore(folder / "desk.db")) as desk, pytest.raises(Exception, match="could not be written"):
        _write_for_ever(desk)


def _write_for_ever(desk: DeskStore) -> None:
    doubtful = False
    while True:
        doubtful = not doubtful
        desk.note_clock(doubtful=doubtful)


@pytest.mark.process
@pytest.mark.screen
@pytest.mark.parametrize("screen", _screens, ids=lambda screen: screen[0])
def test_a_screen_that_is_started_on_a_full_disk_stays_up(disk: Disk, tmp_path: Path, screen: list[str]) -> None:
    """The real program, twice, on copied files without any log; it draws, and takes its notes up when there is room."""
    (disk.folder / "led").symlink_to(tmp_path)  # its pictures are lamps: they are on no disk
    disk.leave(0)
    command = [sys.executable, "-m", "kiosk.cli", screen[0], "--dir", str(disk.folder), *screen[1:]]
    environment = {**os.environ, "SDL_VIDEODRIVER": "offscreen", "TMPDIR": str(disk.folder)}
    for is_last in (False, True):
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
        try:
            told = process.stderr.readline() if process.stderr else ""
            while "disk is full" not in told and process.poll() is None:
                told = process.stderr.readline() if process.stderr else ""
            assert process.poll() is None, told
            if screen[0] == "led":
                assert _soon((tmp_path / "led-current.png").exists)
            if is_last:
                disk.tidy()
                with closing(DeskStore(disk.folder / "desk.db")) as desk:
                    assert _soon(lambda desk=desk: desk.glass() is not None)
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
        finally:
            process.kill()
            process.communicate()
