"""The line as a fold of its log, whatever happens in a hall; places kept, claims refused, windows that close."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall.claims import claims
from content_sync.domain.hall.fairness import next_for
from content_sync.domain.hall.lineup import Lineup
from content_sync.domain.hall.queue import at_window, fold
from content_sync.domain.hall.rules import HallRules
from display_server.access import Actor
from display_server.database import county
from display_server.database.engine import Database
from display_server.database.tables.queue import seats, tickets
from display_server.queue import days, issuing, lending, log, queries, service, waits
from display_server.queue.seats import served
from tests.bench import races
from tests.display_server import hall
from tests.display_server.queue.test_windows import seated, take
from tests.display_server.world import HandClock

_boss = Actor("boss", "大厅经理", frozenset({"manager"}), frozenset("*"), "page")
_windows = ("w1", "w2", "w3")


@pytest.fixture
def opened(db: Database) -> Database:
    """The founded database with its hall, whose rules make everything happen soon."""
    with db.write() as connection:
        county.put_site(connection, replace(hall.site, rules=HallRules(ageing_minutes=5, missed_places=1)))
    return db


def invariants(db: Database) -> None:
    """The kept tickets and turns are the fold of the log, and what each who waits is told of those ahead is, too.

    Nobody is at two windows or waits for a closed one.
    """
    at, day = log.stamp(db)
    with db.read() as connection:
        line = fold(queries.log(connection, "hall", day))
        kept = {row.id: queries.as_ticket(row) for row in connection.execute(tickets.select()) if row.day == day}
        turns = {row.window: row.turns for row in connection.execute(seats.select()) if row.turns_day == day}
        taken = queries.taken_seats(connection, "hall")
        lineup = Lineup((one for one in line.tickets.values() if one.state == "waiting"), {})
        for row in connection.execute(tickets.select().where(tickets.c.day == day, tickets.c.state == "waiting")):
            ahead, _ = waits.standing(db, connection, hall.site, row, at)
            assert ahead == lineup.ahead(row.id) == queries.ahead(connection, row)
    assert kept == line.tickets
    assert turns == line.turns
    busy = [ticket.window for ticket in kept.values() if ticket.state in at_window]
    assert len(busy) == len(set(busy))
    assert {ticket.target for ticket in kept.values() if ticket.state == "waiting"} <= {"", *taken}


def rule_says(db: Database, window: str) -> str:
    """The ticket that the rule in words calls next, empty for nobody, `busy` while somebody stands there."""
    at, day = log.stamp(db)
    with db.read() as connection:
        line = fold(queries.log(connection, "hall", day))
        site = hall.site
        services = served(connection, site, day, at)[window]
    try:
        found = next_for(line, window, services, HallRules(ageing_minutes=5, missed_places=1), at)
    except Refused:
        return "busy"
    return found.id if found else ""


class Hall:
    """Three clerks and a manager who press whatever they like."""

    def __init__(self, db: Database, clock: HandClock) -> None:
        self.db, self.clock, self.made, self.clerks = db, clock, list[str](), dict[str, Actor]()
        clock.advance(days=1)
        self.clerks = dict(zip(_windows, seated(db, *_windows), strict=True))
        self.come("huji", "")
        self.come("shebao", "elder")

    def come(self, what: str, claim: str) -> None:
        """Somebody takes a ticket."""
        press = f"p{self.clock.at:%d%H%M%S}"
        self.made.append(issuing.issue(self.db, "k1", "hall", what, press, claim).ticket)

    def press(self, what: str, window: str, which: int) -> None:
        """One step; refused ones are the hall's way of saying no."""
        clerk, ticket = self.clerks[window], self.made[which % len(self.made)]
        self.clock.advance(seconds=30)
        other = _windows[which % 3]
        try:
            match what:
                case "next":
                    wanted = rule_says(self.db, window)
                    found = service.call_next(self.db, clerk, "hall", window)
                    assert wanted in ("busy", found.id if found else "")
                case "come":
                    self.come(("huji", "shebao")[which % 2], ("", "", *claims)[which % 6])
                case "to":
                    service.act(self.db, clerk, "hall", window, "transferred", ticket, to_window=other)
                case "leave":
                    service.leave(self.db, clerk, "hall", window, "lunch")
                case "sit":
                    service.sit(self.db, clerk, "hall", window, clerk.display_name)
                case "lend":
                    lending.lend(self.db, _boss, "hall", window, "shebao", minutes=which)
                case "empty":
                    lending.empty_window(self.db, _boss, "hall", window)
                case "end":
                    days.end(self.db, _boss, "hall")
                case _:
                    service.act(self.db, clerk, "hall", window, what, ticket, ("huji", "shebao")[which % 2])
        except Refused:
            pass
        invariants(self.db)


