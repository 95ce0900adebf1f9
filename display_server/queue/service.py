"""What a clerk does at a window (B5, GUI-05, promise 9). The rules of the line are content_sync.domain.hall.queue.

1. A clerk acts at the window where they sit, and sits at one window at a time, of all halls. Whoever sits down later
   has the seat: a forgotten sign-out blocks nobody. The plate chosen is lit on the boards until they leave.
2. Calling takes the ticket in the transaction that reads the line: two windows never get the same one.
3. A window that is serving finishes that ticket when it calls the next; one that has only called must first say what
   became of it.
4. Waiting tickets are called by the line only; held and missed ones by name, at any window.
5. A step asked from a page names the step which that page saw last (`seen`): pressed twice, it is done once (repeats).
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.domain.county import Site, Window
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall.queue import Event, Ticket, choose, refuse_busy, turns_after
from display_server.access import Actor, check
from display_server.database import audit, sites
from display_server.database.engine import Database
from display_server.database.tables.queue import paused, seats
from display_server.queue import log, queries, repeats

acts = ("serving", "finished", "recalled", "held", "transferred", "missed", "called", "requeued")


@dataclass(frozen=True)
class Seat:
    """Where a clerk sits, inside one transaction at one instant."""

    site: Site
    window: Window
    row: Row[Any]
    at: str
    day: str


def sit(db: Database, actor: Actor, site_id: str, window_id: str, plate: str) -> None:
    """Sit down at a window and light the plate (rule 1)."""
    at, _ = log.stamp(db)
    with db.write() as connection:
        site, window = _place(connection, actor, site_id, window_id)
        if plate not in {one.name for one in site.staff} | {actor.display_name}:
            raise BadInput("请选择自己的公示牌。")
        mine = seats.c.account == actor.name
        left = connection.execute(select(seats.c.site).where(mine, seats.c.site != site.id)).scalars().all()
        connection.execute(seats.update().where(mine).values(account="", plate="", since=at))
        values = {"account": actor.name, "plate": plate, "since": at}
        here = (seats.c.site == site.id, seats.c.window == window.id)
        if connection.execute(seats.update().where(*here).values(**values)).rowcount == 0:
            connection.execute(seats.insert().values(site=site.id, window=window.id, **values))
        audit.append(connection, at, actor.name, actor.via, "window.sit", f"{site.id}/{window.id}", plate)
        for changed in (site.id, *left):
            db.announce(connection, "queue", {"site": changed})


def leave(db: Database, actor: Actor, site_id: str, window_id: str) -> None:
    """Leave the window: its plate goes dark and the board says 暂停服务 (rule 1)."""
    with db.write() as connection:
        seat = _seat(db, connection, actor, site_id, window_id)
        current = queries.current(connection, seat.site.id, seat.day, window_id)
        refuse_busy(queries.as_ticket(current) if current else None)
        here = (seats.c.site == seat.site.id, seats.c.window == window_id)
        connection.execute(seats.update().where(*here).values(account="", plate="", since=seat.at))
        audit.append(connection, seat.at, actor.name, actor.via, "window.leave", f"{seat.site.id}/{window_id}")
        db.announce(connection, "queue", {"site": seat.site.id})


def call_next(db: Database, actor: Actor, site_id: str, window_id: str, seen: int | None = None) -> Ticket | None:
    """Call whose turn it is; None when nobody waits (rules 2, 3 and 5)."""
    with db.write() as connection:
        seat = _seat(db, connection, actor, site_id, window_id)
        repeats.refuse(connection, seat.site.id, seat.day, window_id, seen, "next")
        current = queries.current(connection, seat.site.id, seat.day, window_id)
        if current and current.state == "serving":
            _move(db, connection, actor, seat, current, "finished")
        elif current:
            refuse_busy(queries.as_ticket(current))
        turns = seat.row.turns if seat.row.turns_day == seat.day else 0
        heads = queries.heads(connection, seat.site.id, seat.day, seat.window.services)
        found = choose(*heads, turns)
        row = queries.by_id(connection, found.id) if found else None
        if row is None:
            return None
        values = {"turns_day": seat.day, "turns": turns_after(turns, row.priority)}
        here = (seats.c.site == seat.site.id, seats.c.window == window_id)
        connection.execute(seats.update().where(*here).values(**values))
        return _move(db, connection, actor, seat, row, "called")


def act(
    db: Database,
    actor: Actor,
    site_id: str,
    window_id: str,
    kind: str,
    ticket: str,
    service: str = "",
    seen: int | None = None,
) -> Ticket:
    """Any other step with one ticket of today. Raises Refused, in a sentence for the clerk, when it cannot be."""
    if kind not in acts:
        raise BadInput(f"没有“{kind}”这一步。")
    with db.write() as connection:
        seat = _seat(db, connection, actor, site_id, window_id)
        repeats.refuse(connection, seat.site.id, seat.day, window_id, seen, kind, ticket)  # rule 5
        row = queries.by_id(connection, ticket)
        if row is None or (row.site, row.day) != (seat.site.id, seat.day):
            raise Refused("没有这张票，或者不是今天的。")
        if kind == "called":
            if row.state == "waiting":  # rule 4
                raise Refused(f"{row.number} 还在排队，轮到时会叫到。")
            current = queries.current(connection, seat.site.id, seat.day, window_id)
            refuse_busy(queries.as_ticket(current) if current else None)
        if kind == "transferred":
            service = sites.service_of(seat.site, service).id
        return _move(db, connection, actor, seat, row, kind, service)


def pause(db: Database, actor: Actor, site_id: str, service_id: str, *, stop: bool) -> None:
    """Stop or resume giving tickets for a service; who waits already is served."""
    at, _ = log.stamp(db)
    with db.write() as connection:
        site = sites.site(connection, site_id)
        check(actor, "call", site.unit)
        service = sites.service_of(site, service_id)
        connection.execute(paused.delete().where(paused.c.site == site.id, paused.c.service == service.id))
        if stop:
            connection.execute(paused.insert().values(site=site.id, service=service.id, since=at))
        action = "service.pause" if stop else "service.resume"
        audit.append(connection, at, actor.name, actor.via, action, f"{site.id}/{service.id}")
        db.announce(connection, "queue", {"site": site.id})


def _move(
    db: Database, connection: Connection, actor: Actor, seat: Seat, row: Row[Any], kind: str, service: str = ""
) -> Ticket:
    event = Event(row.id, kind, seat.at, window=seat.window.id, service=service)
    return log.move(db, connection, row, event, actor.name)


def _seat(db: Database, connection: Connection, actor: Actor, site_id: str, window_id: str) -> Seat:
    at, day = log.stamp(db)
    site, window = _place(connection, actor, site_id, window_id)
    row = queries.taken_seats(connection, site.id).get(window.id)
    if row is None or row.account != actor.name:  # rule 1
        raise Refused(f"您现在不在{window.number}号窗口：请先在这个窗口登录。")
    return Seat(site, window, row, at, day)


def _place(connection: Connection, actor: Actor, site_id: str, window_id: str) -> tuple[Site, Window]:
    site = sites.site(connection, site_id)
    check(actor, "call", site.unit)
    return site, sites.window_of(site, window_id)
