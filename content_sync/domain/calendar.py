"""Working days and due dates from the State Council's yearly tables (A14, promise 14).

1. A day is a working day when it is Monday to Friday and no day off, or a Saturday or Sunday made a working day.
2. The day on which something begins is not counted; a limit of no days ends on that day itself (on the spot).
3. A limit in working days ends on its last working day. A limit in calendar days whose last day is not a working day
   ends on the next one (civil code, art. 201 and 203).
4. A year without a table is never guessed: whatever needs one of its days raises `NoTable`, which names the year. It
   concerns that one due date and nothing else.
5. A table names the seven festivals of the year; one that lacks any is not finished and is refused. It may make days
   of the December before it days off or working days, because New Year's make-up days lie there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, GongkailanError

festivals = ("元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆")
_one = timedelta(days=1)
_december, _saturday = 12, 5


class NoTable(GongkailanError):
    """The table of `year` is missing: this one date is not known. The operator must add the table."""

    def __init__(self, year: int) -> None:
        super().__init__(f"日期不明：缺{year}年的工作日历，请系统管理员补上（display-server calendar add）。")
        self.year = year


@dataclass(frozen=True)
class Holiday:
    """Days off in a row, `first` to `last` (ISO days, both included), with the festival's name."""

    name: str
    first: str
    last: str


@dataclass(frozen=True)
class Table:
    """The days announced for one year, and by whom. `workdays`: Saturdays and Sundays on which offices work."""

    year: int
    source: str
    holidays: tuple[Holiday, ...]
    workdays: tuple[str, ...]


@dataclass(frozen=True)
class Calendar:
    """What is known: the years with a table, their days off (`named`: by festival) and their make-up working days."""

    years: frozenset[int]
    off: frozenset[date]
    on: frozenset[date]
    named: Mapping[date, str] = field(default_factory=dict, compare=False)


nothing_known = Calendar(frozenset(), frozenset(), frozenset())


def calendar_of(tables: Iterable[Table]) -> Calendar:
    """The calendar of some tables, one for each year. Raises BadInput for a table that is not sound (rule 5)."""
    known = list(tables)
    checked = [_checked(table) for table in known]
    off, on = (frozenset(day for pair in checked for day in pair[part]) for part in (0, 1))
    named = {day: holiday.name for table in known for holiday in table.holidays for day in _days(holiday)}
    return Calendar(frozenset(table.year for table in known), off, on - off, named)


def with_later(tables: Iterable[Table], later: Iterable[Table]) -> list[Table]:
    """The tables, of which a later one of the same year stands for an earlier one."""
    return list(({table.year: table for table in tables} | {table.year: table for table in later}).values())


def is_working(day: date, calendar: Calendar) -> bool:
    """Whether offices work on this day (rule 1). Raises NoTable (rule 4)."""
    if day.year not in calendar.years:
        raise NoTable(day.year)
    return day in calendar.on or (day.weekday() < _saturday and day not in calendar.off)


def add_working_days(start: date, days: int, calendar: Calendar) -> date:
    """The last day of a limit in working days (rules 2 and 3). Raises NoTable (rule 4)."""
    found = start
    for _ in range(days):
        found = next_working_day(found + _one, calendar)
    return found


def add_days(start: date, days: int, calendar: Calendar) -> date:
    """The last day of a limit in calendar days (rules 2 and 3). Raises NoTable (rule 4)."""
    return next_working_day(start + days * _one, calendar) if days else start


def next_working_day(day: date, calendar: Calendar) -> date:
    """The day itself when it is a working day, otherwise the first one behind it. Raises NoTable."""
    while not is_working(day, calendar):
        day += _one
    return day


def working_days_before(day: date, days: int, calendar: Calendar) -> date:
    """The working day that lies so many working days before `day`. Raises NoTable."""
    for _ in range(days):
        day -= _one
        while not is_working(day, calendar):
            day -= _one
    return day


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """How many working days lie behind `start` up to `end`: what is left of a limit. Raises NoTable."""
    return sum(is_working(start + n * _one, calendar) for n in range(1, (end - start).days + 1))


def _checked(table: Table) -> tuple[set[date], set[date]]:
    """Days off and make-up working days of a table (rule 5)."""
    if not limits.year_min <= table.year <= date.max.year:
        raise BadInput(f"{table.year} is no year of a holiday table.")
    lacking = [name for name in festivals if not any(name in holiday.name for holiday in table.holidays)]
    if lacking:
        raise BadInput(f"The holiday table of {table.year} is not finished: it lacks {'、'.join(lacking)}.")
    listed = [day for holiday in table.holidays for day in _days(holiday)]
    made_up = [_day(text) for text in table.workdays]
    for day in (*listed, *made_up):
        if day.year != table.year and (day.year, day.month) != (table.year - 1, _december):
            raise BadInput(f"{day} does not belong into the holiday table of {table.year}.")
    off, on = set(listed), set(made_up)
    if len(off) + len(on) != len(listed) + len(made_up) or off & on:
        raise BadInput(f"The holiday table of {table.year} names a day twice.")
    if weekday := next((day for day in sorted(on) if day.weekday() < _saturday), None):
        raise BadInput(f"{weekday} is no Saturday or Sunday: it cannot be a make-up working day.")
    return off, on


def _days(holiday: Holiday) -> list[date]:
    first, last = _day(holiday.first), _day(holiday.last)
    if not 0 <= (last - first).days < limits.holiday_days_max:
        raise BadInput(f"{holiday.name} from {first} to {last} is no holiday.")
    return [first + n * _one for n in range((last - first).days + 1)]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"{text[:40]!r} is no day such as 2026-10-01.") from error
