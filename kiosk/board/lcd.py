"""The LCD board's window. Kivy must be prepared first (kiosk.bootstrap)."""

import signal
from collections.abc import Callable
from pathlib import Path

from content_sync.clock import SystemClock
from content_sync.domain import limits
from content_sync.domain.county import Site
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from kiosk import config
from kiosk.board.players import LcdPlayer
from kiosk.board.reading import Reading, site_named
from kiosk.board.watching import Watch
from kiosk.flow.board.layouts import Layout
from kiosk.typeset.measuring import FontMeasure


def run(directory: Path, layout: Callable[[Site | None], Layout], alive: Callable[[], None] = lambda: None) -> None:
    """Show the board of a device folder until SIGTERM or SIGINT. `alive` is called from the window's own clock."""
    from kivy.base import runTouchApp, stopTouchApp
    from kivy.clock import Clock

    from kiosk.widgets.painter import Painter

    content = ContentStore(directory / "content.db", readonly=True)
    desk = DeskStore(directory / "desk.db")
    painter = Painter(config.themes())
    reading = Reading(content, desk, site_named(directory))
    watch = Watch(reading, LcdPlayer(reading, FontMeasure(), layout), SystemClock(), "lcd", painter.show)

    def tick(_: float) -> None:
        watch.step()
        alive()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: Clock.schedule_once(lambda _: stopTouchApp()))
    Clock.schedule_interval(tick, limits.board_poll_ms / 1000)
    try:
        runTouchApp(painter)
    finally:
        watch.end()
        desk.close()
        content.close()
