"""One press, one ticket; unique numbers without gaps; blocks that never collide (promise 8)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from flask import Flask

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall.queue import fold, order
from content_sync.domain.hall.rules import HallRules, Opening
from content_sync.domain.hall.tickets import number
from content_sync.push import hall as steps
from content_sync.storage.desk import DeskStore
from display_server.database import county, sites
from display_server.database.engine import Database
from display_server.database.tables.queue import paused, tickets
from display_server.queue import boards, handing_in, issuing, log, queries
from tests.display_server import hall
from tests.display_server.api_v1.test_with_device import Wire
from tests.display_server.world import HandClock


@pytest.fixture
def opened(db: Database) -> Database:
    """The founded database with its hall."""
    return hall.opened(db)


def printed(lease: issuing.Lease, nth: int, issued: str, press: str = "") -> dict[str, str | int]:
    """The record body of the nth ticket a kiosk printed from its block."""
    said = number(lease.letter, lease.first + nth)
    return {
        "press": press or f"press-{said.lower()}",
        "ticket": f"ticket-{said.lower()}",
        "service": lease.service,
        "number": said,
        "day": lease.day,
        "priority": "",
        "issued": issued,
        "leased": 1,
    }


def hand_in(db: Database, device: str, body: dict[str, str | int]) -> None:
    """Hand one ticket in, in a transaction of its own."""
    with db.write() as connection:
        handing_in.hand_in(db, connection, device, body)


def test_ten_fast_double_presses(opened: Database) -> None:
    """Ten sendings of one press at once give one ticket (QUE-01)."""
    with ThreadPoolExecutor(10) as pool:
        issued = list(pool.map(lambda _: issuing.issue(opened, "k1", "hall", "huji", "p1"), range(10)))
    assert len({one.ticket for one in issued}) == 1
    with opened.read() as connection:
        assert len(connection.execute(tickets.select()).all()) == 1


def test_ten_fast_double_taps(app: Flask, db: Database, tmp_path: Path) -> None:
    """Ten taps on one service, each counted twice by the glass, and the agent asking all along: exactly one ticket."""
    kiosk, token = hall.device(hall.opened(db), "k1")
    assert kiosk.id == "k1"
    desk, wire, now = DeskStore(tmp_path / "desk.db"), Wire(app.test_client(), token), db.config.clock.now()
    for _ in range(10):
        for _ in range(2):
            desk.press("p1", "huji", 0, now)
        steps.answer_presses(desk, wire, now)
        desk.take_leased("p1", now, db.config.ids)
    with db.read() as connection:
        assert [row.number for row in connection.execute(tickets.select())] == [desk.pressed("p1").number] == ["A001"]


def test_eight_threads_issue_without_gap(opened: Database) -> None:
    """Eight threads take 200 tickets: the numbers are 1 to 200, each once."""
    with ThreadPoolExecutor(8) as pool:
        issued = pool.map(lambda n: issuing.issue(opened, f"k{n % 3}", "hall", "huji", f"p{n}"), range(200))
    assert sorted(one.number for one in issued) == [number("A", n) for n in range(1, 201)]


def test_same_press_of_another_device_is_another_press(opened: Database) -> None:
    """A press is one device's own; two devices never share a ticket by it."""
    one, other = (issuing.issue(opened, device, "hall", "huji", "p1") for device in ("k1", "k2"))
    assert one.ticket != other.ticket


def test_next_day_begins_anew_and_keeps_history(opened: Database, clock: HandClock) -> None:
    """After midnight numbers begin at 1, the old day's tickets stay, and an old press still has its old ticket."""
    first = issuing.issue(opened, "k1", "hall", "huji", "p1")
    clock.advance(days=1)
    second = issuing.issue(opened, "k1", "hall", "huji", "p2")
    assert (first.number, second.number) == ("A001", "A001")
    assert issuing.issue(opened, "k1", "hall", "huji", "p1").ticket == first.ticket


def test_ahead_counts_who_stands_in_front(opened: Database) -> None:
    """Others wait behind earlier and priority tickets of their service, a priority one behind earlier priority ones."""
    ahead = [
        issuing.issue(opened, "k1", "hall", service, f"p{n}", priority).ahead
        for n, (service, priority) in enumerate(
            [("huji", 0), ("huji", 0), ("shebao", 0), ("huji", "elder"), ("huji", 0), ("huji", 1)]
        )
    ]
    assert ahead == [0, 1, 0, 0, 3, 1]


