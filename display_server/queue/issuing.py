"""Giving out numbers (promise 8).

1. One press, one ticket: asking again with the same press gives the same ticket, also days later, also from several
   threads at once, also when the kiosk printed a number of its block meanwhile.
2. A number is taken from its counter and its ticket written in one transaction: no gap, no double.
3. A block is good for today or tomorrow, so that a village that is cut off overnight can open in the morning.
4. A ticket is given back by whoever knows its id, which cannot be guessed, or by the kiosk on which it was pressed;
   not once somebody serves it or has served it (domain.hall.queue). Its number is not given to anybody else.
5. Outside the hours, beyond a day's tickets and while a service is paused nobody gets a new one (domain.hall.opening).
6. A press that was given up gets no ticket any more: its question may still be on the way when nobody stands there.
   A ticket that was printed for it comes in and is given back at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from content_sync.domain import limits
from content_sync.domain.county import Service, Site
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall import tickets as numbers
from content_sync.domain.hall.queue import Event
from content_sync.domain.ids import checked_id, spelled
from display_server.database import sites
from display_server.database.engine import Database
from display_server.database.prepared import Prepared
from display_server.database.tables.queue import blocks, given_up
from display_server.queue import counting, days, log, queries, standing, voids

_nothing = counting.Count(numbers.Counter(), 0)
_given_up = Prepared(
    select(given_up.c.at).where(given_up.c.device == bindparam("device"), given_up.c.press == bindparam("press"))
)


@dataclass(frozen=True)
class Issued:
    """What a kiosk prints: the ticket's address, its number, how many are ahead, when it was issued."""

    ticket: str
    number: str
    ahead: int
    issued: str


@dataclass(frozen=True)
class Lease:
    """A block as a kiosk keeps it."""

    block: str
    service: str
    letter: str
    day: str
    first: int
    last: int


def issue(db: Database, device: str, site_id: str, service_id: str, press: str, claim: str | int = 0) -> Issued:
    """A ticket for a press. Raises Refused when the service gives none, BadInput for a press that is no id.

    `claim` says why it goes first (tickets.claim_of).
    """
    return db.submit(step(db, device, site_id, service_id, press, claim))


def step(
    db: Database, device: str, site_id: str, service_id: str, press: str, claim: str | int = 0
) -> Callable[[Connection], Issued]:
    """`issue` as a step that may share its transaction with others (Database.submit). Raises BadInput at once."""
    checked_id(press, "press")
    claimed = numbers.claim_of(claim)

    def issued(connection: Connection) -> Issued:
        row = queries.by_press(connection, device, press)  # rule 1
        if not row:
            refuse_given_up(connection, device, press)
            site = sites.site(connection, site_id)
            _new(db, connection, device, site, sites.service_of(site, service_id), press, claimed)
            row = queries.by_press(connection, device, press)
        return _issued(connection, row)

    return issued


def cancel(db: Database, ticket: str, by: str = "visitor") -> None:
    """Give a ticket back (rule 4); one that was given back before stays so. Raises Refused when it cannot be."""
    at, today = log.stamp(db)
    with db.write() as connection:
        row = queries.by_id(connection, ticket)
        if row is None or row.day != today:
            raise Refused("没有这张票，或者不是今天的。")
        if row.state != "cancelled":
            log.move(db, connection, row, Event(row.id, "cancelled", at), by)
            counting.give_back(connection, row)


def cancel_press(db: Database, device: str, press: str) -> str:
    """Give back what a press on this device got, now or later (rule 6); the ticket's id, empty when it has none.

    Raises Refused when its ticket cannot be given back any more.
    """
    checked_id(press, "press")
    at, today = log.stamp(db)
    with db.write() as connection:
        if not _is_given_up(connection, device, press):
            connection.execute(given_up.insert().values(device=device, press=press, at=at))
        row = queries.by_press(connection, device, press)
        if row is None or row.day != today:
            return ""
        if row.state != "cancelled":
            log.move(db, connection, row, Event(row.id, "cancelled", at), f"device:{device}")
            counting.give_back(connection, row)
        return str(row.id)


