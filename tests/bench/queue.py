"""The queue's bench: `python -m tests.bench.queue [--quick] [--only PART,PART]` prints tables.

1. Issuing: presses of enrolled devices over HTTP, through the real `serve`, by 1, 8 and 32 clients with kept
   connections; then the same with 100,000 old tickets; beside it the bare limit (tests.bench.bare), in the same run.
   The client shares the machine's cores. After each cell every press has one ticket, every number is there once, and
   the database holds as many tickets as there were presses, or the bench fails.
2. Race: two windows race for one ticket; anything but exactly one winner a round fails the bench.
3. Boards: from the clerk's key to the frame that a board draws, with fifty boards listening (tests.bench.boards).

Nothing is asserted of seconds: they are for the reader, beside those of processor time, which other work on the machine
disturbs less.
"""

import json
import os
import platform
import secrets
import sqlite3
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path

import click

from deploy.demo.county import free_port
from deploy.demo.processes import Processes
from tests.bench.boards import boards
from tests.bench.halls import Halls, cpu_of, ticket_request
from tests.bench.load import Loaded, loaded
from tests.bench.racing import race

_clients = (1, 8, 32)
_parts = ("issue", "race", "boards")
_warm = 200


@click.command()
@click.option("--quick", is_flag=True, help="Two seconds a cell, 10,000 old tickets, 300 races, 20 calls.")
@click.option("--only", default=",".join(_parts), show_default=True, metavar="PART,PART")
@click.option("--out", type=click.Path(path_type=Path), help="Write the tables there too.")
def main(only: str, out: Path | None, *, quick: bool) -> None:
    """Measure and print the tables."""
    wanted = only.split(",")
    if unknown := set(wanted) - set(_parts):
        raise click.UsageError(f"{', '.join(sorted(unknown))}: choose of {', '.join(_parts)}.")
    seconds, aged, rounds, calls = (2.0, 10_000, 300, 20) if quick else (8.0, 100_000, 10_000, 200)
    told = [_machine()]
    with tempfile.TemporaryDirectory(prefix="bench-queue-") as folder:
        halls = Halls(Path(folder), 2 * len(_clients) + 1, 8)
        try:
            halls.serve()
            if "issue" in wanted:
                told += _issue(halls, Path(folder), seconds, aged)
            if "race" in wanted:
                told += _race(halls, rounds)
            if "boards" in wanted:
                told += boards(halls, calls)
        finally:
            halls.close()
    print("\n".join(told))
    if out:
        out.write_text("\n".join(told) + "\n")


def _issue(halls: Halls, folder: Path, seconds: float, aged: int) -> list[str]:
    lines = [
        "",
        "Tickets a second; p50 / p99 / max ms; µs of the server's processor each:",
        "",
        f"| clients | {' | '.join(map(str, _clients))} |",
        f"|---|{'---|' * len(_clients)}",
    ]
    rows: list[tuple[str, Callable[[int], str]]] = [
        ("bare SQLite + Flask", _Bare(folder, seconds).cell),
        ("gongkailan, a new database", lambda n: _cell(halls, halls.ids[_clients.index(n)], n, seconds)),
        (
            f"gongkailan, {aged:,} old tickets",
            lambda n: _cell(halls, halls.ids[len(_clients) + _clients.index(n)], n, seconds),
        ),
    ]
    for name, cell in rows:
        if "old" in name:
            _say("putting old tickets into the database")
            halls.age(aged)
        cells = []
        for clients in _clients:
            cells.append(cell(clients))
            _say(f"{name}, {clients}: {cells[-1]}")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def _cell(halls: Halls, hall: str, clients: int, seconds: float) -> str:
    """One cell of rule 1, checked."""
    tokens, services, told = halls.tokens[hall], halls.services, Counter[bytes | None]()

    def press(number: int) -> bytes:
        return ticket_request(tokens[number % len(tokens)], services[number % len(services)], secrets.token_hex(10))

    warm = iter(range(_warm))
    told.update(loaded(halls.port, clients, lambda: next((press(n) for n in warm), None)).bodies)
    until, numbers, before = time.perf_counter() + seconds, count(_warm), halls.cpu()
    done = loaded(halls.port, clients, lambda: press(next(numbers)) if time.perf_counter() < until else None)
    spent = halls.cpu() - before
    told.update(done.bodies)
    _check(told, halls.held(hall))
    return _told(done, spent)


def _check(told: "Counter[bytes | None]", held: int) -> None:
    """No press without its ticket, no number twice, no ticket that nobody was told of."""
    assert told[None] == 0, f"{told[None]} presses were refused."
    given = [json.loads(body) for body in told.elements() if body]
    numbers, tickets = Counter(one["number"] for one in given), {one["ticket"] for one in given}
    assert max(numbers.values()) == 1, f"Given twice: {numbers.most_common(3)}."
    assert len(tickets) == len(given) == held, f"{len(given)} answers, {len(tickets)} tickets, {held} in the database."


def _told(done: Loaded, spent: float) -> str:
    cost = 1e6 * spent / max(1, len(done.took))
    return f"{done.rate:,.0f}/s; {done.ms(0.5):.1f} / {done.ms(0.99):.1f} / {done.ms(1):.0f} ms; {cost:.0f} µs"


class _Bare:
    """The bare limit, one server for each cell."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self._folder, self._seconds = folder, seconds

    def cell(self, clients: int) -> str:
        """One cell."""
        processes, port = Processes(self._folder), free_port()
        path = self._folder / f"bare-{clients}.db"
        processes.start("bare", sys.executable, "-m", "tests.bench.bare", str(port), str(path))
        try:
            processes.wait_for("the bare server", lambda: _answers(port))
            pid = processes.running["bare"].pid
            workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            _press(port, clients, 0.3)
            before = sum(cpu_of(int(worker)) for worker in workers)
            done = _press(port, clients, self._seconds)
            spent = sum(cpu_of(int(worker)) for worker in workers) - before
            assert None not in done.bodies
            return _told(done, spent)
        finally:
            processes.end()


def _press(port: int, clients: int, seconds: float) -> Loaded:
    until = time.perf_counter() + seconds

    def press() -> bytes | None:
        return ticket_request("bare", "sa", secrets.token_hex(10)) if time.perf_counter() < until else None

    return loaded(port, clients, press)


def _race(halls: Halls, rounds: int) -> list[str]:
    _say(f"{rounds:,} races")
    raced = race(halls.db.config, halls.ids[-1], rounds, halls.services[0])
    assert (raced.both, raced.none) == (0, 0), raced
    won = f"won {raced.wins[0]:,} and {raced.wins[1]:,}, both 0, none 0 ({raced.seconds:.0f} s)"
    return ["", f"Two windows raced for one ticket {rounds:,} times: {won}."]


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _machine() -> str:
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"{os.cpu_count()} cores ({platform.machine()}), {versions}; load at the start {os.getloadavg()[0]:.1f}."


def _say(what: str) -> None:
    click.echo(what, err=True)


if __name__ == "__main__":
    main()
