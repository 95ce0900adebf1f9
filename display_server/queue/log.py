"""Writing the queue: an event into the log, its effect on the ticket, and the hint to boards, in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from content_sync.clock import place
from content_sync.domain.hall.queue import Event, Ticket, moved
from display_server.database.engine import Database
from display_server.database.prepared import put
from display_server.database.tables.queue import queue_events, tickets
from display_server.queue.queries import as_ticket

_callings = frozenset({"called", "recalled"})
_stamped = {"serving": "serving", "finished": "finished"}  # event → the column that keeps its instant


@dataclass(frozen=True)
class Entry:
    """A ticket as it enters the log."""

    id: str
    site: str
    day: str
    letter: str
    running: int
    number: str
    service: str
    priority: int
    device: str
    press: str
    leased: int
    issued: str
    claim: str = ""
    since: str = ""  # the place in the line, where it is not the instant of issue (a booking, a clock set back)


def stamp(db: Database) -> tuple[str, str]:
    """The present instant and the site's local date, as text in the one offset that the line is sorted by."""
    now = db.config.clock.now().astimezone(place)
    return now.isoformat(), now.date().isoformat()


def day_of(at: str) -> str:
    """The site's local date of an instant."""
    return datetime.fromisoformat(at).astimezone(place).date().isoformat()


def enter(db: Database, connection: Connection, entry: Entry) -> None:
    """Write `issued`."""
    event = Event(
        entry.id,
        "issued",
        entry.issued,
        service=entry.service,
        number=entry.number,
        priority=entry.priority,
        since=entry.since,
    )
    ticket = moved(None, event)
    put(connection, tickets, {**vars(entry), "since": ticket.since, "state": ticket.state})
    _write(db, connection, entry.site, entry.day, event, f"device:{entry.device}")


def move(db: Database, connection: Connection, row: Row[Any], event: Event, actor: str) -> Ticket:
    """Write any later event of the ticket in `row`. Raises Refused when it cannot happen."""
    after = moved(as_ticket(row), event)
    changed: dict[str, str | int] = {name: value for name, value in vars(after).items() if name not in {"id", "number"}}
    if event.kind in _stamped:
        changed[_stamped[event.kind]] = event.at
    seq = _write(db, connection, row.site, row.day, event, actor)
    if event.kind in _callings:
        changed["call"] = seq
    if event.kind == "claim_refused":
        changed["claim"] = ""
    connection.execute(tickets.update().where(tickets.c.id == row.id).values(**changed))
    return after


def _write(db: Database, connection: Connection, site: str, day: str, event: Event, actor: str) -> int:
    """The log's number of the event."""
    values = {**vars(event), "site": site, "day": day, "actor": actor}
    db.announce(connection, "queue", {"site": site})
    return int(put(connection, queue_events, values, giving="seq"))
