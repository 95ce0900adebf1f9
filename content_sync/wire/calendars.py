"""Holiday tables as files, in either of two forms.

1. Our own: `{"year", "source", "holidays": [{"name", "first", "last"}], "workdays": [day]}`, strictly.
2. The public one of the project holiday-cn: `{"year", "papers": [url], "days": [{"name", "date", "isOffDay"}]}`; what
   else stands in it is passed over. Days off in a row with one name become one holiday.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from content_sync.domain.calendar import Holiday, Table, calendar_of
from content_sync.domain.errors import BadInput
from content_sync.wire import canonical, shapes


@dataclass(frozen=True)
class _PublicDay:
    name: str
    date: str
    isOffDay: bool  # noqa: N815  # the name that form gives it


@dataclass(frozen=True)
class _Public:
    year: int
    days: tuple[_PublicDay, ...]
    papers: tuple[str, ...] = ()


def parse_table(data: bytes, what: str) -> Table:
    """The table in a file. Raises BadInput for one that is not sound or not finished."""
    plain = canonical.load(data, what)
    if isinstance(plain, dict) and "days" in plain:
        table = _from_public(shapes.from_plain(_Public, plain, what, lenient=True))
    else:
        table = shapes.from_plain(Table, plain, what)
    calendar_of([table])
    return table


def table_bytes(table: Table) -> bytes:
    """A table in our own form."""
    return canonical.dump(shapes.to_plain(table)) + b"\n"


def _from_public(found: _Public) -> Table:
    runs: list[Holiday] = []
    for day in sorted((day for day in found.days if day.isOffDay), key=lambda day: day.date):
        if runs and runs[-1].name == day.name and _follows(day.date, runs[-1].last):
            runs[-1] = replace(runs[-1], last=day.date)
        else:
            runs.append(Holiday(day.name, day.date, day.date))
    workdays = tuple(sorted(day.date for day in found.days if not day.isOffDay))
    return Table(found.year, " ".join(found.papers), tuple(runs), workdays)


def _follows(day: str, before: str) -> bool:
    try:
        return date.fromisoformat(day) - date.fromisoformat(before) == timedelta(days=1)
    except ValueError as error:
        raise BadInput(f"{day[:40]!r} is no day such as 2026-10-01.") from error
