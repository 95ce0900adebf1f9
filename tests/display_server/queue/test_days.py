"""The end of a day: nothing waits through the night, nobody's reason is kept, nothing is lost."""

import pytest
from flask import Flask

from content_sync.domain.errors import Refused
from content_sync.domain.hall.tickets import number
from display_server.access import Actor, shell
from display_server.database.engine import Database
from display_server.database.tables.content import editions
from display_server.desk.upkeep import Upkeep
from display_server.queue import days, handing_in, issuing, queries, service
from tests.display_server import hall
from tests.display_server.queue.test_windows import seated, take
from tests.display_server.world import HandClock

_boss = Actor("boss", "大厅经理", frozenset({"manager"}), frozenset("*"), "page")


@pytest.fixture
def opened(db: Database) -> Database:
    """The founded database with its hall."""
    return hall.opened(db)


def states(db: Database, *ids: str) -> list[str]:
    """The states of these tickets."""
    with db.read() as connection:
        return [queries.by_id(connection, one).state for one in ids]


def evening(db: Database) -> tuple[list[str], list[Actor]]:
    """One ticket in every state that a day can leave behind, and the clerks: served, called, held, missed, waiting."""
    made = [issuing.issue(db, "k1", "hall", "huji", f"p{n}", "elder").ticket for n in range(5)]
    clerks = seated(db, "w1", "w2", "w3")
    for window, clerk, kinds in (("w3", clerks[2], ["missed"]), ("w3", clerks[2], ["held"])):
        found = service.call_next(db, clerk, "hall", window)
        assert found
        service.act(db, clerk, "hall", window, kinds[0], found.id)
    service.call_next(db, clerks[0], "hall", "w1")
    service.act(db, clerks[0], "hall", "w1", "serving", made[2])
    service.call_next(db, clerks[1], "hall", "w2")
    return made, clerks


def test_the_first_action_of_a_day_closes_the_one_before(opened: Database, clock: HandClock) -> None:
    """Just after local midnight, still the same day in UTC, the first ticket closes everything of yesterday."""
    made, clerks = evening(opened)
    clock.at = clock.at.replace(hour=23, minute=59)
    take(opened, "late")
    assert states(opened, *made) == ["missed", "held", "serving", "called", "waiting"]
    clock.advance(minutes=2)
    take(opened, "early")
    assert states(opened, *made) == ["missed", "voided", "finished", "voided", "voided"]
    with opened.read() as connection:
        log = queries.log(connection, "hall", "2026-11-23")
        assert {event.reason for event in log if event.kind == "voided"} == {"day_end"}
        assert all(event.at < "2026-11-24T00:00" for event in log)
        assert not queries.taken_seats(connection, "hall")
        assert {queries.by_id(connection, one).claim for one in made} == {""}
    with pytest.raises(Refused, match="登录"):
        service.call_next(opened, clerks[0], "hall", "w1")


def test_the_night_closes_the_day_alone(opened: Database, clock: HandClock) -> None:
    """Nobody comes after midnight: upkeep puts the plates out, once."""
    made, _ = evening(opened)
    upkeep = Upkeep(opened)
    upkeep.round()
    assert states(opened, made[4]) == ["waiting"]
    clock.advance(days=1)
    upkeep.round()
    assert states(opened, made[4]) == ["voided"]
    with opened.read() as connection:
        assert not queries.taken_seats(connection, "hall")


def test_a_clock_that_was_a_year_ahead(opened: Database, clock: HandClock) -> None:
    """What was closed stays closed, what was taken in the wrong year is closed too, and days end again."""
    made, _ = evening(opened)
    clock.advance(days=400)
    (future,) = take(opened, "future")
    clock.advance(days=-400)
    (today,) = take(opened, "today")
    assert states(opened, made[4], future, today) == ["voided", "voided", "waiting"]
    clock.advance(days=1)
    (tomorrow,) = take(opened, "tomorrow")
    assert states(opened, today, tomorrow) == ["voided", "waiting"]


def test_a_clock_without_a_battery_closes_nobodys_day(opened: Database, clock: HandClock) -> None:
    """A server that wakes in 2000, before what it signed: who waits today waits on when the clock is right."""
    with opened.write() as connection:
        signed = {"channel": "qinghe", "number": 1, "time": clock.now().isoformat(), "root": "", "items": 0, "bytes": 0}
        connection.execute(editions.insert().values(**signed, account="p", via="page", plan="{}", done=1))
    made = take(opened, "a", "b")
    today = clock.at
    clock.at = today.replace(year=2000)
    stray = take(opened, "woken")
    days.begin_all(opened)
    assert states(opened, *made, *stray) == ["waiting"] * 3
    clock.at = today
    assert states(opened, *take(opened, "c"), *made) == ["waiting"] * 3
    clock.advance(days=1)
    take(opened, "tomorrow")
    assert states(opened, *made, *stray) == ["voided"] * 3


def test_closing_early_by_hand(opened: Database, clock: HandClock) -> None:
    """The manager closes the hall: who waits is closed, who is served is served, numbers come again in the morning."""
    made, clerks = evening(opened)
    with pytest.raises(Refused, match="没有这个权限"):
        days.end(opened, clerks[0], "hall")
    assert days.end(opened, _boss, "hall") == 2
    assert states(opened, *made) == ["missed", "voided", "serving", "called", "voided"]
    service.act(opened, clerks[0], "hall", "w1", "finished", made[2])
    with pytest.raises(Refused, match="登录"):
        service.call_next(opened, clerks[2], "hall", "w3")
    with pytest.raises(Refused):
        take(opened, "p9")
    clock.advance(days=1)
    days.begin_all(opened)
    take(opened, "p9")


def test_the_phone_says_that_the_day_is_over(opened: Database, app: Flask) -> None:
    """Whoever waited when the hall was closed reads so, and is not told to look for another paper."""
    (ticket,) = take(opened, "p1")
    days.end(opened, shell, "hall")
    page = app.test_client().get(f"/t/{ticket}").text
    assert "今天的业务已经结束" in page
    assert "新打印" not in page


def test_closed_too_early_by_mistake(opened: Database) -> None:
    """Somebody sits down again: numbers are given again. What was closed stays closed."""
    days.end(opened, shell, "hall")
    with pytest.raises(Refused):
        take(opened, "p1")
    seated(opened, "w1")
    take(opened, "p2")


def test_a_ticket_handed_in_after_its_day(opened: Database, clock: HandClock) -> None:
    """A kiosk that was cut off overnight hands yesterday's ticket in: it is on file, and waits for nobody."""
    lease = issuing.lease(opened, "k1", "hall", "huji")
    printed = clock.now().isoformat()
    clock.advance(days=1)
    days.begin_all(opened)
    body: dict[str, str | int] = {"press": "p1", "ticket": "t1", "service": "huji", "day": lease.day, "issued": printed}
    with opened.write() as connection:
        handing_in.hand_in(
            opened, connection, "k1", body | {"number": number("A", lease.first), "claim": "elder", "leased": 1}
        )
        row = queries.by_id(connection, "t1")
    assert row is not None
    assert (row.state, row.claim) == ("voided", "")
