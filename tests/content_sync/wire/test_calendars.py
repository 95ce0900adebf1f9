"""Holiday tables in both forms; ours agree with the public ones where these lie beside the project."""

import json
from pathlib import Path

import pytest

from content_sync import assets
from content_sync.domain.calendar import calendar_of
from content_sync.domain.errors import BadInput
from content_sync.wire.calendars import parse_table, table_bytes

shared = Path(__file__).resolve().parents[3].parent / "shared" / "real-data" / "holidays"
built_in = sorted(assets.path("calendar").glob("*.json"))
_days = (
    *(("元旦", "2026-01-01"), ("春节", "2026-02-15"), ("春节", "2026-02-16"), ("清明节", "2026-04-06")),
    *(("劳动节", "2026-05-01"), ("端午节", "2026-06-19"), ("中秋节", "2026-09-25"), ("国庆节", "2026-09-30")),
    *(("国庆节", "2026-10-02"), ("国庆节", "2026-10-01")),
)
public = {
    "$schema": "https://example.org/schema.json",
    "year": 2026,
    "papers": ["https://example.org/paper"],
    "days": [{"name": name, "date": day, "isOffDay": True} for name, day in _days]
    + [{"name": "元旦", "date": "2026-01-04", "isOffDay": False}],
}


@pytest.mark.parametrize("path", built_in, ids=lambda path: path.stem)
def test_built_in_tables(path: Path) -> None:
    """Each table of the program is sound and named after its year; writing and reading it gives the same table."""
    table = parse_table(path.read_bytes(), path.name)
    assert str(table.year) == path.stem
    assert parse_table(table_bytes(table), path.name) == table


@pytest.mark.skipif(not shared.is_dir(), reason="the real input in ../shared is not on this machine")
@pytest.mark.parametrize("path", built_in, ids=lambda path: path.stem)
def test_they_agree_with_the_public_ones(path: Path) -> None:
    """Not one day differs from what others wrote down of the same announcement."""
    other = parse_table((shared / path.name).read_bytes(), path.name)
    ours = calendar_of([parse_table(path.read_bytes(), path.name)])
    assert calendar_of([other]) == ours


@pytest.mark.skipif(not shared.is_dir(), reason="the real input in ../shared is not on this machine")
def test_a_table_that_waits_for_its_announcement() -> None:
    """The public table of 2027 has no days yet: taken as it is, it would make every date of that year wrong."""
    with pytest.raises(BadInput, match="2027 is not finished"):
        parse_table((shared / "2027.json").read_bytes(), "2027.json")


def test_the_public_form() -> None:
    """Single days become holidays, also over the end of a month; what else stands in the file is passed over."""
    table = parse_table(json.dumps(public).encode(), "2026.json")
    assert [(one.first, one.last) for one in table.holidays if one.name in {"春节", "国庆节"}] == [
        ("2026-02-15", "2026-02-16"),
        ("2026-09-30", "2026-10-02"),
    ]
    assert (table.source, table.workdays) == ("https://example.org/paper", ("2026-01-04",))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"year":2027,"days":[]}',
        b'{"year":2027,"days":{}}',
        b'{"year":"2027","days":[]}',
        b'{"year":2027,"days":[{"name":"x","date":"soon","isOffDay":true},{"name":"x","date":"x","isOffDay":true}]}',
        b'{"year":2027,"source":"","holidays":[],"workdays":[],"more":1}',
    ],
)
def test_no_table(data: bytes) -> None:
    """Anything else is refused with a sentence."""
    with pytest.raises(BadInput):
        parse_table(data, "file")
