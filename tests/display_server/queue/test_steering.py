"""The manager's and the clerks' pages for bookings and for what goes on in the middle of a day; forms, no script."""

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from display_server.database.engine import Database
from display_server.queue import bookings, queries
from tests.display_server import hall
from tests.display_server.queue.test_windows import seated, take
from tests.display_server.world import HandClock, post

_list = "预约码,业务,日期,时间\nYY0001,A,2026-11-23,09:10\nYY0002,C,2026-11-23,09:10\n"


@pytest.fixture
def opened(db: Database) -> Database:
    """The founded database with its hall."""
    return hall.opened(db)


def test_bookings_at_a_window(opened: Database, browser: Callable[..., FlaskClient], clock: HandClock) -> None:
    """The manager brings a list, the clerk checks one in twice with one form, and reads the number."""
    boss, clerk = browser("boss", "manager"), browser("clerk", "clerk")
    assert boss.get("/bookings").location == "/bookings/hall"
    sent = (io.BytesIO(_list.encode("gb18030")), "b.csv")
    answer = post(boss, "/bookings/hall/bring", form="/bookings/hall", file=sent)
    assert answer.status_code == 303
    told = boss.get("/bookings/hall").text
    assert "新增或更改 1 个预约" in told
    assert "第 3 行没有收" in told
    assert "导入名单" not in clerk.get("/bookings/hall").text
    clock.advance(minutes=5)
    for _ in range(2):
        post(clerk, "/bookings/hall/checkin", form="/bookings/hall", code="0001", press="p1", claim="elder")
    page = clerk.get("/bookings/hall").text
    assert "已报到：A001，前面还有 0 位" in page
    post(clerk, "/bookings/hall/checkin", form="/bookings/hall", code="9999", press="p2")
    assert "今天没有这个预约码" in clerk.get("/bookings/hall").text
    with opened.read() as connection:
        assert [row.state for row in bookings.of_day(connection, "hall", "2026-11-23")] == ["arrived"]


def test_the_middle_of_a_day(opened: Database, browser: Callable[..., FlaskClient]) -> None:
    """Somebody waits and nobody serves: the manager lends a window, takes it back, empties a seat, ends the day."""
    boss = browser("boss", "manager")
    take(opened, "p1", what="shebao")
    seated(opened, "w1")
    assert boss.get("/steer").location == "/steer/hall"
    assert "“社保和养老”有 1 位在等，现在没有窗口办理" in boss.get("/steer/hall").text
    lent = {"window": "w1", "service": "shebao", "minutes": "30"}
    post(boss, "/steer/hall/lend", form="/steer/hall", **lent)
    page = boss.get("/steer/hall").text
    assert "现在没有窗口办理" not in page
    assert "收回“社保和养老”" in page
    post(boss, "/steer/hall/take-back", form="/steer/hall", **lent)
    assert "已收回。还有人在等“社保和养老”" in boss.get("/steer/hall").text
    post(boss, "/steer/hall/lend", form="/steer/hall", **(lent | {"minutes": "long"}))
    assert "分钟数" in boss.get("/steer/hall").text
    post(boss, "/steer/hall/empty", form="/steer/hall", window="w1")
    assert "今天不再办理" in boss.get("/steer/hall").text
    for first, words in (("two", "一个数"), ("650", "下一个号是 A650"), ("201", "可能已经在别处打印")):
        post(boss, "/steer/hall/renumber", form="/steer/hall", letter="A", first=first)
        assert words in boss.get("/steer/hall").text
    post(boss, "/steer/hall/day-end", form="/steer/hall")
    assert "请先勾选确认" in boss.get("/steer/hall").text
    post(boss, "/steer/hall/day-end", form="/steer/hall", sure="1")
    assert "1 张还没办的票已关闭" in boss.get("/steer/hall").text
    with opened.read() as connection:
        assert queries.waiting(connection, "hall", "2026-11-23") == {}


@pytest.mark.parametrize("path", ["/steer", "/steer/hall"])
def test_clerks_do_not_steer(opened: Database, browser: Callable[..., FlaskClient], path: str) -> None:
    """What the manager decides no clerk may."""
    assert browser("clerk", "clerk").get(path).status_code == 403
    assert opened
