"""From the ticket to the notice in a browser without a script; on a phone the step and the date, and no name."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image, ImageDraw
from werkzeug.test import TestResponse

from content_sync.domain import limits
from content_sync.domain.errors import Refused
from display_server.database import county
from display_server.database.engine import Database
from display_server.database.tables.content import withdrawals
from display_server.queue import issuing
from display_server.web.codes import code_of
from tests.display_server import hall, world
from tests.display_server.cases.making import clerk, fee_list, guide, on, opened, row, running, taken
from tests.display_server.pages import fill
from tests.display_server.world import post

Browser = Callable[..., FlaskClient]
new = "/handlings/new?item=guide-1&site=hall&situation=own"


@pytest.fixture
def open_hall(db: Database, clock: world.HandClock) -> Database:
    """The hall with its guide, on 23 September."""
    clock.at = on(9, 23)
    return opened(db)


@pytest.fixture
def wang(browser: Browser, open_hall: Database) -> FlaskClient:
    """A clerk of the hall."""
    return browser("wang", "clerk", units=("qinghe",))


def sent(page: FlaskClient, at: str = new, **changed: str | list[str]) -> TestResponse:
    """The form as a clerk fills it in: the identity card was received."""
    given: dict[str, str | list[str]] = {"applicant": "张三", "window": "w3", "kind": "promised", "received": ["0"]}
    return fill(page, at, "applicant", to="/handlings/new", **(given | changed))


def case_of(answer: TestResponse) -> str:
    """The address of the case that was made."""
    assert answer.status_code == 303, re.findall(r'role="alert">([^<]*)', answer.text)
    return answer.headers["Location"]


def test_from_the_ticket_to_the_notice(open_hall: Database, wang: FlaskClient) -> None:
    """Guide, situation, materials; the notice has all nine facts, and its date is the clock's (HAL-02)."""
    guide(open_hall, "guide-2", service="huji")
    fee_list(open_hall, "fees", ("工本费", 1050, "6号窗口"))
    ticket = issuing.issue(open_hall, "k1", "hall", "huji", "p1")
    first = wang.get(f"/handlings/new?ticket={ticket.ticket}").text
    assert first.index("办理guide-2") < first.index("办理guide-1")  # guides of the ticket's service first
    assert ticket.number in first
    assert "哪种情形" in wang.get("/handlings/new?item=guide-1&site=hall").text
    address = case_of(sent(wang, f"{new}&ticket={ticket.ticket}"))
    (clock,) = running(open_hall)
    assert clock.due
    assert clock.due.isoformat() == "2026-10-28"
    paper = wang.get(f"{address}/paper").text
    facts = ("受理通知书", "C2026-00001", "张三", "办理guide-1", "身份证（原件1份，复印件1份）", "2026年10月28日")
    assert [fact for fact in (*facts, "工本费：10.50元/证", "3号 综合窗口", "0000-1234521") if fact not in paper] == []
    assert "20个工作日，2026-09-23 起算" in paper
    assert "缴费地点：6号窗口" in paper
    assert row(open_hall, clock.subject).ticket == ticket.ticket


def test_what_is_missing_is_told_at_once(
    open_hall: Database, wang: FlaskClient, browser: Browser, clock: world.HandClock
) -> None:
    """The slip lists everything that is missing; complete, the case runs with the full limit."""
    address = case_of(sent(wang, new.replace("own", "other"), received=[]))
    slip = wang.get(f"{address}/paper").text
    assert all(
        words in slip for words in ("一次性补正告知书", "B2026-00001", "身份证", "委托书", "补齐的当天起20个工作日")
    )
    assert "办结日期" not in slip
    clock.at = on(9, 30)
    later = browser("li", "clerk")  # a week on, everybody signs in anew
    assert post(later, f"{address}/complete", form=address, came=["0", "1"]).status_code == 303
    assert "C2026-00001" in later.get(f"{address}/paper").text
    assert running(open_hall)[0].opened[:10] == "2026-09-23"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"applicant": " "}, "请填写申请人"),
        ({"window": ""}, "请选择受理的窗口"),
        ({"kind": "joint"}, "一起办的部门"),
        ({"kind": "returned", "reason": "不归这里管。"}, "补救的办法"),
        ({"kind": "forwarded", "superior": "市民政局", "forward_days": "soon"}, "几个工作日内上报"),
    ],
)
def test_a_refusal_keeps_what_was_written(
    open_hall: Database, wang: FlaskClient, changed: dict[str, str], sentence: str
) -> None:
    """What lacks is said in one sentence; what was filled in stays, ticks too."""
    answer = sent(wang, contact="0000-7654321", **changed)
    assert answer.status_code == 403
    assert sentence in answer.text
    assert "0000-7654321" in answer.text
    assert re.search(r'name="received" value="0" checked', answer.text)
    assert f'<option value="{changed.get("kind", "promised")}" selected>' in answer.text


