"""Windows: one ticket at one window, nothing lost from sight, the log and its fold agree, one key is enough."""

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall.queue import fold
from display_server.access import Actor
from display_server.database import county
from display_server.database.engine import Database
from display_server.database.tables.queue import tickets
from display_server.queue import issuing, log, queries, service
from display_server.queue.lasting import lasted
from tests.display_server import hall, world
from tests.display_server.world import HandClock, post


@pytest.fixture
def opened(db: Database) -> Database:
    """The founded database with its hall."""
    return hall.opened(db)


def seated(db: Database, *windows: str) -> list[Actor]:
    """A clerk at each window."""
    clerks = [Actor(f"clerk-{w}", f"clerk-{w}", frozenset({"clerk"}), frozenset("*"), "page") for w in windows]
    for clerk, window in zip(clerks, windows, strict=True):
        service.sit(db, clerk, "hall", window, clerk.display_name)
    return clerks


def take(db: Database, *presses: str, what: str = "huji", priority: int = 0) -> list[str]:
    """Tickets for presses, as their ids."""
    return [issuing.issue(db, "k1", "hall", what, press, priority).ticket for press in presses]


def fold_agrees(db: Database) -> bool:
    """Whether the kept tickets are the fold of the log."""
    _, day = log.stamp(db)
    with db.read() as connection:
        kept = {row.id: queries.as_ticket(row) for row in connection.execute(tickets.select())}
        return kept == fold(queries.log(connection, "hall", day)).tickets


def test_two_windows_calling_at_once_never_share(opened: Database) -> None:
    """Two windows that call as fast as they can share out 60 tickets: each is called once, none is left."""
    take(opened, *(f"p{n}" for n in range(60)))
    clerks, start = seated(opened, "w1", "w2"), threading.Barrier(2)

    def work(seat: tuple[Actor, str]) -> list[str]:
        start.wait()
        called = []
        while found := service.call_next(opened, seat[0], "hall", seat[1]):
            called.append(found.id)
            service.act(opened, seat[0], "hall", seat[1], "finished", found.id)
        return called

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(work, zip(clerks, ("w1", "w2"), strict=True))
    assert len(one + other) == len({*one, *other}) == 60
    assert fold_agrees(opened)


def test_missed_held_and_transferred_stay_findable(opened: Database) -> None:
    """A missed, a held and a transferred ticket are each found and called again, at any window (promise 9)."""
    take(opened, "p1", "p2", "p3")
    one, other = seated(opened, "w1", "w3")
    for kind in ("missed", "held", "transferred"):
        found = service.call_next(opened, one, "hall", "w1")
        assert found
        service.act(opened, one, "hall", "w1", kind, found.id, "shebao")
    _, day = log.stamp(opened)
    with opened.read() as connection:
        aside = queries.listed(connection, "hall", day, ["missed", "held"])
        assert queries.waiting(connection, "hall", day) == {"shebao": (1, 0)}
    for row in aside:
        service.act(opened, other, "hall", "w3", "called", row.id)
        service.act(opened, other, "hall", "w3", "finished", row.id)
    found = service.call_next(opened, other, "hall", "w3")
    assert found
    assert found.number == "A003"


def test_next_finishes_who_is_served_and_refuses_who_is_only_called(opened: Database) -> None:
    """The big button ends a handling; of somebody only called it first asks what became of them."""
    first, second = take(opened, "p1", "p2")
    (clerk,) = seated(opened, "w1")
    service.call_next(opened, clerk, "hall", "w1")
    with pytest.raises(Refused, match="A001"):
        service.call_next(opened, clerk, "hall", "w1")
    service.act(opened, clerk, "hall", "w1", "serving", first)
    found = service.call_next(opened, clerk, "hall", "w1")
    assert found
    assert found.id == second
    with opened.read() as connection:
        assert queries.by_id(connection, first).state == "finished"


def test_priority_does_not_starve(opened: Database) -> None:
    """Of three priority and two other tickets a window calls at most two priority ones in a row."""
    take(opened, "n1", "n2")
    take(opened, "f1", "f2", "f3", priority=1)
    (clerk,) = seated(opened, "w1")
    called = []
    while found := service.call_next(opened, clerk, "hall", "w1"):
        called.append(found.priority)
        service.act(opened, clerk, "hall", "w1", "finished", found.id)
    assert called == [1, 1, 0, 1, 0]