def give_back_late(db: Database, connection: Connection, device: str, press: str) -> None:
    """Give back a printed ticket that comes in for a press that was given up (rule 6)."""
    row = queries.by_press(connection, device, press) if _is_given_up(connection, device, press) else None
    if row and row.state == "waiting":
        log.move(db, connection, row, Event(row.id, "cancelled", log.stamp(db)[0]), f"device:{device}")
        counting.give_back(connection, row)


def lease(db: Database, device: str, site_id: str, service_id: str, day: str = "") -> Lease:
    """A block of numbers for a kiosk that may be cut off (rule 3). Raises Refused beyond the daily bound."""
    at, today = log.stamp(db)
    tomorrow = (date.fromisoformat(today) + timedelta(days=1)).isoformat()
    if day not in {"", today, tomorrow}:
        raise BadInput(f"day is {day!r}; a block is leased for {today} or {tomorrow}.")
    day = day or today
    with db.write() as connection:
        site = sites.site(connection, site_id)
        service = sites.service_of(site, service_id)
        _refuse_hoarding(connection, device, service.id, day)
        before = counting.counter(connection, site.id, day, service.letter)
        first, last, after = numbers.lease(before, limits.lease_numbers)
        counting.keep(connection, site.id, day, service.letter, after, issued=0)
        block = spelled(db.config.ids.random(limits.ticket_id_bytes))
        leased = Lease(block, service.id, service.letter, day, first, last)
        values = {key: value for key, value in vars(leased).items() if key != "block"}
        connection.execute(blocks.insert().values(id=block, device=device, site=site.id, leased_at=at, **values))
    return leased


def _new(
    db: Database,
    connection: Connection,
    device: str,
    site: Site,
    service: Service,
    press: str,
    claimed: tuple[str, int],
) -> None:
    (claim, first), (at, day) = claimed, log.stamp(db)
    days.begin(db, connection, site.id, day)
    counts, paused = counting.of_day(connection, site.id, day), queries.is_paused(connection, site.id, service.id)
    given = standing.of_service(site, service, at, counts, standing.days_of(db.config, site), paused=paused)
    if not given.open:  # rule 5
        raise Refused(given.why)
    before, place = counts.get(service.letter, _nothing), counting.place_now(counts, at)
    running, after = numbers.take(before.numbers)
    voids.lift(connection, site.id, day, service.letter, running)  # the clock was ahead and came back
    counting.keep(connection, site.id, day, service.letter, after, issued=1)  # rule 2
    counting.placed(connection, site.id, day, service.letter, place)
    ticket, number = spelled(db.config.ids.random(limits.ticket_id_bytes)), numbers.number(service.letter, running)
    since = place if place != at else ""
    entry = log.Entry(
        ticket, site.id, day, service.letter, running, number, service.id, first, device, press, 0, at, claim, since
    )
    log.enter(db, connection, entry)


def _issued(connection: Connection, row: Row[Any] | None) -> Issued:
    assert row is not None  # written by this transaction, or found by it
    ahead = queries.ahead(connection, row) if row.state == "waiting" else 0
    return Issued(row.id, row.number, ahead, row.issued)


def refuse_given_up(connection: Connection, device: str, press: str) -> None:
    """Refuse a press that its device gave up before it was answered."""
    if _is_given_up(connection, device, press):  # rule 6
        raise Refused("这次取号已经取消，请再按一次。")


def _is_given_up(connection: Connection, device: str, press: str) -> bool:
    return _given_up.scalar(connection, device=device, press=press) is not None


def _refuse_hoarding(connection: Connection, device: str, service: str, day: str) -> None:
    held = select(func.count()).where(blocks.c.device == device, blocks.c.day == day, blocks.c.service == service)
    if connection.execute(held).scalar_one() >= limits.lease_blocks_per_day_max:
        raise Refused(f"设备 {device} 领的备用号段太多了：先把已经发出的票交上来。")
