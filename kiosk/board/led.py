"""The LED board: pictures of lamps into a sink, until told to stop."""

import signal
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from content_sync.clock import SystemClock
from content_sync.domain import limits
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from kiosk.board import lamps
from kiosk.board.players import LedPlayer
from kiosk.board.reading import Reading, site_named
from kiosk.board.watching import Watch
from kiosk.flow.board.led_panel import Panel
from kiosk.typeset.measuring import FontMeasure

if TYPE_CHECKING:
    from PIL.Image import Image


class Sink(Protocol):
    """Where the lamps are: a folder of pictures, a window."""

    def show(self, image: "Image") -> None:
        """Put this picture on the lamps; it stays until the next."""
        ...

    def rest(self, seconds: float) -> bool:
        """Let time pass; False when the lamps were closed."""
        ...


def run(directory: Path, panel: Panel, sink: Sink, alive: Callable[[], None] = lambda: None) -> None:
    """Show the board of a device folder until SIGTERM or SIGINT."""
    stopped: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda caught, _: stopped.append(caught))
    content = ContentStore(directory / "content.db", readonly=True)
    desk = DeskStore(directory / "desk.db")
    reading = Reading(content, desk, site_named(directory))
    player = LedPlayer(reading, FontMeasure(), panel)
    watch = Watch(reading, player, SystemClock(), "led", lambda frame: sink.show(lamps.draw(frame)))
    try:
        while not stopped:
            watch.step()
            alive()
            if not sink.rest(limits.board_poll_ms / 1000):
                break
    finally:
        watch.end()
        desk.close()
        content.close()