_usual_steps = ["next", "next", "next", "come", "come", "to", "leave", "sit", "sit", "lend", "empty", "end"]
_steps = st.tuples(st.sampled_from([*_usual_steps, *service.acts]), st.sampled_from(_windows), st.integers(0, 11))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=st.lists(_steps, max_size=25))
def test_log_and_fold_agree(opened: Database, clock: HandClock, steps: list[tuple[str, str, int]]) -> None:
    """Law: whatever is pressed, the kept line is the fold of the log, and SQL calls whom the pure rule calls."""
    day = Hall(opened, clock)
    for step in steps:
        day.press(*step)
    clock.advance(days=1)
    days.begin_all(opened)
    with opened.read() as connection:
        left = connection.execute(tickets.select().where(tickets.c.claim != "")).all()
        still = connection.execute(tickets.select().where(tickets.c.state.in_(["waiting", *at_window, "held"]))).all()
        assert not left + still
        assert not queries.taken_seats(connection, "hall")


def test_a_claim_that_cannot_be_confirmed(opened: Database) -> None:
    """The clerk refuses the claim: the ticket waits on as any other at its own place, and the log names no reason."""
    (first,) = take(opened, "p1")
    elder = issuing.issue(opened, "k1", "hall", "huji", "p2", "elder").ticket
    (later,) = take(opened, "p3")
    (clerk,) = seated(opened, "w1")
    called = service.call_next(opened, clerk, "hall", "w1")
    assert called
    assert called.id == elder
    service.act(opened, clerk, "hall", "w1", "claim_refused", elder)
    order = []
    while found := service.call_next(opened, clerk, "hall", "w1"):
        with pytest.raises(Refused, match="本来就没有优先"):
            service.act(opened, clerk, "hall", "w1", "claim_refused", found.id)
        order.append(found.id)
        service.act(opened, clerk, "hall", "w1", "serving", found.id)
    assert order == [first, elder, later]
    with opened.read() as connection:
        assert "elder" not in str([tuple(event) for event in connection.exec_driver_sql("SELECT * FROM queue_events")])
        assert queries.by_id(connection, elder).claim == ""


def test_waiting_for_one_window_by_name(opened: Database) -> None:
    """Whom window 1 sends to window 3 is called there and nowhere else, before those who came later."""
    first, second = take(opened, "p1", "p2")
    one, two, three = seated(opened, "w1", "w2", "w3")
    service.call_next(opened, one, "hall", "w1")
    service.act(opened, one, "hall", "w1", "transferred", first, to_window="w3")
    found = service.call_next(opened, two, "hall", "w2")
    assert found
    assert found.id == second
    assert service.call_next(opened, one, "hall", "w1") is None
    found = service.call_next(opened, three, "hall", "w3")
    assert found
    assert found.id == first


@pytest.mark.parametrize(
    ("target", "words"), [("w1", "暂放"), ("w2", "暂停服务"), ("w9", "没有这个窗口"), ("", "没有")]
)
def test_nowhere_to_send_to(opened: Database, target: str, words: str) -> None:
    """One's own window, a closed one, none at all: the clerk reads what to do instead."""
    (first,) = take(opened, "p1")
    (one,) = seated(opened, "w1")
    service.call_next(opened, one, "hall", "w1")
    with pytest.raises(Refused, match=words):
        service.act(opened, one, "hall", "w1", "transferred", first, to_window=target)


