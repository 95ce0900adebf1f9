"""An operator adds the table of the next year, and a wrong one changes nothing."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from content_sync.domain.calendar import NoTable, add_working_days
from content_sync.wire.calendars import parse_table
from display_server.cli import main
from display_server.config import Config
from display_server.database import calendars
from display_server.database.engine import Database

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
    assert json.loads(_add(config, file, "--json")[1]) == {"year": 2027, "years": [2025, 2026, 2027]}


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
