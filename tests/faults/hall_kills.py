"""A hall's server that is killed again and again while eight clients take tickets, and what must be true at the end.

1. Every other time only the process that answers is killed, and its parent starts it again; else all of them at once.
2. A press whose answer was lost is pressed again, until it has its ticket. No client gives up.
3. Nothing is lost (each ticket that a client was given is in the database, with that number), nothing is doubled (a
   number, a press), and there is no ghost: no ticket in the database that no client was given.
"""

import json
import os
import signal
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from random import Random
from threading import Event

from sqlalchemy import func, select, text

from content_sync.clock import SystemClock, SystemIds
from content_sync.domain.hall.rules import HallRules
from deploy.demo.county import free_port
from deploy.demo.processes import Processes
from display_server.access import shell
from display_server.config import Config
from display_server.database import county
from display_server.database.engine import Database
from display_server.database.tables.queue import counters, tickets
from display_server.desk.founding import Wishes, found
from display_server.devices import service as devices
from tests.bench.halls import pids, ticket_request
from tests.bench.load import Loaded, loaded
from tests.display_server import hall

_clients = 8
_between = (20, 400)  # answers from one kill to the next


@dataclass(frozen=True)
class Survived:
    """How many presses had their ticket, how many requests were sent again, and how many kills there were."""

    tickets: int
    again: int
    kills: int


class Hall:
    """A founded server with one hall and a touch device in it."""

    def __init__(self, folder: Path) -> None:
        self.home, self.port, self.processes = folder / "server", free_port(), Processes(folder)
        self.processes.environment["GONGKAILAN_CLOCK_OFFSET"] = "0"
        found(self.home, Wishes("清河", "county", "", "origin", demo=False), SystemClock(), SystemIds())
        self.db = Database(Config(self.home))
        with self.db.write() as connection:
            county.put_site(connection, replace(hall.site, rules=HallRules(tickets_per_day_max=10_000_000)))
        code = devices.add(self.db, shell, "k1", "touch", ["qinghe"], "hall", bytes(16))
        self.token = devices.enrol(self.db, code, hall.public_key)[1]

    def serve(self) -> None:
        """Start it, and wait until it answers."""
        command = ("display-server", "--dir", str(self.home), "serve", "--port", str(self.port))
        self.processes.start("serve", *command)
        self.processes.wait_for("the server", self._answers, 60)

    def kill(self, *, whole: bool) -> None:
        """Kill without a word (rule 1), and see to it that it comes back."""
        if not whole:
            for pid in pids("serving.requests", str(self.home)):
                os.kill(pid, signal.SIGKILL)
            return
        process = self.processes.running.pop("serve")
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.serve()

    def close(self) -> None:
        """End everything."""
        self.processes.end()
        self.db.close()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


def survive(folder: Path, kills: int, seed: int) -> Survived:
    """So many kills under load; AssertionError where rule 3 is broken."""
    place, told, enough, chance = Hall(folder), Loaded(), Event(), Random(seed)
    try:
        place.serve()
        sent: list[str] = []
        with ThreadPoolExecutor(1) as pool:
            load = pool.submit(loaded, place.port, _clients, _presses(place.token, sent, enough).__next__, told)
            try:
                for number in range(kills):
                    _wait_for(told, len(told.took) + chance.randint(*_between), load.done)
                    place.kill(whole=number % 2 == 1)
                _wait_for(told, len(told.took) + _clients, load.done)
            finally:
                enough.set()
            load.result()
        _check(place.db, told, sent)
        return Survived(len(sent), told.again, kills)
    finally:
        place.close()


def _presses(token: str, sent: list[str], enough: Event) -> "Iterator[bytes | None]":
    for number in count():
        if enough.is_set():
            break
        sent.append(f"press-{number}")
        yield ticket_request(token, ("huji", "shebao")[number % 2], sent[-1])
    while True:
        yield None


def _wait_for(told: Loaded, answers: int, is_over) -> None:  # type: ignore[no-untyped-def]  # a bound method
    while len(told.took) < answers:
        assert not is_over(), "The load ended early."
        Event().wait(0.002)


def _check(db: Database, told: Loaded, sent: list[str]) -> None:
    """Rule 3."""
    assert None not in told.bodies, "A press was refused."
    given = {one["ticket"]: one["number"] for one in (json.loads(body) for body in told.bodies if body)}
    with db.read() as connection:
        rows = connection.execute(select(tickets.c.id, tickets.c.number, tickets.c.press)).all()
        issued = connection.execute(select(func.sum(counters.c.issued))).scalar_one()
        sound = connection.execute(text("PRAGMA integrity_check")).scalar_one()
    held = {row.id: row.number for row in rows}
    assert given.items() <= held.items(), f"Lost: {given.keys() - held.keys()}."
    assert held.keys() <= given.keys(), f"Ghosts: {held.keys() - given.keys()}."
    numbers, presses = Counter(held.values()), Counter(row.press for row in rows)
    assert max(numbers.values()) == max(presses.values()) == 1, "Given twice."
    assert len(told.bodies) == len(sent) == len(held) == issued
    assert set(sent) == presses.keys()
    assert sound == "ok"
