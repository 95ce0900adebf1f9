"""A clerk at a window: every action of one begins here.

1. A clerk acts at the window where they sit, and sits at one window at a time, of all halls.
2. The first action of a new day closes the days before it (days): yesterday's seats are empty then.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from content_sync.domain.county import Site, Window
from content_sync.domain.errors import Refused
from display_server.access import Actor, check
from display_server.database import sites
from display_server.database.engine import Database
from display_server.queue import days, log, queries
from display_server.queue.seats import served


@dataclass(frozen=True)
class Seat:
    """Where a clerk sits, inside one transaction at one instant. `services`: what the window serves now."""

    site: Site
    window: Window
    services: frozenset[str]
    row: Row[Any]
    at: str
    day: str


def seat_of(db: Database, connection: Connection, actor: Actor, site_id: str, window_id: str) -> Seat:
    """The seat of a clerk who acts. Raises Refused when they sit elsewhere (rule 1)."""
    at, day = log.stamp(db)
    site, window = place_of(db, connection, actor, site_id, window_id)
    row = queries.taken_seats(connection, site.id).get(window.id)
    if row is None or row.account != actor.name:
        raise Refused(f"您现在不在{window.number}号窗口：请先在这个窗口登录。")
    return Seat(site, window, served(connection, site, day, at)[window.id], row, at, day)


def place_of(db: Database, connection: Connection, actor: Actor, site_id: str, window_id: str) -> tuple[Site, Window]:
    """A site and its window, for a clerk of it (rule 2)."""
    site = sites.site(connection, site_id)
    check(actor, "call", site.unit)
    days.begin(db, connection, site.id, log.stamp(db)[1])
    return site, sites.window_of(site, window_id)