def test_a_window_serves_its_own_services(opened: Database) -> None:
    """A window does not call for what it does not handle."""
    take(opened, "p1", what="shebao")
    one, other = seated(opened, "w1", "w3")
    assert service.call_next(opened, one, "hall", "w1") is None
    assert service.call_next(opened, other, "hall", "w3") is not None


def test_who_does_not_sit_there_cannot_call(opened: Database) -> None:
    """A clerk elsewhere, one who was relieved, and one without the role are refused."""
    take(opened, "p1")
    clerk, other = seated(opened, "w1", "w2")
    with pytest.raises(Refused, match="1号窗口"):
        service.call_next(opened, other, "hall", "w1")
    service.sit(opened, other, "hall", "w1", "刘志勇")
    with pytest.raises(Refused):
        service.call_next(opened, clerk, "hall", "w1")
    with pytest.raises(Refused, match="2号窗口"):
        service.call_next(opened, other, "hall", "w2")
    with pytest.raises(Refused, match="权限"):
        service.sit(opened, world.add(opened, "editor", "editor"), "hall", "w1", "刘志勇")
    with pytest.raises(BadInput):
        service.sit(opened, clerk, "hall", "w1", "别人")


def test_a_clerk_sits_in_one_hall_only(opened: Database) -> None:
    """Who sits down in another hall has left the first: its plate does not stay lit for nobody."""
    with opened.write() as connection:
        county.put_site(connection, replace(hall.site, id="annex"))
    (clerk,) = seated(opened, "w1")
    service.sit(opened, clerk, "annex", "w2", clerk.display_name)
    with opened.read() as connection:
        assert queries.taken_seats(connection, "hall") == {}
        assert set(queries.taken_seats(connection, "annex")) == {"w2"}


def test_yesterdays_ticket_is_not_called(opened: Database, clock: HandClock) -> None:
    """What was missed yesterday is history, not a call."""
    (ticket,) = take(opened, "p1")
    (clerk,) = seated(opened, "w1")
    service.call_next(opened, clerk, "hall", "w1")
    service.act(opened, clerk, "hall", "w1", "missed", ticket)
    clock.advance(days=1)
    with pytest.raises(Refused, match="登录"):  # nor is yesterday's seat anybody's
        service.act(opened, clerk, "hall", "w1", "called", ticket)
    seated(opened, "w1")
    with pytest.raises(Refused, match="今天"):
        service.act(opened, clerk, "hall", "w1", "called", ticket)
    assert service.call_next(opened, clerk, "hall", "w1") is None


def test_plate_lights_up_and_goes_dark(opened: Database, app: Any) -> None:
    """Signing in at a window lights the plate on the boards; leaving says paused (GUI-05)."""
    board = hall.caller(app, opened, "b1", "lcd")
    clerk = world.add(opened, "clerk", "clerk")
    service.sit(opened, clerk, "hall", "w1", "刘志勇")
    lit = board.get("/queue").json["windows"][0]
    assert (lit["state"], lit["staff"], lit["post"], lit["duties"]) == ("open", "刘志勇", "户籍民警", "受理户口登记")
    service.leave(opened, clerk, "hall", "w1")
    assert board.get("/queue").json["windows"][0]["state"] == "paused"


def test_calls_on_the_board(opened: Database, app: Any, clock: HandClock) -> None:
    """The newest call stands first, a recall renews it, a missed one says so, a finished one goes."""
    board = hall.caller(app, opened, "b1", "lcd")
    first, second = take(opened, "p1", "p2")
    one, other = seated(opened, "w1", "w2")
    service.call_next(opened, one, "hall", "w1")
    clock.advance(seconds=5)
    service.call_next(opened, other, "hall", "w2")
    assert [call["number"] for call in board.get("/queue").json["calls"]] == ["A002", "A001"]
    clock.advance(seconds=5)
    service.act(opened, one, "hall", "w1", "recalled", first)
    service.act(opened, other, "hall", "w2", "finished", second)
    service.act(opened, one, "hall", "w1", "missed", first)
    calls = board.get("/queue").json["calls"]
    assert [(call["number"], call["window"], call["state"]) for call in calls] == [("A001", 1, "missed")]


