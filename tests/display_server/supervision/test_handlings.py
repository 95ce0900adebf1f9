"""What windows accepted, under supervision: forwarding in time, silent departments, reasons, shares (HAL-05)."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from content_sync.domain.errors import Refused
from display_server.cases import handling
from display_server.database import audit
from display_server.database.engine import Database
from display_server.supervision import cards, checking, giving, performance
from tests.display_server.cases.making import clerk, on, opened, taken
from tests.display_server.world import HandClock


@pytest.fixture
def open_hall(db: Database) -> Database:
    """The hall with its guide."""
    return opened(db)


def given(db: Database) -> list[tuple[str, str, str, str]]:
    """Colour, kind, due date and holder of every card, in order."""
    with db.read() as connection:
        found = [one.card for one in cards.within(connection, "2026-01-01", "2027-12-31")]
    return [(one.colour, one.kind, one.due, one.owner) for one in reversed(found)]


def test_not_forwarded_by_the_promised_day(open_hall: Database, clock: HandClock) -> None:
    """A case that must go to the superior within 3 working days turns yellow, then red; its reason is in the chain."""
    clock.at = on(11, 23)
    case = taken(open_hall, kind="forwarded", superior="市局", forward_days=3)
    for day in (24, 25, 26, 27, 28):
        clock.at = on(11, day)
        giving.give(open_hall)
    assert given(open_hall) == [("yellow", "handling", "2026-11-26", "wang"), ("red", "handling", "2026-11-26", "wang")]
    with pytest.raises(Refused, match="超期"):
        handling.forward(open_hall, clerk, case)
    handling.forward(open_hall, clerk, case, "市局系统维护")
    assert giving.give(open_hall) == 0  # the red card stands and is not given twice
    with open_hall.read() as connection:
        assert ("handling.late", "市局系统维护") in [(e.action, e.detail) for e in audit.of(connection, case)]


def test_each_department_has_its_own_card(open_hall: Database, clock: HandClock) -> None:
    """Of two departments that were asked, only the silent one gets cards, by its own name."""
    clock.at = on(11, 23)
    case = taken(open_hall, kind="joint", asked=frozenset({"qinghe", "liushu"}))
    handling.reply(open_hall, clerk, case, "qinghe", "同意")
    clock.at = on(12, 1)
    giving.give(open_hall)
    assert given(open_hall) == [("red", "reply", "2026-11-30", "liushu")]
    handling.reply(open_hall, clerk, case, "liushu", "同意")
    assert giving.give(open_hall) == 0


def test_late_while_nobody_looked(open_hall: Database, clock: HandClock) -> None:
    """A case that was ended late before the upkeep ran gets its red card afterwards; a voided one gets none."""
    clock.at = on(9, 23)
    case, mistake = taken(open_hall), taken(open_hall, 2)
    handling.void(open_hall, clerk, mistake, "重复登记")
    clock.at = on(10, 30)
    handling.finish(open_hall, clerk, case, "granted", "", "专家出差")
    giving.give(open_hall)
    assert given(open_hall) == [("red", "handling", "2026-10-28", "wang")]


def test_a_case_turned_back_is_found(open_hall: Database, clock: HandClock) -> None:
    """Ending a case earlier in the table, or taking it out, differs from the log and is named."""
    clock.at = on(11, 23)
    case = taken(open_hall)
    clock.at = on(11, 25)
    handling.finish(open_hall, clerk, case, "granted", "")
    with open_hall.write() as connection:
        assert list(checking.faults(connection)) == []
        connection.execute(text("UPDATE handlings SET closed_at = '2026-11-24T09:00:00+08:00'"))
        assert ["did not end when" in words for words in checking.faults(connection)] == [True]
        connection.execute(text("DELETE FROM handlings"))
        assert ["is missing" in words for words in checking.faults(connection)] == [True]


def test_shares_of_the_hall(open_hall: Database, clock: HandClock, browser: Callable[..., FlaskClient]) -> None:
    """即办率 is two of three accepted; both that ended were on time, one of them early; the page says the same."""
    clock.at = on(11, 23)
    taken(open_hall, kind="instant")
    handling.finish(open_hall, clerk, taken(open_hall, 2), "granted", "")
    case = taken(open_hall, 3, kind="instant")
    handling.finish(open_hall, clerk, case, "granted", "")
    with open_hall.read() as connection:
        found = performance.of_days(connection, "hall", "2026-11-01", "2026-11-30")
    assert [(one.name, one.part, one.whole) for one in found] == [
        ("即办率", 2, 3),
        ("按时办结率", 2, 2),
        ("提前办结率", 1, 2),
        ("满意率", 0, 0),
    ]
    manager = browser("guan", "manager")
    assert "<dt>即办率</dt><dd>66.7%<span>2 / 3</span>" in manager.get("/hall/hall/figures?first=2026-11-01").text
    assert "即办率,66.7%,2,3" in manager.get("/hall/hall/shares.csv?first=2026-11-01").data.decode("utf-8-sig")


def test_the_manager_sees_what_is_due(
    open_hall: Database, clock: HandClock, browser: Callable[..., FlaskClient]
) -> None:
    """The hall's page lists what is late with its holder; the link to the chain is supervision's."""
    clock.at = on(9, 23)
    taken(open_hall)
    clock.at = on(11, 23)
    assert "C2026-00001" in browser("guan", "manager").get("/hall/hall").text
    assert "/supervision/matter/" not in browser("guan2", "manager").get("/hall/hall").text
    assert "/supervision/matter/" in browser("jian", "supervisor").get("/hall/hall").text
