"""The bell: one press rings once, the first clerk stays owner, the visitor hears who comes, the log keeps it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from display_server.cases import enquiries, enquiry_queries
from display_server.database import audit
from display_server.database.engine import Database
from display_server.database.tables.core import changes
from display_server.queue import service
from tests.display_server import hall, world
from tests.display_server.world import HandClock, post


@pytest.fixture
def opened(db: Database) -> Database:
    """The founded database with its hall and three clerks."""
    for name in ("wang", "li", "zhao"):
        world.add(db, name, "clerk")
    return hall.opened(db)


def who(db: Database, name: str) -> enquiries.Actor:
    """A clerk as somebody who acts."""
    from display_server.accounts.service import actor_for

    return actor_for(db, name, "page")


def row(db: Database, enquiry: str):  # type: ignore[no-untyped-def]  # a row
    """The enquiry as kept."""
    with db.read() as connection:
        return enquiry_queries.by_id(connection, enquiry)


def test_handed_over_twice_keeps_its_owner(opened: Database) -> None:
    """An enquiry handed over twice still lists the first clerk as owner until closed, and the log tells who had it."""
    asked, _ = enquiries.ask(opened, "k1", "hall", "p1", "首页")
    enquiries.take(opened, who(opened, "wang"), asked)
    enquiries.hand_over(opened, who(opened, "wang"), asked, "li")
    enquiries.hand_over(opened, who(opened, "li"), asked, "zhao")
    assert (row(opened, asked).owner, row(opened, asked).holder) == ("wang", "zhao")
    enquiries.close(opened, who(opened, "zhao"), asked, "guided")
    assert (row(opened, asked).owner, row(opened, asked).state) == ("wang", "closed")
    with opened.read() as connection:
        told = [(event.actor, event.action, event.detail) for event in audit.of(connection, asked)]
    assert told == [
        ("k1", "help.ask", "首页"),
        ("wang", "help.take", "wang"),
        ("wang", "help.hand", "li"),
        ("li", "help.hand", "zhao"),
        ("zhao", "help.close", "guided"),
    ]


def test_two_clerks_at_once(opened: Database) -> None:
    """Of clerks who answer in the same moment one has it, and the others are told who."""
    asked, _ = enquiries.ask(opened, "k1", "hall", "p1")

    def goes(name: str) -> str:
        try:
            enquiries.take(opened, who(opened, name), asked)
        except Refused as error:
            return str(error)
        return ""

    with ThreadPoolExecutor(3) as pool:
        told = list(pool.map(goes, ("wang", "li", "zhao")))
    assert told.count("") == 1
    owner = row(opened, asked).owner
    assert all(owner in words for words in told if words)


def test_a_press_rings_once(opened: Database, clock: HandClock) -> None:
    """Pressing again joins what rings or was just taken; somebody else, later, rings anew, and so does tomorrow."""
    first, state = enquiries.ask(opened, "k1", "hall", "p1")
    assert state == "waiting"
    assert enquiries.ask(opened, "k1", "hall", "p1") == (first, "waiting")
    assert enquiries.ask(opened, "k1", "hall", "p2") == (first, "waiting")
    assert enquiries.ask(opened, "k2", "hall", "p1")[0] != first
    enquiries.take(opened, who(opened, "wang"), first)
    assert enquiries.ask(opened, "k1", "hall", "p3") == (first, "coming")
    clock.advance(minutes=limits.help_joined_minutes + 1)
    second, state = enquiries.ask(opened, "k1", "hall", "p4")
    assert (second != first, state) == (True, "waiting")
    clock.advance(days=1)
    assert enquiries.ask(opened, "k1", "hall", "p5")[0] not in (first, second)


def test_refused(opened: Database) -> None:
    """No hall, a word too long, another unit's clerk, a stranger's enquiry: each is refused by name."""
    asked, _ = enquiries.ask(opened, "k1", "hall", "p1")
    with pytest.raises(Refused):
        enquiries.ask(opened, "k1", "", "p2")
    with pytest.raises(BadInput):
        enquiries.ask(opened, "k1", "hall", "p2", "x" * (limits.help_chars_max + 1))
    with pytest.raises(Refused, match="权限"):
        enquiries.take(opened, world.add(opened, "far", "clerk", units=("liushu",)), asked)
    with pytest.raises(Refused, match="权限"):
        enquiries.take(opened, world.add(opened, "guan", "manager"), asked)  # a manager sends, a clerk goes
    enquiries.take(opened, who(opened, "wang"), asked)
    with pytest.raises(Refused, match="别的同事"):
        enquiries.close(opened, who(opened, "li"), asked, "solved")
    with pytest.raises(BadInput):
        enquiries.hand_over(opened, who(opened, "wang"), asked, "guan")
    enquiries.close(opened, who(opened, "guan"), asked, "gone")
    with pytest.raises(Refused):
        enquiries.state_of(opened, "k2", asked)


def test_over_the_wire(opened: Database, app: Flask) -> None:
    """The kiosk rings, hears that somebody comes and the name on the plate, and that it is over."""
    kiosk = hall.caller(app, opened)
    told = kiosk.post("/help", {"press": "p1", "where": "取号"}).json
    assert told["state"] == "waiting"
    assert kiosk.get(f"/help/{told['help']}").json == {"state": "waiting"}
    service.sit(opened, who(opened, "wang"), "hall", "w1", "刘志勇")
    with opened.read() as connection:
        hints = connection.execute(changes.select()).fetchall()[-1].seq
    enquiries.take(opened, who(opened, "wang"), told["help"])
    assert kiosk.get(f"/help/{told['help']}").json == {"state": "coming", "by": "刘志勇"}
    with opened.read() as connection:
        assert connection.execute(changes.select().where(changes.c.seq > hints)).one().kind == "queue"
    enquiries.close(opened, who(opened, "wang"), told["help"], "solved")
    assert kiosk.get(f"/help/{told['help']}").json["state"] == "closed"
    assert kiosk.get("/help/nobody").status_code == 403
    assert kiosk.post("/help", {"press": "P 1"}).status_code == 400


def test_the_bell_page(opened: Database, browser: Callable[..., FlaskClient], clock: HandClock) -> None:
    """A clerk sees who calls, goes with one key, hands over, and finds the whole story; text is escaped."""
    clerk = browser("chen", "clerk")
    asked, _ = enquiries.ask(opened, "k1", "hall", "p1", "<b>取号")
    page = clerk.get("/bell")
    assert "<b>取号" not in page.text
    assert 'type="submit" autofocus>我来' in page.text
    assert "1 人在大厅求助" in clerk.get("/").text
    clock.advance(minutes=4)
    assert "等得太久了" in clerk.get("/bell/open").text
    assert post(clerk, f"/bell/{asked}/take", form="/bell").status_code == 303
    assert "现在没有人求助" in clerk.get("/bell").text
    assert "人在大厅求助" not in clerk.get("/").text
    post(clerk, f"/bell/{asked}/hand", form=f"/bell/{asked}", to="li")
    assert "别的同事" not in clerk.get(f"/bell/{asked}").text
    post(clerk, f"/bell/{asked}/close", form=f"/bell/{asked}", outcome="solved")
    story = clerk.get(f"/bell/{asked}").text
    assert all(words in story for words in ("成为首问人（chen）", "转交给 li", "了结：已经帮好", "首问人 <strong>chen"))


def test_the_strip_on_other_pages(opened: Database, browser: Callable[..., FlaskClient], clock: HandClock) -> None:
    """A clerk at a window is told on that page, a supervisor is not: the strip is for whoever may go."""
    clerk = browser("chen", "clerk")
    assert 'data-ring="/bell/strip"' in clerk.get("/desk").text
    assert 'id="rings"' not in clerk.get("/bell").text
    assert 'id="rings"' not in browser("jian", "supervisor").get("/cases").text
    assert clerk.get("/bell/strip").status_code == 204
    enquiries.ask(opened, "k1", "hall", "p1", "<b>")
    clock.advance(minutes=2)
    enquiries.ask(opened, "k2", "hall", "p1")
    told = clerk.get("/bell/strip")
    assert (told.mimetype, told.text) == ("text/plain", "k1 有人求助，等了 2 分钟，另有 1 人：去应答")


def test_asked_in_person(opened: Database, browser: Callable[..., FlaskClient]) -> None:
    """Who was asked in person is the first clerk by that; a manager reads the bell and goes nowhere."""
    clerk = browser("chen", "clerk")
    answer = post(clerk, "/bell", site="hall", about="不会用取号机")
    assert answer.status_code == 303
    assert "首问人 <strong>chen" in clerk.get(answer.location).text
    assert clerk.post("/bell", data={}).status_code == 400
    assert browser("guan", "manager").get("/bell").status_code == 200
    assert browser("bian", "editor").get("/bell").status_code == 403


def test_the_refreshing_part(opened: Database, browser: Callable[..., FlaskClient], clock: HandClock) -> None:
    """The script's question costs a 304 until somebody rings."""
    clerk = browser("chen", "clerk")
    known = {"If-None-Match": clerk.get("/bell/open").headers["ETag"]}
    assert clerk.get("/bell/open", headers=known).status_code == 304
    enquiries.ask(opened, "k1", "hall", "p1")
    assert clerk.get("/bell/open", headers=known).status_code == 200


def test_yesterdays_bell_rings_no_more(opened: Database, browser: Callable[..., FlaskClient], clock: HandClock) -> None:
    """What nobody answered yesterday does not ring this morning, and still waits to be settled."""
    enquiries.ask(opened, "k1", "hall", "p1")
    clock.advance(days=1)
    page = browser("chen", "clerk").get("/bell").text
    assert "data-ring" not in page
    assert "还没有人应答" in page


def test_a_rewritten_story_is_found(opened: Database) -> None:
    """Editing who took it breaks the audit chain at that record."""
    asked, _ = enquiries.ask(opened, "k1", "hall", "p1")
    enquiries.take(opened, who(opened, "wang"), asked)
    with opened.write() as connection:
        assert audit.first_fault(connection) == ""
        seq = audit.of(connection, asked)[1].seq
        connection.execute(text("UPDATE audit SET actor = 'li' WHERE seq = :seq"), {"seq": seq})
        assert f"record {seq}:" in audit.first_fault(connection)
