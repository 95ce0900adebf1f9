"""Every clock that runs: of opinions and bad ratings, and of what windows have accepted (HAL-10).

A reading is made when it is asked for, from what is kept, today and the calendar; none is stored.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.clock import place
from content_sync.domain.calendar import Calendar
from content_sync.domain.cases.clocks import Due, Reading, Signal, due_after, reading
from content_sync.domain.profiles import Profile
from display_server.cases import handling_queries
from display_server.database import calendars, sites
from display_server.database.engine import Database
from display_server.database.tables.handlings import handlings
from display_server.database.tables.records import cases

_closed = ("done", "cannot")


@dataclass(frozen=True)
class Clock:
    """One clock that runs. `kind`: opinion, rating, handling or reply (of a department that was asked).

    `number` is unique within its kind and site; `opened` an ISO instant; `due` None: `why` says why there is none;
    `owner` the account or department whose turn it is, empty when nobody has taken it up; `subject` is what the audit
    log calls the case.
    """

    kind: str
    number: str
    site: str
    unit: str
    about: str
    opened: str
    due: date | None
    owner: str
    state: Signal
    why: str
    subject: str = ""


def running(db: Database, connection: Connection, units: frozenset[str]) -> list[Clock]:
    """All clocks of these units (`*`: of every unit), the one that is due first before the others."""
    found = [
        *(_of_case(db, connection, row) for row in _open_cases(connection) if "*" in units or row.unit in units),
        *(clock for row in _open_handlings(connection, units) for clock in _of_handling(db, connection, row)),
    ]
    return sorted(found, key=lambda clock: (clock.due or date.max, clock.opened, clock.number))


def of_case(db: Database, connection: Connection, row: Row[Any]) -> Reading:
    """How the clock of an opinion or a bad rating stands; of an answered one, how it stood on that day."""
    calendar, today = calendars.known(db.config), db.config.clock.now().astimezone(place).date()
    on = datetime.fromisoformat(row.answered_at).date() if row.answered_at else today
    warning = sites.profile(connection, row.site, row.unit).warning
    return reading(kept_due(row.due, row.opened_at[:10], row.limit_days, calendar), on, warning, calendar)


def kept_due(due: str, start: str, days: int | None, calendar: Calendar) -> Due:
    """The due date as it was kept; counted anew while it is not known."""
    counted = partial(due_after, date.fromisoformat(start), days, "working_day", calendar)
    return Due(date.fromisoformat(due), f"{days}个工作日") if due else counted()


def _open_cases(connection: Connection) -> list[Row[Any]]:
    return list(connection.execute(select(cases).where(cases.c.state.not_in(_closed))))


def _of_case(db: Database, connection: Connection, row: Row[Any]) -> Clock:
    read = of_case(db, connection, row)
    facts = (row.kind, row.number, row.site, row.unit, row.about, row.opened_at)
    return Clock(*facts, read.due, row.handler, read.signal, read.why, row.number)


def _open_handlings(connection: Connection, units: frozenset[str]) -> list[Row[Any]]:
    rows = connection.execute(select(handlings).where(handlings.c.state == "open"))
    return [row for row in rows if "*" in units or row.unit in units]


def _of_handling(db: Database, connection: Connection, row: Row[Any]) -> Iterator[Clock]:
    """Its own clock, and one for each department that has not replied yet."""
    profile, place_of = sites.profile(connection, row.site, row.unit), (row.number, row.site, row.unit, row.title)
    own = handling_queries.clock_of(db, row, profile)
    yield Clock("handling", *place_of, row.opened_at, own.due, row.account, own.signal, own.why, row.id)
    for one in handling_queries.replies_of(connection, row.id):
        if not one.replied_at:
            read = reply_clock(db, one, profile)
            yield Clock("reply", *place_of, one.asked_at, read.due, one.department, read.signal, read.why, row.id)


def reply_clock(db: Database, row: Row[Any], profile: Profile) -> Reading:
    """How the clock of a department that was asked stands; of one that replied, how it stood on that day."""
    calendar, now = calendars.known(db.config), db.config.clock.now().astimezone(place).isoformat()
    due, on = (
        kept_due(row.due, row.asked_at[:10], row.limit_days, calendar),
        date.fromisoformat((row.replied_at or now)[:10]),
    )
    return reading(due, on, profile.warning, calendar)
