"""Boards by real processes: `python -m tests.bench.boards_still [boards] [presses]`.

1. Still: the processor time of each layout while its picture stands, offscreen and without a GPU. The pages of the
   round change meanwhile, as they do in a hall.
2. Blank: from the commit of the press on the server until every board has drawn it; beside it a plate, from signing in
   at a window until the window's board shows the name (GUI-05 asks for 5 s).
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from content_sync.clock import SystemClock, SystemIds
from content_sync.storage.desk import DeskStore
from deploy.demo.county import DemoCounty
from deploy.demo.processes import Processes
from display_server.access import Actor
from display_server.config import Config
from display_server.database.engine import Database
from display_server.queue import blanking, service

_hall, _window, _plate = "qinghe-hall", "w03", "陈静"
_staff = Actor("clerk", "窗口（演示）", frozenset({"manager", "clerk"}), frozenset({"*"}), "page")
_layouts: dict[str, tuple[str, ...]] = {
    "hall": (),
    "window": ("--layout", "window", "--window", "3"),
    "plates": ("--layout", "plates"),
    "notices": ("--layout", "notices"),
}
_still_seconds, _settle_seconds, _patience = 20.0, 6.0, 10.0


def _cpu_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _until(test: Callable[[], bool]) -> float:
    begin = time.monotonic()
    while not test():
        if time.monotonic() - begin > _patience:
            return _patience
        time.sleep(0.002)
    return time.monotonic() - begin


class Boards:
    """The demonstration's hall with some LCD boards, one of each layout in turn."""

    def __init__(self, folder: Path, count: int) -> None:
        self.names = {f"lcd-{n}": list(_layouts)[n % len(_layouts)] for n in range(count)}
        self.county = DemoCounty(Processes(folder), dict.fromkeys(self.names, "lcd"))
        self.county.begin()
        for name, layout in self.names.items():
            command = ("kiosk", "lcd", "--dir", str(self.county.home(name)), "--no-sound", *_layouts[layout])
            self.county.processes.start(f"board-{name}", *command, SDL_VIDEODRIVER="offscreen")
        self.desks = {name: DeskStore(self.county.home(name) / "desk.db") for name in self.names}
        self.db = Database(Config(self.county.server, SystemClock(), SystemIds()))
        time.sleep(_settle_seconds)

    def still(self) -> dict[str, float]:
        """Hundredths of a core, by layout."""
        pids = {name: self.county.processes.running[f"board-{name}"].pid for name in self.names}
        before = {name: _cpu_seconds(pid) for name, pid in pids.items()}
        time.sleep(_still_seconds)
        spent = {name: _cpu_seconds(pid) - before[name] for name, pid in pids.items()}
        return {layout: 100 * spent[name] / _still_seconds for name, layout in self.names.items()}

    def blank(self) -> float:
        """Seconds until all boards are blank; they are shown again afterwards."""
        blanking.blank(self.db, _staff, [_hall], "")
        seconds = _until(lambda: all(self._is_blank(name) for name in self.names))
        blanking.show(self.db, _staff, _hall, looked=True)
        _until(lambda: not any(self._is_blank(name) for name in self.names))
        return seconds

    def plate(self) -> float:
        """Seconds until every device has heard who sits at the window; the seat is left again."""
        service.sit(self.db, _staff, _hall, _window, _plate)
        seconds = _until(lambda: all(self._knows(desk) for desk in self.desks.values()))
        service.leave(self.db, _staff, _hall, _window)
        _until(lambda: not any(self._knows(desk) for desk in self.desks.values()))
        return seconds

    def _is_blank(self, name: str) -> bool:
        return self.desks[name].drawn("lcd") == (("", "blank"),)

    @staticmethod
    def _knows(desk: DeskStore) -> bool:
        return any(window.staff == _plate for window in desk.windows())

    def end(self) -> None:
        """End every process."""
        self.db.close()
        for desk in self.desks.values():
            desk.close()
        self.county.processes.end()


def main(count: int, presses: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        boards = Boards(Path(folder), count)
        try:
            for layout, percent in boards.still().items():
                print(f"still {layout:<8} {percent:4.1f} % of a core")
            for name, measure in (("blank → drawn", boards.blank), ("signed in → on the device", boards.plate)):
                taken = sorted(1000 * measure() for _ in range(presses))
                print(f"{name}, {count} boards: p50 {statistics.median(taken):.0f} ms, max {taken[-1]:.0f} ms")
        finally:
            boards.end()


if __name__ == "__main__":
    main(*(int(word) for word in (sys.argv[1:] + ["4", "10"][len(sys.argv) - 1 :])))
