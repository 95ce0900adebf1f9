"""What a clerk does at a window (B5, GUI-05, promise 9), by the rules of content_sync.domain.hall.{queue,fairness}.

1. A clerk acts at the window where they sit, and sits at one window at a time, of all halls. Whoever sits down later
   has the seat: a forgotten sign-out blocks nobody. The plate chosen is lit on the boards until they leave. Whoever
   stands at the window that was left is named to the clerk who left it, and to the hall's manager.
2. Calling takes the ticket in the transaction that reads the line: two windows never get the same one.
3. A window that is serving finishes that ticket when it calls the next; one that has only called must first say what
   became of it.
4. Waiting tickets are called by the line only; held and missed ones by name, at any window.
5. A step asked from a page names the step which that page saw last (`seen`): pressed twice, it is done once (repeats).
6. A ticket is transferred to a service, or to an open window by name (`to_window`), which then alone calls it.
"""

from typing import Any

from sqlalchemy import Connection, Row

from content_sync.domain.county import Service
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall.fairness import choose, place_of_return, refuse_recall
from content_sync.domain.hall.queue import Event, Ticket, refuse_busy, turns_after
from display_server.access import Actor, check
from display_server.database import audit, sites
from display_server.database.engine import Database
from display_server.database.tables.queue import paused, seats
from display_server.queue import days, log, queries, repeats
from display_server.queue.seats import empty, of_account, reasons, unserved
from display_server.queue.sitting import Seat, place_of, seat_of

acts = (
    "serving",
    "finished",
    "recalled",
    "held",
    "transferred",
    "missed",
    "called",
    "requeued",
    "claim_refused",
)


def sit(db: Database, actor: Actor, site_id: str, window_id: str, plate: str) -> list[str]:
    """Sit down at a window and light the plate; who stands at a window that was left so, in words (rule 1)."""
    (at, day), left = log.stamp(db), list[str]()
    with db.write() as connection:
        site, window = place_of(db, connection, actor, site_id, window_id)
        if plate not in {one.name for one in site.staff} | {actor.display_name}:
            raise BadInput("请选择自己的公示牌。")
        for row in of_account(connection, actor.name):
            if (row.site, row.window) != (site.id, window.id):
                empty(db, connection, row, "away", actor.name)
                left += _standing_at(connection, row, day)
        values = {"account": actor.name, "plate": plate, "since": at, "why": ""}
        here = (seats.c.site == site.id, seats.c.window == window.id)
        if connection.execute(seats.update().where(*here).values(**values)).rowcount == 0:
            connection.execute(seats.insert().values(site=site.id, window=window.id, **values))
        days.reopen(connection, site.id)
        audit.append(connection, at, actor.name, actor.via, "window.sit", f"{site.id}/{window.id}", plate)
        db.announce(connection, "queue", {"site": site.id})
    return left


def leave(db: Database, actor: Actor, site_id: str, window_id: str, why: str = "away") -> list[Service]:
    """Leave the window for a reason (seats.reasons): its plate goes dark and the board says 暂停服务.

    Who waited for this window by name waits for their service again. Returns the services that people still wait for
    and no open window serves now: the clerk is told, the manager sees it.
    """
    if why not in reasons:
        raise BadInput(f"没有“{why}”这种离开的原因。")
    with db.write() as connection:
        seat = seat_of(db, connection, actor, site_id, window_id)
        current = queries.current(connection, seat.site.id, seat.day, window_id)
        refuse_busy(queries.as_ticket(current) if current else None)
        empty(db, connection, seat.row, why, actor.name)
        audit.append(connection, seat.at, actor.name, actor.via, "window.leave", f"{seat.site.id}/{window_id}", why)
        return unserved(connection, seat.site, seat.day, seat.at)


