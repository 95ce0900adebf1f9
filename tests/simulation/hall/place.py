"""A hall whose clock, network and power are ours; every other part is the real one.

1. A line may be cut, may lose a request, or its answer: the device cannot tell which.
2. The server may be started anew between two requests; a device's programs may die at any moment. Nothing but files is
   left of them.
"""

import json
import random
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask

from content_sync.domain.errors import GongkailanError, Unreachable
from content_sync.net.http import Reply
from content_sync.push import asks, hall
from content_sync.push.records import send_records
from content_sync.storage.desk import DeskStore, Invitation
from content_sync.storage.desk_presses import day_of
from display_server.app import create_app
from display_server.config import Config
from display_server.database.engine import Database
from display_server.web.current import database_key
from kiosk.app.deeds import Deeds
from tests.display_server import hall as making
from tests.display_server import world
from tests.display_server.world import CountedIds, HandClock

seed = bytes(making.key)


class Server:
    """The site server of one hall."""

    def __init__(self, folder: Path) -> None:
        self.clock = HandClock()
        self.config = Config(folder, self.clock, CountedIds())
        world.founded(self.config).close()
        self.start()
        making.opened(self.db)

    @property
    def db(self) -> Database:
        """Its database."""
        found: Database = self.app.extensions[database_key]
        return found

    def start(self) -> None:
        """Begin, or begin anew (rule 2)."""
        self.app: Flask = create_app(self.config)
        self.app.testing = True

    def restart(self) -> None:
        """What is in memory is gone."""
        self.db.close()
        self.start()


@dataclass
class Line:
    """ports.Server over the real application (rule 1): `loses` is how many of a hundred requests are lost."""

    server: Server
    token: str
    chance: random.Random
    cut: bool = False
    loses: int = 0

    def call(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Reply:
        """One request."""
        luck = self.chance.randrange(100)
        if self.cut or luck < self.loses // 2:
            raise Unreachable("The server cannot be reached.")
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        sent = {**(headers or {}), "Authorization": f"Bearer {self.token}"}
        kind = {"content_type": "application/json"} if data is not None else {}
        answer = self.server.app.test_client().open(f"/api/v1{path}", method=method, data=data, headers=sent, **kind)
        if luck < self.loses:
            raise Unreachable("The answer was lost.")
        return Reply(answer.status_code, {}, answer.get_json(silent=True), answer.data)


@dataclass(frozen=True)
class Paper:
    """What a visitor carries away: `day` is what the machine that gave the number took for today."""

    kiosk: str
    press: str
    ticket: str
    number: str
    day: str


class Kiosk:
    """A touch kiosk: its desk, its agent's steps, its screen's deeds, and what visitors carry away."""

    def __init__(self, server: Server, folder: Path, name: str, chance: random.Random) -> None:
        self.name, self.folder, self.chance = name, folder, chance
        folder.mkdir()
        found, token = making.device(server.db, name)
        self.device, self.line, self.ids = found.id, Line(server, token, chance), CountedIds(chance.randrange(10**9))
        self.shift, self.moment = timedelta(), 0.0
        self.pressed: list[str] = []  # today
        self.held: dict[str, Paper] = {}  # today, by press
        self.made: set[str] = set()  # records, ever
        self.open()

    def open(self) -> None:
        """Agent and screen start, or start again (rule 2)."""
        self.desk = DeskStore(self.folder / "desk.db", self.ids)
        self.deeds = Deeds(self.desk, self.ids)

    def crash(self) -> None:
        """Both die; the visitor in front of it goes to another machine."""
        self.desk.close()
        self.open()

    def now(self) -> datetime:
        """Its own clock."""
        return self.line.server.clock.now() + self.shift

    def press(self, service: str, claim: str, times: int) -> str:
        """A finger on a service, perhaps counted twice by the glass."""
        press = self.deeds.ask_ticket(service, claim, self.now(), self.moment)
        self.pressed.append(press)
        for _ in range(times - 1):
            self.desk.press(press, service, int(bool(claim)), self.now(), claim)
        return press

    def wait(self, seconds: float) -> None:
        """The visitor waits in front of the screen, which looks again and again."""
        self.moment += seconds
        self.deeds.wait(self.now(), self.moment, "连不上")
        self.look()

    def agent(self) -> None:
        """One round of the agent, as far as the line carries it."""
        steps = (
            lambda: hall.answer_presses(self.desk, self.line, self.now()),
            lambda: asks.answer_asks(self.desk, self.line, self.now()),
            lambda: hall.refresh_queue(self.desk, self.line),
            lambda: send_records(self.desk, self.line, self.device, seed),
            lambda: hall.refresh_services(self.desk, self.line, self.now()),
            lambda: hall.lease_numbers(self.desk, self.line, self.now()),
        )
        for step in steps:
            with suppress(GongkailanError):
                step()
        self.look()

    def rate(self, invited: Invitation, level: int) -> None:
        """A visitor rates a ticket that was just served."""
        self.deeds.rate(invited.ticket, level, (), self.now())
        self.look()

    def look(self) -> None:
        """What came out of the printer stays in the hand; records are known by their ids."""
        self.made |= {record.id for record in self.desk.waiting_records(10_000)}
        for press in self.pressed:
            found = self.desk.pressed(press)
            if found.state in {"answered", "leased"}:
                clock = self.now() if found.state == "leased" else self.line.server.clock.now()
                new = Paper(self.name, press, found.ticket, found.number, day_of(clock))
                kept = self.held.setdefault(press, new)
                assert (kept.ticket, kept.number) == (new.ticket, new.number)  # promise 8: one press, one ticket
