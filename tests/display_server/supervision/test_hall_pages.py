"""The hall manager's pages: the hall now, its figures as page and file, what a board showed; none changes anything."""

import csv
import io
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from content_sync.domain.hall.rules import HallRules
from content_sync.wire import canonical
from display_server.cases import enquiries
from display_server.database import county
from display_server.database.engine import Database
from display_server.database.tables.content import versions
from display_server.database.tables.devices import devices
from display_server.database.tables.records import display_log
from display_server.queue import service
from display_server.supervision import export, machines
from display_server.web import charts
from tests.display_server import hall
from tests.display_server.queue.test_windows import seated, take
from tests.display_server.world import HandClock


@pytest.fixture
def opened(db: Database) -> Database:
    """The founded database with its hall."""
    return hall.opened(db)


@pytest.fixture
def manager(opened: Database, browser: Callable[..., FlaskClient]) -> FlaskClient:
    """The hall's manager, signed in."""
    return browser("guan", "manager")


def test_the_hall_now(opened: Database, manager: FlaskClient, clock: HandClock) -> None:
    """Who waits, for how long, which numbers come next, who sits where and does what, who calls for help."""
    (clerk,) = seated(opened, "w1")
    take(opened, "p1", "p2", "p3")
    service.call_next(opened, clerk, "hall", "w1")
    enquiries.ask(opened, "k1", "hall", "h1")
    clock.advance(minutes=HallRules().ageing_minutes + 2)
    assert manager.get("/hall").location.endswith("/hall/hall")
    text = manager.get("/hall/hall").text
    assert "A002 A003" in text
    assert '<span class="badge late">32 分</span>' in text
    assert "<strong>A001</strong> 已叫号" in text
    assert "clerk-w1" in text
    assert '<div class="bad"><dt>求助没人应</dt><dd>1</dd></div>' in text
    known = {"If-None-Match": manager.get("/hall/hall/now").headers["ETag"]}
    assert manager.get("/hall/hall/now", headers=known).status_code == 304
    take(opened, "p4")
    assert manager.get("/hall/hall/now", headers=known).status_code == 200


def test_a_line_without_a_window(opened: Database, manager: FlaskClient) -> None:
    """People who wait for what no open window serves are shown, not only counted."""
    seated(opened, "w1")
    take(opened, "p1", what="shebao")
    assert "没有窗口" in manager.get("/hall/hall").text


def beats(db: Database, device: str, clock: HandClock, **said: object) -> None:
    """A device was heard now and said this of itself."""
    body = canonical.dump({"as_of": "2026-11-23T08:58:00+08:00", "clock": "ok", "problems": 0, **said}).decode()
    values = {"last_seen": clock.now().isoformat(), "heartbeat": body, "heartbeat_at": clock.now().isoformat()}
    with db.write() as connection:
        connection.execute(devices.update().where(devices.c.id == device).values(**values))


def test_a_hall_without_a_live_board(opened: Database, manager: FlaskClient, clock: HandClock) -> None:
    """A hall without a live kiosk or board is red in device health (HAL-12); what a silent one said is not believed."""
    for name, kind in (("k1", "touch"), ("b1", "lcd")):
        hall.device(opened, name, kind)
        beats(opened, name, clock, printer="ready", paper="low", disk="full")
    text = manager.get("/hall/hall").text
    assert "没有一" not in text
    assert "打印纸快没有了" in text
    assert "存储满了" in text
    assert "11-23 08:58" in text
    clock.advance(minutes=11)
    beats(opened, "k1", clock)
    text = manager.get("/hall/hall").text
    assert "没有一块能用的显示屏" in text
    assert "没有一台能用的触摸查询机" not in text
    with opened.read() as connection:
        board = next(one for one in machines.machines(connection, "hall", clock.now()) if one.id == "b1")
    assert (board.is_live, board.paper, board.as_of) == (False, "—", "—")
    assert any("没有联系" in words for words in board.problems)