@pytest.mark.parametrize(("service", "press", "error"), [("nothing", "p1", Refused), ("huji", "不是", BadInput)])
def test_refusals_leave_nothing(opened: Database, service: str, press: str, error: type[Exception]) -> None:
    """A service the hall has not, or a press that is no id, takes no number."""
    with pytest.raises(error):
        issuing.issue(opened, "k1", "hall", service, press)
    assert issuing.issue(opened, "k1", "hall", "huji", "p2").number == "A001"


def test_paused_service_gives_none_but_repeats(opened: Database) -> None:
    """A paused service gives no new ticket; a press that has one is still answered."""
    before = issuing.issue(opened, "k1", "hall", "huji", "p1")
    with opened.write() as connection:
        connection.execute(paused.insert().values(site="hall", service="huji", since=""))
    with pytest.raises(Refused, match="暂停取号"):
        issuing.issue(opened, "k1", "hall", "huji", "p2")
    assert issuing.issue(opened, "k1", "hall", "huji", "p1").ticket == before.ticket


def ruled(db: Database, rules: HallRules, capacity: int = 0) -> None:
    """Give the hall other rules, and its first service a capacity."""
    first, *others = hall.site.services
    with db.write() as connection:
        county.put_site(
            connection, replace(hall.site, rules=rules, services=(replace(first, capacity=capacity), *others))
        )


def test_a_full_day(opened: Database) -> None:
    """Beyond the day's bound nobody gets a new number, and the sentence says where to go; a place given back counts."""
    ruled(opened, HallRules(tickets_per_day_max=2))
    first, _ = (issuing.issue(opened, "k1", "hall", "huji", f"p{n}") for n in range(2))
    with pytest.raises(Refused, match=r"^今天的号已经取完，明天00:00起可以再取；有急事请到帮办台。$"):
        issuing.issue(opened, "k1", "hall", "shebao", "p3")
    assert issuing.issue(opened, "k1", "hall", "huji", "p0") == first
    issuing.cancel(opened, first.ticket)
    assert issuing.issue(opened, "k1", "hall", "shebao", "p3").number == "B001"


def test_a_full_service(opened: Database, clock: HandClock) -> None:
    """A service gives as many tickets as it can serve; printed ones are taken in all the same, the others go on."""
    ruled(opened, HallRules(), capacity=2)
    lease = issuing.lease(opened, "k1", "hall", "huji")
    issuing.issue(opened, "k1", "hall", "huji", "p0")
    for nth in range(2):
        hand_in(opened, "k1", printed(lease, nth, clock.now().isoformat()))
    with pytest.raises(Refused, match="“户口和身份证”今天的号已经取完"):
        issuing.issue(opened, "k1", "hall", "huji", "p1")
    assert issuing.issue(opened, "k1", "hall", "shebao", "p2").number == "B001"


def test_after_hours(opened: Database, clock: HandClock) -> None:
    """Outside the hours nobody gets a number and /services says until when; what was printed before is taken in."""
    ruled(opened, HallRules(opening=(Opening((1, 2, 3, 4, 5), "08:30", "12:00"),), last_ticket_minutes=30))
    lease, printed_at = issuing.lease(opened, "k1", "hall", "huji"), clock.now().isoformat()
    late = issuing.issue(opened, "k1", "hall", "huji", "p1")
    clock.advance(hours=2, minutes=45)
    with pytest.raises(Refused, match="快到下班时间，已停止取号，明天08:30起可以再取；有急事请到帮办台"):
        issuing.issue(opened, "k1", "hall", "huji", "p2")
    assert issuing.issue(opened, "k1", "hall", "huji", "p1").ticket == late.ticket
    hand_in(opened, "k1", printed(lease, 0, printed_at))
    with opened.read() as connection:
        site = sites.site(connection, "hall")
        first, *_ = boards.services(opened.config, connection, site, *log.stamp(opened))
    assert (first["open"], first["until"], first["waiting"]) == (False, "2026-11-24T08:30:00+08:00", 2)
    assert first["why"].startswith("快到下班时间")


