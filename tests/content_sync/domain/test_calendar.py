"""Due dates come from the announced days alone; a year without a table is said, never guessed (promise 14)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync import assets
from content_sync.domain import calendar as days
from content_sync.domain.calendar import Calendar, Holiday, NoTable, Table, calendar_of
from content_sync.domain.errors import BadInput
from content_sync.wire.calendars import parse_table

tables = [parse_table(assets.path(f"calendar/{year}.json").read_bytes(), str(year)) for year in (2025, 2026)]
known = calendar_of(tables)


def day(text: str) -> date:
    """A day of 2026 as `02-12`, or a whole ISO day."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        ("02-12", 5, "02-26"),  # over the long spring festival, with Saturday the 14th worked
        ("04-30", 5, "05-11"),  # Saturday 9 May is worked, Sunday the 10th is not
        ("09-30", 5, "10-13"),
        ("09-23", 10, "10-14"),
        ("09-23", 20, "10-28"),
        ("09-19", 1, "09-20"),  # a Sunday on which offices work
        ("2025-12-31", 1, "01-04"),  # the next year's table is there, and makes a Sunday a working day
        ("11-23", 0, "11-23"),  # on the spot
        ("10-03", 0, "10-03"),
    ],
)
def test_working_days(start: str, limit: int, due: str) -> None:
    """The first day is not counted, holidays are passed over, make-up Saturdays and Sundays count."""
    assert days.add_working_days(day(start), limit, known) == day(due)


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        ("06-16", 15, "07-01"),  # half a month after completion (D02)
        ("08-07", 60, "10-08"),  # 6 October is a holiday: the last day rolls behind it (RCN-02)
        ("07-25", 7, "08-03"),  # Saturday 1 August rolls to Monday
        ("09-13", 7, "09-20"),  # a Sunday on which offices work does not roll
        ("09-30", 0, "09-30"),
    ],
)
def test_calendar_days_roll(start: str, limit: int, due: str) -> None:
    """A limit in calendar days ends on a working day: the civil code's rule for a last day on a holiday."""
    assert days.add_days(day(start), limit, known) == day(due)


@pytest.mark.parametrize(
    ("begin", "limit"), [(days.add_working_days, 5), (days.add_days, 10), (days.working_days_before, -1)]
)
def test_a_year_without_a_table_is_named(begin: object, limit: int) -> None:
    """What reaches into 2027 is not known, and says which table is lacking; what does not reach it is known."""
    assert callable(begin)
    with pytest.raises(NoTable, match="缺2027年的工作日历") as raised:
        begin(day("12-28") if limit > 0 else date(2027, 1, 5), abs(limit), known)
    assert raised.value.year == 2027
    assert days.add_working_days(day("12-28"), 3, known) == day("12-31")


def test_what_is_left() -> None:
    """From 30 September to 13 October five working days are left, and none on the day itself."""
    assert days.working_days_between(day("09-30"), day("10-13"), known) == 5
    assert days.working_days_between(day("10-13"), day("10-13"), known) == 0
    assert days.working_days_before(day("10-13"), 5, known) == day("09-30")


starts = st.dates(date(2025, 1, 1), date(2026, 6, 1))


@given(starts, st.integers(1, 100))
def test_laws_of_working_days(start: date, limit: int) -> None:
    """A due date is a working day with exactly so many working days up to it, and waits for nothing longer."""
    due = days.add_working_days(start, limit, known)
    assert days.is_working(due, known)
    assert days.working_days_between(start, due, known) == limit
    assert days.add_working_days(start, limit + 1, known) > due


@given(starts, st.integers(1, 100))
def test_laws_of_calendar_days(start: date, limit: int) -> None:
    """A calendar limit is never shortened, ends on a working day and rolls over days off only."""
    due, last = days.add_days(start, limit, known), start + timedelta(days=limit)
    assert due >= last
    assert days.is_working(due, known)
    assert not any(days.is_working(last + timedelta(days=n), known) for n in range((due - last).days))


@given(starts, starts)
def test_who_begins_later_is_due_no_earlier(one: date, other: date) -> None:
    """Nobody gains by waiting."""
    early, late = sorted((one, other))
    assert days.add_working_days(early, 10, known) <= days.add_working_days(late, 10, known)


_festivals = tuple(Holiday(name, f"2027-0{n}-01", f"2027-0{n}-01") for n, name in enumerate(days.festivals, 1))
sound = Table(2027, "", _festivals, ("2027-01-09",))


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (replace(sound, holidays=()), "not finished"),
        (replace(sound, holidays=_festivals[:-1]), "lacks 国庆"),
        (replace(sound, holidays=(*_festivals, Holiday("春节", "2028-02-01", "2028-02-02"))), "does not belong"),
        (replace(sound, holidays=(*_festivals, Holiday("春节", "2027-02-01", "2027-02-02"))), "twice"),
        (replace(sound, holidays=(*_festivals, Holiday("春节", "2027-03-09", "2027-03-08"))), "no holiday"),
        (replace(sound, holidays=(*_festivals, Holiday("春节", "2027-02-10", "2027-12-10"))), "no holiday"),
        (replace(sound, workdays=("2027-01-09", "2027-01-09")), "twice"),
        (replace(sound, workdays=("2027-01-08",)), "no Saturday or Sunday"),
        (replace(sound, workdays=("9 January",)), "no day"),
        (replace(sound, year=0), "no year"),
    ],
)
def test_unsound_tables(table: Table, why: str) -> None:
    """An unfinished or mistyped table is refused whole: half a year of right dates would hide the wrong ones."""
    with pytest.raises(BadInput, match=why):
        calendar_of([table])


def test_new_year_reaches_back() -> None:
    """The table of 2027 may make a Sunday of December 2026 a working day."""
    with_2027 = calendar_of([*tables, replace(sound, workdays=("2026-12-27",))])
    assert days.is_working(day("12-27"), with_2027)
    assert not days.is_working(day("12-27"), known)


def test_nothing_is_known_of_nothing() -> None:
    """Without any table there is no due date at all."""
    with pytest.raises(NoTable):
        days.is_working(day("11-23"), Calendar(frozenset(), frozenset(), frozenset()))
