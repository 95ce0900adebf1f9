"""The touch kiosk's window. Kivy must be prepared first (kiosk.bootstrap, 1080×1920)."""

import signal
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from content_sync.clock import SystemClock, SystemIds
from content_sync.domain import limits
from content_sync.domain.cases.handwriting import Stroke
from kiosk import config
from kiosk.app import tongues, writing
from kiosk.app.aloud import Aloud
from kiosk.app.gather import Gatherer
from kiosk.app.scrubbing import Rubber
from kiosk.app.staff import StaffDesk
from kiosk.app.visit import Visit
from kiosk.board.reading import device_named, site_named
from kiosk.devices import settings
from kiosk.devices.reader import find_reader
from kiosk.flow import actions
from kiosk.flow.frame import Target
from kiosk.flow.landscape import staged
from kiosk.flow.pages.plain import Idle

if TYPE_CHECKING:
    from kiosk.widgets.painter import Painter


def run(directory: Path, alive: Callable[[], None] = lambda: None, size: tuple[int, int] = (1080, 1920)) -> None:
    """Serve visitors from a device folder until SIGTERM or SIGINT. `alive` is called from the window's own clock.

    `size` is the window's: one that lies shows the screens in two columns (kiosk.flow.landscape).
    """
    from kivy.base import runTouchApp, stopTouchApp
    from kivy.clock import Clock

    from kiosk.widgets.painter import Painter

    visits: list[Visit] = []

    def pressed(target: Target) -> None:
        visits[0].act(target.action, monotonic())

    def touched(x: float, y: float) -> None:
        visits[0].touched(monotonic(), x, y)

    def wrote(stroke: Stroke) -> None:
        visits[0].act(actions.Wrote(stroke), monotonic())

    def tick(_: float) -> None:
        visits[0].tick(monotonic())
        rubber.look(visits[0].forgotten, monotonic(), is_idle=isinstance(visits[0].state.page, Idle))
        alive()

    painter = Painter(config.themes(), pressed, touched, wrote, glides=True)
    gatherer = _gatherer(directory, size)
    rubber = Rubber(gatherer.desk.drop_pages)
    visits.append(_visit(directory, gatherer, painter, size))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: Clock.schedule_once(lambda _: stopTouchApp()))
    writing.begin(directory, gatherer)
    Clock.schedule_interval(tick, limits.board_poll_ms / 1000)
    try:
        runTouchApp(painter)
    finally:
        visits[0].end()


def _gatherer(directory: Path, size: tuple[int, int]) -> Gatherer:
    facts = (directory, site_named(directory), SystemClock(), device_named(directory))
    return Gatherer(*facts, lies=size[0] > size[1])


def _visit(directory: Path, gatherer: Gatherer, painter: "Painter", size: tuple[int, int]) -> Visit:
    """What is shown and what touches lead to, over the device folder."""
    from kivy.clock import Clock

    painter.pictures = gatherer.files.verified
    reader = find_reader() if settings.read(directory).sound else None
    aloud = Aloud(reader, lambda state: gatherer.desk.note_part("speaker", state, gatherer.now()))
    staff = StaffDesk(directory)

    def after(work: Callable[[], None]) -> None:
        """In the next turn of the window's clock, which begins when this turn's picture was swapped."""
        Clock.schedule_once(lambda _: work())

    return Visit(gatherer, painter, tongues.words, SystemIds(), staff, staged(*size), aloud, after)
