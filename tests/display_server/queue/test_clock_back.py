"""Somebody sets the server's clock back in the middle of a morning: nobody who waits is passed by it."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from content_sync.domain.hall.queue import place_at
from display_server.access import shell
from display_server.database.engine import Database
from display_server.database.tables.queue import tickets
from display_server.queue import bookings, handing_in, issuing, service
from tests.display_server import hall
from tests.display_server.queue.test_line import invariants
from tests.display_server.queue.test_windows import seated, take
from tests.display_server.world import HandClock


@pytest.fixture
def opened(db: Database) -> Database:
    """The founded database with its hall."""
    return hall.opened(db)


def called(db: Database) -> list[str]:
    """Everybody who waits for the first service, in the order in which a window calls them."""
    (clerk,) = seated(db, "w1")
    order = []
    while found := service.call_next(db, clerk, "hall", "w1"):
        order.append(found.id)
        service.act(db, clerk, "hall", "w1", "finished", found.id)
    return order


def book(db: Database, code: str, day: str, time: str) -> None:
    """One booking of the first service."""
    text = f"预约码,业务,日期,时间\n{code},A,{day},{time}\n"
    assert not bookings.bring(db, shell, "hall", bookings.lines_of(text.encode(), "b.csv")).refused


def hand_in(db: Database, ticket: str, running: int, issued: str) -> None:
    """A paper of the first service, printed from a leased block, comes in."""
    body: dict[str, str | int] = {
        "ticket": ticket,
        "press": f"{ticket}-press",
        "number": f"A{running}",
        "service": "huji",
        "day": issued[:10],
        "issued": issued,
    }
    with db.write() as connection:
        handing_in.hand_in(db, connection, "k1", body)


def test_an_hour_back(opened: Database, clock: HandClock) -> None:
    """Two wait since ten; the clock says nine again: who comes then, also for another service, stands behind them."""
    clock.at = clock.at.replace(hour=10)
    early = take(opened, "p1", "p2")
    clock.at = clock.at.replace(hour=9)
    third = issuing.issue(opened, "k1", "hall", "huji", "p3")
    assert third.ahead == 2
    assert third.issued.startswith("2026-11-23T09:00")  # the paper says what the clock said
    clock.advance(minutes=1)
    other = issuing.issue(opened, "k1", "hall", "shebao", "p4").ticket
    fourth = issuing.issue(opened, "k1", "hall", "huji", "p5").ticket
    with opened.read() as connection:
        places = {row.id: row.since for row in connection.execute(select(tickets.c.id, tickets.c.since))}
    assert places[early[1]] < places[third.ticket] < places[other] < places[fourth]
    clock.at = clock.at.replace(hour=10, minute=5)  # the clock has come up again: places are instants
    last = take(opened, "p6")
    invariants(opened)
    assert called(opened) == [*early, third.ticket, fourth, *last]
    invariants(opened)


def test_who_booked_and_who_was_cut_off(opened: Database, clock: HandClock) -> None:
    """A booked time of nine, and a paper that a cut-off kiosk printed before the change: each at its place."""
    book(opened, "YY0001", "2026-11-23", "09:00")
    clock.at = clock.at.replace(hour=9, minute=30)
    block = issuing.lease(opened, "k1", "hall", "huji")
    clock.at = clock.at.replace(hour=10, minute=0)
    before = take(opened, "p1")
    clock.at = clock.at.replace(hour=9, minute=1)
    booked = bookings.check_in(opened, "k1", "hall", "0001", "p2").ticket
    after = take(opened, "p3")
    printed = {"paper-1": "2026-11-23T09:45:00+08:00", "paper-2": "2026-11-23T10:04:00+08:00"}
    for n, (ticket, issued) in enumerate(printed.items()):
        hand_in(opened, ticket, block.first + n, issued)
    last = take(opened, "p4")
    invariants(opened)
    assert called(opened) == ["paper-1", *before, booked, *after, "paper-2", *last]


def test_behind_who_booked(opened: Database, clock: HandClock) -> None:
    """Only a booked visitor has come when the clock goes back: who presses then stands behind."""
    book(opened, "YY0001", "2026-11-23", "09:50")
    clock.at = clock.at.replace(hour=9, minute=50)
    booked = bookings.check_in(opened, "k1", "hall", "0001", "p1").ticket
    clock.at = clock.at.replace(hour=9, minute=0)
    after = take(opened, "p2")
    assert called(opened) == [booked, *after]


def test_behind_a_paper(opened: Database, clock: HandClock) -> None:
    """Only a paper of a cut-off kiosk has come in when the clock goes back: who presses then stands behind."""
    clock.at = clock.at.replace(hour=9, minute=40)
    block = issuing.lease(opened, "k1", "hall", "huji")
    clock.at = clock.at.replace(hour=10, minute=0)
    hand_in(opened, "paper-1", block.first, "2026-11-23T09:55:00+08:00")
    clock.at = clock.at.replace(hour=9, minute=0)
    after = take(opened, "p1")
    assert called(opened) == ["paper-1", *after]


_ways = st.sampled_from(("press", "booking", "paper"))
_steps = st.lists(st.tuples(st.integers(-3500, 3500), _ways), min_size=1, max_size=12)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=_steps)
def test_whatever_the_clock_does(opened: Database, clock: HandClock, steps: list[tuple[int, str]]) -> None:
    """Law: however a clock jumps within a day, who presses is called behind everybody who came before, by any way."""
    clock.at = (clock.at + timedelta(days=1)).replace(hour=12, minute=0, second=0)
    day, first = f"{clock.at:%Y-%m-%d}", issuing.lease(opened, "k1", "hall", "huji", f"{clock.at:%Y-%m-%d}").first
    made: list[tuple[str, str]] = []
    for step, way in steps:
        clock.advance(seconds=step)
        name = f"{clock.at:%d%H%M%S}-{len(made)}"
        if way == "booking":
            book(opened, f"YY{name}", day, f"{clock.at:%H:%M}")
            ticket = bookings.check_in(opened, "k1", "hall", f"YY{name}", f"p{name}").ticket
        elif way == "paper":
            ticket = f"paper-{name}"
            hand_in(opened, ticket, first + len(made), clock.at.isoformat())
        else:
            (ticket,) = take(opened, f"p{name}")
        made.append((ticket, way))
    clock.at = clock.at.replace(hour=23, minute=59)
    order = called(opened)
    assert sorted(order) == sorted(ticket for ticket, _ in made)
    for place, (ticket, way) in enumerate(made):
        if way == "press":
            assert {one for one, _ in made[:place]} <= set(order[: order.index(ticket)])


def test_places() -> None:
    """A place is the instant, and just behind the newest where the instant lies before it."""
    assert place_at("2026-11-23T09:00:00+08:00", "") == "2026-11-23T09:00:00+08:00"
    assert place_at("2026-11-23T09:00:00+08:00", "2026-11-23T09:00:00+08:00") == "2026-11-23T09:00:00+08:00"
    assert place_at("2026-11-23T09:00:00+08:00", "2026-11-23T10:00:00+08:00") == "2026-11-23T10:00:00.000001+08:00"
