"""Bookings: imported twice without harm, checked in once, standing at the booked time, missed ones on file."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from display_server.access import Actor, shell
from display_server.cli import main
from display_server.database.engine import Database
from display_server.queue import bookings, days, issuing, queries, service
from display_server.web.current import database_key
from tests.display_server import hall
from tests.display_server.counted import statements
from tests.display_server.queue.test_line import invariants
from tests.display_server.queue.test_windows import seated, take
from tests.display_server.world import HandClock

_list = """预约码,业务,日期,时间,姓名
YY0001,A,2026-11-23,09:30,王五
YY0002,户口和身份证,2026-11-23,10:00,赵六
YY0003,看病,2026-11-23,10:00,
YY0004,huji,2026-11-22,10:00,
"""


@pytest.fixture
def opened(db: Database) -> Database:
    """The founded database with its hall and two bookings."""
    bookings.bring(hall.opened(db), shell, "hall", lines())
    return db


def lines(text: str = _list, encoding: str = "gb18030") -> list[dict[str, str]]:
    """The lines of a list as Excel saves it."""
    return bookings.lines_of(text.encode(encoding), "bookings.csv")


def test_a_list_read_twice(db: Database) -> None:
    """The good lines are taken, the others named with their number; again nothing changes, but what was changed."""
    done = bookings.bring(hall.opened(db), shell, "hall", lines())
    assert (done.created, done.kept, [line for line, _ in done.refused]) == (2, 0, [4, 5])
    done = bookings.bring(db, shell, "hall", lines())
    assert (done.created, done.kept) == (0, 2)
    later = lines(_list.replace("09:30", "09:40"), "utf-8-sig")
    assert bookings.bring(db, shell, "hall", later).created == 1
    with db.read() as connection:
        found = bookings.of_day(connection, "hall", "2026-11-23")
        assert [(row.code, row.slot[11:16]) for row in found] == [("YY0001", "09:40"), ("YY0002", "10:00")]
        assert "王五" not in str(connection.exec_driver_sql("SELECT * FROM queue_bookings").all())


def test_a_long_list_keeps_nobody_from_a_number(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the parts of a list somebody takes a number; one that was cut off keeps its parts and is read again."""
    monkeypatch.setattr(limits, "booking_lines_together", 1)
    hall.opened(db)

    def cut_off() -> Iterator[dict[str, str]]:
        for line in lines()[:2]:
            yield line
            take(db, line["预约码"].lower())
        raise OSError("the cable")

    with pytest.raises(OSError, match="cable"):
        bookings.bring(db, shell, "hall", cut_off())
    again = bookings.bring(db, shell, "hall", lines())
    assert again.kept == 2


def test_nobody_else_brings_lists(opened: Database) -> None:
    """A clerk brings no list, and a picture is none."""
    clerk = Actor("c", "c", frozenset({"clerk"}), frozenset("*"), "page")
    with pytest.raises(Refused, match="没有这个权限"):
        bookings.bring(opened, clerk, "hall", [])
    with pytest.raises(BadInput, match="UTF-8"):
        bookings.lines_of(bytes(range(128, 256)) * 3, "picture.csv")


def test_standing_at_the_booked_time(opened: Database, clock: HandClock) -> None:
    """Booked for 9:30, here at 9:20: behind who came before 9:30, before who came after, whoever checked in when."""
    clock.at = clock.at.replace(hour=9, minute=10)
    (before,) = take(opened, "p1")
    clock.at = clock.at.replace(minute=20)
    booked = bookings.check_in(opened, "k1", "hall", "0001", "p2").ticket
    (between,) = take(opened, "p3")
    clock.at = clock.at.replace(minute=31)
    (after,) = take(opened, "p4")
    (clerk,) = seated(opened, "w1")
    order = []
    while found := service.call_next(opened, clerk, "hall", "w1"):
        order.append(found.id)
        service.act(opened, clerk, "hall", "w1", "serving", found.id)
    assert order == [before, between, booked, after]
    invariants(opened)


def test_one_code_one_ticket(opened: Database, clock: HandClock) -> None:
    """Two kiosks and a window check the same code in at once: one ticket, one number."""
    clock.at = clock.at.replace(hour=9, minute=30)
    with ThreadPoolExecutor(8) as pool:
        given = pool.map(lambda n: bookings.check_in(opened, f"k{n % 3}", "hall", "YY0001", f"p{n}"), range(8))
    assert len({(one.ticket, one.number) for one in given}) == 1
    assert bookings.check_in(opened, "k1", "hall", "0001", "again").number == "A001"


def test_given_back_and_back_in_time(opened: Database, clock: HandClock) -> None:
    """Whoever gave the booked ticket back and changes their mind gets another; a press that was given up gets none."""
    clock.at = clock.at.replace(hour=9, minute=30)
    first = bookings.check_in(opened, "k1", "hall", "0001", "p1")
    issuing.cancel(opened, first.ticket)
    second = bookings.check_in(opened, "k1", "hall", "0001", "p2")
    assert (first.number, second.number) == ("A001", "A002")
    issuing.cancel_press(opened, "k1", "p2")
    issuing.cancel_press(opened, "k1", "p3")
    with pytest.raises(Refused, match="再按一次"):
        bookings.check_in(opened, "k1", "hall", "0001", "p3")
    invariants(opened)


