"""Where those who wait stand, told to hundreds of phones at the price of one reading (domain.hall.lineup).

1. Open is a window where somebody sits; it serves its own services and those it is lent.
2. In front stand all who are called before a ticket in the whole hall: they take the windows' time.
3. Who waits for one window by name is in the hands of that window alone.
4. The line is read when the day's log has grown, not when somebody asks. What does not stand in the log, who sits where
   and what a window is lent, is read each time: it is as much as the hall has windows.
5. Whoever does not wait any more in the line that was read was called or left since: nobody is ahead of them.
"""

from dataclasses import dataclass
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Row

from content_sync.domain.county import Site
from content_sync.domain.hall.lineup import Lineup
from content_sync.domain.hall.queue import at_window
from content_sync.domain.hall.waiting import Estimate, OpenWindow
from display_server.database.engine import Database
from display_server.queue import queries
from display_server.queue.seats import served


@dataclass(frozen=True)
class _Read:
    """The line of a hall on a day as it was when its log had come to the event `seq`, or later."""

    day: str
    seq: int
    lineup: Lineup
    busy: frozenset[str]


_lines: WeakKeyDictionary[Database, dict[str, _Read]] = WeakKeyDictionary()
_reading = Lock()


def standing(db: Database, connection: Connection, site: Site, row: Row[Any], at: str) -> tuple[int, Estimate | None]:
    """How many are ahead of the ticket of this row, and the estimate; 0 and None for one that does not wait."""
    if row.state != "waiting":
        return 0, None
    read = _line(db, connection, site.id, row.day)
    if row.id not in read.lineup:  # rule 5
        return 0, None
    return read.lineup.ahead(row.id), read.lineup.wait(row.id, _open(connection, site, row, at, read.busy))


def _line(db: Database, connection: Connection, site: str, day: str) -> _Read:
    """Rule 4. The number of the event comes first: a line must not claim to know more than was read."""
    seq = queries.newest_event(connection, site, day)
    with _reading:  # who comes meanwhile waits for this reading, and finds it
        known = _lines.setdefault(db, {})
        found = known.get(site)
        if found is None or (found.day, found.seq) != (day, seq):
            waiting = queries.waiting_tickets(connection, site, day)
            services = {one.service for one in waiting}
            seconds = {one: queries.handling_seconds(connection, site, day, one) for one in services}
            busy = frozenset(one.window for one in queries.listed(connection, site, day, at_window))
            found = known[site] = _Read(day, seq, Lineup(waiting, seconds), busy)
    return found


def _open(connection: Connection, site: Site, row: Row[Any], at: str, busy: frozenset[str]) -> list[OpenWindow]:
    """Rules 1 and 3."""
    taken, serves = queries.taken_seats(connection, site.id), served(connection, site, row.day, at)
    if row.target:
        return [OpenWindow(serves.get(row.target, frozenset()) | {row.service}, row.target in busy)]
    return [OpenWindow(serves[one.id], one.id in busy) for one in site.windows if one.id in taken]