def call_next(db: Database, actor: Actor, site_id: str, window_id: str, seen: int | None = None) -> Ticket | None:
    """Call whose turn it is; None when nobody waits (rules 2, 3 and 5)."""
    with db.write() as connection:
        seat = seat_of(db, connection, actor, site_id, window_id)
        repeats.refuse(connection, seat.site.id, seat.day, window_id, seen, "next")
        current = queries.current(connection, seat.site.id, seat.day, window_id)
        if current and current.state == "serving":
            _move(db, connection, actor, Event(current.id, "finished", seat.at, window=window_id), current)
        elif current:
            refuse_busy(queries.as_ticket(current))
        turns = seat.row.turns if seat.row.turns_day == seat.day else 0
        heads = queries.heads(connection, seat.site.id, seat.day, window_id, seat.services)
        found = choose(*heads, turns, seat.site.rules, seat.at)
        row = queries.by_id(connection, found.id) if found else None
        if row is None:
            return None
        values = {"turns_day": seat.day, "turns": turns_after(turns, row.priority)}
        here = (seats.c.site == seat.site.id, seats.c.window == window_id)
        connection.execute(seats.update().where(*here).values(**values))
        return _move(db, connection, actor, Event(row.id, "called", seat.at, window=window_id), row)


def act(
    db: Database,
    actor: Actor,
    site_id: str,
    window_id: str,
    kind: str,
    ticket: str,
    service: str = "",
    seen: int | None = None,
    *,
    to_window: str = "",
) -> Ticket:
    """Any other step with one ticket of today. Raises Refused, in a sentence for the clerk, when it cannot be.

    `transferred` goes with `service`, or with `to_window` (rule 6). `claim_refused` leaves the window free; what the
    clerk says to the visitor is content_sync.domain.hall.claims.refusal.
    """
    if kind not in acts:
        raise BadInput(f"没有“{kind}”这一步。")
    with db.write() as connection:
        seat = seat_of(db, connection, actor, site_id, window_id)
        repeats.refuse(connection, seat.site.id, seat.day, window_id, seen, kind, ticket)  # rule 5
        row = queries.by_id(connection, ticket)
        if row is None or (row.site, row.day) != (seat.site.id, seat.day):
            raise Refused("没有这张票，或者不是今天的。")
        event = Event(row.id, kind, seat.at, window=window_id)
        if kind == "called":
            _check_named(connection, seat, row)
        elif kind == "recalled":
            refuse_recall(queries.as_ticket(row), seat.site.rules)
        elif kind == "transferred":
            event = _transfer(connection, seat, row, service, to_window)
        elif kind == "requeued":
            event = Event(row.id, kind, seat.at, window=window_id, since=_place(connection, seat, row))
        return _move(db, connection, actor, event, row)


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


def _standing_at(connection: Connection, seat: Row[Any], day: str) -> list[str]:
    current = queries.current(connection, seat.site, day, seat.window)
    if current is None:
        return []
    site = sites.site(connection, seat.site)
    return [f"{current.number} 还在{site.name}{sites.window_of(site, seat.window).number}号窗口等您。"]


def _check_named(connection: Connection, seat: Seat, row: Row[Any]) -> None:
    if row.state == "waiting":  # rule 4
        raise Refused(f"{row.number} 还在排队，轮到时会叫到。")
    current = queries.current(connection, seat.site.id, seat.day, seat.window.id)
    refuse_busy(queries.as_ticket(current) if current else None)


def _transfer(connection: Connection, seat: Seat, row: Row[Any], service: str, to_window: str) -> Event:
    if service or not to_window:
        service = sites.service_of(seat.site, service).id
    if not to_window:
        return Event(row.id, "transferred", seat.at, window=seat.window.id, service=service)
    target = sites.window_of(seat.site, to_window)
    if target.id == seat.window.id:
        raise Refused(f"{row.number} 就在{target.number}号窗口：要等一等请点“暂放”。")
    if target.id not in queries.taken_seats(connection, seat.site.id):
        raise Refused(f"{target.number}号窗口现在暂停服务：请转到业务，或者转到开着的窗口。")
    return Event(
        row.id, "transferred", seat.at, window=seat.window.id, service=service or row.service, target=target.id
    )


def _place(connection: Connection, seat: Seat, row: Row[Any]) -> str:
    if row.state != "missed":
        return ""  # its own
    most = seat.site.rules.missed_places * (row.returns + 1)
    waiting = queries.standing(connection, seat.site.id, seat.day, row.service, row.priority, most)
    return place_of_return(queries.as_ticket(row), waiting, seat.site.rules, seat.at)


def _move(db: Database, connection: Connection, actor: Actor, event: Event, row: Row[Any]) -> Ticket:
    return log.move(db, connection, row, event, actor.name)
