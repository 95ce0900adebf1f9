"""Sums of ratings for supervisors: by service and level, no ticket and no window."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from content_sync.domain import limits
from content_sync.domain.hall.queue import Event
from display_server.database.engine import Database
from display_server.queue import issuing, log, queries
from display_server.ratings import service
from tests.display_server import hall


@pytest.fixture
def rated(db: Database) -> Database:
    """A hall with three finished tickets, of which two were rated 5 and 1."""
    hall.opened(db)
    for n, level in enumerate((5, 1, None)):
        ticket = issuing.issue(db, "k1", "hall", "huji", f"p{n}").ticket
        with db.write() as connection:
            for kind in ("called", "finished"):
                event = Event(ticket, kind, log.stamp(db)[0], window="w1")
                log.move(db, connection, queries.by_id(connection, ticket), event, "clerk")
            if level:
                body = {"ticket": ticket, "level": level, "reasons": ""}
                service.rate(connection, f"r{n}", body, queries.by_id(connection, ticket))
    return db


def test_sums_by_service(rated: Database, browser: Callable[..., FlaskClient]) -> None:
    """The supervisor reads counts, the unrated and shares; nothing on the page leads to a ticket."""
    page = browser("jian", "supervisor").get("/ratings")
    assert page.text.count("50.0%") == 2
    assert "0.0%" in page.text
    with rated.read() as connection:
        for row in queries.listed(connection, "hall", log.stamp(rated)[1], ["finished"]):
            assert row.number not in page.text
            assert row.id not in page.text
    assert "户口窗口" not in page.text


@pytest.mark.parametrize("role", ["clerk", "editor", "publisher"])
def test_the_rated_do_not_read_them(rated: Database, browser: Callable[..., FlaskClient], role: str) -> None:
    """A clerk, or anyone but supervision, is refused."""
    assert browser("wang", role).get("/ratings").status_code == 403


def test_another_time(rated: Database, browser: Callable[..., FlaskClient]) -> None:
    """Days without service say so; what is no day is refused with a sentence."""
    page = browser("jian", "supervisor")
    assert "没有办结的业务" in page.get("/ratings?first=2020-01-01&last=2020-01-31").text
    assert page.get("/ratings?first=soon").status_code == 400


@pytest.mark.parametrize("path", ["/ratings", "/supervision/given", "/hall/hall/figures"])
def test_how_many_days_at_once(rated: Database, browser: Callable[..., FlaskClient], path: str) -> None:
    """A year is shown; a day more is refused with how many are allowed and what to do; so is a wrong order."""
    page = browser("jian", "supervisor", "manager")
    assert page.get(f"{path}?first=2025-11-23&last=2026-11-23").status_code == 200
    for asked in ("first=2025-11-22&last=2026-11-23", "first=1950-01-01", "first=1950-01-01&last=9999-12-31"):
        refused = page.get(f"{path}?{asked}")
        assert refused.status_code == 400
        assert f"一次最多看 {limits.statistics_days_max} 天：请把开始和结束的日期选近一些" in refused.text
    assert "开始日期在结束日期之后" in page.get(f"{path}?first=2026-11-23&last=2026-11-22").text
    assert page.get("/ratings?last=2020-01-31").status_code == 200  # the month before that day
    assert "太早了" in page.get("/ratings?last=0001-01-05").text  # before it there is no month
