"""Box, phone and visit land in one register, each with its code; handwriting is seen as it was written (SUP-01)."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from content_sync.domain.errors import Refused
from content_sync.domain.records import Record
from display_server.cases import by_hand
from display_server.cases.by_hand import Written
from display_server.database.engine import Database
from display_server.database.tables.records import cases
from display_server.desk import reception
from tests.display_server import hall, pages
from tests.display_server.cases.making import clerk

form = Written("a" * 26, "hall", "phone", "window", "窗口要我多交材料")


def test_one_register_for_every_channel(db: Database) -> None:
    """Each has its number, its due date and the code of its channel; sent twice it is one."""
    device = hall.device(hall.opened(db))[0]
    body = {"about": "window", "taps": "paper", "text": "", "item": ""}
    reception.receive(db, device, [Record("r1", "opinion", "k1", "2026-11-23T09:00:00+08:00", body)])
    numbers = [by_hand.write_down(db, clerk, form), by_hand.write_down(db, clerk, form)]
    numbers.append(by_hand.write_down(db, clerk, Written("b" * 26, "hall", "visit", "place", "厕所没有水")))
    assert numbers == ["20261123-002", "20261123-002", "20261123-003"]
    with db.read() as connection:
        rows = connection.execute(cases.select().order_by(cases.c.number)).all()
    assert [(row.channel, row.due) for row in rows] == [("box", "2026-11-30"), ("phone", "2026-11-30"), ("visit", "")]


@pytest.mark.parametrize(
    "wrong",
    [
        Written("a", "hall", "box", "window", "x"),
        Written("a", "hall", "phone", "window", " "),
        Written("a", "x", "phone", "window", "x"),
        Written("a", "hall", "phone", "", "x"),
        Written("a", "hall", "phone", "x" * 100_000, "x"),  # a forged form
        Written("", "hall", "phone", "window", "x"),
    ],
)
def test_what_cannot_be_written_down(db: Database, wrong: Written) -> None:
    """The box is the kiosks' alone, and nothing is written down without words or for no hall."""
    hall.opened(db)
    with pytest.raises(Refused):
        by_hand.write_down(db, clerk, wrong)


def test_the_pages(db: Database, browser: Callable[..., FlaskClient]) -> None:
    """A clerk writes down a call and finds it with its channel; handwriting is drawn, a situation has its code."""
    device, page = hall.device(hall.opened(db))[0], browser("wang", "clerk")
    written = pages.fill(page, "/cases/new", "contact", text="电话里说<b>窗口</b>没人", contact="0000-1234567")
    assert written.status_code == 303
    shown = page.get(written.location).text
    assert "投诉电话" in shown
    assert "<b>窗口" not in shown
    body = {"about": "window", "taps": "paper", "text": "", "item": "", "strokes": "rsgo;0a0b0c0d;1234"}
    reception.receive(db, device, [Record("r1", "opinion", "k1", "2026-11-23T09:00:00+08:00", body)])
    listed = page.get("/cases").text
    assert ("大厅触摸屏" in listed, "有手写" in listed) == (True, True)
    seen = page.get("/cases/20261123-002").text
    assert "第4项：擅自提出额外条件和要求" in seen
    assert seen.count("<path d=") == 2
    assert pages.fill(page, "/cases/new", "contact", text=" ").status_code == 403


def test_what_is_said_aloud_is_read_back_before_it_is_registered(
    db: Database, browser: Callable[..., FlaskClient]
) -> None:
    """口头: the first press shows what to read aloud and registers nothing; the receipt on paper holds nothing said."""
    hall.opened(db)
    page = browser("wang", "clerk")
    read = pages.fill(page, "/cases/new", "contact", channel="oral", text="窗口<i>没有人", about="window")
    assert (read.status_code, "请念给反映人听" in read.text, "窗口&lt;i&gt;没有人" in read.text) == (200, True, True)
    assert "窗口&lt;i&gt;没有人" in page.post("/cases/again", data=pages.fields(read.text, "read")).text
    made = page.post("/cases/new", data=pages.fields(read.text, "read"))
    assert made.status_code == 303
    with db.read() as connection:
        (row,) = connection.execute(cases.select()).all()
    assert row.channel == "oral"
    slip = page.get(f"/cases/{row.number}/receipt").text
    assert (row.receipt in slip, "没有人" in slip) == (True, False)


def test_a_form_whose_id_is_broken_says_so_in_chinese_and_works_the_second_time(
    db: Database, browser: Callable[..., FlaskClient]
) -> None:
    """The page that comes back keeps what was typed and carries a new id."""
    hall.opened(db)
    page = browser("wang", "clerk")
    refused = pages.fill(page, "/cases/new", "contact", id="A B", text="窗口没人")
    said = "这张表的编号不对，已经换了新的：请核对后再提交一次。"
    assert (refused.status_code, said in refused.text, "not usable" in refused.text) == (403, True, False)
    assert page.post("/cases/new", data=pages.fields(refused.text, "contact")).status_code == 303