def test_figures_page_and_file(opened: Database, manager: FlaskClient, clock: HandClock) -> None:
    """The page's sums and the file's lines are the same numbers, for the days asked for."""
    (clerk,) = seated(opened, "w1")
    for n in range(3):
        take(opened, f"p{n}")
        clock.advance(minutes=6)
        found = service.call_next(opened, clerk, "hall", "w1")
        assert found
        clock.advance(minutes=4)
        service.act(opened, clerk, "hall", "w1", "finished", found.id)
    take(opened, "late")
    text = manager.get("/hall/hall/figures").text
    assert "<div><dt>取号</dt><dd>4</dd></div>" in text
    assert "<dd>6.0<span>分</span></dd>" in text
    answer = manager.get("/hall/hall/figures.csv")
    assert answer.mimetype == "text/csv"
    assert answer.data.startswith("\ufeff日期,业务".encode())
    lines = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [(line["业务"], line["取号"], line["已办"], line["等候中位数（分）"]) for line in lines] == [
        ("A 户口和身份证", "4", "3", "6.0"),
        ("B 社保和养老", "0", "0", ""),
        ("全部", "4", "3", "6.0"),
    ]
    by_window = manager.get("/hall/hall/figures.csv?by=window").data.decode("utf-8-sig")
    assert "1号 户口窗口,3,3" in by_window
    assert "<dt>取号</dt><dd>0</dd>" in manager.get("/hall/hall/figures?first=2026-11-01&last=2026-11-22").text


def test_a_month_day_by_day(opened: Database, browser: Callable[..., FlaskClient], clock: HandClock) -> None:
    """Over several days each one has its line, which leads to that day alone, and the sum is theirs."""
    take(opened, "p1", "p2")
    clock.advance(days=1)
    take(opened, "p3")
    manager = browser("guan", "manager")
    text = manager.get("/hall/hall/figures?first=2026-11-01&last=2026-11-30").text
    assert "11-23 最忙，取了 2 个号。" in text
    assert "first=2026-11-24&amp;last=2026-11-24" in text
    assert "<div><dt>取号</dt><dd>3</dd></div>" in text
    assert "按天</caption>" not in manager.get("/hall/hall/figures").text


def test_how_calls_for_help_were_answered(opened: Database, manager: FlaskClient, clock: HandClock) -> None:
    """The page says how soon somebody came, and that once nobody did; who asked in person waited for nobody."""
    (clerk,) = seated(opened, "w1")
    assert "这些天没有人按铃求助。" in manager.get("/hall/hall/figures").text
    for n, minutes in enumerate((1, 3, 5)):
        asked, _ = enquiries.ask(opened, f"k{n}", "hall", "p1")
        clock.advance(minutes=minutes)
        enquiries.take(opened, clerk, asked)
    enquiries.ask(opened, "k9", "hall", "p1")
    enquiries.asked_at_desk(opened, clerk, "hall", "取号机在哪里")
    told = "求助 4 次，应答用时中位数 3.0 分，最久 5.0 分，1 次没有人应答。"
    assert told in manager.get("/hall/hall/figures").text


@pytest.mark.parametrize("asked", ["first=x", "first=2026-11-24&last=2026-11-23", "first=2020-01-01&last=2026-11-23"])
def test_days_that_cannot_be(manager: FlaskClient, asked: str) -> None:
    """A day that is none, a span that runs backwards, a span of years: each is refused in a sentence."""
    assert manager.get(f"/hall/hall/figures?{asked}").status_code == 400


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_a_name_is_never_a_formula(name: str) -> None:
    """What a service is called is text in the spreadsheet, whatever it begins with."""
    data = export.table(["业务"], [[name]])
    (_, (cell,)) = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert cell == f"'{name}"


def test_numbers_stay_numbers() -> None:
    """A negative number is no formula; what is not known stays empty; quotes and lines survive."""
    rows = list(
        csv.reader(io.StringIO(export.table(["a", "b", "c"], [[-1, None, '说"好"\n再来']]).decode("utf-8-sig")))
    )
    assert rows[1] == ["-1", "", '说"好"\n再来']


