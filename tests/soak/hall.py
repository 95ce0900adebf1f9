"""The hall behind a kiosk that is soaked: answers, acknowledges and sweeps as the agent does, without a network.

Nothing a visitor asked stays unanswered, and what was acknowledged is gone: what then still grows in desk.db is a leak.
"""

import random
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from content_sync.storage.desk import Call, DeskStore, Invitation, Position

_records_at_once = 200


class Hall:
    """One agent's desk; `chance` decides what the hall says."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self._desk, self._chance, self._given = DeskStore(folder / "desk.db"), chance, 0

    def answer(self, now: datetime) -> None:
        """One step of the agent."""
        for press in self._desk.waiting_presses():
            self._given += 1
            self._desk.answer(press.id, f"t{self._given}", f"A{self._given % 1000:03}", self._chance.randint(0, 9))
        for ask in self._desk.waiting_asks():
            if self._chance.random() < 0.8:
                self._desk.decide(ask.id, "answered", Position(ask.about, "huji", "waiting", 4, 0, 6, 19, "估算。"))
            else:
                self._desk.decide(ask.id, "unknown")
        for call in self._desk.open_help():
            self._desk.note_help(call.press, "closed" if call.state == "coming" else "coming", by="周晓梅")
        for press in self._desk.given_up():
            self._desk.told_given_up(press)

    def turn(self, now: datetime) -> None:
        """Between two visitors: the queue moved, records went up, old things go."""
        at = now.isoformat()
        called = [Call(f"A{self._given % 1000:03}", 3, "3号窗口", "huji", at, "called", f"c{self._given}")]
        served = [Invitation(f"t{n}", f"A{n % 1000:03}", 3, at) for n in range(max(0, self._given - 3), self._given)]
        self._desk.put_queue(called, served, self._desk.windows())
        self._desk.put_services(
            [replace(one, waiting=self._chance.randint(0, 12), updated=at) for one in self._desk.services()]
        )
        while records := self._desk.waiting_records(_records_at_once):
            self._desk.acknowledge([record.id for record in records])
        self._desk.forget_old(now)

    def close(self) -> None:
        """The run is over."""
        self._desk.close()
