"""Two windows that race for one ticket: `python -m tests.bench.races --races 10000` (QUE-01, promise 9).

1. Each race: one ticket in the line, two clerks press “next” at the same instant. Each has a database of their own over
   the one file, as two processes have; which of the two is asked first changes from race to race.
2. One of them has the ticket, the other is told that nobody waits. Any other outcome is a fault, named with its race.
3. At the end the kept tickets are the fold of the log, each called once.
"""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from content_sync.domain.hall.queue import fold
from content_sync.domain.hall.rules import HallRules
from display_server.access import Actor
from display_server.config import Config
from display_server.database import county
from display_server.database.engine import Database
from display_server.database.tables.queue import tickets
from display_server.queue import issuing, log, queries, service
from tests.display_server import hall, world

_windows = ("w1", "w2")


@dataclass(frozen=True)
class Races:
    """How often each window won, what went wrong, and how long it all took in seconds."""

    won: Sequence[int]
    faults: Sequence[str]
    seconds: float


def run(db: Database, races: int) -> Races:
    """Race so often in the hall of this database."""
    clerks = [Actor(f"clerk-{w}", f"clerk-{w}", frozenset({"clerk"}), frozenset("*"), "page") for w in _windows]
    for clerk, window in zip(clerks, _windows, strict=True):
        service.sit(db, clerk, "hall", window, clerk.display_name)
    doors = (db, Database(db.config))  # rule 1
    won, faults, start, begun = [0, 0], list[str](), threading.Barrier(2), time.monotonic()

    def call(which: int) -> tuple[int, str]:
        start.wait()
        found = service.call_next(doors[which], clerks[which], "hall", _windows[which])
        return which, found.id if found else ""

    with closing(doors[1]), ThreadPoolExecutor(2) as pool:
        for race in range(races):
            ticket = issuing.issue(db, "k1", "hall", "huji", f"race-{race}").ticket
            called = dict(pool.map(call, (race % 2, (race + 1) % 2)))
            if sorted(called.values()) != ["", ticket]:
                faults.append(f"race {race}: {called}")
                break
            winner = 0 if called[0] else 1
            won[winner] += 1
            service.act(db, clerks[winner], "hall", _windows[winner], "finished", ticket)
    return Races(won, [*faults, *_unfolded(db)], time.monotonic() - begun)


def _unfolded(db: Database) -> list[str]:
    """Rule 3."""
    _, day = log.stamp(db)
    with db.read() as connection:
        line = fold(queries.log(connection, "hall", day))
        kept = {row.id: queries.as_ticket(row) for row in connection.execute(tickets.select())}
        calls = [event.ticket for event in queries.log(connection, "hall", day) if event.kind == "called"]
    faults = [] if kept == line.tickets else ["the kept tickets are not the fold of the log"]
    return faults if len(calls) == len(set(calls)) else [*faults, "a ticket was called twice"]


@click.command()
@click.option("--races", default=10_000, show_default=True)
def main(races: int) -> None:
    """Race, and say who won how often."""
    with TemporaryDirectory() as folder:
        db = world.founded(Config(Path(folder) / "server", world.HandClock(), world.CountedIds()))
        with db.write() as connection:
            county.put_site(connection, replace(hall.site, rules=HallRules(tickets_per_day_max=races)))
        found = run(db, races)
        db.close()
    click.echo(f"{races} races in {found.seconds:.0f} s: {found.won[0]} won by window 1, {found.won[1]} by window 2")
    for fault in found.faults:
        click.echo(fault, err=True)
    if found.faults:
        raise click.exceptions.Exit(1)


if __name__ == "__main__":
    main()
