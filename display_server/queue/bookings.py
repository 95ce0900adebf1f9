"""Bookings of a hall: read from a list, checked in at a kiosk or a window (the rules: domain.hall.bookings).

1. A list is read line by line: what is no booking is named with its line and its reason, the rest is taken. Reading a
   list again changes nothing; a line that was changed since changes its booking, unless the visitor has come.
2. Checking in gives the ticket in the transaction that finds the booking: one code, one ticket, also from two kiosks at
   once. The same press, or the same code again, gets the same ticket; one that was given back is replaced, in time.
3. Who booked is served: neither a pause of the service nor a full day refuses the ticket. A day that is closed does.
4. A list is taken in parts, each a transaction of its own: a long one keeps nobody from taking a number meanwhile, and
   one that was cut off is read again.
5. Where the clock was set back within the day, who waits came before: no booked time is in front of them then. And
   who comes after a check-in stands behind it, also when the clock is set back in between.
6. Days off are those of the holiday tables as they are known now: a table that was added later refuses the check-in,
   and the bookings that stand on its days are named, for somebody to tell who made them.
"""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, func, select

from content_sync.clock import place
from content_sync.domain import limits
from content_sync.domain.calendar import Calendar
from content_sync.domain.county import Site
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall import bookings as rules
from content_sync.domain.hall import tickets as numbers
from content_sync.domain.ids import checked_id, spelled
from display_server.access import Actor, check
from display_server.config import Config
from display_server.database import audit, sites
from display_server.database.engine import Database
from display_server.database.tables.queue import bookings, tickets
from display_server.queue import counting, days, issuing, log, queries, standing, voids
from display_server.queue.issuing import Issued

_nobodys = frozenset({"cancelled", "voided"})
at_desk = "desk"  # the device of a ticket that a clerk checked in


@dataclass
class Imported:
    """What became of a list: how many bookings are new or changed, how many stood already, and what was refused."""

    created: int = 0
    kept: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)  # line, reason


def lines_of(data: bytes, name: str) -> list[dict[str, str]]:
    """The lines of a CSV file, in UTF-8 or, as Excel saves it, GB18030. Raises BadInput for a file that is none."""
    if len(data) > limits.bookings_bytes_max:
        raise BadInput(f"{name} 太大了：一次最多 {limits.bookings_bytes_max // 1_000_000} MB，请分开导入。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return [
                {str(column).strip(): str(value or "") for column, value in row.items()}
                for row in csv.DictReader(text.splitlines(), strict=True)
            ]
        except csv.Error as error:
            raise BadInput(f"{name} 不是 CSV 表格：{error}。") from error
    raise BadInput(f"{name} 的文字编码认不出来：请另存为 UTF-8 的 CSV。")


def bring(db: Database, actor: Actor, site_id: str, lines: Iterable[Mapping[str, str]]) -> Imported:
    """Take in a list (rules 1 and 4). For the manager, and the server's shell."""
    done, numbered, more = Imported(), enumerate(lines, start=2), True  # the first line names the columns
    while more:
        part = list(islice(numbered, limits.booking_lines_together))
        at, today = log.stamp(db)
        with db.write() as connection:
            site = sites.site(connection, site_id)
            if not actor.may("structure"):
                check(actor, "hall", site.unit)
            closed = standing.days_of(db.config, site)
            for line, row in part:
                try:
                    if _take_in(connection, site, rules.parsed(row, site.services, place), today, at, closed):
                        done.created += 1
                    else:
                        done.kept += 1
                except Refused as error:
                    done.refused.append((line, str(error)))
            if not (more := bool(part)):
                detail = f"{done.created} new, {done.kept} kept, {len(done.refused)} refused"
                audit.append(connection, at, actor.name, actor.via, "booking.import", site.id, detail)
    return done


def check_in(db: Database, device: str, site_id: str, said: str, press: str, claim: str = "") -> Issued:
    """The ticket of whoever booked and says the code (rules 2 and 3). Raises Refused, in a sentence for the visitor."""
    checked_id(press, "press")
    return db.submit(_checking_in(db, device, site_id, said, press, numbers.claim_of(claim)))


def check_in_at_desk(db: Database, actor: Actor, site_id: str, said: str, press: str, claim: str = "") -> Issued:
    """The same by a clerk, for a visitor who asks at a window."""
    with db.read() as connection:
        check(actor, "call", sites.site(connection, site_id).unit)
    return check_in(db, at_desk, site_id, said, press, claim)


def of_day(connection: Connection, site: str, day: str) -> list[Row[Any]]:
    """The bookings of a day, by time."""
    asked = select(bookings).where(bookings.c.site == site, bookings.c.day == day)
    return list(connection.execute(asked.order_by(bookings.c.slot, bookings.c.code)))


