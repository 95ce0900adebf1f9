"""Numbers under every misfortune (promise 8, HAL-15): a server and three kiosks that are cut off and come back.

After every step:
1. No number stands on two papers of one day, also not of a day that only a wrong clock believed in. A number of a
   kiosk's own series never stands on two papers at all.
2. A press has one ticket, whatever is pressed again, answered late or asked again after a crash.
3. A ticket on paper is at the server or waits in the kiosk's outbox; the server refuses none.
4. Each number of each letter and day is a ticket or has a reason; none is both.
When everything is well again:
5. Each paper is at the server with its number, and nobody waits in the line whose press has no paper: no ghosts.
6. What was given back is in nobody's way.
"""

import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select

from content_sync.domain.errors import GongkailanError, Unreachable
from content_sync.domain.hall.queue import Event
from content_sync.net.http import Reply
from content_sync.push import hall
from content_sync.push.records import send_records
from content_sync.storage.desk import DeskStore
from content_sync.storage.desk_presses import day_of
from display_server.config import Config
from display_server.database.engine import Database
from display_server.database.tables.queue import paused, tickets
from display_server.queue import days, log, queries, voids
from display_server.web.current import database_key
from tests.display_server import hall as making
from tests.display_server.world import CountedIds, HandClock
from tests.simulation.hall.place import Line, Server, seed

kiosks = st.integers(0, 2)
weathers = st.sampled_from(["fine", "fine", "fine", "cut", "lost", "fails later"])
shifts = st.sampled_from([0, 0, 0, 1, -1, 24, -24, 24 * 40, -24 * 365 * 30])
ends = st.sampled_from(["waits", "waits", "stays", "goes away", "at once"])
services = st.sampled_from([one.id for one in making.site.services])
_memory = Path("/dev/shm")


