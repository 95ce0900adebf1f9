"""A ticket on a phone: where it stands, giving it back, judging the service; nobody's data, and no endless asking."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from content_sync.domain import limits
from display_server.access import Actor
from display_server.database.engine import Database
from display_server.database.tables.records import cases, ratings
from display_server.queue import queries, service
from display_server.web.current import database_key
from tests.display_server import hall
from tests.display_server.counted import statements
from tests.display_server.queue.test_windows import seated, take
from tests.display_server.world import HandClock, post


@pytest.fixture
def phone(app: Flask, db: Database) -> FlaskClient:
    """A phone in front of an open hall."""
    hall.opened(db)
    return app.test_client()


def finished(db: Database, ticket: str) -> Actor:
    """The ticket called and finished at window 1."""
    (clerk,) = seated(db, "w1")
    service.call_next(db, clerk, "hall", "w1")
    service.act(db, clerk, "hall", "w1", "finished", ticket)
    return clerk


def test_the_script_asks_for_what_changed(phone: FlaskClient, db: Database) -> None:
    """304 until the line moves; what the part says is what the page says."""
    first, second = take(db, "p1", "p2")
    page, part = phone.get(f"/t/{second}"), phone.get(f"/t/{second}/now")
    assert "前面还有 <strong>1</strong> 位" in page.text
    assert "前面还有 <strong>1</strong> 位" in part.text
    assert (part.headers["Cache-Control"], part.headers["X-Robots-Tag"]) == ("no-store", "noindex")
    known = {"If-None-Match": part.headers["ETag"]}
    assert phone.get(f"/t/{second}/now", headers=known).status_code == 304
    post(phone, f"/t/{first}/cancel", form=f"/t/{first}")
    assert "下一位" in phone.get(f"/t/{second}/now", headers=known).text


def test_a_long_line_is_read_once_for_all(phone: FlaskClient, app: Flask, db: Database) -> None:
    """Forty phones ask: the line is read for the first of them; the fortieth asks no more than the second."""
    made = take(db, *(f"p{n}" for n in range(40)))
    costs = []
    for ticket in made:
        with statements(app.extensions[database_key]) as told:
            assert phone.get(f"/t/{ticket}/now").status_code == 200
        costs.append(len(told))
    assert costs[0] > costs[1]
    assert set(costs[1:]) == {costs[1]}
    assert costs[1] <= 6  # the ticket, its hall, the log's last number, who sits, what is lent


def test_giving_a_ticket_back(phone: FlaskClient, db: Database) -> None:
    """Once is enough, twice is the same, and whoever is served no longer can."""
    ticket, other = take(db, "p1", "p2")
    assert post(phone, f"/t/{ticket}/cancel", form=f"/t/{ticket}").status_code == 303
    page = phone.get(f"/t/{ticket}").text
    assert "已经取消" in page
    assert "确定取消" not in page
    post(phone, f"/t/{ticket}/cancel", form=f"/t/{other}")
    finished(db, other)
    post(phone, f"/t/{other}/cancel", form="/login")
    assert "已经办完了，不用退" in phone.get(f"/t/{other}").text
    with db.read() as connection:
        assert queries.by_id(connection, other).state == "finished"


def test_a_rating_from_the_phone(phone: FlaskClient, db: Database) -> None:
    """None is chosen, one is kept, a bad one opens its case with the contact left; then the page says thanks."""
    (ticket,) = take(db, "p1")
    address = f"/t/{ticket}"
    assert "您满意吗" not in phone.get(address).text
    finished(db, ticket)
    asking = phone.get(address).text
    assert asking.count('type="radio"') == 5
    assert "checked" not in asking
    fields = {"level": "2", "reason": "rude", "contact": "0000-7654321"}
    answers = [post(phone, f"{address}/rate", form=address, **fields) for _ in range(2)]
    for thanks in (phone.get(answer.location).text for answer in answers):
        assert "谢谢您的评价" in thanks
        assert "您满意吗" not in thanks
        assert "7654321" not in thanks
    assert _plain(phone.get(address).text) == _plain(asking)  # whoever else has the address learns nothing
    with db.read() as connection:
        assert [(row.level, row.reasons) for row in connection.execute(select(ratings))] == [(2, "rude")]
        assert [row.contact for row in connection.execute(select(cases))] == ["0000-7654321"]


@pytest.mark.parametrize("fields", [{}, {"level": "6"}, {"level": "5", "contact": "x" * 500}])
def test_no_rating_of_nothing(phone: FlaskClient, db: Database, fields: dict[str, str]) -> None:
    """Without a level, with one that is none, or with a novel for a phone number nothing is kept."""
    (ticket,) = take(db, "p1")
    post(phone, f"/t/{ticket}/rate", form="/login", level="5")
    finished(db, ticket)
    post(phone, f"/t/{ticket}/rate", form=f"/t/{ticket}", **fields)
    with db.read() as connection:
        assert connection.execute(select(ratings)).all() == []


def test_yesterdays_ticket(phone: FlaskClient, db: Database, clock: HandClock) -> None:
    """The day after, the page says so and offers nothing."""
    (ticket,) = take(db, "p1")
    finished(db, ticket)
    clock.advance(days=1)
    page = phone.get(f"/t/{ticket}").text
    assert "已经过期" in page
    assert "<form" not in page
    post(phone, f"/t/{ticket}/rate", form="/login", level="5")
    with db.read() as connection:
        assert connection.execute(select(ratings)).all() == []


def test_asking_too_often(phone: FlaskClient, db: Database) -> None:
    """One ticket is told so often a minute; a neighbour on the same network is still told, also beside a guesser."""
    ticket, other = take(db, "p1", "p2")
    answers = [phone.get(f"/t/{ticket}/now").status_code for _ in range(limits.ticket_asks_per_minute + 1)]
    assert answers == [200] * limits.ticket_asks_per_minute + [429]
    assert {phone.get(f"/t/guess{n}").status_code for n in range(2 * limits.ticket_asks_per_minute)} == {404}
    assert phone.get(f"/t/{other}").status_code == 200


def _plain(page: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page)