def test_too_early_too_late_and_the_day_after(opened: Database, clock: HandClock) -> None:
    """Told when to come; later an ordinary ticket; who never came is a no-show when the day is over."""
    for minute, words in ((29, "09:30 以后"), (16, "直接取号")):
        clock.at = clock.at.replace(hour=9 if minute == 29 else 10, minute=minute)
        with pytest.raises(Refused, match=words):
            bookings.check_in(opened, "k1", "hall", "0002", "p1")
    clock.advance(days=1)
    days.begin_all(opened)
    with pytest.raises(Refused, match="没有这个预约码"):
        bookings.check_in(opened, "k1", "hall", "0002", "p1")
    with opened.read() as connection:
        assert {row.state for row in bookings.of_day(connection, "hall", "2026-11-23")} == {"no_show"}


def test_a_paused_service_still_serves_who_booked(opened: Database, clock: HandClock) -> None:
    """A pause stops new tickets, not those arranged; a day closed by hand stops both."""
    clock.at = clock.at.replace(hour=9, minute=30)
    (clerk,) = seated(opened, "w1")
    service.pause(opened, clerk, "hall", "huji", stop=True)
    given = bookings.check_in(opened, "k1", "hall", "0001", "p1", "elder")
    with opened.read() as connection:
        row = queries.by_id(connection, given.ticket)
    assert row is not None
    assert (row.claim, row.priority, row.service) == ("elder", 1, "huji")
    days.end(opened, shell, "hall")
    clock.at = clock.at.replace(hour=10)
    with pytest.raises(Refused, match="已经结束"):
        bookings.check_in(opened, "k1", "hall", "0002", "p2")


def test_a_long_list_is_one_question(
    opened: Database, app: Flask, clock: HandClock, browser: Callable[..., FlaskClient]
) -> None:
    """The page of a hundred visitors who checked in asks the database no more than that of one; each number stands."""
    clock.at = clock.at.replace(hour=9, minute=30)
    desk, asked = browser("clerk", "clerk"), []
    bookings.check_in(opened, "k1", "hall", "0001", "p0")
    for round_ in range(2):
        with statements(app.extensions[database_key]) as told:
            page = desk.get("/bookings/hall")
        asked.append(len(told))
        if not round_:
            many = "".join(f"ZZ{n:04},A,2026-11-23,09:30\n" for n in range(100))
            bookings.bring(opened, shell, "hall", lines(f"预约码,业务,日期,时间\n{many}"))
            for n in range(100):
                bookings.check_in(opened, "k1", "hall", f"ZZ{n:04}", f"p{n + 1}")
    assert asked[0] == asked[1] > 0
    assert all(f"A{n:03}</td>" in page.text for n in range(1, 102))
    assert page.text.count("已预约") == 1


def test_at_the_kiosk(opened: Database, app: Flask, clock: HandClock) -> None:
    """A kiosk sends the digits and gets the ticket; a wrong code gets the sentence, a wrong claim is refused."""
    clock.at = clock.at.replace(hour=9, minute=30)
    kiosk = hall.caller(app, opened)
    assert kiosk.post("/checkin", {"code": "0001", "press": "p1"}).json["number"] == "A001"
    answer = kiosk.post("/checkin", {"code": "9999", "press": "p2"})
    assert (answer.status_code, answer.json["error"]["message"][:2]) == (403, "今天")
    assert kiosk.post("/checkin", {"code": "0002", "press": "p3", "claim": "vip"}).status_code == 400


def test_from_the_shell(opened: Database, tmp_path: Path) -> None:
    """`booking import` says what became of each line; `hall day-end` closes what waits, of earlier days too."""
    old = take(opened, "p1", "p2")
    path, bad, run, home = tmp_path / "b.csv", tmp_path / "bad.csv", CliRunner(), str(opened.config.home)
    path.write_text(_list, "utf-8")
    bad.write_text("a,b\n1,2\n", "utf-8")
    done = run.invoke(main, ["--dir", home, "booking", "import", str(path), "--site", "hall", "--json"])
    assert done.exit_code == 0
    assert '"kept": 2' in done.output
    assert '"line": 5' in done.output
    assert run.invoke(main, ["--dir", home, "booking", "import", str(bad), "--site", "hall"]).exit_code == 1
    ended = run.invoke(main, ["--dir", home, "hall", "day-end", "--site", "hall", "--json"])
    assert ended.output.strip() == '{"site": "hall", "closed": 0}'  # by the machine's own clock it is another day
    with opened.read() as connection:
        assert {queries.by_id(connection, one).state for one in old} == {"voided"}
