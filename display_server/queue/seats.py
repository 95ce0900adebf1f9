"""Who sits where, what a window serves at present, and what becomes of those who waited for it (B5, GUI-05).

1. Whoever leaves says why: away, at lunch, closed for today. The board says 暂停服务 either way.
2. When a window is left, the tickets that waited for it by name wait for their service again, at their own place.
3. A window serves its own services, and those it is lent for the time being (lending).
4. A service with people waiting and no open window is named to whoever leaves, and to the manager.
"""

from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.domain.county import Service, Site
from content_sync.domain.hall.queue import Event
from display_server.database.engine import Database
from display_server.database.tables.queue import seats
from display_server.queue import log, queries

reasons: dict[str, str] = {"away": "暂时离开", "lunch": "午间休息", "closed": "今天不再办理"}


def served(connection: Connection, site: Site, day: str, at: str) -> dict[str, frozenset[str]]:
    """By window: the services it serves at this instant, open or not (rule 3)."""
    lent = queries.lent_services(connection, site.id, day, at)
    return {window.id: frozenset(window.services) | lent.get(window.id, set()) for window in site.windows}


def unserved(connection: Connection, site: Site, day: str, at: str) -> list[Service]:
    """The services that somebody waits for and no open window serves (rule 4)."""
    taken = queries.taken_seats(connection, site.id)
    open_for = {
        one for window, all_of in served(connection, site, day, at).items() if window in taken for one in all_of
    }
    waiting = queries.waiting(connection, site.id, day)
    return [service for service in site.services if service.id in waiting and service.id not in open_for]


def empty(db: Database, connection: Connection, row: Row[Any], why: str, actor: str) -> None:
    """Nobody sits at the window of this row of seats any more (rules 1 and 2)."""
    at, day = log.stamp(db)
    here = (seats.c.site == row.site, seats.c.window == row.window)
    connection.execute(seats.update().where(*here).values(account="", plate="", why=why, since=at))
    for ticket in queries.waiting_for_window(connection, row.site, day, row.window):
        log.move(db, connection, ticket, Event(ticket.id, "redistributed", at), actor)
    db.announce(connection, "queue", {"site": row.site})


def of_account(connection: Connection, account: str) -> list[Row[Any]]:
    """Where this account sits, in all halls."""
    return list(connection.execute(select(seats).where(seats.c.account == account)))


def last_reasons(connection: Connection, site: str) -> dict[str, str]:
    """By window where nobody sits: why whoever sat there last left (rule 1)."""
    asked = select(seats.c.window, seats.c.why).where(seats.c.site == site, seats.c.account == "", seats.c.why != "")
    return {row.window: row.why for row in connection.execute(asked)}