def listed(connection: Connection, site: str, day: str) -> list[Row[Any]]:
    """The same with the number of each ticket in `number`, which is None where none was given; one question for all."""
    asked = select(bookings, tickets.c.number).join(tickets, tickets.c.id == bookings.c.ticket, isouter=True)
    of_site = asked.where(bookings.c.site == site, bookings.c.day == day)
    return list(connection.execute(of_site.order_by(bookings.c.slot, bookings.c.code)))


def on_days_off(config: Config, connection: Connection, site: Site, today: str) -> list[tuple[str, Row[Any]]]:
    """Bookings of today and later that stand on a day off, each with its holiday (rule 6); by time."""
    closed = standing.days_of(config, site)
    if not closed.off:
        return []
    to_come = (bookings.c.site == site.id, bookings.c.day >= today, bookings.c.state == "booked")
    firsts = connection.execute(select(bookings.c.day, func.min(bookings.c.slot)).where(*to_come).group_by("day"))
    names = {day: rules.festival(slot, site.rules, closed) for day, slot in firsts}
    of_days = bookings.c.day.in_([day for day, name in names.items() if name])
    found = connection.execute(select(bookings).where(*to_come, of_days).order_by(bookings.c.slot, bookings.c.code))
    return [(names[row.day], row) for row in found]


def _checking_in(
    db: Database, device: str, site_id: str, said: str, press: str, claimed: tuple[str, int]
) -> Callable[[Connection], Issued]:
    def step(connection: Connection) -> Issued:
        row = queries.by_press(connection, device, press)
        if row is None:
            site = sites.site(connection, site_id)
            _, today = log.stamp(db)
            days.begin(db, connection, site.id, today)
            booked = {one.code: one for one in of_day(connection, site.id, today)}
            booking = booked[rules.meant(said, booked)]
            row = queries.by_id(connection, booking.ticket) if booking.ticket else None
            if row is None or row.state in _nobodys:
                issuing.refuse_given_up(connection, device, press)
                row = queries.by_id(connection, _give(db, connection, site, booking, (device, press), claimed))
        assert row is not None  # written by this transaction, or found by it
        return Issued(row.id, row.number, queries.ahead(connection, row) if row.state == "waiting" else 0, row.issued)

    return step


def _give(
    db: Database,
    connection: Connection,
    site: Site,
    booking: Row[Any],
    pressed: tuple[str, str],
    claimed: tuple[str, int],
) -> str:
    at, day = log.stamp(db)
    if booking.state == "no_show":
        raise Refused("今天的业务已经结束，预约没有报到：请改天再来，或者问帮办台。")
    rules.refuse_day_off(booking.slot, site.rules, standing.days_of(db.config, site))
    rules.refuse_untimely(booking.slot, at, site.rules)
    letter = sites.service_of(site, booking.service).letter
    now = counting.place_now(counting.of_day(connection, site.id, day), at)
    running, after = numbers.take(counting.counter(connection, site.id, day, letter))
    voids.lift(connection, site.id, day, letter, running)  # the clock was ahead and came back
    counting.keep(connection, site.id, day, letter, after, issued=1)
    counting.placed(connection, site.id, day, letter, now)  # rule 5: whoever comes next stands behind this one
    ticket, number = spelled(db.config.ids.random(limits.ticket_id_bytes)), numbers.number(letter, running)
    (device, press), (claim, first) = pressed, claimed
    entry = log.Entry(
        ticket,
        site.id,
        day,
        letter,
        running,
        number,
        booking.service,
        first,
        device,
        press,
        0,
        at,
        claim,
        since=booking.slot if now == at else max(booking.slot, now),
    )
    log.enter(db, connection, entry)
    connection.execute(bookings.update().where(*_key(booking)).values(state="arrived", ticket=ticket))
    return ticket


def _take_in(connection: Connection, site: Site, booking: rules.Booking, today: str, at: str, closed: Calendar) -> bool:
    """Whether anything changed (rule 1)."""
    key = (bookings.c.site == site.id, bookings.c.day == booking.day, bookings.c.code == booking.code)
    known = connection.execute(select(bookings).where(*key)).first()
    if known and (known.service, known.slot) == (booking.service, booking.slot):
        return False
    if known and known.state != "booked":
        raise Refused(f"预约 {booking.code} {rules.states[known.state]}，不能再改。")
    rules.refuse_day_off(booking.slot, site.rules, closed)
    if not known or known.service != booking.service:
        of_service = (bookings.c.site == site.id, bookings.c.day == booking.day, bookings.c.service == booking.service)
        booked = connection.execute(select(func.count()).select_from(bookings).where(*of_service)).scalar_one()
        rules.refuse_line(booking, today, booked, site.rules)
    values = {"service": booking.service, "slot": booking.slot, "imported": at}
    if known:
        connection.execute(bookings.update().where(*key).values(**values))
    else:
        fresh = {"site": site.id, "day": booking.day, "code": booking.code, "state": "booked"}
        connection.execute(bookings.insert().values(**fresh, **values))
    return True


def _key(booking: Row[Any]) -> tuple[Any, ...]:
    return bookings.c.site == booking.site, bookings.c.day == booking.day, bookings.c.code == booking.code