def test_the_page_of_a_window(opened: Database, browser: Callable[..., FlaskClient]) -> None:
    """A clerk sits down, calls, serves and calls the next by forms alone; the focus is always on the next step."""
    take(opened, "p1", "p2")
    page = browser("wang", "clerk")
    assert post(page, "/desk/hall/w1/sit", form="/desk", plate="刘志勇").status_code == 303
    desk = "/desk/hall/w1"
    assert 'data-key="main" autofocus>叫下一位' in page.get(desk).text
    assert post(page, f"{desk}/next", form=desk).status_code == 303
    called = page.get(desk)
    assert "A001" in called.text
    assert "autofocus>开始办理" in called.text
    _, day = log.stamp(opened)
    with opened.read() as connection:
        current = queries.current(connection, "hall", day, "w1").id
    post(page, f"{desk}/serving", form=desk, ticket=current)
    assert "autofocus>办结，叫下一位" in page.get(desk).text
    post(page, f"{desk}/next", form=desk)
    assert "A002" in page.get(desk).text
    post(page, f"{desk}/next", form=desk)
    assert "还没有处理完" in page.get(desk).text


def test_the_refreshing_part(opened: Database, browser: Callable[..., FlaskClient]) -> None:
    """The script's question is answered with 304 until something changes."""
    page = browser("wang", "clerk")
    post(page, "/desk/hall/w1/sit", form="/desk", plate="刘志勇")
    first = page.get("/desk/hall/w1/now")
    assert page.get("/desk/hall/w1/now", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    take(opened, "p1")
    assert page.get("/desk/hall/w1/now", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_ticket_on_the_phone(opened: Database, app: Any) -> None:
    """The page says number, state and how many are ahead, renews itself, and an unknown address is a plain 404."""
    _, ticket = take(opened, "p1", "p2")
    phone = app.test_client()
    page = phone.get(f"/t/{ticket}")
    assert page.status_code == 200
    assert "A002" in page.text
    assert "前面还有 <strong>1</strong> 位" in page.text
    assert 'http-equiv="refresh" content="15"' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    for address in ("nobody", "NOT-AN-ID", "x" * 41):
        assert phone.get(f"/t/{address}").status_code == 404


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        (["called"], "1号窗口"),
        (["called", "missed"], "不用重新取号"),
        (["called", "held"], "请不要走远"),
        (["called", "finished"], "评不评都由您"),
    ],
)
def test_states_in_plain_words(opened: Database, app: Any, steps: list[str], words: str) -> None:
    """Each state of a ticket tells its holder what to do."""
    (ticket,) = take(opened, "p1")
    (clerk,) = seated(opened, "w1")
    service.call_next(opened, clerk, "hall", "w1")
    for kind in steps[1:]:
        service.act(opened, clerk, "hall", "w1", kind, ticket)
    assert words in app.test_client().get(f"/t/{ticket}").text


def test_what_the_page_offers(opened: Database, browser: Callable[..., FlaskClient], clock: HandClock) -> None:
    """Lines with classes and first numbers, the last call, a refused claim with its sentence, a transfer by name."""
    take(opened, "p1", "p2", "p3", "p4")
    issuing.issue(opened, "k1", "hall", "huji", "p5", "elder")
    take(opened, "p6", what="shebao")
    seated(opened, "w2")
    page, desk = browser("wang", "clerk"), "/desk/hall/w1"
    post(page, f"{desk}/sit", form="/desk", plate="刘志勇")
    clock.advance(minutes=7)
    idle = page.get(desk).text
    assert "65岁以上老人 1 位" in idle
    assert "A005 A001 A002 …" in idle
    assert "没有窗口开着" in idle
    assert "7分钟" in idle
    post(page, f"{desk}/next", form=desk)
    ticket = re.search(r'name="ticket" value="(\w+)"', page.get(desk).text)
    assert ticket
    for _ in range(2):
        post(page, f"{desk}/recalled", form=desk, ticket=ticket[1])
    assert "再叫一遍" not in page.get(desk).text
    assert "最后一遍" in page.get(desk).text
    post(page, f"{desk}/claim_refused", form=desk, ticket=ticket[1])
    assert "没能核对到优先的证件" in page.get(desk).text
    assert "A005" not in page.get(f"{desk}/now").text.split('aria-label="等候"')[0]
    post(page, f"{desk}/next", form=desk)
    ticket = re.search(r'name="ticket" value="(\w+)"', page.get(desk).text)
    assert ticket
    post(page, f"{desk}/transferred", form=desk, ticket=ticket[1], to="window:w2")
    assert "点名等本窗口" not in page.get(desk).text
    with opened.read() as connection:
        assert queries.waiting_for_window(connection, "hall", log.stamp(opened)[1], "w2")[0].number == "A001"


