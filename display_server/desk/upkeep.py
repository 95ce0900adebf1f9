"""What a serving folder needs beside answering requests, in a process of its own so that a failure stops nobody.

1. A new edition is followed by what takes time: merged deltas and a dense base pack (content_sync.publish rule 5). Once
   a second the process looks for editions that were announced; at its start it looks at every channel. Cases whose
   answer is public now are closed (cases.closing).
2. Every `limits.upkeep_seconds` timestamps older than `limits.refresh_hours_max` are signed again, so that screens can
   say as of when they are true, and changes older than `limits.changes_days_max` are forgotten: they were hints, and
   whoever listened has heard them. So are attached files that a crash left behind (database.files).
3. A failure is told once for each channel and step (and once, when several fail for the same reason), stops no other,
   and is tried again with the next edition or hour. So are closing and forgetting, which no edition need bring again,
   and at the start the county (desk.county_signing rule 3).
4. With the first round of a day the halls' days before it are closed (queue.days), and what names people is forgotten
   where it was kept long enough (desk.forgetting).
5. Every `limits.cards_seconds` yellow and red cards are given to clocks that turned (supervision.giving), and what
   could not be got done and is late is marked for leaders (cases.escalating).
6. It gives way to whoever answers people, and is one thread only.
7. The process ends at SIGTERM, which may cut it anywhere, and when the process that started it is gone.
"""

import json
import os
import select
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func
from sqlalchemy import select as chosen
from sqlalchemy.exc import SQLAlchemyError

from content_sync.domain import limits
from content_sync.domain.errors import GongkailanError
from content_sync.domain.ids import directory_channel
from display_server.cases import closing, escalating
from display_server.config import Config
from display_server.database import files
from display_server.database.engine import Database
from display_server.database.tables.core import changes, channels
from display_server.desk import county_signing, forgetting
from display_server.publishing import service
from display_server.queue import days, log
from display_server.supervision import giving


class Upkeep:
    """The rounds of one folder."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._heard, self._incomplete = self._newest(), self._channels()
        self._later, self._said = set[str](), dict[str, str]()
        self._owed: dict[str, Callable[[], object]] = {"county": lambda: county_signing.make_true(db)}
        self._day = ""

    def round(self) -> None:
        """Make the ways to every edition announced since the last round (rule 1)."""
        with self.db.read() as connection:
            wanted = chosen(changes.c.seq, changes.c.detail).where(changes.c.seq > self._heard)
            for row in connection.execute(wanted.where(changes.c.kind == "edition").order_by(changes.c.seq)):
                self._heard = row.seq
                self._incomplete.add(json.loads(row.detail)["channel"])
        for channel in sorted(self._incomplete.intersection(self._channels())):  # mirrored ones are made elsewhere
            if not self._try(channel, lambda: service.complete(self.db, channel)):  # noqa: B023  # called at once
                self._later.add(channel)
        if self._incomplete:
            self._owe("cases", lambda: closing.close(self.db))
        self._incomplete.clear()
        _, today = log.stamp(self.db)
        if today != self._day and self._try("hall", lambda: days.begin_all(self.db)):  # rule 4
            self._day = today
            self._owe("forget", lambda: forgetting.forget(self.db))

    def sign_again(self) -> None:
        """Rule 2, and what failed before."""
        self._incomplete |= self._later
        self._later.clear()
        for name, step in list(self._owed.items()):
            self._owe(name, step)
        for name in _signed_here(self.db.config):
            self._try(name, lambda: sign_again(self.db, name))  # noqa: B023  # called at once
        self._try("", lambda: tidy(self.db))

    def give_cards(self) -> None:
        """Rule 5."""
        self._try("cards", lambda: giving.give(self.db))
        self._try("leaders", lambda: escalating.escalate(self.db))

    def _owe(self, name: str, step: Callable[[], object]) -> None:
        """A step that is tried again with the hour until it was done (rule 3)."""
        self._owed[name] = step
        if self._try(name, step):
            del self._owed[name]

    def _try(self, name: str, step: Callable[[], object]) -> bool:
        """Rule 3."""
        try:
            step()
        except (GongkailanError, SQLAlchemyError, OSError) as error:
            if str(error) not in self._said.values():
                print(f"display-server upkeep: {error}", file=sys.stderr, flush=True)
            self._said[name] = str(error)
            return False
        self._said.pop(name, None)
        return True

    def _newest(self) -> int:
        with self.db.read() as connection:
            return int(connection.execute(chosen(func.coalesce(func.max(changes.c.seq), 0))).scalar_one())

    def _channels(self) -> set[str]:
        with self.db.read() as connection:
            return set(connection.execute(chosen(channels.c.id)).scalars()) & set(_signed_here(self.db.config))


def _signed_here(config: Config) -> list[str]:
    """The repositories that this server signs; what it mirrors or has only adopted is signed elsewhere."""
    return sorted(path.name for path in config.repo.iterdir() if (config.keys / path.name).is_dir())


def sign_again(db: Database, name: str) -> bool:
    """Sign a repository anew when that is due, and tell of it; whether it was."""
    signer = service.publisher(db)
    if not signer.resign(only=(name,)):
        return False
    edition = 0 if name == directory_channel else signer.newest(name).number
    with db.write() as connection:  # to relays; devices hold this edition and stay quiet
        db.announce(connection, "edition", {"channel": name, "edition": edition})
    return True


def tidy(db: Database) -> None:
    """Forget old changes and files that nothing names."""
    oldest = (db.config.clock.now() - timedelta(days=limits.changes_days_max)).isoformat()
    with db.write() as connection:
        connection.execute(changes.delete().where(changes.c.made_at < oldest))
        files.tidy(db.config, connection)


def main(arguments: list[str]) -> None:
    """`upkeep DIR LIFE`: the folder, and a pipe that closes when the parent is gone (rules 6 and 7)."""
    os.nice(limits.upkeep_nice)
    home, life = Path(arguments[0]), int(arguments[1])
    upkeep, due, cards_due = Upkeep(Database(Config(home))), 0.0, 0.0
    while True:
        if time.monotonic() >= due:
            upkeep.sign_again()
            due = time.monotonic() + limits.upkeep_seconds
        if time.monotonic() >= cards_due:
            upkeep.give_cards()
            cards_due = time.monotonic() + limits.cards_seconds
        upkeep.round()
        if select.select([life], [], [], limits.upkeep_round_seconds)[0]:
            return


if __name__ == "__main__":
    main(sys.argv[1:])
