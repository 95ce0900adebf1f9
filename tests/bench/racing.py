"""Two windows race for one ticket, again and again: exactly one of them gets it, every time.

The windows are two connections to the database of their own, as two processes would have, so that nothing but the
database keeps them apart; both press in the same moment. Then the winner serves and finishes, and a new ticket comes.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from time import perf_counter

from content_sync.domain.errors import Refused
from display_server.access import Actor, shell
from display_server.accounts import service as accounts
from display_server.config import Config
from display_server.database.engine import Database
from display_server.queue import issuing, service

_windows = ("w1", "w2")


@dataclass(frozen=True)
class Raced:
    """How often each window won, rounds in which both or none did, and the seconds it took."""

    wins: tuple[int, int]
    both: int
    none: int
    seconds: float


def race(config: Config, hall: str, rounds: int, wanted: str) -> Raced:
    """So many rounds for a service of a hall that nobody else uses."""
    began, wins, both, none = perf_counter(), [0, 0], 0, 0
    doors = [Database(config), Database(config)]
    clerks = [_clerk(db, hall, window) for db, window in zip(doors, _windows, strict=True)]
    ready = Barrier(2)

    def pressed(side: int) -> str:
        ready.wait()
        try:
            found = service.call_next(doors[side], clerks[side], hall, _windows[side])
        except Refused:  # still busy with the ticket it won last: cannot be, it finished it
            return ""
        return found.id if found else ""

    with ThreadPoolExecutor(2) as pool:
        for number in range(rounds):
            issued = issuing.issue(doors[number % 2], "racing", hall, wanted, f"race-{number}")
            got = list(pool.map(pressed, (0, 1)))
            winners = [side for side in (0, 1) if got[side] == issued.ticket]
            both, none = both + (len(winners) > 1), none + (not winners)
            for side in winners:
                wins[side] += 1
                for step in ("serving", "finished"):
                    service.act(doors[side], clerks[side], hall, _windows[side], step, issued.ticket)
    for db in doors:
        db.close()
    return Raced((wins[0], wins[1]), both, none, perf_counter() - began)


def _clerk(db: Database, hall: str, window: str) -> Actor:
    name = f"racer-{window}"
    accounts.add_account(db, shell, name, ("clerk",), ("*",))
    clerk = accounts.actor_for(db, name)
    service.sit(db, clerk, hall, window, clerk.display_name)
    return clerk
