"""Tickets that a kiosk printed from its block while it was cut off, handed in later (promise 8).

1. A number counts only when it is of a block leased to this device for that service and day, and was not used.
2. The ticket enters the line at the time it was printed, but not before its block was leased and not after it
   arrived: a kiosk's wrong clock pushes nobody aside.
3. The ticket that the server gave for the same press is voided then; one that is being served or was, stays on file.
4. An issued ticket is never lost: a service that was paused meanwhile, or a full day, refuses none. One that comes
   after its day was closed is closed with it (days).
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.domain.errors import Refused
from content_sync.domain.hall import tickets as numbers
from content_sync.domain.hall.queue import Event
from content_sync.domain.ids import checked_id
from display_server.database import instants
from display_server.database.engine import Database
from display_server.database.tables.queue import blocks, tickets
from display_server.queue import counting, days, log, queries

_voidable = frozenset({"waiting", "called", "held", "missed"})


def hand_in(db: Database, connection: Connection, device: str, body: Mapping[str, str | int]) -> None:
    """Take in one printed ticket inside the caller's transaction.

    Raises BadInput for a body that is none, Refused for a number that is not this device's or was used (rule 1).
    """
    ticket, press = checked_id(body.get("ticket"), "ticket"), checked_id(body.get("press"), "press")
    letter, running = numbers.parse_number(body.get("number"))
    number, service, day = numbers.number(letter, running), str(body.get("service")), str(body.get("day"))
    block = _block(connection, device, numbers.Block(service, letter, day, running, running))
    server = queries.by_press(connection, device, press)
    if queries.by_id(connection, ticket) or _used(connection, block, running) or (server and server.leased):
        raise Refused(f"{number} was handed in already as another ticket, or its press has one already.")
    at, _ = log.stamp(db)
    printed = min(max(instants.parsed(body.get("issued"), "issued"), block.leased_at), at)  # rule 2
    claim, first = numbers.claim_of(body.get("claim") or body.get("priority", 0))
    entry = log.Entry(
        ticket, block.site, day, letter, running, number, service, first, device, press, 1, printed, claim
    )
    log.enter(db, connection, entry)
    counted = counting.counter(connection, block.site, day, letter)
    counting.keep(connection, block.site, day, letter, counted, issued=1)
    if server and server.state in _voidable:  # rule 3
        log.move(db, connection, server, Event(server.id, "voided", at, reason="press"), f"device:{device}")
        counting.give_back(connection, server)
    days.close_late(db, connection, block.site, day)


def _block(connection: Connection, device: str, wanted: numbers.Block) -> Row[Any]:
    asked = select(blocks).where(blocks.c.device == device, blocks.c.day == wanted.day)
    for row in connection.execute(asked.where(blocks.c.letter == wanted.letter)):
        block = numbers.Block(row.service, row.letter, row.day, row.first, row.last)
        if block.holds(wanted.service, wanted.day, wanted.letter, wanted.first):
            return row
    number = numbers.number(wanted.letter, wanted.first)
    raise Refused(f"{number} of {wanted.day} is not in a block of this device.")


def _used(connection: Connection, block: Row[Any], running: int) -> bool:
    of_day = (tickets.c.site == block.site, tickets.c.day == block.day, tickets.c.letter == block.letter)
    return connection.execute(select(tickets.c.id).where(*of_day, tickets.c.running == running)).first() is not None