def test_the_steps_of_a_joint_case(open_hall: Database, wang: FlaskClient) -> None:
    """Each department has its own line; done is refused with the reason until the last one replied."""
    address = case_of(sent(wang, kind="joint", asked=["liushu"]))
    assert "柳树村村民委员会" in wang.get(address).text
    refused = post(wang, f"{address}/finish", form=address, outcome="granted", reason="说明在此")
    assert refused.status_code == 403
    assert all(words in refused.text for words in ("1个部门没有答复", "说明在此"))
    assert post(wang, f"{address}/reply", form=address, department="liushu", reply="同意。").status_code == 303
    assert post(wang, f"{address}/finish", form=address, outcome="granted", reason="").status_code == 303
    done = wang.get(address).text
    assert all(words in done for words in ("同意。", "办成了", "已办结"))
    assert "<textarea" not in done
    assert "L2026" not in wang.get("/handlings").text
    assert "L2026-00001" in wang.get("/handlings?over=1").text


def test_a_department_replies_itself(open_hall: Database, wang: FlaskClient, browser: Browser) -> None:
    """A clerk of a department that is asked finds the case, writes its reply, and takes no other step."""
    address = case_of(sent(wang, kind="joint", asked=["liushu"]))
    he = browser("he", "clerk", units=("liushu",))
    assert all(words in he.get("/handlings").text for words in ("请您的部门答复：1 件", "L2026-00001", "2026-10-08"))
    page = he.get(address).text
    assert (f"{address}/reply" in page, f"{address}/finish" in page) == (True, False)
    assert post(he, f"{address}/reply", form=address, department="liushu", reply="同意。").status_code == 303
    assert "L2026-00001" not in he.get("/handlings").text
    assert he.post(f"{address}/finish", data={"outcome": "granted"}).status_code == 400  # without its page's token
    assert "同意。" in wang.get(address).text


def test_late_with_a_reason(open_hall: Database, browser: Browser, clock: world.HandClock) -> None:
    """A red case asks for the reason before its next step, and shows it afterwards."""
    address = f"/handlings/{taken(open_hall)}"
    clock.at = on(11, 2)
    wang = browser("wang", "clerk")
    assert "已超期" in wang.get("/handlings").text
    assert "请写明超期的原因" in post(wang, f"{address}/finish", form=address, outcome="granted", reason="").text
    post(wang, f"{address}/finish", form=address, outcome="granted", reason="", late="等专家意见。")
    assert "等专家意见。" in wang.get(address).text


def test_a_return_and_a_mistake(open_hall: Database, wang: FlaskClient) -> None:
    """A returned case prints its reason and remedy; a voided one prints nothing and keeps its number."""
    address = case_of(sent(wang, kind="returned", reason="不归这里管。", remedy="请到镇里办。"))
    paper = wang.get(f"{address}/paper").text
    assert all(words in paper for words in ("退回通知书", "T2026-00001", "不归这里管。", "请到镇里办。"))
    other = case_of(sent(wang))
    assert post(wang, f"{other}/void", form=other, reason="选错了。").status_code == 303
    page = wang.get(other).text
    assert all(words in page for words in ("已作废", "选错了。"))
    assert f"{other}/paper" not in page


def test_finding_by_number(open_hall: Database, wang: FlaskClient) -> None:
    """A number in any spelling leads to its case; an unknown one and nonsense are told."""
    address = case_of(sent(wang))
    assert wang.get("/handlings?number=c202600001").headers["Location"] == address
    told = wang.get("/handlings?number=C2026-00009", follow_redirects=True)
    assert "没有编号为 C2026-00009" in told.text
    assert wang.get("/handlings?number=12").status_code == 400


