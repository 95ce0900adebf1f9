"""One press hides the content of every board of a hall, through the real server, agents and screens."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from content_sync.clock import SystemClock, SystemIds
from content_sync.storage.desk import DeskStore
from deploy.demo.county import DemoCounty
from display_server.access import Actor
from display_server.config import Config
from display_server.database.engine import Database
from display_server.queue import blanking
from tests.system.forked import Forked, founded

pytestmark = [pytest.mark.process, pytest.mark.screen]
_hall, _boards = "qinghe-hall", {"lcd-1": "lcd", "led-1": "led"}
_tries = 5  # a busy machine may be slow in some
_manager = Actor("manager", "大厅管理", frozenset({"manager"}), frozenset({"*"}), "page")


@pytest.fixture
def county(tmp_path: Path) -> Iterator[DemoCounty]:
    """The demonstration county with an LCD and an LED board in its hall."""
    processes = Forked(tmp_path)
    county = founded(processes, _boards)
    try:
        county.run()
        for name in _boards:
            _start_board(county, name)
        yield county
    finally:
        processes.end()


def _start_board(county: DemoCounty, name: str) -> None:
    output = ("--size", "192x64", "--output", "png") if name == "led-1" else ()
    command = ("kiosk", _boards[name], "--dir", str(county.home(name)), *output)
    county.processes.start(f"board-{name}", *command, SDL_VIDEODRIVER="offscreen")


def _shows(county: DemoCounty, name: str) -> str:
    """What the board drew last: `item`, `blank`, or its own words."""
    desk = DeskStore(county.home(name) / "desk.db")
    try:
        drawn = desk.drawn(_boards[name])
    finally:
        desk.close()
    return "item" if any(item for item, _ in drawn) else "".join(state for _, state in drawn)


def _wait(county: DemoCounty, state: str) -> float:
    """Seconds until every board shows it."""
    begin = time.monotonic()
    for name in _boards:
        county.processes.wait_for(f"{state} on {name}", _is(county, name, state))
    return time.monotonic() - begin


def _is(county: DemoCounty, name: str, state: str) -> Callable[[], bool]:
    return lambda: _shows(county, name) == state


def test_one_press_blanks_every_board_within_a_second(county: DemoCounty) -> None:
    """Both kinds of board obey within a second, keep to it without the server and over a restart, and come back."""
    db = Database(Config(county.server, SystemClock(), SystemIds()))
    _wait(county, "item")
    for _ in range(_tries):
        blanking.blank(db, _manager, [_hall], "内容有误")
        if (took := _wait(county, "blank")) < 1.0:
            break
        blanking.show(db, _manager, _hall, looked=True)
        _wait(county, "item")
    assert took < 1.0
    with Image.open(county.home("led-1") / "led" / "led-current.png") as lamps:
        assert lamps.getbbox() is not None  # never black
    county.processes.end("server", "board-lcd-1")
    _start_board(county, "lcd-1")
    county.processes.wait_for("the board to draw again", _is(county, "lcd-1", "blank"))
    county.start_server()
    blanking.show(db, _manager, _hall, looked=True)
    _wait(county, "item")
    db.close()
