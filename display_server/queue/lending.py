"""What the manager may do about windows in the middle of a day (B6, action `hall`).

1. A window may for a time also serve other services: until an instant of today, or to the end of the day. What it was
   lent it gives back by itself; its own services it keeps.
2. A window whose clerk went home without leaving is emptied; who waited for it by name waits for their service again.
   One that has somebody in front of it is not: somebody takes the seat over and finishes.
3. Whoever takes a service away from windows is told which services nobody serves then (seats.unserved).
"""

from datetime import timedelta

from sqlalchemy import Connection

from content_sync.domain import limits
from content_sync.domain.county import Service, Site
from content_sync.domain.errors import BadInput, Refused
from display_server.access import Actor, check
from display_server.database import audit, instants, sites
from display_server.database.engine import Database
from display_server.database.tables.queue import lent
from display_server.queue import days, log, queries
from display_server.queue.seats import empty, unserved


def lend(db: Database, actor: Actor, site_id: str, window_id: str, service_id: str, minutes: int = 0) -> None:
    """Let a window serve one more service for so many minutes; 0: to the end of the day (rule 1)."""
    at, day = log.stamp(db)
    if not 0 <= minutes <= limits.lent_minutes_max:
        raise BadInput(f"借用时间要在 0 到 {limits.lent_minutes_max} 分钟之间；0 是到今天结束。")
    until = instants.text_of(db.config.clock.now() + timedelta(minutes=minutes)) if minutes else ""
    with db.write() as connection:
        site = _site(db, connection, actor, site_id)
        window, service = sites.window_of(site, window_id), sites.service_of(site, service_id)
        if service.id in window.services:
            raise Refused(f"{window.number}号窗口本来就办“{service.name}”。")
        _give_back(connection, site, window.id, service.id)
        values = {"site": site.id, "window": window.id, "service": service.id, "day": day, "until": until}
        connection.execute(lent.insert().values(**values))
        _note(db, connection, actor, site, "window.lend", f"{window.id} {service.id} {until}".strip(), at)


def take_back(db: Database, actor: Actor, site_id: str, window_id: str, service_id: str) -> list[Service]:
    """End the lending at once; the services that nobody serves now (rules 1 and 3)."""
    at, day = log.stamp(db)
    with db.write() as connection:
        site = _site(db, connection, actor, site_id)
        if not _give_back(connection, site, sites.window_of(site, window_id).id, service_id):
            raise Refused("这个窗口没有借办这项业务。")
        _note(db, connection, actor, site, "window.take_back", f"{window_id} {service_id}", at)
        return unserved(connection, site, day, at)


def empty_window(db: Database, actor: Actor, site_id: str, window_id: str) -> list[Service]:
    """Close a window whose clerk has gone; the services that nobody serves now (rules 2 and 3)."""
    at, day = log.stamp(db)
    with db.write() as connection:
        site = _site(db, connection, actor, site_id)
        window = sites.window_of(site, window_id)
        row = queries.taken_seats(connection, site.id).get(window.id)
        if row is None:
            raise Refused(f"{window.number}号窗口现在没有人。")
        current = queries.current(connection, site.id, day, window.id)
        if current:
            raise Refused(f"{window.number}号窗口还有 {current.number}：请让一位同事在这个窗口登录，办完或者转走。")
        empty(db, connection, row, "closed", actor.name)
        _note(db, connection, actor, site, "window.empty", f"{window.id} {row.account}", at)
        return unserved(connection, site, day, at)


def _site(db: Database, connection: Connection, actor: Actor, site_id: str) -> Site:
    site = sites.site(connection, site_id)
    check(actor, "hall", site.unit)
    days.begin(db, connection, site.id, log.stamp(db)[1])
    return site


def _give_back(connection: Connection, site: Site, window: str, service: str) -> bool:
    this = (lent.c.site == site.id, lent.c.window == window, lent.c.service == service)
    return connection.execute(lent.delete().where(*this)).rowcount > 0


def _note(db: Database, connection: Connection, actor: Actor, site: Site, action: str, detail: str, at: str) -> None:
    audit.append(connection, at, actor.name, actor.via, action, site.id, detail)
    db.announce(connection, "queue", {"site": site.id})