def test_who_sees_what(open_hall: Database, wang: FlaskClient, browser: Browser) -> None:
    """Supervision reads and finds no form; another unit's clerk and an editor find nothing."""
    address = case_of(sent(wang))
    page = browser("jian", "supervisor").get(address).text
    assert "C2026-00001" in page
    assert f"{address}/finish" not in page
    for name, role, units in (("he", "clerk", ("liushu",)), ("bian", "editor", ("*",))):
        other = browser(name, role, units=units)
        assert other.get(address).status_code == 403
        assert other.get(f"{address}/paper").status_code == 403
        assert "C2026-00001" not in other.get("/handlings").text


def test_the_phone_page_knows_no_name(open_hall: Database, wang: FlaskClient) -> None:
    """Number, step and due date for whoever holds the paper; a guessed code, another number, a voided one: nothing."""
    name = taken(open_hall, applicant="欧阳修", contact="0000-7654321")
    taken(open_hall, 2)  # C2026-00002 is somebody else's
    phone = wang.application.test_client()
    found = phone.get(f"/n/C2026-00001-{name}")
    assert found.status_code == 200
    assert all(words in found.text for words in ("C2026-00001", "正在办理", "2026-10-28", "0000-1234521"))
    assert "欧阳修" not in found.text
    assert "0000-7654321" not in found.text
    assert found.headers["Cache-Control"] == "no-store"
    for address in (f"C2026-00002-{name}", "C2026-00001-aaaaaaaaaaaaaaaa", "C2026-00001", name, "-", "x-" + "9" * 50):
        assert phone.get(f"/n/{address}").status_code == 404, address
    post(wang, f"/handlings/{name}/void", form=f"/handlings/{name}", reason="选错了。")
    assert phone.get(f"/n/C2026-00001-{name}").status_code == 404


@pytest.mark.parametrize("public", ["", "https://www.qinghe.example"])
def test_the_code_on_the_paper(open_hall: Database, wang: FlaskClient, tmp_path: Path, public: str) -> None:
    """What zbar reads: the page's address where phones reach the server, otherwise number, date and phone."""
    if shutil.which("zbarimg") is None:
        pytest.skip("zbarimg is not installed (package zbar-tools)")
    with open_hall.write() as connection:
        county.put_setting(connection, "public_url", public)
    name = taken(open_hall)
    page = wang.get(f"/handlings/{name}/paper").text
    size = int(re.findall(r'viewBox="0 0 (\d+) ', page)[0])
    picture = Image.new("L", (size * 6, size * 6), 255)
    pen = ImageDraw.Draw(picture)
    for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", page):
        pen.rectangle((int(x) * 6, int(y) * 6, int(x) * 6 + 5, int(y) * 6 + 5), fill=0)
    picture.save(tmp_path / "code.png")
    read = subprocess.run(["zbarimg", "-q", "--raw", tmp_path / "code.png"], capture_output=True, text=True, check=True)
    if public:
        assert read.stdout.strip() == f"{public}/n/C2026-00001-{name}"
    else:
        assert all(words in read.stdout for words in ("C2026-00001", "2026年10月28日", "0000-1234521"))
        assert name not in read.stdout


def test_a_code_has_its_quiet_zone() -> None:
    """Four modules of white on every side, as readers need."""
    code = code_of("C2026-00001")
    places = [int(number) for pair in re.findall(r"M(\d+) (\d+)", code.path) for number in pair]
    assert (min(places), max(places)) == (4, code.size - 5)


def test_a_year_without_a_table_is_printed_as_such(
    open_hall: Database, browser: Browser, clock: world.HandClock
) -> None:
    """No date is made up on paper: the notice says which table is lacking."""
    clock.at = on(12, 30)
    wang = browser("wang", "clerk")
    assert "缺2027年的工作日历" in wang.get(f"/handlings/{taken(open_hall)}/paper").text


def test_a_kiosk_asks_by_number(open_hall: Database, app: Flask) -> None:
    """A kiosk of the hall gets step and date for the number on the paper; a stranger's hall, or nonsense, gets none."""
    name = taken(open_hall, applicant="欧阳修", contact="0000-7654321")
    kiosk = hall.caller(app, open_hall)
    told = kiosk.get("/handlings/c202600001")
    assert told.json["due"] == "2026-10-28"
    assert told.json["step"] == "正在办理"
    assert not any(words in told.text for words in ("欧阳修", "0000-7654321", name))
    assert kiosk.get("/handlings/C2026-00009").status_code == 404
    assert kiosk.get("/handlings/12").status_code == 400
    assert app.test_client().get("/api/v1/handlings/C2026-00001").status_code == 401


