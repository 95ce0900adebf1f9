"""A hall over the National Day and its make-up Saturday: no number on the holidays, and everybody is told why."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from content_sync.domain.errors import Refused
from content_sync.domain.hall.deciding import decided
from content_sync.domain.hall.rules import usual
from content_sync.publish import Publisher
from content_sync.wire.county import parse_county
from display_server.access import shell
from display_server.cli import main
from display_server.database import calendars, county
from display_server.database.engine import Database
from display_server.desk import structure
from display_server.desk.upkeep import Upkeep
from display_server.queue import bookings
from tests.display_server import hall
from tests.display_server.world import HandClock

_rules = decided(usual, {"opening": "1-5 08:30-12:00\n1-5 13:30-17:30"})


@pytest.fixture
def kiosk(app: Flask, db: Database, clock: HandClock) -> hall.Caller:
    """A kiosk in a hall with office hours, on 30 September 2026."""
    Publisher(db.config.repo, db.config.keys, db.config.clock).create_directory()
    with db.write() as connection:
        county.put_site(connection, replace(hall.site, rules=_rules))
    clock.at = clock.at.replace(month=9, day=30, hour=10)
    return hall.caller(app, db)


def ask(kiosk: hall.Caller, press: str) -> tuple[int, str]:
    """What the kiosk is told when somebody presses."""
    answer = kiosk.post("/tickets", {"service": "huji", "press": press})
    return answer.status_code, answer.json.get("number") or answer.json["error"]["message"]


def test_the_golden_week(kiosk: hall.Caller, clock: HandClock) -> None:
    """Open on the eve; closed on Thursday with the day of the next number; open again, and on the make-up Saturday."""
    assert ask(kiosk, "p1")[0] == 200
    clock.at = clock.at.replace(month=10, day=1)
    told = kiosk.get("/services").json[0]
    assert (told["open"], told["until"][:16]) == (False, "2026-10-08T08:30")
    assert told["why"] == "今天国庆节放假，不取号，10月8日（星期四）08:30起可以取号。"
    assert ask(kiosk, "p2") == (403, told["why"])
    clock.at = clock.at.replace(day=8)
    assert ask(kiosk, "p2") == (200, "A001")
    clock.at = clock.at.replace(day=10)  # a Saturday on which offices work
    assert ask(kiosk, "p3")[0] == 200
    clock.at = clock.at.replace(day=17)  # and one on which they do not
    assert ask(kiosk, "p4")[0] == 403


def test_the_hall_says_that_it_is_open(kiosk: hall.Caller, db: Database, clock: HandClock) -> None:
    """The manager names times for holidays: then numbers are given in them."""
    clock.at = clock.at.replace(month=10, day=1)
    assert ask(kiosk, "p1")[0] == 403
    opening = "1-5 08:30-12:00\n节 09:00-11:00"
    structure.decide_rules(db, shell, "hall", {"opening": opening})
    assert ask(kiosk, "p1") == (200, "A001")
    clock.at = clock.at.replace(hour=11, minute=30)
    assert "明天09:00起" in ask(kiosk, "p2")[1]


def late_day_off(folder: Path) -> Path:
    """A table that makes 30 September a day off, too."""
    plain = json.loads((calendars.assets.path("calendar") / "2026.json").read_text("utf-8"))
    plain["holidays"].append({"name": "加放一天", "first": "2026-09-30", "last": "2026-09-30"})
    file = folder / "2026.json"
    file.write_text(json.dumps(plain), "utf-8")
    return file


def test_no_booking_on_a_day_off(kiosk: hall.Caller, db: Database) -> None:
    """The list names a holiday, and the make-up Saturday: only the holiday is refused, also when a booking moves."""
    text = "预约码,业务,日期,时间\nYY0001,A,2026-10-01,09:30\nYY0002,A,2026-10-10,09:30\n"
    done = bookings.bring(db, shell, "hall", bookings.lines_of(text.encode(), "b.csv"))
    assert (done.created, done.refused) == (1, [(2, "10月1日国庆节放假，大厅不开门：请另约一天。")])
    structure.decide_rules(db, shell, "hall", {"opening": "1-5 08:30-12:00\n节 09:00-11:00"})
    assert bookings.bring(db, shell, "hall", bookings.lines_of(text.encode(), "b.csv")).created == 1


def test_a_day_off_that_was_announced_after_somebody_booked(
    kiosk: hall.Caller, db: Database, browser: Callable[..., FlaskClient], tmp_path: Path
) -> None:
    """The hall's manager is told which bookings stand on it; nobody checks in that day."""
    text = "预约码,业务,日期,时间\nYY0001,A,2026-09-30,10:00\nYY0002,A,2026-10-08,09:30\n"
    assert bookings.bring(db, shell, "hall", bookings.lines_of(text.encode(), "b.csv")).created == 2
    boss = browser("boss", "manager")
    assert "放假的日子" not in boss.get("/bookings/hall").text
    structure.add_holidays(db, shell, late_day_off(tmp_path).read_bytes(), "2026.json")
    assert "放假的日子有 1 个预约" in boss.get("/bookings/hall").text
    with pytest.raises(Refused, match="9月30日加放一天放假，大厅不开门：请另约一天。"):
        bookings.check_in(db, "k1", "hall", "0001", "p1")


def test_a_table_that_an_earlier_program_kept_is_signed_when_this_one_serves(
    kiosk: hall.Caller, db: Database, tmp_path: Path
) -> None:
    """It lay in the folder and counted for due dates alone; now the kiosks hear of it, once."""
    file = late_day_off(tmp_path)
    structure.decide_rules(db, shell, "hall", {"calls_max": "2"})
    calendars.add(db.config, file.read_bytes(), file.name)
    before = _county_files(db)
    for _ in range(2):
        Upkeep(db).sign_again()
    (new,) = _county_files(db) - before
    assert parse_county(new.read_bytes()).calendar[0].holidays[-1].first == "2026-09-30"


def _county_files(db: Database) -> set[Path]:
    return set(db.config.repo.glob("_directory/targets/*county.json"))


def test_an_added_table_counts_at_once_and_reaches_the_kiosks(
    kiosk: hall.Caller, db: Database, clock: HandClock, tmp_path: Path
) -> None:
    """A day off is announced late: the operator adds the table, the kiosk is refused, and the signed county has it."""
    run = CliRunner().invoke(main, ["--dir", str(db.config.home), "calendar", "add", str(late_day_off(tmp_path))])
    assert run.exit_code == 0, run.output
    assert "今天加放一天放假" in ask(kiosk, "p1")[1]
    signed = next(db.config.repo.glob("_directory/targets/*county.json")).read_bytes()
    assert parse_county(signed).calendar[0].holidays[-1].first == "2026-09-30"
    structure.decide_rules(db, shell, "hall", {"calls_max": "2"})  # another change keeps it
    newest = max(db.config.repo.glob("_directory/targets/*county.json"), key=lambda path: path.stat().st_mtime_ns)
    assert parse_county(newest.read_bytes()).calendar[0].year == 2026
