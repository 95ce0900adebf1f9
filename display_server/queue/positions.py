"""“My number, how many ahead”: how one ticket of today stands, for a kiosk or a phone.

1. A number is public on the boards; so is where it stands. Who holds it, why it goes first and its id are not told.
2. A number is of today and of the hall that is asked; an id is of today and of that hall, too.
3. The estimate says how it was made (domain.hall.waiting); who does not wait gets none.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.domain.county import Site
from content_sync.domain.errors import BadInput
from content_sync.domain.hall import tickets as numbers
from content_sync.domain.hall.waiting import Estimate
from display_server.database import sites
from display_server.database.engine import Database
from display_server.database.tables.queue import tickets
from display_server.queue import boards, log, queries, waits


@dataclass(frozen=True)
class Position:
    """Where a ticket stands; `window` is the number above the window that called it, 0 when none did."""

    number: str
    service: str
    state: str
    ahead: int
    window: int
    wait: Estimate | None


def of_ticket(db: Database, site_id: str, which: str) -> Position | None:
    """How a ticket of today stands, by its printed number or its id; None when this hall has no such (rule 2)."""
    at, today = log.stamp(db)
    with db.read() as connection:
        row = queries.by_id(connection, which) or _by_number(connection, site_id, today, which)
        if row is None or (row.site, row.day) != (site_id, today):
            return None
        return of_row(db, connection, sites.site(connection, site_id), row, at)


def of_row(db: Database, connection: Connection, site: Site, row: Row[Any], at: str) -> Position:
    """How the ticket of this row stands (rules 1 and 3)."""
    ahead, wait = waits.standing(db, connection, site, row, at)
    return Position(row.number, row.service, row.state, ahead, boards.window_number(site, row.window), wait)


def _by_number(connection: Connection, site: str, day: str, number: str) -> Row[Any] | None:
    try:
        letter, running = numbers.parse_number(number)
    except BadInput:
        return None
    of_day = (tickets.c.site == site, tickets.c.day == day, tickets.c.letter == letter)
    return connection.execute(select(tickets).where(*of_day, tickets.c.running == running)).first()
