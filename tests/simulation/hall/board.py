"""A board of the hall: the real program without a window, and a witness who writes down what was on the glass."""

import random
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from content_sync.domain.errors import GongkailanError
from content_sync.push import hall
from content_sync.push.records import send_records
from content_sync.storage.desk import DeskStore
from kiosk.board.players import LcdPlayer
from kiosk.board.reading import Reading, site_named
from kiosk.board.watching import Watch
from kiosk.flow.board import layouts
from kiosk.flow.frame import Frame
from kiosk.typeset.measuring import FontMeasure
from tests.content_sync.making import item
from tests.display_server import hall as making
from tests.kiosk.board.making import Device
from tests.simulation.hall.place import Line, Server, seed

_measure = FontMeasure()


@dataclass
class Witness:
    """Pictures with the time from which they stood; None: the board was off."""

    seen: list[tuple[datetime, Frame | None]] = field(default_factory=list)

    def on_glass(self, at: datetime) -> Frame | None:
        """What stood there at an instant."""
        return next((frame for since, frame in reversed(self.seen) if since <= at), None)


class Board:
    """An LCD board with three notices."""

    def __init__(self, server: Server, folder: Path, name: str, chance: random.Random) -> None:
        self.name, self.server, self.folder = name, server, folder
        folder.mkdir()
        found, token = making.device(server.db, name, "lcd")
        self.device, self.line = found.id, Line(server, token, chance)
        self._files = Device(folder)
        self._files.publish([item(id=f"{name}-{n}", title=f"第{n}件通知") for n in range(3)])
        self.witness = Witness()
        self.start()

    def start(self) -> None:
        """The program begins."""
        self.desk = DeskStore(self.folder / "desk.db")
        reading = Reading(self._files.content(), self._files.desk(), site_named(self.folder))
        player = LcdPlayer(reading, _measure, lambda site: layouts.layout(layouts.usual(site), 1920, 1080, 0))
        self._watch: Watch | None = Watch(reading, player, self.server.clock, "lcd", self._draw)
        self._frame: Frame | None = None

    def crash(self, minutes: int) -> None:
        """It dies without a word, and begins again after so many minutes."""
        self.witness.seen.append((self.server.clock.now(), None))
        self.server.clock.advance(minutes=minutes)
        self.desk.close()
        self.start()

    def agent(self) -> None:
        """One round of the agent."""
        for step in (
            lambda: hall.refresh_queue(self.desk, self.line),
            lambda: hall.refresh_services(self.desk, self.line, self.server.clock.now()),
            lambda: send_records(self.desk, self.line, self.device, seed),
        ):
            with suppress(GongkailanError):
                step()

    def look(self) -> None:
        """The program looks at its stores and draws."""
        assert self._watch is not None
        self._watch.step()
        self.witness.seen.append((self.server.clock.now(), self._frame))

    def end(self) -> None:
        """It is switched off in the evening."""
        assert self._watch is not None
        self._watch.end()
        self.witness.seen.append((self.server.clock.now(), None))

    def called(self) -> list[str]:
        """The numbers on the glass."""
        assert self._frame is not None
        return [target.label for target in self._frame.targets]

    def _draw(self, frame: Frame) -> None:
        self._frame = frame


def minute(chance: random.Random, begin: datetime, end: datetime) -> datetime:
    """Any second of a day."""
    return begin + timedelta(seconds=chance.randrange(max(1, int((end - begin).total_seconds()))))
