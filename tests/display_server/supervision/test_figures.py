"""The figures on the page are the log's: counted again here from the tickets, whatever clerks press (HAL-11)."""

from collections import Counter
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content_sync.domain.errors import Refused
from content_sync.domain.hall.queue import fold
from content_sync.domain.hall.statistics import percentile, summary
from display_server.config import Config
from display_server.database.engine import Database
from display_server.database.tables.queue import queue_events, tickets
from display_server.queue import issuing, log, queries, service
from display_server.supervision import days, figures
from tests.display_server import hall, world
from tests.display_server.queue.test_windows import seated, take
from tests.display_server.world import HandClock

_kinds = ["take", "next", "next", *service.acts, "tomorrow"]
_steps = st.tuples(st.sampled_from(_kinds), st.integers(0, 1), st.integers(0, 5), st.integers(1, 900))
_outcome = {"finished": "served", "missed": "missed", "cancelled": "cancelled"}


def doubles(db: Database) -> set[str]:
    """Tickets that were voided because another one stands for their press; not those that the day's end voided."""
    with db.read() as connection:
        rows = connection.execute(queue_events.select().where(queue_events.c.kind == "voided"))
        return {row.ticket for row in rows if row.reason != "day_end"}


def waits_by_hand(db: Database, day: str) -> list[float]:
    """Of each ticket of a day that was ever called: the seconds from its issuing to its first calling, by plain SQL."""
    with db.read() as connection:
        rows = connection.execute(queue_events.select().where(queue_events.c.day == day)).all()
        kept = {row.id: row for row in connection.execute(tickets.select().where(tickets.c.day == day))}
    first: dict[str, str] = {}
    for row in rows:
        if row.kind == "called":
            first.setdefault(row.ticket, row.at)
    return sorted(
        (datetime.fromisoformat(at) - datetime.fromisoformat(kept[ticket].issued)).total_seconds()
        for ticket, at in first.items()
        if ticket not in doubles(db)
    )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=st.lists(_steps, max_size=40))
def test_figures_are_the_fold_of_the_log(
    steps: list[tuple[str, int, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Two clerks and a kiosk do anything over some days: every figure equals one counted another way."""
    clock = HandClock()
    db = world.founded(Config(tmp_path_factory.mktemp("hall") / "server", clock, world.CountedIds()))
    try:
        clerks, made = seated(hall.opened(db), "w1", "w3"), take(db, "p0", "p1")
        for n, (kind, who, which, seconds) in enumerate(steps):
            clock.advance(seconds=seconds)
            window, what = ("w1", "w3")[who], ("huji", "shebao")[which % 2]
            try:
                if kind == "take":
                    made += take(db, f"q{n}", what=what, priority=who)
                elif kind == "next":
                    service.call_next(db, clerks[who], "hall", window)
                elif kind == "tomorrow":
                    clock.advance(hours=16)
                else:
                    service.act(db, clerks[who], "hall", window, kind, made[which % len(made)], what)
            except Refused:
                pass
            check(db)
    finally:
        db.close()


def check(db: Database) -> None:
    """Every figure of every day, and of all days together, against the tickets and the pure fold."""
    with db.read() as connection:
        found = days.of_days(connection, "hall", "2026-01-01", "2027-12-31")
        rows = [row for row in connection.execute(tickets.select()) if row.id not in doubles(db)]
        for day, visits in found.items():
            line = fold(queries.log(connection, "hall", day))
            sums = summary(visits)
            mine = [one for name, one in line.tickets.items() if name not in doubles(db)]
            ended = Counter(_outcome.get(one.state, "open") for one in mine)
            assert (sums.served, sums.missed, sums.cancelled, sums.open) == tuple(
                ended[kind] for kind in ("served", "missed", "cancelled", "open")
            )
            waits = waits_by_hand(db, day)
            assert (sums.wait_middle, sums.wait_most) == (percentile(waits, 50), percentile(waits, 90))
            assert sums.wait_mean == (pytest.approx(sum(waits) / len(waits)) if waits else None)
            by_service = {row.name[2:]: row.sums for row in figures.by_service(hall.site, visits)}
            for one in hall.site.services:
                these = [row for row in rows if row.day == day and row.service == one.id]
                assert by_service[one.name].taken == len(these)
                assert by_service[one.name].served == sum(row.state == "finished" for row in these)
            for window, row in zip(hall.site.windows, figures.by_window(hall.site, visits), strict=True):
                here = [one for one in rows if one.day == day and one.window == window.id]
                assert row.sums.served == sum(one.state == "finished" for one in here)
    assert sum(len(visits) for visits in found.values()) == len(rows)


def test_a_late_ticket_changes_its_own_day(db: Database, clock: HandClock) -> None:
    """A day that was folded once is folded anew when its log grows, and only then."""
    hall.opened(db)
    take(db, "p1")
    with db.read() as connection:
        first = days.of_days(connection, "hall", "2026-11-23", "2026-11-24")
        assert days.of_days(connection, "hall", "2026-11-23", "2026-11-24")["2026-11-23"] is first["2026-11-23"]
    take(db, "p2")
    clock.advance(days=1)
    take(db, "p3")
    with db.read() as connection:
        found = days.of_days(connection, "hall", "2026-11-23", "2026-11-24")
    assert {day: len(visits) for day, visits in found.items()} == {"2026-11-23": 2, "2026-11-24": 1}


def test_the_day_is_the_halls(db: Database, clock: HandClock) -> None:
    """A number taken at half past midnight in the place counts on that day, whatever day it is in Greenwich."""
    hall.opened(db)
    clock.advance(hours=15.5)
    issuing.issue(db, "k1", "hall", "huji", "p1")
    assert log.stamp(db)[1] == "2026-11-24"
    with db.read() as connection:
        assert list(days.of_days(connection, "hall", "2026-11-24", "2026-11-24")) == ["2026-11-24"]
