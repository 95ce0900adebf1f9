"""Tickets that a kiosk printed from its block while it was cut off, handed in later (promise 8).

1. A number counts only when it is of a block leased to this device for that service and day, and was not used.
2. The ticket enters the line at the time it was printed, but not before its block was leased and not after it
   arrived: a kiosk's wrong clock pushes nobody aside, nor does the server's own that was set back (queue, rule 5).
3. The ticket that the server gave for the same press is voided then; one that is being served or was, stays on file.
4. An issued ticket is never lost: a service that was paused meanwhile, or a full day, refuses none. One that comes
   after its day was closed is closed with it (days).
5. A number of a kiosk's own series is of the day on which it was printed. A printing before the series was given, or
   after the ticket arrived, is a wrong clock: then it counts as printed now, for whoever holds it may be waiting.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.domain.errors import Refused
from content_sync.domain.hall import tickets as numbers
from content_sync.domain.hall.queue import Event
from content_sync.domain.ids import checked_id
from display_server.database import instants
from display_server.database.engine import Database
from display_server.database.tables.queue import blocks, tickets
from display_server.queue import counting, days, issuing, log, own_series, queries, voids

_voidable = frozenset({"waiting", "called", "held", "missed"})


@dataclass(frozen=True)
class _Source:
    """What a number came from says of it: hall, day, letters, service, when it was printed, and its places.

    `since` is its place in the line, `arrived` that of somebody who comes as it is handed in.
    """

    site: str
    day: str
    letters: str
    service: str
    printed: str
    since: str
    arrived: str


def hand_in(db: Database, connection: Connection, device: str, body: Mapping[str, str | int]) -> None:
    """Take in one printed ticket inside the caller's transaction.

    Raises BadInput for a body that is none, Refused for a number that is not this device's or was used (rule 1).
    """
    ticket, press = checked_id(body.get("ticket"), "ticket"), checked_id(body.get("press"), "press")
    letters, running = numbers.parse_number(body.get("number"))
    source = (_of_series if len(letters) > 1 else _of_block)(db, connection, device, letters, running, body)
    number, server = numbers.number(letters, running), queries.by_press(connection, device, press)
    if queries.by_id(connection, ticket) or _used(connection, source, running) or (server and server.leased):
        raise Refused(f"{number} was handed in already as another ticket, or its press has one already.")
    (claim, first), at = numbers.claim_of(body.get("claim") or body.get("priority", 0)), log.stamp(db)[0]
    entry = log.Entry(
        ticket,
        source.site,
        source.day,
        letters,
        running,
        number,
        source.service,
        first,
        device,
        press,
        1,
        source.printed,
        claim,
        source.since if source.since != source.printed else "",
    )
    log.enter(db, connection, entry)
    voids.lift(connection, source.site, source.day, letters, running)
    counting.one_more(connection, source.site, source.day, letters[0])
    if log.day_of(at) == source.day:  # whoever comes next stands behind this one, also when the clock is set back
        counting.placed(connection, source.site, source.day, letters[0], source.arrived)
    if server and server.state in _voidable:  # rule 3
        log.move(db, connection, server, Event(server.id, "voided", at, reason="press"), f"device:{device}")
        counting.give_back(connection, server)
    days.close_late(db, connection, source.site, source.day)
    issuing.give_back_late(db, connection, device, press)


def _of_block(
    db: Database, connection: Connection, device: str, letter: str, running: int, body: Mapping[str, str | int]
) -> _Source:
    """Rules 1 and 2."""
    service, day = str(body.get("service")), str(body.get("day"))
    block = _block(connection, device, numbers.Block(service, letter, day, running, running))
    issued, at = instants.parsed(body.get("issued"), "issued"), log.stamp(db)[0]
    printed, arrived = max(issued, block.leased_at), _arrived(connection, block.site, block.day, at)
    return _Source(block.site, block.day, letter, service, min(printed, at), min(printed, arrived), arrived)


def _of_series(
    db: Database, connection: Connection, device: str, letters: str, running: int, body: Mapping[str, str | int]
) -> _Source:
    """Rule 5."""
    row = own_series.of_device(connection, device, letters[1])
    if row is None:
        raise Refused(f"{numbers.number(letters, running)} is not of a series of this device.")
    issued, at = instants.parsed(body.get("issued"), "issued"), log.stamp(db)[0]
    printed = issued if row.given_at <= issued <= at else at
    own_series.used(connection, row, at)
    day = log.day_of(printed)
    arrived = _arrived(connection, row.site, day, at)
    since = issued if row.given_at <= issued <= arrived else arrived
    return _Source(row.site, day, letters, checked_id(body.get("service"), "service"), printed, since, arrived)


def _arrived(connection: Connection, site: str, day: str, at: str) -> str:
    """The place of whoever comes now, of a day that may be over: then the instant itself."""
    return counting.place_now(counting.of_day(connection, site, day), at) if log.day_of(at) == day else at


def _block(connection: Connection, device: str, wanted: numbers.Block) -> Row[Any]:
    asked = select(blocks).where(blocks.c.device == device, blocks.c.day == wanted.day)
    for row in connection.execute(asked.where(blocks.c.letter == wanted.letter)):
        block = numbers.Block(row.service, row.letter, row.day, row.first, row.last)
        if block.holds(wanted.service, wanted.day, wanted.letter, wanted.first):
            return row
    number = numbers.number(wanted.letter, wanted.first)
    raise Refused(f"{number} of {wanted.day} is not in a block of this device.")


def _used(connection: Connection, source: _Source, running: int) -> bool:
    of_day = (tickets.c.site == source.site, tickets.c.day == source.day, tickets.c.letter == source.letters)
    return connection.execute(select(tickets.c.id).where(*of_day, tickets.c.running == running)).first() is not None
