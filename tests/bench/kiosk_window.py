"""One real kiosk window in this process, driven by fingers: for the bench and the soak. Kivy draws; nothing is faked.

A touch is a finger on the painter; what counts as drawn is a picture swapped and read back, so that no driver's queue
flatters the figure.
"""

import random
import resource
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from content_sync.clock import SystemIds
from content_sync.domain.cases.handwriting import Stroke
from content_sync.domain.edition import Edition, root_of
from content_sync.storage.content import ContentStore
from content_sync.wire.items import item_bytes
from kiosk.devices import hand
from kiosk.flow import actions
from kiosk.flow.frame import Target
from kiosk.flow.pages.plain import Idle
from tests.kiosk import county, device
from tests.kiosk.flow import pages

long_id = "long"


def fill(folder: Path, items: int) -> Path:
    """A device folder with the demonstration county and copies of its items, `items` in all."""
    device.make(folder)
    known = [item for item, _, _ in county.items().values() if item.channel == "qinghe"]
    copies = (
        replace(known[n % len(known)], id=f"copy-{n}", title=f"{known[n % len(known)].title}（{n}）")
        for n in range(max(0, items - len(county.items())))
    )
    long = replace(pages.long_item(), id=long_id, channel="qinghe")
    bodies = {item.id: item_bytes(item) for item in (*known, *copies, long)}
    store = ContentStore(folder / "content.db")
    store.apply(Edition("qinghe", 319, device.as_of, len(bodies), root_of(bodies)), device.as_of, bodies, ())
    store.close()
    return folder


class Clock:
    """A clock that begins on the demonstration's day and goes on with the machine's, but for what is put before it."""

    def __init__(self) -> None:
        self._begun, self.ahead = perf_counter(), timedelta()

    def now(self) -> datetime:
        return county.now + timedelta(seconds=perf_counter() - self._begun) + self.ahead


@dataclass
class _Finger:
    """A touch as Kivy gives one."""

    uid: int
    x: float
    y: float