def test_leaving_says_who_is_left_waiting(opened: Database, browser: Callable[..., FlaskClient]) -> None:
    """The reason stands beside the dark window; a service that nobody serves now is named to whoever leaves."""
    take(opened, "p1")
    page, desk = browser("wang", "clerk"), "/desk/hall/w1"
    post(page, f"{desk}/sit", form="/desk", plate="刘志勇")
    assert post(page, f"{desk}/leave", form=desk, why="lunch").status_code == 303
    assert "还有人在等“户口和身份证”" in page.get("/desk").text
    left = page.get(desk).text
    assert "午间休息" in left
    assert "您现在没有坐在任何窗口" in left


def test_somebody_stands_at_a_window_that_was_left(opened: Database, browser: Callable[..., FlaskClient]) -> None:
    """A clerk sits down elsewhere in the middle: the new window says who stands where, until one went back."""
    take(opened, "p1")
    page, other, boss = browser("wang", "clerk"), browser("zhao", "clerk"), browser("guan", "manager")
    post(page, "/desk/hall/w1/sit", form="/desk", plate="刘志勇")
    post(page, "/desk/hall/w1/next", form="/desk/hall/w1")
    moved = post(page, "/desk/hall/w2/sit", form="/desk", plate="刘志勇")
    told = page.get(moved.location).text
    assert "A001 还在清河县政务服务大厅1号窗口等您" in told  # once, when it happens
    for _ in range(2):  # and as long as it lasts
        told = page.get("/desk/hall/w2/now").text
        assert "<strong>A001</strong> 还在1号窗口（已叫号），那里现在没有人" in told
        assert "等您" not in told
    assert '<strong>A001</strong> 已叫号 <span class="badge late">窗口没有人</span>' in boss.get("/hall/hall").text
    post(other, "/desk/hall/w3/sit", form="/desk", plate="zhao")
    assert "已叫号，窗口没有人" in other.get("/desk/hall/w3").text
    assert "还在1号窗口" not in other.get("/desk/hall/w3").text  # it is not theirs to mend
    post(page, "/desk/hall/w1/sit", form="/desk/hall/w2", plate="刘志勇")
    post(page, "/desk/hall/w1/next", form="/desk/hall/w1")
    assert "窗口没有人" not in page.get("/desk/hall/w1").text + boss.get("/hall/hall").text


@pytest.mark.parametrize("seen", ["soon", "-1", "1.5", "٣"])
def test_a_broken_page_is_refused(opened: Database, browser: Callable[..., FlaskClient], seen: str) -> None:
    """A form whose last step is no number does nothing."""
    take(opened, "p1")
    page, desk = browser("wang", "clerk"), "/desk/hall/w1"
    post(page, f"{desk}/sit", form="/desk", plate="刘志勇")
    post(page, f"{desk}/next", form=desk, seen=seen)
    assert "这个页面不完整" in page.get(desk).text
    assert "A001" not in page.get(f"{desk}/now").text.split('aria-label="等候"')[0]


@pytest.mark.parametrize(
    ("seconds", "words", "exact"),
    [(0, "不到1分钟", "0秒"), (59, "不到1分钟", "59秒"), (95, "1分钟", "1分35秒"), (3_900, "1小时5分钟", "1小时5分钟")],
)
def test_how_long(seconds: int, words: str, exact: str, clock: HandClock) -> None:
    """What lasts is said in one way; a clock set back says nothing odd."""
    since = clock.now().isoformat()
    clock.advance(seconds=seconds)
    assert (lasted(since, clock.now().isoformat()), lasted(since, clock.now().isoformat(), exact=True)) == (
        words,
        exact,
    )
    assert lasted(clock.now().isoformat(), since, exact=True) == "0秒"
