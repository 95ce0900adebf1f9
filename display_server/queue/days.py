"""The end of a day, and that it comes by itself (QUE-01, promise 8).

1. A day is over at midnight of the place. The first action of a new day closes every earlier one; upkeep does so too,
   so that plates do not shine through the night.
2. Closing a day voids, with the reason `day_end`, every ticket that waits, was called or is held. Whoever is being
   served was served: that ticket is finished. A missed ticket stays missed.
3. Then nobody sits at a window any more, lent services go back, whoever did not come for a booking is a no-show, and
   why tickets went first is erased. Numbers that are nobody's get their reasons (voids).
4. The manager may close a day early, by hand. A window that has somebody in front of it finishes in peace, and no
   ticket is given until somebody sits down again, or the next day begins.
5. A ticket that a cut-off kiosk hands in after its day is closed in the step in which it enters.
6. Nothing is deleted: numbers, log and history stay. What a clock that was ahead closed stays closed; when it comes
   back, the days it ran ahead through are closed too, and days go on from the true one. A clock that lies before what
   was signed or mirrored here is the wrong one itself (a dead battery): it closes nothing and begins no day.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from content_sync.clock import place
from content_sync.domain.county import Site
from content_sync.domain.hall.queue import Event, at_window
from display_server.access import Actor, check
from display_server.database import audit, sites
from display_server.database.engine import Database
from display_server.database.prepared import Prepared
from display_server.database.tables.content import editions
from display_server.database.tables.queue import bookings, days, lent, paused, seats, tickets
from display_server.database.tables.relaying import mirrored
from display_server.queue import log, voids
from display_server.queue.seats import empty

_open = ("waiting", "called", "serving", "held")
_begun = Prepared(select(days.c.begun).where(days.c.site == bindparam("of_site")))
_by_itself = "day_end"  # the actor of what nobody asked for


def begin(db: Database, connection: Connection, site: str, today: str) -> None:
    """Close every day before `today` that is not closed yet, in the caller's transaction (rules 1 and 6)."""
    begun = _begun.scalar(connection, of_site=site) or ""
    if begun == today or (begun > today and today < signed_day(connection)):  # rule 6
        return
    if not begun:
        connection.execute(days.insert().values(site=site, begun=today))
    else:
        connection.execute(days.update().where(days.c.site == site).values(begun=today))
    at, _ = log.stamp(db)
    ahead = begun > today  # rule 6
    over = (tickets.c.day > today, tickets.c.day <= begun) if ahead else (tickets.c.day < today,)
    _close(db, connection, site, over, at)
    voids.close(connection, site, today, at)
    for row in connection.execute(select(seats).where(seats.c.site == site, seats.c.account != "")).all():
        empty(db, connection, row, "closed", _by_itself)
    connection.execute(lent.delete().where(lent.c.site == site, lent.c.day < today))
    connection.execute(paused.delete().where(paused.c.site == site, paused.c.reason == _by_itself))
    _no_shows(connection, site, bookings.c.day < today)


def signed_day(connection: Connection) -> str:
    """The local date of the newest edition signed or mirrored here; empty before the first."""
    times = [
        connection.execute(select(func.max(editions.c.time)).where(editions.c.done == 1)).scalar(),
        connection.execute(select(func.max(mirrored.c.as_of))).scalar(),
    ]
    return max((log.day_of(time) for time in times if time), default="")


def begin_all(db: Database) -> None:
    """Close what is past in every hall (rule 1)."""
    _, today = log.stamp(db)
    with db.read() as connection:
        begun = {row.site: row.begun for row in connection.execute(select(days))}
        found = [site.id for site in sites.every(connection) if begun.get(site.id) != today]
    for site in found:
        with db.write() as connection:
            begin(db, connection, site, today)


def end(db: Database, actor: Actor, site_id: str) -> int:
    """Close today by hand (rule 4); how many tickets were closed with it. For the manager, and the server's shell."""
    at, today = log.stamp(db)
    with db.write() as connection:
        site = sites.site(connection, site_id)
        if not actor.may("structure"):
            check(actor, "hall", site.unit)
        begin(db, connection, site.id, today)
        busy = (tickets.c.day == today, tickets.c.state.not_in(sorted(at_window)))
        closed = _close(db, connection, site.id, busy, at)
        at_work = select(tickets.c.window).where(
            tickets.c.site == site.id, tickets.c.day == today, tickets.c.state.in_(sorted(at_window))
        )
        working = set(connection.execute(at_work).scalars())
        for row in connection.execute(select(seats).where(seats.c.site == site.id, seats.c.account != "")).all():
            if row.window not in working:
                empty(db, connection, row, "closed", actor.name)
        _pause_all(connection, site, at)
        _no_shows(connection, site.id, bookings.c.day <= today)
        audit.append(connection, at, actor.name, actor.via, "hall.day_end", site.id, str(closed))
        db.announce(connection, "queue", {"site": site.id})
    return closed


def reopen(connection: Connection, site: str) -> None:
    """Give tickets again after a day that was closed early: somebody sits down (rule 4)."""
    connection.execute(paused.delete().where(paused.c.site == site, paused.c.reason == _by_itself))


def close_late(db: Database, connection: Connection, site: str, day: str) -> None:
    """Close what was handed in after its day (rule 5)."""
    at, today = log.stamp(db)
    if day < today:
        _close(db, connection, site, (tickets.c.day == day,), at)


def _close(db: Database, connection: Connection, site: str, which: tuple[Any, ...], at: str) -> int:
    """Rules 2 and 3 for the tickets named; how many were voided."""
    asked = select(tickets).where(tickets.c.site == site, tickets.c.state.in_(_open), *which)
    voided = 0
    for row in connection.execute(asked.order_by(tickets.c.day, tickets.c.running)).all():
        event = _closing(row, min(at, _end_of(row.day)))
        voided += event.kind == "voided"
        log.move(db, connection, row, event, _by_itself)
    connection.execute(tickets.update().where(tickets.c.site == site, tickets.c.claim != "", *which).values(claim=""))
    return voided


def _closing(row: Row[Any], at: str) -> Event:
    if row.state == "serving":
        return Event(row.id, "finished", at, window=row.window)
    return Event(row.id, "voided", at, reason=_by_itself)


def _end_of(day: str) -> str:
    last = datetime.combine(date.fromisoformat(day), time(), place) + timedelta(days=1, microseconds=-1)
    return last.isoformat()


def _pause_all(connection: Connection, site: Site, at: str) -> None:
    stopped = set(connection.execute(select(paused.c.service).where(paused.c.site == site.id)).scalars())
    for service in site.services:
        if service.id not in stopped:
            connection.execute(paused.insert().values(site=site.id, service=service.id, since=at, reason=_by_itself))


def _no_shows(connection: Connection, site: str, which: Any) -> None:
    absent = (bookings.c.site == site, bookings.c.state == "booked", which)
    connection.execute(bookings.update().where(*absent).values(state="no_show"))