class KioskWindow:
    """The painter in the process's only window, and a visit over a device folder."""

    def __init__(self, folder: Path, *, glides: bool = False) -> None:
        from kivy.core.window import Window

        from kiosk import config
        from kiosk.app import tongues
        from kiosk.app.gather import Gatherer
        from kiosk.app.scrubbing import Rubber
        from kiosk.app.staff import StaffDesk
        from kiosk.app.visit import Visit
        from kiosk.flow.landscape import staged
        from kiosk.widgets.painter import Painter

        self._window: Any = Window
        self.moment, self._fingers, self._clock = 100.0, 0, Clock()
        self.worked = 0.0  # processor seconds of the last touch, which other work on the machine does not lengthen
        self.painter = Painter(
            config.themes(),
            self._pressed,
            lambda x, y: self.visit.touched(self.moment, x, y),
            self._wrote,
            glides=glides,
        )
        gatherer = Gatherer(folder, "qinghe-hall", self._clock)
        self.painter.pictures = gatherer.files.verified
        stage = staged(*map(int, Window.size))
        self._notes = list[Callable[[], None]]()
        facts = (tongues.words, SystemIds(), StaffDesk(folder), stage, None, self._notes.append)
        self.visit = Visit(gatherer, self.painter, *facts)
        self._rubber = Rubber(gatherer.desk.drop_pages)
        Window.add_widget(self.painter)
        self.painter.size = Window.size
        self.visit.tick(self.moment)
        self.draw()
        self.settle()

    @property
    def targets(self) -> tuple[Target, ...]:
        """What can be touched now."""
        return self.painter.frame.targets

    def now(self) -> datetime:
        """What the kiosk's clock says."""
        return self._clock.now()

    def touch(self, target: Target) -> float:
        """Press and lift; seconds from the lift to the next picture on the glass."""
        return self._drag([(target.rect.x + target.rect.w / 2, target.rect.y + target.rect.h / 2)])

    def write(self, chance: random.Random) -> None:
        """A stroke somewhere in the field to write in, if there is one."""
        if (field := self.painter.frame.field) is not None:
            r, n = field.rect, chance.randint(1, 12)
            self._drag([(r.x + chance.random() * r.w, r.y + chance.random() * r.h) for _ in range(n)])

    def read_hands(self) -> None:
        """Recognise handwriting in search, as a kiosk does some seconds after its start."""
        self.visit._gatherer.seeking.hand = hand.find()

    def stroke(self, stroke: Stroke) -> float:
        """One stroke on the sheet, in its units; seconds from the lift to what it may be on the glass."""
        field = self.painter.frame.field
        assert field is not None
        scale = field.rect.w / field.width
        return self._drag([(field.rect.x + x * scale, field.rect.y + y * scale) for x, y in stroke])

    def _drag(self, points: list[tuple[float, float]]) -> float:
        self.moment += 1.0
        self._hear()
        self._note()
        self._fingers += 1
        fingers = [_Finger(self._fingers, *self._on_glass(*point)) for point in points]
        self.painter.on_touch_down(fingers[0])
        for finger in fingers[1:]:
            self.painter.on_touch_move(finger)
        begun, working = perf_counter(), process_time()
        self.painter.on_touch_up(fingers[-1])
        self.draw()
        self.worked = process_time() - working
        return perf_counter() - begun

    def _on_glass(self, x: float, y: float) -> tuple[float, float]:
        """A point of the design in window pixels."""
        frame, window = self.painter.frame, self._window
        scale = min(window.width / frame.width, window.height / frame.height)
        left, top = (window.width - frame.width * scale) / 2, (window.height - frame.height * scale) / 2
        return left + x * scale, window.height - top - y * scale

    def draw(self) -> None:
        """The picture, on the glass and read back."""
        from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels

        self._window.dispatch("on_draw")
        self._window.flip()
        glReadPixels(0, 0, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE)

    def later(self, seconds: float) -> None:
        """Time passes, nobody touches."""
        from kivy.clock import Clock

        self.moment += seconds
        self._note()
        self.visit.tick(self.moment)
        is_idle = isinstance(self.visit.state.page, Idle)
        self._rubber.look(self.visit.forgotten, self.moment, is_idle=is_idle)
        Clock.tick()  # textures that nobody holds any more are given back here

    def settle(self) -> None:
        """The seconds in which a kiosk puts itself in order when nobody is there."""
        for seconds in (0, 2, 10):
            self.later(seconds)

    def pass_minutes(self, minutes: float) -> None:
        """The clock goes on, and the screen looks at it."""
        self._clock.ahead += timedelta(minutes=minutes)
        self.later(60 * minutes)
        self.draw()

    def close(self) -> None:
        """The program ends."""
        self._note()
        self.visit.end()

    def _wrote(self, stroke: Stroke) -> None:
        self.visit.act(actions.Wrote(stroke), self.moment)

    def _pressed(self, target: Target) -> None:
        self.visit.act(target.action, self.moment)

    def _note(self) -> None:
        """What the kiosk does after a picture was swapped."""
        while self._notes:
            self._notes.pop(0)()

    def _hear(self) -> None:
        """A bench does not wait until the glass hears again after a press (kiosk.flow.press rule 3)."""
        from kiosk.flow import press

        self.painter._hand = press.Hand()


def rss_mb() -> float:
    """The memory this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1_000_000


def wander(window: KioskWindow, chance: random.Random, touches: int, told: Callable[[float], None]) -> None:
    """One visitor: so many touches on whatever can be touched, then they walk away and are forgotten."""
    for _ in range(touches):
        if window.targets:
            told(window.touch(chance.choice(window.targets)))
        window.write(chance)
        window.later(0.2)
    window.later(3_600)
    window.draw()
    window.settle()