def test_what_a_board_showed(opened: Database, manager: FlaskClient) -> None:
    """For a logged minute the hash and the version it belongs to; for another one, that nobody knows (promise 17)."""
    hall.device(opened, "b1", "lcd")
    shown = {
        "device": "b1",
        "screen": "lcd",
        "started": "2026-11-22T10:30:00+08:00",
        "ended": "2026-11-22T10:33:00+08:00",
    }
    version = {"item": "n1", "version": 2, "hash": "a" * 64, "body": b"{}", "kind": "notice", "title": "<停水通知>"}
    rest = dict.fromkeys(("dated", "shown_from", "shown_until", "needs", "authors", "submitted_by", "submitted_at"), "")
    with opened.write() as connection:
        connection.execute(display_log.insert().values(record="r1", item="n1", hash="a" * 64, **shown))
        connection.execute(display_log.insert().values(record="r2", item="n1", hash="b" * 64, **shown))
        connection.execute(versions.insert().values(**version, **rest))
    text = manager.get("/hall/hall/shown?device=b1&at=2026-11-22T10:32").text
    assert '&lt;停水通知&gt; <span class="hint">n1，第 2 版' in text
    assert "a" * 64 in text
    assert "这台服务器没有这个版本" in text
    assert "服务器不知道" in manager.get("/hall/hall/shown?device=b1&at=2026-11-22T10:33").text
    hidden = {**shown, "started": shown["ended"], "ended": "2026-11-22T10:40:00+08:00"}
    with opened.write() as connection:
        connection.execute(display_log.insert().values(record="r3", item="", hash="blank", **hidden))
    assert "公开内容已撤下" in manager.get("/hall/hall/shown?device=b1&at=2026-11-22T10:33").text
    assert manager.get("/hall/hall/shown?device=k9&at=2026-11-22T10:33").status_code == 400
    for never in ("soon", "9999-12-31T23:59-12:00"):
        assert manager.get(f"/hall/hall/shown?device=b1&at={never}").status_code == 400


def test_who_may_watch(opened: Database, browser: Callable[..., FlaskClient], app: Flask) -> None:
    """Manager, supervisor and administrator watch their own units' halls; others, and strangers, do not."""
    pages = ("/hall/hall", "/hall/hall/now", "/hall/hall/figures", "/hall/hall/figures.csv", "/hall/hall/shown")
    for name, role, units, status in (
        ("jian", "supervisor", ("*",), 200),
        ("admin", "admin", ("*",), 200),
        ("far", "manager", ("liushu",), 403),
        ("wang", "clerk", ("*",), 403),
    ):
        page = browser(name, role, units=units)
        assert [page.get(address).status_code for address in pages] == [status] * len(pages)
    assert app.test_client().get("/hall/hall").status_code == 302


def test_nothing_there_changes_anything(app: Flask) -> None:
    """Every address of these pages answers GET only: what watches cannot touch."""
    methods = {
        method
        for rule in app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in {"hall", "figures", "shown", "supervision"}
        for method in rule.methods or ()
    }
    assert methods == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("values", [[], [0], [1], [3, 0, 9], [101, 7], list(range(48)), [99_999]])
def test_columns_do_not_lie(values: list[int]) -> None:
    """Columns begin at nought, have lengths like their values, stay inside, and the axis ends above the highest."""
    chart = charts.columns("c", "t", "s", ("a", "b"), [(str(n), value) for n, value in enumerate(values)])
    top = chart.ticks[-1].value
    assert chart.ticks[0].value == 0
    assert top >= max(values, default=0)
    assert len(chart.ticks) <= 6
    room = chart.ticks[0].y - chart.ticks[-1].y
    for column in chart.columns:
        assert abs(column.height - room * column.value / top) < 0.2
        assert abs(column.y + column.height - chart.ticks[0].y) < 0.2
        assert chart.left <= column.x <= column.x + column.width <= chart.width


def test_a_hall_that_is_new(opened: Database, manager: FlaskClient) -> None:
    """Before the first number there are words instead of empty charts, also with two halls to choose from."""
    text = manager.get("/hall/hall").text
    assert "还没有叫过号" in text
    assert "还没有登记设备" in text
    with opened.write() as connection:
        county.put_site(connection, hall.Site(id="annex", unit="qinghe", name="分厅", phone="1"))
    assert "分厅" in manager.get("/hall").text
