"""No gap without a reason, three kiosks that were cut off, and their own series (HAL-15, promise 8)."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from content_sync.domain import limits
from content_sync.domain.errors import Refused, Unreachable
from content_sync.domain.hall.tickets import number
from content_sync.domain.hall.voids import reasons
from content_sync.push import hall as asking
from content_sync.push.asks import answer_asks
from content_sync.push.records import send_records
from content_sync.storage.desk import DeskStore
from display_server.database.engine import Database
from display_server.database.tables.queue import counters, tickets
from display_server.desk.check import examine
from display_server.devices import service as devices
from display_server.queue import days, issuing, own_series, queries, voids
from tests.content_sync.world import Counter
from tests.display_server import hall, world
from tests.display_server.api_v1.test_with_device import Answer, Wire
from tests.display_server.queue.test_issuing import hand_in, printed
from tests.display_server.world import HandClock

day = "2026-11-23"


@pytest.fixture
def opened(db: Database) -> Database:
    """The founded database with its hall."""
    return hall.opened(db)


def proved(db: Database) -> list[str]:
    """Everything that the numbers of all days leave to be explained."""
    with db.read() as connection:
        return [*voids.faults(connection), *voids.missing_of_series(connection)]


def voided(db: Database) -> list[tuple[str, int, int, str]]:
    """The reasons of the first day."""
    with db.read() as connection:
        found = voids.of_day(connection, "hall", day)
    assert {void.reason for void in found} <= set(reasons)
    return [(void.letter, void.first, void.last, void.reason) for void in found]


def test_three_kiosks_cut_off_for_a_day(app: Flask, db: Database, clock: HandClock, tmp_path: Path) -> None:
    """HAL-15: after three kiosks come back all numbers are unique, and every missing one has a reason."""
    kiosks = [hall.device(hall.opened(db), f"k{n}") for n in range(3)]
    servers = [Wire(app.test_client(), token) for _, token in kiosks]
    desks = [DeskStore(tmp_path / f"desk{n}.db", Counter(1000 * n)) for n in range(3)]
    for desk, server in zip(desks, servers, strict=True):
        asking.refresh_services(desk, server, clock.now())
        asking.lease_numbers(desk, server, clock.now())
    issuing.issue(db, "k0", "hall", "huji", "central")
    for n in range(150):  # the third kiosk is so busy that its block runs out
        desk = desks[min(n % 8, 2)]
        desk.press(f"p{n}", "huji", 0, clock.now())
        assert desk.take_leased(f"p{n}", clock.now(), Counter(100_000 + n)).state == "leased"
        clock.advance(minutes=1)
    clock.advance(days=1)
    issuing.issue(db, "k0", "hall", "huji", "next-morning")
    assert proved(db) == []
    assert {reason for *_, reason in voided(db)} == {"unreported_block", "not_reached"}
    for desk, server, (device, _) in list(zip(desks, servers, kiosks, strict=True))[::-1]:
        asking.lease_numbers(desk, server, clock.now())
        send_records(desk, server, device.id, bytes(hall.key))
        assert (desk.outbox_size(), desk.refused_records()) == (0, [])
    assert proved(db) == []
    with db.read() as connection:
        rows = connection.execute(tickets.select().where(tickets.c.day == day)).all()
    said = [row.number for row in rows]
    assert len(said) == len(set(said)) == 151
    own = {row.number for row in rows if len(row.letter) == 2}
    assert own == {number(f"A{desks[2].series()}", n) for n in range(1, len(own) + 1)}
    assert len(own) == 150 - 38 - limits.lease_numbers
    missing = {reason for *_, reason in voided(db)}
    assert missing == {"unused_block", "not_reached"}


def test_the_reason_of_every_number(opened: Database, clock: HandClock) -> None:
    """Given out, given back, unused, never reached, late: at the end each number is a ticket or has its one reason."""
    first, second = (issuing.lease(opened, f"k{n}", "hall", "huji") for n in range(2))
    mine = issuing.issue(opened, "k1", "hall", "huji", "p1")
    issuing.cancel(opened, mine.ticket)
    hand_in(opened, "k0", printed(first, 0, clock.now().isoformat()))
    at = clock.now().isoformat()
    assert proved(opened) == []
    clock.advance(days=1)
    days.begin_all(opened)
    assert voided(opened) == [
        ("A", 2, 600, "not_reached"),
        ("A", 602, 650, "unreported_block"),
        ("A", 651, 700, "unreported_block"),
    ]
    voids.return_block(opened, "k0", first.block, 603)
    hand_in(opened, "k1", printed(second, 3, at))
    expected = [
        ("A", 2, 600, "not_reached"),
        ("A", 602, 602, "unreported_block"),
        ("A", 603, 650, "unused_block"),
        ("A", 651, 653, "unreported_block"),
        ("A", 655, 700, "unreported_block"),
    ]
    assert voided(opened) == expected
    voids.return_block(opened, "k0", first.block, 603)  # the answer was lost
    assert voided(opened) == expected
    assert proved(opened) == []


def test_a_gap_that_nobody_can_explain(opened: Database) -> None:
    """A ticket taken out of the database, and a number with two truths, are named."""
    for press in ("p1", "p2", "p3"):
        issuing.issue(opened, "k1", "hall", "huji", press)
    with opened.write() as connection:
        connection.execute(tickets.delete().where(tickets.c.number == "A002"))
        connection.execute(counters.update().values(closed=1))
        voids._add(connection, queries.by_press(connection, "k1", "p3"), (3, 3), "unused_block", day, "day_end")
    assert proved(opened) == [one for one in examine(opened).problems if one.startswith("hall")]
    assert proved(opened) == [
        "hall, 2026-11-23: A002 has no ticket and no reason.",
        "hall, 2026-11-23: A003 is a ticket and has a reason to be none.",
    ]


def test_a_clock_that_was_a_day_ahead(opened: Database, clock: HandClock) -> None:
    """The server closed today too early: its numbers go on, and no reason stays at a number that is a ticket."""
    issuing.issue(opened, "k1", "hall", "huji", "p1")
    issuing.lease(opened, "k1", "hall", "huji")
    clock.advance(days=1)
    days.begin_all(opened)
    clock.advance(days=-1)
    assert issuing.issue(opened, "k1", "hall", "huji", "p2").number == "A002"
    assert ("A", 3, 600, "not_reached") in voided(opened)
    issuing.lease(opened, "k1", "hall", "huji")
    assert issuing.issue(opened, "k1", "hall", "huji", "p3").number == "A003"
    assert proved(opened) == []


def test_a_block_is_given_back_by_its_kiosk(opened: Database) -> None:
    """Another kiosk, an unknown block and a number outside it are refused."""
    lease = issuing.lease(opened, "k1", "hall", "huji")
    for device, block, unused in (("k2", lease.block, 601), ("k1", "x", 601), ("k1", lease.block, 652)):
        with pytest.raises(Refused):
            voids.return_block(opened, device, block, unused)
    voids.return_block(opened, "k1", lease.block, 651)
    assert voided(opened) == []


def test_each_desk_its_series(opened: Database, clock: HandClock) -> None:
    """The same desk keeps its letter, a new desk of the same kiosk gets another; gone letters rest a while."""
    for kiosk in ("k1", "k2"):
        hall.device(opened, kiosk)
    first, again, other = (own_series.give(opened, "k1", "hall", desk) for desk in ("d1", "d1", "d2"))
    assert first == again != other
    assert own_series.give(opened, "k2", "hall", "d1") not in {first, other}
    devices.revoke(opened, world.shell, "k2")
    clock.advance(days=limits.series_rest_days - 1)
    given = {own_series.give(opened, "k1", "hall", f"d{n}") for n in range(3, 12)}
    with pytest.raises(Refused):
        own_series.give(opened, "k1", "hall", "d12")
    clock.advance(days=1)
    assert own_series.give(opened, "k1", "hall", "d12") not in given


def own(letter: str, running: int, issued: str) -> dict[str, str | int]:
    """The record body of a ticket of a series."""
    said = number(f"A{letter}", running)
    body = {"press": f"press-{said.lower()}", "ticket": f"ticket-{said.lower()}", "service": "huji", "number": said}
    return {**body, "day": issued[:10], "priority": 0, "issued": issued}


def test_own_numbers_come_in(opened: Database, clock: HandClock) -> None:
    """They stand by the time of printing; a wrong clock counts as now; nobody else's letter, no number twice."""
    letter = own_series.give(opened, "k1", "hall", "d1")
    start = clock.now()
    clock.advance(hours=1)
    now = clock.now().isoformat()
    early = (start + timedelta(minutes=5)).isoformat()
    for running, issued in ((1, early), (2, "1970-01-01T00:00:00+08:00"), (3, "2099-01-01T00:00:00+08:00")):
        hand_in(opened, "k1", own(letter, running, issued))
    with opened.read() as connection:
        rows = sorted(queries.listed(connection, "hall", day, ["waiting"]), key=lambda row: row.running)
    assert [row.since for row in rows] == [early, now, now]
    for device, body in (("k2", own(letter, 4, now)), ("k1", own("F", 4, now)), ("k1", own(letter, 1, now))):
        with pytest.raises(Refused):
            hand_in(opened, device, {**body, "ticket": "t-new", "press": "p-new"})
    hand_in(opened, "k1", own(letter, 6, now))
    assert proved(opened) == [f"hall: A{letter}004 to A{letter}005 was printed by a kiosk and not handed in."]