@dataclass
class Weather(Line):
    """A line that is fine, cut, loses every answer, or breaks after its first request."""

    weather: str = "fine"
    asked: int = 0

    def call(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Reply:
        """One request."""
        self.asked += 1
        if self.weather == "cut" or (self.weather == "fails later" and self.asked > 1):
            raise Unreachable("The server cannot be reached.")
        reply = super().call(method, path, body, headers)
        if self.weather == "lost":
            raise Unreachable("The answer was lost.")
        return reply


@dataclass
class Desk:
    """One kiosk: its files, its clock, the presses on its glass and what came of them."""

    line: Weather
    path: Path
    name: str
    ids: CountedIds
    store: DeskStore = field(init=False)
    shift: timedelta = timedelta()
    presses: list[str] = field(default_factory=list)
    papers: dict[str, tuple[str, str]] = field(default_factory=dict)  # by press: ticket and number
    back: set[str] = field(default_factory=set)  # presses whose giving back the server heard of

    def __post_init__(self) -> None:
        """Switch it on."""
        self.open()

    def open(self) -> None:
        """Begin anew with what is on the disk."""
        self.store = DeskStore(self.path, self.ids)

    def now(self) -> datetime:
        """Its own clock."""
        return self.line.server.clock.now() + self.shift

    def under(self, weather: str) -> Weather:
        """Its line in this weather."""
        self.line.weather, self.line.asked = weather, 0
        return self.line


@cache
def _founded() -> tuple[Path, Flask, tuple[str, ...]]:
    """A server's folder with the hall and three kiosks, made once; its application, which takes long; their tokens."""
    folder = Path(tempfile.mkdtemp(dir=_memory if _memory.is_dir() else None)) / "server"
    server = Server(folder)
    tokens = tuple(making.device(server.db, f"k{n}")[1] for n in range(3))
    server.db.close()
    return folder, server.app, tokens


class _Copied(Server):
    """A server over a copy of such a folder."""

    def __init__(self, folder: Path) -> None:
        founded, self.app, _ = _founded()
        shutil.copytree(founded, folder)
        self.clock = HandClock()
        self.config = Config(folder, self.clock, CountedIds(10**6))
        self.start()

    def start(self) -> None:
        """Begin with what is on the disk; the application itself remembers nothing."""
        self.app.extensions[database_key] = Database(self.config)


class Numbers(RuleBasedStateMachine):
    """The machine; its rules are what happens in halls."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=_memory if _memory.is_dir() else None))
        self.server, tokens = _Copied(self.folder / "server"), _founded()[2]
        self.desks = [
            Desk(Weather(self.server, token, Random(0)), self.folder / f"k{n}.db", f"k{n}", CountedIds(10**7 * (n + 1)))
            for n, token in enumerate(tokens)
        ]
        self.seen: dict[tuple[str, str], str] = {}  # day and number → press
        self.own: dict[str, str] = {}  # number of a series → press
        self.lost: set[str] = set()  # presses whose kiosk lost its files
        self.count = 0
        for desk in self.desks:
            self._round(desk, "fine")

    def teardown(self) -> None:
        """Rules 5 and 6: the sun comes out, and the day ends."""
        try:
            for desk in self.desks:
                desk.shift = timedelta()
                for _ in range(2):
                    self._round(desk, "fine")
                self._look(desk)
                assert desk.store.outbox_size() == 0
                self._arrived(desk)
            days.begin_all(self.server.db)  # what waited on days before is closed with its day
            self._no_ghosts()
            self.server.clock.advance(days=1)
            days.begin_all(self.server.db)
            self.gaps_have_reasons()
        finally:
            self.server.db.close()
            for desk in self.desks:
                desk.store.close()
            shutil.rmtree(self.folder)

    @rule(kiosk=kiosks, service=services, times=st.integers(1, 3), weather=weathers, then=ends)
    def visit(self, kiosk: int, service: str, times: int, weather: str, then: str) -> None:
        """A finger on a service, counted several times by a worn glass; the agent asks; the visitor waits so long."""
        desk = self.desks[kiosk]
        self._press(desk, service, times)
        if then != "at once":
            with suppress(GongkailanError):
                hall.answer_presses(desk.store, desk.under(weather), desk.now())
        for press in desk.store.waiting_presses() if then != "stays" else ():
            if then != "goes away":
                taken = [desk.store.take_leased(press.id, desk.now(), desk.ids) for _ in range(2)]
                assert taken[0] == taken[1]  # rule 2
            desk.store.refuse(press.id, "请到帮办台。")
        self._look(desk)

    @rule(kiosk=kiosks, weather=weathers, which=st.integers(0, 9))
    def give_back(self, kiosk: int, weather: str, which: int) -> None:
        """A visitor gives the ticket back, at the machine where it was taken."""
        desk = self.desks[kiosk]
        if desk.papers:
            press = list(desk.papers)[-1 - which % len(desk.papers)]
            with suppress(Unreachable):
                heard = weather in {"fine", "lost", "fails later"}
                desk.back |= {press} if heard else set()
                desk.under(weather).call("POST", "/tickets/cancel", {"press": press})

    @rule(kiosk=kiosks, weather=weathers)
    def whole_round(self, kiosk: int, weather: str) -> None:
        """The agent's round: services, leased numbers, blocks given back, a series, records."""
        self._round(self.desks[kiosk], weather)

    @rule(kiosk=kiosks, many=st.integers(20, 60))
    def rush(self, kiosk: int, many: int) -> None:
        """So many visitors while the line is cut that no block holds out."""
        desk = self.desks[kiosk]
        for _ in range(many):
            self._press(desk, making.site.services[0].id, 1)
            desk.store.take_leased(desk.presses[-1], desk.now(), desk.ids)
        self._look(desk)

    @rule(kiosk=kiosks, what=st.sampled_from(["crash", "crash", "worn disk", "server"]))
    def power(self, kiosk: int, what: str) -> None:
        """Something is switched off; only its files are left, and not always those."""
        desk = self.desks[kiosk]
        if what == "server":
            self.server.restart()
            return
        desk.store.close()
        if what == "worn disk":
            self.lost.update(desk.presses)
            for part in self.folder.glob(f"{desk.path.name}*"):
                part.unlink()
            desk.presses, desk.papers, desk.back = [], {}, set()
        desk.open()

    @rule(kiosk=kiosks, hours=shifts)
    def wrong_clock(self, kiosk: int, hours: int) -> None:
        """A kiosk believes another hour, day or century."""
        self.desks[kiosk].shift = timedelta(hours=hours)

    @rule(minutes=st.sampled_from([1, 30, 600, 1440, 1440, 4320, -60, -1440]))
    def time_passes(self, minutes: int) -> None:
        """For everybody; or somebody sets the server's clock back."""
        self.server.clock.advance(minutes=minutes)

    @rule(service=services)
    def pause(self, service: str) -> None:
        """A service stops giving tickets, or goes on."""
        with self.server.db.write() as connection:
            here = (paused.c.site == "hall", paused.c.service == service)
            if not connection.execute(paused.delete().where(*here)).rowcount:
                connection.execute(paused.insert().values(site="hall", service=service, since=""))

    @rule(steps=st.sampled_from([("called",), ("called", "missed"), ("called", "serving", "finished")]))
    def serve(self, steps: tuple[str, ...]) -> None:
        """A window takes the first who waits."""
        at, day = log.stamp(self.server.db)
        with self.server.db.write() as connection:
            waiting = queries.listed(connection, "hall", day, ["waiting"])
            for kind in steps if waiting else ():
                row = queries.by_id(connection, waiting[0].id)
                assert row is not None
                log.move(self.server.db, connection, row, Event(row.id, kind, at, window="w1"), "clerk")

    @invariant()
    def nothing_is_lost(self) -> None:
        """Rule 3."""
        with self.server.db.read() as connection:
            here = set(connection.execute(select(tickets.c.id)).scalars())
        for desk in self.desks:
            assert desk.store.refused_records() == []
            waiting = {str(record.body.get("ticket")) for record in desk.store.waiting_records(10_000)}
            assert {ticket for ticket, _ in desk.papers.values()} <= here | waiting

    @invariant()
    def gaps_have_reasons(self) -> None:
        """Rule 4."""
        with self.server.db.read() as connection:
            assert list(voids.faults(connection)) == []
            if not self.lost:
                assert list(voids.missing_of_series(connection)) == []

    def _press(self, desk: Desk, service: str, times: int) -> None:
        press = f"p{self.count}"
        self.count += 1
        for _ in range(times):
            desk.store.press(press, service, 0, desk.now())
        desk.presses.append(press)

    def _round(self, desk: Desk, weather: str) -> None:
        line = desk.under(weather)
        with suppress(GongkailanError):
            hall.answer_presses(desk.store, line, desk.now())
        with suppress(GongkailanError):
            send_records(desk.store, line, desk.name, seed)
        with suppress(GongkailanError):
            hall.refresh_services(desk.store, line, desk.now())
            hall.lease_numbers(desk.store, line, desk.now())
        self._look(desk)

    def _look(self, desk: Desk) -> None:
        """What came out of the printer (rules 1 and 2)."""
        for press in desk.presses:
            found = desk.store.pressed(press)
            if found.state not in {"answered", "leased"}:
                continue
            if press in desk.papers:
                assert desk.papers[press] == (found.ticket, found.number)  # rule 2
                continue
            desk.papers[press] = (found.ticket, found.number)
            day = day_of(desk.now()) if found.state == "leased" else self._day_of(found.ticket)
            assert self.seen.setdefault((day, found.number), press) == press  # rule 1
            if found.number[1].isalpha():
                assert self.own.setdefault(found.number, press) == press  # rule 1

    def _day_of(self, ticket: str) -> str:
        with self.server.db.read() as connection:
            row = queries.by_id(connection, ticket)
        assert row is not None
        return str(row.day)

    def _arrived(self, desk: Desk) -> None:
        with self.server.db.read() as connection:
            for press, (ticket, number) in desk.papers.items():
                row = queries.by_id(connection, ticket)
                assert row is not None
                assert row.number == number  # rule 5
                if press in desk.back:
                    assert row.state != "waiting"  # rule 6

    def _no_ghosts(self) -> None:
        held = {ticket for desk in self.desks for ticket, _ in desk.papers.values()}
        with self.server.db.read() as connection:
            rows = connection.execute(select(tickets.c.id, tickets.c.press).where(tickets.c.state == "waiting")).all()
        assert {row.id for row in rows if row.press not in self.lost} <= held
