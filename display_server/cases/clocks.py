"""Every clock that runs: of opinions, bad ratings, applications, and of what windows have accepted (HAL-10).

Reports of untruth are not among them: nobody but their supervisors learns that there is one (SUP-07).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.domain.cases.clocks import Signal
from display_server.cases.readings import Readings
from display_server.database.engine import Database
from display_server.database.tables.handlings import handling_replies, handlings
from display_server.database.tables.records import cases
from display_server.database.tables.visitors import applications

_closed = ("done", "cannot")


@dataclass(frozen=True)
class Clock:
    """One clock that runs. `kind`: opinion, rating, application, handling or reply (of a department that was asked).

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
    readings = Readings(db, connection)
    kinds = (_cases, _applications, _handlings)
    found = [clock for of_kind in kinds for clock in of_kind(connection, readings, units)]
    return sorted(found, key=lambda clock: (clock.due or date.max, clock.opened, clock.number))


def _cases(connection: Connection, readings: Readings, units: frozenset[str]) -> Iterator[Clock]:
    for row in connection.execute(select(cases).where(cases.c.state.not_in(_closed))):
        if "*" in units or row.unit in units:
            read = readings.of_case(row)
            facts = (row.kind, row.number, row.site, row.unit, row.about, row.opened_at)
            yield Clock(*facts, read.due, row.handler, read.signal, read.why, row.number)


def _applications(connection: Connection, readings: Readings, units: frozenset[str]) -> Iterator[Clock]:
    for row in connection.execute(select(applications).where(applications.c.state.in_(("applied", "accepted")))):
        if "*" in units or row.unit in units:
            read = readings.of_application(row)
            facts = ("application", row.number, row.site, row.unit, "政府信息公开申请", row.opened_at)
            yield Clock(*facts, read.due, row.handler, read.signal, read.why, f"application-{row.number}")


def _handlings(connection: Connection, readings: Readings, units: frozenset[str]) -> Iterator[Clock]:
    """Of each its own clock, and one for each department that has not replied yet."""
    is_open = handlings.c.state == "open"
    joined = select(handling_replies).join(handlings, handlings.c.id == handling_replies.c.handling)
    asked: dict[str, list[Row[Any]]] = defaultdict(list)
    for one in connection.execute(joined.where(is_open, handling_replies.c.replied_at == "")):
        asked[one.handling].append(one)
    for row in connection.execute(select(handlings).where(is_open)):
        if "*" in units or row.unit in units:
            place, read = (row.number, row.site, row.unit, row.title), readings.of_handling(row)
            yield Clock("handling", *place, row.opened_at, read.due, row.account, read.signal, read.why, row.id)
            for one in asked[row.id]:
                read = readings.of_reply(one, row)
                yield Clock("reply", *place, one.asked_at, read.due, one.department, read.signal, read.why, row.id)
