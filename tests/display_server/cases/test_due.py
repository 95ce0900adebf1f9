"""What a profile gives a limit is due; a bad rating is looked into, found, answered, and counted (EVA-05, N-05)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient

from content_sync.clock import place
from content_sync.domain.errors import Refused
from content_sync.domain.hall.queue import Event
from display_server.cases import clocks, queries, service
from display_server.cases.service import Finding, Opening
from display_server.database import county
from display_server.database.engine import Database
from display_server.desk import finishing
from display_server.queue import issuing, log
from display_server.queue import queries as queue
from display_server.ratings import queries as ratings
from tests.display_server import hall, world
from tests.display_server.cases.test_cases import case, someone

every = frozenset({"*"})
day = ("2026-11-01", "2027-12-31")


@pytest.fixture
def opened(db: Database) -> Database:
    """The founded database with its hall."""
    return hall.opened(db)


def rated(db: Database, record: str, level: int, contact: str = "") -> None:
    """A ticket served to its end and rated."""
    ticket = issuing.issue(db, "k1", "hall", "huji", record).ticket
    with db.write() as connection:
        for kind in ("called", "finished"):
            event = Event(ticket, kind, log.stamp(db)[0], window="w1")
            log.move(db, connection, queue.by_id(connection, ticket), event, "clerk")
        finishing.rate(db, connection, "hall", record, {"ticket": ticket, "level": level, "reasons": "slow"}, contact)


def ruled(db: Database, **rules: int | str) -> None:
    """The hall with other rules."""
    with db.write() as connection:
        county.put_site(connection, replace(hall.site, rules=replace(hall.site.rules, **rules)))


def running(db: Database, units: frozenset[str] = every) -> list[clocks.Clock]:
    """Every clock that runs."""
    with db.read() as connection:
        return clocks.running(db, connection, units)


@pytest.mark.parametrize(("profile", "due"), [("", date(2026, 11, 30)), ("seed_city_15", date(2026, 12, 14))])
def test_a_bad_rating_is_due_by_profile(opened: Database, profile: str, due: date) -> None:
    """One bad rating, one case, due after 5 or 15 working days as the hall's profile says (EVA-05)."""
    ruled(opened, profile=profile)
    rated(opened, "r1", 1)
    rated(opened, "r2", 4)
    (clock,) = running(opened)
    assert (clock.kind, clock.due, clock.state) == ("rating", due, "green")


def test_an_opinion_without_a_limit_says_so(opened: Database) -> None:
    """The seed names no number for D08: the opinion waits without a due date, and nothing is invented."""
    case(opened)
    (clock,) = running(opened)
    assert (clock.due, clock.state, clock.why) == (None, "none", "没有规定时限")


@pytest.mark.parametrize("about", ["window", "failed", "money"])
def test_a_complaint_has_a_limit(opened: Database, about: str) -> None:
    """Who complains of staff, of what was not handled or of money is answered within five working days (N-18)."""
    case(opened, about=about)
    (clock,) = running(opened)
    assert (clock.due, clock.state) == (date(2026, 11, 30), "green")


def test_a_year_without_a_table_stops_nothing(opened: Database, clock: world.HandClock) -> None:
    """A case whose end lies in 2027 opens, says which table is lacking, and can be answered (promise 14)."""
    clock.at = datetime(2026, 12, 30, 9, tzinfo=place)
    number, other = case(opened, "rating"), case(opened, record="r2")
    found = {one.number: one for one in running(opened)}
    assert (found[number].state, found[number].due) == ("unknown", None)
    assert "2027" in found[number].why
    assert found[other].state == "none"
    service.answer(opened, someone("supervisor"), number, "done", "已整改。", Finding("upheld", "属实。"))
    assert [one.number for one in running(opened)] == [other]


def test_yellow_then_red(opened: Database, clock: world.HandClock, browser: Callable[..., FlaskClient]) -> None:
    """The supervisor sees it come and sees it late, first of all; the clerk sees neither."""
    rated(opened, "r1", 2)
    case(opened, record="r2")
    states = []
    for moment in (27, 30):
        clock.at = datetime(2026, 11, moment, 9, tzinfo=place)
        states.append(running(opened)[0].state)
    assert states == ["yellow", "yellow"]
    clock.at = datetime(2026, 12, 1, 9, tzinfo=place)
    first = running(opened)[0]
    assert (first.kind, first.state, first.why) == ("rating", "red", "超期1天")
    assert "已超期" in browser("jian", "supervisor").get("/cases").text
    assert "已超期" not in browser("wang", "clerk").get("/cases").text


