"""The pad beside a window asks about the last handling there, forces nothing, and tells the clerk nothing."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from content_sync.domain import limits
from display_server.access import Actor
from display_server.database import county
from display_server.database.engine import Database
from display_server.database.tables.records import cases, ratings
from display_server.queue import pairing, service
from tests.display_server import hall
from tests.display_server.queue.test_windows import seated, take
from tests.display_server.world import HandClock, post

pad = "/pad/hall/w1"


@pytest.fixture
def clerk(db: Database) -> Actor:
    """A clerk at window 1 of an open hall, three visitors waiting."""
    hall.opened(db)
    take(db, "p1", "p2", "p3")
    (found,) = seated(db, "w1")
    return found


@pytest.fixture
def tablet(app: Flask, db: Database, clerk: Actor) -> FlaskClient:
    """The paired pad of window 1."""
    client = app.test_client()
    code = pairing.offer(db, clerk, "hall", "w1", "pad")
    post(client, f"{pad}/pair", form=pad, code=code)
    return client


def serves(db: Database, clerk: Actor, *steps: str) -> str:
    """Call the next one and take these steps with them; their ticket."""
    found = service.call_next(db, clerk, "hall", "w1")
    assert found
    for kind in steps:
        service.act(db, clerk, "hall", "w1", kind, found.id)
    return found.id


def kept(db: Database) -> list[tuple[str, int, str]]:
    """Every rating."""
    with db.read() as connection:
        return [(row.ticket, row.level, row.reasons) for row in connection.execute(select(ratings))]


def test_it_asks_only_after_a_handling(tablet: FlaskClient, db: Database, clerk: Actor) -> None:
    """Nothing to rate before, while somebody is called or served, or missed; then five faces, none chosen."""
    assert "您满意吗" not in tablet.get(pad).text
    ticket = serves(db, clerk, "serving")
    assert "您满意吗" not in tablet.get(pad).text
    service.act(db, clerk, "hall", "w1", "finished", ticket)
    asking = tablet.get(pad).text
    assert "您满意吗" in asking
    assert asking.count('name="level"') == 5
    assert "checked" not in asking
    assert "号码 A001" in asking
    assert ticket not in asking
    serves(db, clerk, "missed")
    assert "号码 A001" in tablet.get(pad).text


def test_a_hall_of_three_levels(tablet: FlaskClient, db: Database, clerk: Actor) -> None:
    """A hall that asks by the seed's grades shows three faces, and takes no level of the five."""
    with db.write() as connection:
        county.put_site(connection, replace(hall.site, rules=replace(hall.site.rules, rating_levels=3)))
    ticket = serves(db, clerk, "serving", "finished")
    asking = tablet.get(pad).text
    assert asking.count('name="level"') == 3
    assert "非常" not in asking
    assert post(tablet, f"{pad}/rate", form=pad, of="A001", level="4").status_code == 400
    post(tablet, f"{pad}/rate", form=pad, of="A001", level="3")
    assert kept(db) == [(ticket, 3, "")]


def test_a_bad_one_with_reasons_opens_one_case(tablet: FlaskClient, db: Database, clerk: Actor) -> None:
    """Face, reasons, send: one rating, one case; sent again it stays one, and the pad rests after its thanks."""
    ticket = serves(db, clerk, "serving", "finished")
    why = post(tablet, f"{pad}/level", form=pad, of="A001", level="1")
    assert "哪里没做好" in why.text
    assert kept(db) == []
    fields = {"of": "A001", "level": "1", "reason": ["slow", "money", "fast", "made up"]}
    sent = post(tablet, f"{pad}/rate", form=pad, **fields)
    assert "谢谢" in tablet.get(sent.location).text
    assert kept(db) == [(ticket, 1, "slow,money")]
    assert "您满意吗" not in tablet.get(pad).text
    again = tablet.post(f"{pad}/rate", data={**fields, "csrf_token": _token(tablet)})
    assert "谢谢" in tablet.get(again.location).text
    with db.read() as connection:
        assert len(connection.execute(select(cases)).all()) == len(kept(db)) == 1


def test_who_walks_off_stores_nothing(tablet: FlaskClient, db: Database, clerk: Actor, clock: HandClock) -> None:
    """A tapped face alone is no rating; after its time the pad rests by itself."""
    serves(db, clerk, "serving", "finished")
    post(tablet, f"{pad}/level", form=pad, of="A001", level="5")
    clock.advance(seconds=limits.pad_seconds)
    assert "您满意吗" not in tablet.get(pad).text
    assert kept(db) == []


def test_the_next_visitor_is_not_asked_for_the_last(tablet: FlaskClient, db: Database, clerk: Actor) -> None:
    """Once the next one is being served the question is gone; a form of the one before is still of the one before."""
    first = serves(db, clerk, "serving", "finished")
    page = tablet.get(pad).text
    assert "A001" in page
    serves(db, clerk, "serving")
    assert "您满意吗" not in tablet.get(pad).text
    tablet.post(f"{pad}/rate", data={"of": "A001", "level": "4", "csrf_token": _csrf(page)})
    assert kept(db) == [(first, 4, "")]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"of": "A002", "level": "5"}, 303),
        ({"of": "", "level": "5"}, 303),
        ({"of": "A001", "level": ""}, 400),
        ({"of": "A001", "level": "6"}, 400),
        ({"of": "A001", "level": "五"}, 400),
    ],
)
def test_nothing_else_is_kept(
    tablet: FlaskClient, db: Database, clerk: Actor, fields: dict[str, str], status: int
) -> None:
    """A wrong number, no level, a level that is none."""
    serves(db, clerk, "serving", "finished")
    assert post(tablet, f"{pad}/rate", form=pad, **fields).status_code == status
    assert kept(db) == []


def test_the_clerk_sees_nothing_of_it(
    tablet: FlaskClient, db: Database, clerk: Actor, browser: Callable[..., FlaskClient]
) -> None:
    """The window's page is the same to the letter before and after a rating: 304 to its script (promise 11)."""
    page = browser("wang", "clerk")
    post(page, "/desk/hall/w1/sit", form="/desk", plate="刘志勇")
    me = Actor("wang", "wang", frozenset({"clerk"}), frozenset("*"), "page")
    serves(db, me, "serving", "finished")
    before = page.get("/desk/hall/w1/now")
    post(tablet, f"{pad}/rate", form=pad, of="A001", level="1")
    assert len(kept(db)) == 1
    after = page.get("/desk/hall/w1/now", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 304


def _csrf(page: str) -> str:
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]


def _token(client: FlaskClient) -> str:
    client.get("/login")
    return _csrf(client.get("/login").text)
