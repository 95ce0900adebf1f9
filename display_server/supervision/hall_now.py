"""The hall at this moment: who waits for what, which windows are open and what they do.

1. A line is long when its first visitor has waited for longer than `HallRules.ageing_minutes`.
2. A window is open while somebody sits there; what it does is told by its ticket. One whose clerk sat down elsewhere
   while somebody stood there is told as that.
3. Times are whole minutes up to now; of the future nothing is told.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.domain.county import Service, Site, Window
from content_sync.domain.hall.fairness import choose
from content_sync.domain.hall.queue import at_window, states
from content_sync.domain.hall.rules import HallRules
from content_sync.domain.hall.statistics import Visit
from display_server.database.tables.queue import seats, tickets
from display_server.queue import queries
from display_server.queue.seats import reasons, served

_next_shown = 4
_paused = "暂停服务"


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
    """One window: `plate` of who sits there (empty: paused), its current number and for how many minutes.

    `alone`: somebody stands there and nobody sits there.
    """

    number: int
    name: str
    place: str
    plate: str
    since: str
    current: str
    doing: str
    minutes: int
    served: int
    alone: bool


def lines(connection: Connection, site: Site, day: str, now: datetime) -> list[ServiceLine]:
    """Every service's line."""
    asked = select(tickets).where(tickets.c.site == site.id, tickets.c.day == day, tickets.c.state == "waiting")
    rows = connection.execute(asked.order_by(tickets.c.since, tickets.c.running, tickets.c.number)).all()
    seated, paused = queries.taken_seats(connection, site.id), queries.paused_services(connection, site.id)
    serves = [kinds for window, kinds in served(connection, site, day, now.isoformat()).items() if window in seated]
    return [
        _line(site, service, [row for row in rows if row.service == service.id], serves, now, service.id in paused)
        for service in site.services
    ]


def windows(connection: Connection, site: Site, day: str, now: datetime, today: Iterable[Visit]) -> list[WindowNow]:
    """Every window, in the order of the numbers above them."""
    seated = {row.window: row for row in connection.execute(select(seats).where(seats.c.site == site.id))}
    current = {row.window: row for row in queries.listed(connection, site.id, day, sorted(at_window))}
    done = Counter(visit.window for visit in today if visit.outcome == "served")
    found = [
        _window(window, seated.get(window.id), current.get(window.id), now, done[window.id]) for window in site.windows
    ]
    return sorted(found, key=lambda window: window.number)


def _line(
    site: Site, service: Service, rows: list[Row[Any]], serves: list[frozenset[str]], now: datetime, paused: bool
) -> ServiceLine:
    longest = max((_minutes(row.issued, now) for row in rows), default=0)
    return ServiceLine(
        letter=service.letter,
        name=service.name,
        waiting=len(rows),
        priority=sum(bool(row.priority) for row in rows),
        longest=longest,
        following=tuple(_next(rows, site.rules, now.isoformat())),
        windows=sum(service.id in kinds for kinds in serves),
        paused=paused,
        long=longest > site.rules.ageing_minutes,  # rule 1
    )


def _next(rows: list[Row[Any]], rules: HallRules, at: str) -> Iterator[str]:
    """The numbers that one window would call, one after the other."""
    waiting, turns = [queries.as_ticket(row) for row in rows], 0
    for _ in range(min(_next_shown, len(waiting))):
        first = next((one for one in waiting if one.priority), None)
        other = next((one for one in waiting if not one.priority), None)
        found = choose(first, other, turns, rules, at)
        assert found is not None  # somebody waits
        turns = turns + 1 if found.priority else 0
        waiting.remove(found)
        yield found.number


def _window(window: Window, seat: Row[Any] | None, row: Row[Any] | None, now: datetime, served: int) -> WindowNow:
    plate, away = (seat.plate, reasons.get(seat.why, _paused)) if seat else ("", _paused)
    since = (row.serving if row.state == "serving" else "") or row.called if row else ""
    return WindowNow(
        number=window.number,
        name=window.name,
        place=window.place,
        plate=plate,
        since=seat.since[11:16] if seat and plate else "",
        current=row.number if row else "",
        doing=states[row.state] if row else "空闲" if plate else away,
        minutes=_minutes(since, now) if since else 0,
        served=served,
        alone=bool(row) and not plate,
    )


def _minutes(since: str, now: datetime) -> int:
    return max(0, int((now - datetime.fromisoformat(since)).total_seconds() // 60))
