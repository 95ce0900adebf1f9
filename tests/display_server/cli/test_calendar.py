"""An operator adds the table of the next year, and a wrong one changes nothing."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from content_sync.domain.calendar import NoTable, add_working_days
from content_sync.domain.hall.deciding import decided
from content_sync.domain.hall.rules import usual
from content_sync.wire.calendars import parse_table
from display_server.access import shell
from display_server.cli import main
from display_server.config import Config
from display_server.database import calendars, county
from display_server.database.engine import Database
from display_server.queue import bookings
from tests.display_server import hall

_names = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
_table = {
    "year": 2027,
    "source": "made up for a test",
    "holidays": [{"name": name, "first": f"2027-0{n}-01", "last": f"2027-0{n}-01"} for n, name in enumerate(_names, 1)],
    "workdays": ["2027-01-03"],
}


def _add(config: Config, file: Path, *more: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["--dir", str(config.home), "calendar", "add", str(file), *more])
    return result.exit_code, result.output


def test_adding_a_year(db: Database, config: Config, tmp_path: Path) -> None:
    """Before it, a date of 2027 is not known; after it, also the running server knows it."""
    file = tmp_path / "next.json"
    file.write_text(json.dumps(_table), "utf-8")
    with pytest.raises(NoTable):
        add_working_days(date(2026, 12, 31), 1, calendars.known(config))
    assert _add(config, file) == (0, "2027 is known now. Years with a table: 2025, 2026, 2027.\n")
    assert add_working_days(date(2026, 12, 31), 1, calendars.known(config)) == date(2027, 1, 3)
    assert json.loads(_add(config, file, "--json")[1]) == {
        "year": 2027,
        "years": [2025, 2026, 2027],
        "bookings_on_days_off": [],
    }


def test_the_operator_reads_which_bookings_stand_on_a_new_day_off(db: Database, config: Config, tmp_path: Path) -> None:
    """Hall, day, time and code of each, so that somebody can be called; nothing where none does."""
    hall.opened(db)
    with db.write() as connection:
        rules = decided(usual, {"opening": "1-5 08:30-12:00\n1-5 13:30-17:30"})
        county.put_site(connection, replace(hall.site, rules=rules))
    file, year = tmp_path / "far.json", 2098  # the command has the real clock
    file.write_text(json.dumps(_table).replace("2027-01-03", "2098-01-04").replace("2027", f"{year}"), "utf-8")
    assert "day off" not in _add(config, file)[1]
    (config.calendar / f"{year}.json").unlink()
    text = f"预约码,业务,日期,时间\nYY0001,A,{year}-07-01,10:00\nYY0002,A,{year}-07-02,09:30\n"
    assert bookings.bring(db, shell, "hall", bookings.lines_of(text.encode(), "b.csv")).created == 2
    said = _add(config, file)[1]
    assert "1 booking stands on a day off" in said
    assert "hall  2098-07-01 10:00  YY0001  国庆节\n" in said
    assert "YY0002" not in said
    assert json.loads(_add(config, file, "--json")[1])["bookings_on_days_off"] == [
        {"site": "hall", "day": "2098-07-01", "time": "10:00", "code": "YY0001", "holiday": "国庆节"}
    ]


def test_an_announcement_that_changed(db: Database, config: Config, tmp_path: Path) -> None:
    """A table for a year the program came with stands in its place."""
    plain = json.loads((calendars.assets.path("calendar") / "2026.json").read_text("utf-8"))
    plain["holidays"].append({"name": "加放一天", "first": "2026-11-24", "last": "2026-11-24"})
    (tmp_path / "2026.json").write_text(json.dumps(plain), "utf-8")
    assert add_working_days(date(2026, 11, 23), 1, calendars.known(config)) == date(2026, 11, 24)
    _add(config, tmp_path / "2026.json")
    assert add_working_days(date(2026, 11, 23), 1, calendars.known(config)) == date(2026, 11, 25)


def test_a_table_that_is_not_finished(db: Database, config: Config, tmp_path: Path) -> None:
    """An empty year is refused in one sentence and nothing is kept."""
    file = tmp_path / "2027.json"
    file.write_text('{"year": 2027, "days": []}', "utf-8")
    code, said = _add(config, file)
    assert (code, said.count("\n")) == (1, 1)
    assert "not finished" in said
    assert not config.calendar.exists()


def test_what_was_kept_is_in_our_own_form(db: Database, config: Config, tmp_path: Path) -> None:
    """The server's folder holds one small file a year, which anybody can read."""
    file = tmp_path / "next.json"
    file.write_text(json.dumps(_table), "utf-8")
    _add(config, file)
    assert parse_table((config.calendar / "2027.json").read_bytes(), "kept").year == 2027