def test_a_press_that_was_given_up(opened: Database, clock: HandClock) -> None:
    """Its question comes late and gets nothing; its ticket leaves the line; a printed one is given back at once."""
    assert issuing.cancel_press(opened, "k1", "p1") == ""
    with pytest.raises(Refused, match="已经取消"):
        issuing.issue(opened, "k1", "hall", "huji", "p1")
    late = issuing.issue(opened, "k1", "hall", "huji", "p2")
    assert issuing.cancel_press(opened, "k1", "p2") == late.ticket
    lease = issuing.lease(opened, "k1", "hall", "huji")
    issuing.cancel_press(opened, "k1", "p3")
    hand_in(opened, "k1", printed(lease, 0, clock.now().isoformat(), press="p3"))
    with opened.read() as connection:
        assert queries.waiting(connection, "hall", day) == {}
        assert queries.by_press(connection, "k1", "p3").state == "cancelled"
    assert issuing.issue(opened, "k2", "hall", "huji", "p1").number == "A002"


class Losing(Wire):
    """A line on which the server acts and its answer is lost."""

    def call(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        """One request."""
        super().call(method, path, body, headers)
        raise Unreachable("The answer was lost.")


def test_no_ghost_stands_in_line(app: Flask, db: Database, clock: HandClock, tmp_path: Path) -> None:
    """The answer was lost and the visitor is gone: the server hears of it and calls nobody who is not there."""
    _, token = hall.device(hall.opened(db), "k1")
    desk = DeskStore(tmp_path / "desk.db", Counter())
    desk.press("p1", "huji", 0, clock.now())
    with pytest.raises(Unreachable):
        asking.answer_presses(desk, Losing(app.test_client(), token), clock.now())
    assert desk.refuse("p1", "请到帮办台。")
    assert desk.given_up() == ["p1"]
    with pytest.raises(Unreachable):
        asking.answer_presses(desk, Losing(app.test_client(), token), clock.now())
    asking.answer_presses(desk, Wire(app.test_client(), token), clock.now())
    assert desk.given_up() == []
    with db.read() as connection:
        assert queries.waiting(connection, "hall", day) == {}
        assert queries.by_press(connection, "k1", "p1").state == "cancelled"
    assert proved(db) == []


def test_a_new_desk_of_a_kiosk_prints_other_numbers(app: Flask, db: Database, clock: HandClock, tmp_path: Path) -> None:
    """The file was damaged with two tickets in it: the new one begins another series, and check tells what lacks."""
    _, token = hall.device(hall.opened(db), "k1")
    server, said = Wire(app.test_client(), token), list[str]()
    for life in range(2):
        desk = DeskStore(tmp_path / f"life-{life}.db", Counter(100 * life))
        asking.refresh_services(desk, server, clock.now())
        asking.lease_numbers(desk, server, clock.now())
        clock.advance(days=3)  # no block is good for today
        for n in range(3):
            desk.press(f"p{life}{n}", "huji", 0, clock.now())
            said.append(desk.take_leased(f"p{life}{n}", clock.now(), Counter(1000 * life + n * 10)).number)
    assert said == ["AK001", "AK002", "AK003", "AR001", "AR002", "AR003"]
    send_records(desk, server, "k1", bytes(hall.key))
    assert proved(db) == []


def test_a_printed_ticket_is_given_back_before_it_came_in(
    app: Flask, db: Database, clock: HandClock, tmp_path: Path
) -> None:
    """The hall does not know it yet and still says yes: it remembers the press, and nobody is called in vain."""
    _, token = hall.device(hall.opened(db), "k1")
    desk, server = DeskStore(tmp_path / "desk.db", Counter()), Wire(app.test_client(), token)
    asking.refresh_services(desk, server, clock.now())
    asking.lease_numbers(desk, server, clock.now())
    desk.press("p1", "huji", 0, clock.now())
    taken = desk.take_leased("p1", clock.now(), Counter(1000))
    desk.ask("q1", "give-back", "p1", clock.now())
    answer_asks(desk, server, clock.now())
    told = desk.asked("q1")
    assert told is not None
    assert (told.state, told.position.stands, told.position.number) == ("answered", "cancelled", taken.number)
    send_records(desk, server, "k1", bytes(hall.key))
    with db.read() as connection:
        assert queries.by_id(connection, taken.ticket).state == "cancelled"
        assert queries.waiting(connection, "hall", day) == {}