def test_other_units_clocks(opened: Database) -> None:
    """Somebody of another unit is shown no clock of this one."""
    case(opened)
    assert running(opened, frozenset({"liushu"})) == []
    assert len(running(opened, frozenset({"qinghe"}))) == 1


@pytest.mark.parametrize(
    "finding", [Finding(), Finding("upheld"), Finding("fine", "看了录像。"), Finding("", "看了。")]
)
def test_no_closing_without_a_finding(opened: Database, finding: Finding) -> None:
    """A bad rating closes with what was found, why, and an answer; lacking one it stays open (promise 15)."""
    number = case(opened, "rating")
    with pytest.raises(Refused, match=r"核实|理由"):
        service.answer(opened, someone("supervisor"), number, "done", "已整改。", finding)
    with pytest.raises(Refused, match="没有答复"):
        service.answer(opened, someone("supervisor"), number, "done", " ", Finding("upheld", "属实。"))
    service.answer(opened, someone("supervisor"), number, "doing", "")
    assert len(running(opened)) == 1


def test_a_malicious_rating_is_set_aside(opened: Database) -> None:
    """Found malicious, with reasons, it stays on file, leaves the shares and is told of; before that it counts."""
    rated(opened, "r1", 5)
    rated(opened, "r2", 1)
    number = running(opened)[0].number
    with opened.read() as connection:
        before = ratings.summaries(connection, "hall", *day)["huji"]
    service.answer(
        opened, someone("supervisor"), number, "done", "已回复。", Finding("malicious", "同一人一天二十次。")
    )
    with opened.read() as connection:
        after = ratings.summaries(connection, "hall", *day)["huji"]
        row = queries.by_number(connection, number)
    assert (before.share("满意"), before.set_aside) == ("50.0%", 0)
    assert (after.share("满意"), after.set_aside, after.unrated) == ("100.0%", 1, 0)
    assert (row.finding, row.reasons) == ("malicious", "同一人一天二十次。")


def test_named_ones_are_counted(opened: Database) -> None:
    """Of the bad ratings that can be followed up the answered share is told; a good one leaves no contact behind."""
    rated(opened, "r1", 1, "0000-7654321")
    rated(opened, "r2", 2)
    rated(opened, "r3", 5, "0000-7654321")
    numbers = sorted(one.number for one in running(opened))
    with opened.read() as connection:
        named = next(n for n in numbers if queries.by_number(connection, n).contact)
        assert ratings.follow_up(connection, "hall", *day).named_share == "0.0%"
    service.answer(opened, someone("supervisor"), named, "done", "已回访。", Finding("upheld", "属实。"))
    with opened.read() as connection:
        found = ratings.follow_up(connection, "hall", *day)
    assert (found.bad, found.answered, found.named, found.named_answered) == (2, 1, 1, 1)
    assert found.named_share == "100.0%"


def test_three_levels_by_rule(opened: Database, browser: Callable[..., FlaskClient]) -> None:
    """A hall that asks for three levels has three columns; a level of the other scale falls into its grade."""
    ruled(opened, rating_levels=3)
    rated(opened, "r1", 4)
    rated(opened, "r2", 1)
    page = browser("jian", "supervisor").get("/ratings").text
    assert "非常满意" not in page
    assert page.count("50.0%") == 2
    assert running(opened)[0].about == "户口和身份证：不满意"


def test_the_page_of_a_bad_rating(opened: Database, browser: Callable[..., FlaskClient]) -> None:
    """The supervisor is told what is missing, keeps what was written, and finds the finding on the closed case."""
    rated(opened, "r1", 1, "0000-7654321")
    address, page = f"/cases/{running(opened)[0].number}", browser("jian", "supervisor")
    assert all(words in page.get(address).text for words in ("2026-11-30 到期", "0000-7654321", "恶意评价，不计入"))
    refused = world.post(page, address, state="done", answer="已整改。", finding="upheld", reasons="")
    assert "请写明核实的经过和理由" in refused.text
    assert '<option value="upheld" selected>' in refused.text
    world.post(page, address, state="done", answer="已整改。", finding="upheld", reasons="看了录像。")
    shown = page.get(address).text
    assert all(words in shown for words in ("属实，已整改", "看了录像。", "已整改。"))


def test_an_opening_may_come_from_no_hall(opened: Database) -> None:
    """A device without a hall sends opinions, too: the profile of its unit's level holds."""
    with opened.write() as connection:
        number = service.open_case(opened, connection, Opening("r9", "opinion", "", "liushu", "", "slow"))
    assert running(opened)[0].number == number
