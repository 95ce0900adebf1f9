"""A day in the hall: visitors, clerks, agents and misfortunes in an order nobody planned."""

import random
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from content_sync.domain.errors import GongkailanError
from content_sync.domain.hall.claims import claims
from content_sync.domain.hall.queue import at_window
from display_server.access import Actor
from display_server.queue import log, queries, service
from tests.display_server import hall as making
from tests.simulation.hall import promises
from tests.simulation.hall.board import Board
from tests.simulation.hall.place import Kiosk, Server

_windows = [window.id for window in making.site.windows]
_services = [one.id for one in making.site.services]
_acts = ("serving", "finished", "recalled", "held", "missed", "transferred", "claim_refused", "called", "requeued")


class Hall:
    """A server, three kiosks, three clerks and a board, day after day."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance, self.told = random.Random(seed), list[str]()
        self.server = Server(folder / "server")
        self.kiosks = [Kiosk(self.server, folder / f"k{n}", f"k{n}", self.chance) for n in range(3)]
        self.board = Board(self.server, folder / "b1", "b1", self.chance)
        self.clerks = [
            Actor(f"clerk-{n}", f"clerk-{n}", frozenset({"clerk"}), frozenset("*"), "page") for n in range(3)
        ]
        self.tickets = self.proven = 0

    def live(self, steps: int) -> None:
        """One day of so many steps, its evening, and the night."""
        _, day = log.stamp(self.server.db)
        began, self.board.witness.seen = self.server.clock.now(), []
        for kiosk in self.kiosks:
            kiosk.pressed, kiosk.held = [], {}
            kiosk.agent()
        self.board.start()
        for _ in range(steps):
            self.step()
            promises.after_every_step(self.server.db, self.kiosks)
        promises.everybody_findable(self.server.db, self.chance, day)
        self.evening(began)
        self.night(day)

    def step(self) -> None:
        """Anything that happens, and some time."""
        things = {
            self.visitor: 30,
            self.agents: 25,
            self.clerk: 45,
            self.rating: 6,
            self.giving_back: 3,
            self.looking: 12,
            self.weather: 6,
            self.misfortune: 4,
        }
        (thing,) = self.chance.choices(list(things), list(things.values()))
        self.told.append(thing.__name__)
        thing()
        self.server.clock.advance(seconds=self.chance.randrange(40))
        self.board.look()

    def visitor(self) -> None:
        """Somebody takes a ticket, with a nervous finger, and waits or walks off."""
        kiosk = self.chance.choice(self.kiosks)
        claim = self.chance.choice(["", "", "", *claims])
        kiosk.press(self.chance.choice(_services), claim, self.chance.choice([1, 1, 2, 10]))
        if self.chance.random() < 0.7:
            self._agent(kiosk)
        for seconds in self.chance.choice([(0.1,), (0.1, 0.3), (0.4, 0.4), (0.4, 7.0)]):
            kiosk.wait(seconds)

    def agents(self) -> None:
        """Some agents do a round."""
        for kiosk in self.chance.sample(self.kiosks, self.chance.randint(1, 3)):
            self._agent(kiosk)
        self.board.agent()

    def clerk(self) -> None:
        """A clerk does something, sensible or not."""
        db, clerk, window = self.server.db, self.chance.choice(self.clerks), self.chance.choice(_windows)
        with suppress(GongkailanError):
            what = self.chance.random()
            if what < 0.15:
                service.sit(db, clerk, "hall", window, clerk.display_name)
            elif what < 0.19:
                service.leave(db, clerk, "hall", window, self.chance.choice(["away", "lunch", "closed"]))
            elif what < 0.5:
                self._next(clerk)
            else:
                self._act(clerk)

    def rating(self) -> None:
        """A served visitor rates at some kiosk, perhaps at two."""
        level = self.chance.randint(1, 5)
        for kiosk in self.chance.sample(self.kiosks, self.chance.randint(1, 2)):
            invited = kiosk.desk.invitations()
            if invited:
                kiosk.rate(invited[0], level)

    def giving_back(self) -> None:
        """A visitor does not want the ticket any more."""
        kiosk = self.chance.choice(self.kiosks)
        if kiosk.held:
            press = self.chance.choice(sorted(kiosk.held))
            kiosk.deeds.ask("give-back", press, kiosk.now(), kiosk.moment)
            kiosk.agent()

    def looking(self) -> None:
        """When the board's line is whole, the newest call stands on it."""
        self.board.agent()
        self.board.look()
        if self.board.line.cut or self.board.line.loses:
            return
        with self.server.db.read() as connection:
            _, day = log.stamp(self.server.db)
            newest = [row.number for row in queries.calls(connection, "hall", day) if row.state in at_window][:1]
        assert set(newest) <= set(self.board.called())

    def weather(self) -> None:
        """Lines are cut and mended, lose things, and lose them no more."""
        line = self.chance.choice([*self.kiosks, self.board]).line
        line.cut, line.loses = self.chance.random() < 0.4, self.chance.choice([0, 0, 20, 60])

    def misfortune(self) -> None:
        """Something dies, or a clock jumps."""
        kiosk = self.chance.choice(self.kiosks)
        jumps = [timedelta(), timedelta(hours=-3), timedelta(minutes=20), timedelta(days=-300), timedelta(days=1)]
        what = self.chance.randrange(4)
        if what == 0:
            kiosk.crash()
        elif what == 1:
            self.server.restart()
        elif what == 2:
            self.board.crash(self.chance.choice([0, 1, 10]))
        else:
            kiosk.shift = self.chance.choice(jumps)

    def evening(self, began: datetime) -> None:
        """Every line is whole, every clock is right: what was made arrives, and the day can be proven."""
        self.server.clock.advance(minutes=2)
        for device in [*self.kiosks, self.board]:
            device.line.cut, device.line.loses = False, 0
        self.board.look()
        self.board.end()
        for _ in range(3):
            for kiosk in self.kiosks:
                kiosk.shift = timedelta()
                kiosk.wait(10)
                kiosk.agent()
            self.board.agent()
        promises.in_the_evening(self.server.db, self.kiosks)
        now = self.server.clock.now()
        self.proven += promises.proof_of_what_was_shown(self.server.db, self.board, self.chance, began, now)
        self.tickets += sum(len(kiosk.held) for kiosk in self.kiosks)

    def night(self, day: str) -> None:
        """The next day begins with its first ticket; yesterday is over."""
        clock = self.server.clock
        clock.at = (clock.at + timedelta(days=1)).replace(hour=8, minute=self.chance.randrange(60))
        for kiosk in self.kiosks:
            kiosk.desk.forget_old(clock.at)
        kiosk = self.kiosks[0]
        kiosk.pressed, kiosk.held = [], {}
        kiosk.press(_services[0], "", 1)
        kiosk.agent()
        promises.day_is_over(self.server.db, day)

    def _agent(self, kiosk: Kiosk) -> None:
        kiosk.agent()

    def _next(self, clerk: Actor) -> None:
        seat = self._seat(clerk)
        if seat:
            service.call_next(self.server.db, clerk, "hall", seat)

    def _act(self, clerk: Actor) -> None:
        seat = self._seat(clerk)
        if not seat:
            return
        db, (_, day) = self.server.db, log.stamp(self.server.db)
        with db.read() as connection:
            rows = queries.listed(connection, "hall", day, ["held", "missed", *at_window])
        mine = [row for row in rows if row.window == seat] or rows
        if mine:
            kind, row = self.chance.choice(_acts), self.chance.choice(mine)
            named = {"service": self.chance.choice(_services)} if kind == "transferred" else {}
            service.act(db, clerk, "hall", seat, kind, row.id, **named)

    def _seat(self, clerk: Actor) -> str:
        with self.server.db.read() as connection:
            taken = queries.taken_seats(connection, "hall")
        return next((window for window, row in taken.items() if row.account == clerk.name), "")
