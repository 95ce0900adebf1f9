"""The hall at this moment: who waits for what, which windows are open and what they do.

1. A line is long when its first visitor has waited for longer than `HallRules.ageing_minutes`.
2. A window is open while somebody sits there; what it does is told by its ticket.
3. Times are whole minutes up to now; of the future nothing is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.domain.county import Service, Site, Window
from content_sync.domain.hall.queue import at_window, states
from content_sync.domain.hall.statistics import Visit
from display_server.database.tables.queue import tickets
from display_server.queue import queries

_next_shown = 4


@dataclass(frozen=True)
class ServiceLine:
    """Who waits for one service; `longest` are minutes, `following` the numbers that stand in front."""

    letter: str
    name: str
    waiting: int
    priority: int
    longest: int
    following: tuple[str, ...]
    windows: int
    paused: bool
    long: bool


@dataclass(frozen=True)
class WindowNow:
    """One window: `plate` of who sits there (empty: paused), its current number and for how many minutes."""

    number: int
    name: str
    place: str
    plate: str
    since: str
    current: str
    doing: str
    minutes: int
    served: int


def lines(connection: Connection, site: Site, day: str, now: datetime) -> list[ServiceLine]:
    """Every service's line."""
    asked = select(tickets).where(tickets.c.site == site.id, tickets.c.day == day, tickets.c.state == "waiting")
    rows = connection.execute(asked.order_by(tickets.c.since, tickets.c.running)).all()
    seated, paused = queries.taken_seats(connection, site.id), queries.paused_services(connection, site.id)
    opened = [window for window in site.windows if window.id in seated]
    return [
        _line(site, service, [row for row in rows if row.service == service.id], opened, now, service.id in paused)
        for service in site.services
    ]


def windows(connection: Connection, site: Site, day: str, now: datetime, today: Iterable[Visit]) -> list[WindowNow]:
    """Every window, in the order of the numbers above them."""
    seated = queries.taken_seats(connection, site.id)
    current = {row.window: row for row in queries.listed(connection, site.id, day, sorted(at_window))}
    served: dict[str, int] = {}
    for visit in today:
        if visit.outcome == "served":
            served[visit.window] = served.get(visit.window, 0) + 1
    found = [
        _window(window, seated.get(window.id), current.get(window.id), now, served.get(window.id, 0))
        for window in site.windows
    ]
    return sorted(found, key=lambda window: window.number)


def _line(
    site: Site, service: Service, rows: list[Row[Any]], opened: list[Window], now: datetime, paused: bool
) -> ServiceLine:
    longest = max((_minutes(row.issued, now) for row in rows), default=0)
    first = sorted(rows, key=lambda row: -row.priority)  # keeps the order of each class
    return ServiceLine(
        letter=service.letter,
        name=service.name,
        waiting=len(rows),
        priority=sum(bool(row.priority) for row in rows),
        longest=longest,
        following=tuple(row.number for row in first[:_next_shown]),
        windows=sum(service.id in window.services for window in opened),
        paused=paused,
        long=longest > site.rules.ageing_minutes,  # rule 1
    )


def _window(window: Window, seat: Row[Any] | None, row: Row[Any] | None, now: datetime, served: int) -> WindowNow:
    since = (row.serving if row.state == "serving" else "") or row.called if row else ""
    return WindowNow(
        number=window.number,
        name=window.name,
        place=window.place,
        plate=seat.plate if seat else "",
        since=seat.since[11:16] if seat else "",
        current=row.number if row else "",
        doing=states[row.state] if row else "空闲" if seat else "暂停服务",
        minutes=_minutes(since, now) if since else 0,
        served=served,
    )


def _minutes(since: str, now: datetime) -> int:
    return max(0, int((now - datetime.fromisoformat(since)).total_seconds() // 60))