def test_leases_never_meet_online_numbers(opened: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's own run jumps over leased blocks and goes on behind them."""
    monkeypatch.setattr(limits, "lease_first_number", 3)
    leases = [issuing.lease(opened, f"k{n}", "hall", "huji") for n in range(2)]
    online = [issuing.issue(opened, "k1", "hall", "huji", f"p{n}").number for n in range(3)]
    held = {number("A", n) for lease in leases for n in range(lease.first, lease.last + 1)}
    assert len(held) == 2 * limits.lease_numbers
    assert not held & set(online)


def test_three_cut_off_kiosks_merge_in_true_order(opened: Database, clock: HandClock) -> None:
    """Tickets of three blocks, handed in in any order of kiosks, stand by the time each was printed."""
    leases = {f"k{n}": issuing.lease(opened, f"k{n}", "hall", "huji") for n in range(3)}
    start = clock.now()
    made = [(f"k{n % 3}", n // 3, (start + timedelta(minutes=n)).isoformat()) for n in range(9)]
    clock.advance(hours=1)
    order_of_kiosks = list(permutations(leases))[3]
    for device in order_of_kiosks:
        for other, nth, issued in made:
            if other == device:
                hand_in(opened, device, printed(leases[device], nth, issued))
    with opened.read() as connection:
        line = fold(queries.log(connection, "hall", start.date().isoformat()))
    standing = [ticket.number for ticket in sorted(line.tickets.values(), key=order)]
    assert standing == [number("A", leases[device].first + nth) for device, nth, _ in made]
    assert len(set(standing)) == 9


def test_leased_and_late_answer_leave_one_ticket(opened: Database, clock: HandClock) -> None:
    """The kiosk printed a number and the server's answer came too late: the server's ticket is voided."""
    lease = issuing.lease(opened, "k1", "hall", "huji")
    late = issuing.issue(opened, "k1", "hall", "huji", "p1")
    hand_in(opened, "k1", printed(lease, 0, clock.now().isoformat(), press="p1"))
    with opened.read() as connection:
        waiting = queries.listed(connection, "hall", lease.day, ["waiting"])
        assert [row.number for row in waiting] == ["A601"]
        assert queries.by_id(connection, late.ticket).state == "voided"
    assert issuing.issue(opened, "k1", "hall", "huji", "p1").number == "A601"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"number": "A651"}, "not in a block"),
        ({"number": "A001"}, "not in a block"),
        ({"number": "B601"}, "not in a block"),
        ({"day": "2026-11-24"}, "not in a block"),
        ({"service": "shebao"}, "not in a block"),
        ({"number": "A6"}, "not a ticket number"),
        ({"issued": "yesterday"}, "instant"),
        ({"issued": "2026-11-23T09:00:00"}, "instant"),
        ({"ticket": "../etc"}, "not usable as an id"),
    ],
)
def test_numbers_out_of_nowhere(opened: Database, clock: HandClock, change: dict[str, str], reason: str) -> None:
    """A ticket that is not of this device's block, or no ticket at all, is refused by name."""
    lease = issuing.lease(opened, "k1", "hall", "huji")
    with pytest.raises(Refused, match=reason):
        hand_in(opened, "k1", {**printed(lease, 0, clock.now().isoformat()), **change})
    with pytest.raises(Refused, match="not in a block"):
        hand_in(opened, "k2", printed(lease, 0, clock.now().isoformat()))


def test_a_number_is_handed_in_once(opened: Database, clock: HandClock) -> None:
    """The same printed number as another ticket is refused."""
    lease = issuing.lease(opened, "k1", "hall", "huji")
    body = printed(lease, 0, clock.now().isoformat())
    hand_in(opened, "k1", body)
    with pytest.raises(Refused, match="handed in already"):
        hand_in(opened, "k1", {**body, "ticket": "another", "press": "another"})


def test_a_wrong_clock_pushes_nobody_aside(opened: Database, clock: HandClock) -> None:
    """A kiosk whose clock is years off gets no earlier place than its block, and no later one than its arrival."""
    lease = issuing.lease(opened, "k1", "hall", "huji")
    leased_at = clock.now().isoformat()
    clock.advance(minutes=30)
    hand_in(opened, "k1", printed(lease, 0, "1970-01-01T00:00:00+00:00"))
    hand_in(opened, "k1", printed(lease, 1, "2099-01-01T00:00:00+00:00"))
    with opened.read() as connection:
        rows = sorted(queries.listed(connection, "hall", lease.day, ["waiting"]), key=lambda row: row.running)
    assert [row.since for row in rows] == [leased_at, clock.now().isoformat()]


def test_a_block_for_tomorrow_and_no_hoard(opened: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A village may take tomorrow's block tonight, no later day's, and nobody takes blocks without end."""
    assert issuing.lease(opened, "k1", "hall", "huji", "2026-11-24").day == "2026-11-24"
    with pytest.raises(BadInput):
        issuing.lease(opened, "k1", "hall", "huji", "2026-11-25")
    monkeypatch.setattr(limits, "lease_blocks_per_day_max", 1)
    with pytest.raises(Refused):
        issuing.lease(opened, "k1", "hall", "huji", "2026-11-24")
