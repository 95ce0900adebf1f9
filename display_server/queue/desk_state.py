"""What a window's page shows at one instant: the window, its ticket, the lines, the other windows (B5, GUI-05).

1. The page shows what the clerk needs to decide the next step, and of a visitor no more than number and class.
2. A line that the window serves stands before the others; the line whose first person waits longest is marked.
3. `version` changes when anything shown changes; how long something lasts is counted by the page itself.
4. Nothing about ratings is here: a clerk does not learn who judged the handling, nor whether anybody did.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.domain.county import Service, Site, Window
from content_sync.domain.hall.claims import claims
from content_sync.domain.hall.fairness import calls_left
from content_sync.domain.hall.queue import at_window
from display_server.access import Actor, check
from display_server.database import sites
from display_server.database.tables.queue import seats as seat_rows
from display_server.database.tables.queue import tickets
from display_server.queue import pairing, queries, repeats
from display_server.queue.seats import reasons, served

_first_shown = 3


@dataclass(frozen=True)
class Line:
    """Who waits for one service. `mine`: this window serves it. `since`: when the one waiting longest began, or empty.

    `windows`: how many open windows serve it; `longest`: nobody in the hall waits longer than its first.
    """

    service: Service
    mine: bool
    count: int
    claims: tuple[tuple[str, int], ...]
    first: tuple[str, ...]
    since: str
    windows: int
    paused: bool
    longest: bool


@dataclass(frozen=True)
class Neighbour:
    """A window of the hall: who sits there (empty: nobody, `why` says why) and the ticket there (None: idle)."""

    window: Window
    plate: str
    why: str
    current: Row[Any] | None


@dataclass(frozen=True)
class Desk:
    """One window's page. `elsewhere`: where the clerk sits when it is not here; `seen`: the window's last step.

    `calls_left`: how often the current number may be called again; `by_name`: numbers that wait for this window alone;
    `screens`: which kinds of its own screens are paired; `left`: who stands at windows that this clerk has left.
    """

    site: Site
    window: Window
    now: str
    seat: Row[Any] | None
    mine: bool
    elsewhere: Window | None
    current: Row[Any] | None
    calls_left: int
    by_name: tuple[str, ...]
    aside: tuple[Row[Any], ...]
    lines: tuple[Line, ...]
    neighbours: tuple[Neighbour, ...]
    screens: tuple[str, ...]
    left: tuple[tuple[Window, Row[Any]], ...]
    seen: int
    version: str

    @property
    def waiting_here(self) -> int:
        """How many this window may call."""
        return len(self.by_name) + sum(line.count for line in self.lines if line.mine)


def of(connection: Connection, actor: Actor, site_id: str, window_id: str, at: str, day: str) -> Desk:
    """The page of a window for somebody who may call there. Raises Refused for anybody else."""
    site = sites.site(connection, site_id)
    check(actor, "call", site.unit)
    window = sites.window_of(site, window_id)
    last = repeats.last_step(connection, site.id, day, window.id)  # first: a page must not claim to have seen more
    all_seats = list(connection.execute(select(seat_rows).where(seat_rows.c.site == site.id)))
    seats = {row.window: row for row in all_seats if row.account}
    rows = queries.listed(connection, site.id, day, ["held", "missed", *at_window])
    busy = {row.window: row for row in rows if row.state in at_window}
    lines = lines_of(connection, site, day, at, window.id)
    by_name = tuple(row.number for row in queries.waiting_for_window(connection, site.id, day, window.id))
    paired = pairing.paired_kinds(connection, site.id, window.id)
    seat, seen, current = seats.get(window.id), last.seq if last else 0, busy.get(window.id)
    facts = (day, seen, [tuple(row) for row in rows], lines, by_name, paired, sorted(tuple(row) for row in all_seats))
    why = {row.window: reasons.get(row.why, "") for row in all_seats}
    return Desk(
        site=site,
        window=window,
        now=at,
        seat=seat,
        mine=seat is not None and seat.account == actor.name,
        elsewhere=next((w for w in site.windows if w.id in seats and seats[w.id].account == actor.name), None),
        current=current,
        calls_left=calls_left(current.times, site.rules) if current else 0,
        by_name=by_name,
        aside=tuple(row for row in rows if row.state not in at_window),
        lines=lines,
        neighbours=tuple(
            Neighbour(one, seats[one.id].plate if one.id in seats else "", why.get(one.id, ""), busy.get(one.id))
            for one in site.windows
        ),
        screens=paired,
        left=_left(connection, actor, site, {one: row for one, row in busy.items() if one not in seats}),
        seen=seen,
        version=hashlib.sha256(str(facts).encode()).hexdigest()[:16],
    )


def _left(
    connection: Connection, actor: Actor, site: Site, alone: Mapping[str, Row[Any]]
) -> tuple[tuple[Window, Row[Any]], ...]:
    """Of those who stand at a window where nobody sits, whom this clerk called there."""
    callers = queries.callers(connection, alone.values())
    return tuple(
        (one, alone[one.id]) for one in site.windows if one.id in alone and callers.get(alone[one.id].id) == actor.name
    )


def lines_of(connection: Connection, site: Site, day: str, at: str, window: str = "") -> tuple[Line, ...]:
    """The line of every service of the hall, those that the window serves now first (rule 2).

    Who waits for one window by name stands in no line.
    """
    told = (tickets.c.service, tickets.c.number, tickets.c.since, tickets.c.priority, tickets.c.claim)
    asked = select(*told).where(tickets.c.site == site.id, tickets.c.day == day, tickets.c.state == "waiting")
    asked = asked.where(tickets.c.target == "").order_by(tickets.c.since, tickets.c.running, tickets.c.number)
    waiting: dict[str, list[Any]] = {service.id: [] for service in site.services}
    for row in connection.execute(asked).all():
        waiting.setdefault(row.service, []).append(row)
    seated, serves = queries.taken_seats(connection, site.id), served(connection, site, day, at)
    mine = serves.get(window, frozenset())
    paused = queries.paused_services(connection, site.id)
    longest = min((rows[0].since for rows in waiting.values() if rows), default="")
    lines = [
        Line(
            service=service,
            mine=service.id in mine,
            count=len(waiting[service.id]),
            claims=_claims(waiting[service.id]),
            first=_first(waiting[service.id]),
            since=waiting[service.id][0].since if waiting[service.id] else "",
            windows=sum(1 for one, all_of in serves.items() if one in seated and service.id in all_of),
            paused=service.id in paused,
            longest=bool(waiting[service.id]) and waiting[service.id][0].since == longest,
        )
        for service in site.services
    ]
    return tuple(sorted(lines, key=lambda line: not line.mine))


def claim_words(row: Row[Any]) -> str:
    """Why a ticket goes first, in words; empty when it does not."""
    return claims.get(row.claim, "优先办理") if row.priority else ""


def _claims(rows: Sequence[Any]) -> tuple[tuple[str, int], ...]:
    counted: Mapping[str, int] = Counter(claim_words(row) for row in rows if row.priority)
    return tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0])))


def _first(rows: Sequence[Any]) -> tuple[str, ...]:
    """Of a line in its order, the numbers that stand first: whoever goes first by class, then the others."""
    stands = [*(row for row in rows if row.priority), *(row for row in rows if not row.priority)]
    return tuple(row.number for row in stands[:_first_shown])