def test_what_waits_is_told_first(open_hall: Database, browser: Browser, clock: world.HandClock) -> None:
    """The clerk's first page counts what is late and soon due; the administrator's names the table that is lacking."""
    taken(open_hall, 1)
    taken(open_hall, 2, kind="forwarded", superior="市民政局", forward_days=3)
    clock.at = on(9, 30)
    assert "办件：1 件已超期，0 件快到期" in browser("li", "clerk").get("/").text
    clock.at = on(12, 30)
    taken(open_hall, 3)
    assert "1 件的期限算不出来。日期不明：缺2027年的工作日历" in browser("guan", "admin").get("/").text


def test_from_the_window(open_hall: Database, browser: Browser) -> None:
    """While a ticket is served, its window's page leads to the form for it, with the clerk's own window chosen."""
    ticket, wang = issuing.issue(open_hall, "k1", "hall", "huji", "p1"), browser("wang", "clerk")
    post(wang, "/desk/hall/w3/sit", form="/desk", plate="wang")
    post(wang, "/desk/hall/w3/next", form="/desk/hall/w3")
    address = f"/handlings/new?ticket={ticket.ticket}"
    assert address in wang.get("/desk/hall/w3").text
    assert '<option value="w3" selected>' in wang.get(f"{address}&item=guide-1&situation=own").text


def test_a_thousand_guides(open_hall: Database, wang: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long list is cut and says so; a few characters of any of its names find a guide."""
    for number in range(2, 9):
        guide(open_hall, f"guide-{number}")
    monkeypatch.setattr(limits, "guides_shown_max", 5)
    page = wang.get("/handlings/new").text
    assert (page.count("item=guide-"), "还有 3 项没有列出" in page) == (5, True)
    found = wang.get("/handlings/new?words=guide-7").text
    assert (found.count("item=guide-"), "没有列出" in found) == (1, False)
    assert "没有名字里有“护照”的" in wang.get("/handlings/new?words=护照").text


def test_a_clerk_named(open_hall: Database) -> None:
    """The account that accepted a case is its owner on the clock."""
    taken(open_hall)
    assert running(open_hall)[0].owner == clerk.name


def test_a_place_that_no_list_has(open_hall: Database, wang: FlaskClient) -> None:
    """A tick with 5,000 digits is no tick; the case waits for its paper like any other."""
    case_of(sent(wang, received=["9" * 5_000]))
    assert [clock.kind for clock in running(open_hall)] == []


def test_what_is_due_first_is_never_left_out(
    open_hall: Database, wang: FlaskClient, monkeypatch: pytest.MonkeyPatch, clock: world.HandClock
) -> None:
    """More cases than the page shows: those that are left out are due later than every one it shows."""
    monkeypatch.setattr(limits, "handlings_shown_max", 2)
    for number in (1, 2, 3):
        taken(open_hall, number)
    clock.advance(hours=1)
    guide(open_hall, "guide-2", limits=[{"kind": "promised", "amount": 3, "unit": "working_day"}])
    taken(open_hall, 4, item="guide-2")
    page = wang.get("/handlings").text
    assert page.index("办理guide-2") < page.index("办理guide-1")


def test_no_fee_comes_from_a_form(open_hall: Database, wang: FlaskClient) -> None:
    """Whatever a form says of money, the notice has the published guide's fee; no guide, no notice (HAL-13)."""
    address = case_of(sent(wang, fee="99", fees="加急费：99元", standard="99"))
    paper = wang.get(f"{address}/paper").text
    assert "工本费：10.50元/证" in paper
    assert "99" not in paper
    with open_hall.write() as connection:
        connection.execute(
            withdrawals.insert().values(item="guide-1", channel="qinghe", at="", account="x", reason="收费改了")
        )
    assert "没有公开的事项不能受理" in wang.get(new).text
    with pytest.raises(Refused, match="没有公开"):
        taken(open_hall, 7)


def test_the_type_is_that_of_the_answered_case(db: Database, wang: FlaskClient) -> None:
    """One guide, done on the spot for some and in twenty days for others: the form proposes what was answered."""
    instant = {"kind": "promised", "amount": 0, "unit": "instant", "situations": ["own"]}
    longer = {"kind": "promised", "amount": 20, "unit": "working_day", "situations": ["other"]}
    guide(db, "guide-3", limits=[instant, longer])
    for situation, kind in (("own", "instant"), ("other", "promised")):
        page = wang.get(f"/handlings/new?item=guide-3&site=hall&situation={situation}").text
        assert f'value="{kind}" selected' in page
