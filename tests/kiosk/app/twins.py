"""The twins of a kiosk's parts: a clock set by hand, ids that count, a glass that remembers what was drawn."""

from datetime import datetime, timedelta
from pathlib import Path

from content_sync.storage.desk import DeskStore
from kiosk import config
from kiosk.app.gather import Gatherer
from kiosk.app.visit import Visit
from kiosk.flow.frame import Frame, Text
from kiosk.flow.words import Words
from tests.kiosk import county


class Clock:
    """Stands where it is put."""

    def __init__(self) -> None:
        self.time = county.now

    def now(self) -> datetime:
        return self.time


class Ids:
    """Never the same twice."""

    def __init__(self) -> None:
        self.made = 0

    def random(self, size: int) -> bytes:
        self.made += 1
        return self.made.to_bytes(size, "big")


class Glass:
    """Where frames would be drawn."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.forgotten = 0

    def show(self, frame: Frame) -> None:
        self.frames.append(frame)

    def forget(self) -> None:
        self.frames.clear()
        self.forgotten += 1

    @property
    def text(self) -> str:
        return "\n".join(line for mark in self.frames[-1].marks if isinstance(mark, Text) for line in mark.lines)


class Kiosk:
    """A visit with its twins: a clock that is set by hand, a glass that remembers."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock, self.glass = folder, Clock(), Glass()
        self.gatherer = Gatherer(folder, "qinghe-hall", self.clock)
        self.visit = Visit(self.gatherer, self.glass, lambda language: Words(config.wording(language)), Ids())
        self.agent = DeskStore(folder / "desk.db")
        self.moment = 100.0

    def act(self, action: object) -> None:
        self.visit.act(action, self.moment)

    def later(self, seconds: float) -> None:
        self.moment += seconds
        self.clock.time += timedelta(seconds=seconds)
        self.visit.tick(self.moment)

    def close(self) -> None:
        self.visit.end()
        self.agent.close()