def test_lunch_gives_back_who_waited_for_this_window(opened: Database) -> None:
    """The clerk of window 3 goes to lunch: who was sent there is called by window 1, at their own place."""
    first, second = take(opened, "p1", "p2")
    one, three = seated(opened, "w1", "w3")
    service.call_next(opened, one, "hall", "w1")
    service.act(opened, one, "hall", "w1", "transferred", first, to_window="w3")
    assert service.leave(opened, three, "hall", "w3", "lunch") == []
    found = service.call_next(opened, one, "hall", "w1")
    assert found
    assert found.id == first
    service.act(opened, one, "hall", "w1", "finished", first)
    left = service.leave(opened, one, "hall", "w1", "closed")
    assert [unserved.id for unserved in left] == ["huji"]
    with pytest.raises(BadInput):
        service.leave(opened, one, "hall", "w1", "tired")
    assert second


def test_a_missed_ticket_comes_back_behind_one(opened: Database, clock: HandClock) -> None:
    """With `missed_places` 1 whoever comes back stands behind one, then behind two, never at the very end."""
    made = []
    for n in range(6):
        clock.advance(seconds=1)
        made += take(opened, f"p{n}")
    first, *others = made
    (clerk,) = seated(opened, "w1")
    order = []
    while found := service.call_next(opened, clerk, "hall", "w1"):
        order.append(found.id)
        if found.id == first and order.count(first) < 3:
            service.act(opened, clerk, "hall", "w1", "missed", first)
            service.act(opened, clerk, "hall", "w1", "requeued", first)
        else:
            service.act(opened, clerk, "hall", "w1", "finished", found.id)
    assert order == [first, others[0], first, others[1], others[2], first, *others[3:]]


def test_three_calls_then_missed(opened: Database) -> None:
    """A number is called three times at a window; the fourth is refused, and the sentence says what to press."""
    (first,) = take(opened, "p1")
    (clerk,) = seated(opened, "w1")
    service.call_next(opened, clerk, "hall", "w1")
    for _ in range(2):
        service.act(opened, clerk, "hall", "w1", "recalled", first)
    with pytest.raises(Refused, match="过号"):
        service.act(opened, clerk, "hall", "w1", "recalled", first)
    service.act(opened, clerk, "hall", "w1", "missed", first)


def test_a_window_helps_out_for_a_while(opened: Database, clock: HandClock) -> None:
    """Window 1 is lent to the other service for twenty minutes, gives it back by itself, or is made to."""
    (guest, later, last) = take(opened, "p1", "p2", "p3", what="shebao")
    (clerk,) = seated(opened, "w1")
    assert service.call_next(opened, clerk, "hall", "w1") is None
    with pytest.raises(Refused, match="没有这个权限"):
        lending.lend(opened, clerk, "hall", "w1", "shebao")
    lending.lend(opened, _boss, "hall", "w1", "shebao", minutes=20)
    found = service.call_next(opened, clerk, "hall", "w1")
    assert found
    assert found.id == guest
    service.act(opened, clerk, "hall", "w1", "finished", guest)
    clock.advance(minutes=20)
    assert service.call_next(opened, clerk, "hall", "w1") is None
    lending.lend(opened, _boss, "hall", "w1", "shebao")
    assert service.call_next(opened, clerk, "hall", "w1")
    service.act(opened, clerk, "hall", "w1", "finished", later)
    assert [one.id for one in lending.take_back(opened, _boss, "hall", "w1", "shebao")] == ["shebao"]
    assert service.call_next(opened, clerk, "hall", "w1") is None
    assert last


def test_a_clerk_went_home_without_leaving(opened: Database) -> None:
    """The manager empties the seat, unless somebody stands in front of it."""
    (first,) = take(opened, "p1")
    (clerk,) = seated(opened, "w1")
    service.call_next(opened, clerk, "hall", "w1")
    with pytest.raises(Refused, match="A001"):
        lending.empty_window(opened, _boss, "hall", "w1")
    service.act(opened, clerk, "hall", "w1", "held", first)
    assert lending.empty_window(opened, _boss, "hall", "w1") == []
    with pytest.raises(Refused, match="没有人"):
        lending.empty_window(opened, _boss, "hall", "w1")


def test_two_windows_racing_for_one_ticket(opened: Database) -> None:
    """Two clerks press at the same instant, 200 times: one has the ticket, the other nobody (10,000: bench.races)."""
    found = races.run(opened, 200)
    assert found.faults == []
    assert sum(found.won) == 200
