"""Reading what windows accepted."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.domain.hall.handling import Handling, kinds, outcomes, states
from display_server.cases.readings import Readings
from display_server.database.engine import Database
from display_server.database.tables.handlings import handling_numbers, handling_replies, handlings


@dataclass(frozen=True)
class Progress:
    """What anybody may know who holds the number: no personal data. `due` in words when there is no date."""

    site: str
    number: str
    kind: str
    title: str
    step: str
    opened: str
    due: str
    why: str
    signal: str


def by_id(connection: Connection, handling: str) -> Row[Any] | None:
    """The case with this id."""
    return connection.execute(select(handlings).where(handlings.c.id == handling)).first()


def by_paper(connection: Connection, site: str, number: str) -> Row[Any] | None:
    """The case a paper belongs to, also an older paper of it; None: no such number, or a voided one."""
    given = (handling_numbers.c.site == site, handling_numbers.c.number == number, handling_numbers.c.voided_at == "")
    joined = select(handlings).join(handling_numbers, handling_numbers.c.handling == handlings.c.id)
    return connection.execute(joined.where(*given)).first()


def papers_of(connection: Connection, handling: str) -> list[Row[Any]]:
    """Every number a case was given, the first one first."""
    asked = select(handling_numbers).where(handling_numbers.c.handling == handling)
    return list(connection.execute(asked.order_by(handling_numbers.c.given_at, handling_numbers.c.number)))


def replies_of(connection: Connection, handling: str) -> list[Row[Any]]:
    """The departments that are asked, with their replies."""
    asked = select(handling_replies).where(handling_replies.c.handling == handling)
    return list(connection.execute(asked.order_by(handling_replies.c.department)))


def listed(connection: Connection, site: str, *, over: bool, most: int) -> list[Row[Any]]:
    """Cases of a hall: those that wait, what is due first before the others; or those that are over, the newest first.

    What has no date, or none that is known, stands behind.
    """
    ended, at, due = ("done", "returned", "voided"), handlings.c.opened_at, handlings.c.due
    wanted = handlings.c.state.in_(ended) if over else handlings.c.state.not_in(ended)
    order = (at.desc(),) if over else (due == "", due, at)
    asked = select(handlings).where(handlings.c.site == site, wanted)
    return list(connection.execute(asked.order_by(*order).limit(most)))


def asked_of(connection: Connection, departments: frozenset[str]) -> list[Row[Any]]:
    """Cases that wait for a reply of one of these departments, the one that is due first before the others."""
    waits = (handling_replies.c.replied_at == "", handling_replies.c.department.in_(sorted(departments)))
    joined = select(handlings, handling_replies.c.due.label("reply_due")).join(
        handling_replies, handling_replies.c.handling == handlings.c.id
    )
    asked = joined.where(handlings.c.state == "open", *waits)
    return list(connection.execute(asked.order_by(handling_replies.c.due, handlings.c.opened_at)))


def as_handling(connection: Connection, row: Row[Any]) -> Handling:
    """A row as the domain knows it."""
    replies = replies_of(connection, row.id)
    asked = frozenset(one.department for one in replies)
    replied = frozenset(one.department for one in replies if one.replied_at)
    return Handling(row.kind, row.state, row.meant, asked, replied)


def progress(db: Database, connection: Connection, row: Row[Any]) -> Progress:
    """What the public page and the kiosk say of a case (HAL-14): its step and its due date."""
    read = Readings(db, connection).of_handling(row)
    step = states[row.state] + (f"：{outcomes[row.outcome]}" if row.outcome else "")
    due = read.due.isoformat() if read.due else ""
    facts = (row.site, row.number, kinds[row.kind], row.title, step, row.opened_at[:10])
    return Progress(*facts, due, read.why, read.signal)


def by_number(db: Database, connection: Connection, site: str, number: str) -> Progress | None:
    """The same by a printed number of one hall, as `papers.parse` gives it."""
    row = by_paper(connection, site, number)
    return progress(db, connection, row) if row else None
