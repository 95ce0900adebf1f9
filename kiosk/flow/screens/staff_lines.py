"""The lines of the staff screen: each says of one thing whether it is well, and if not, what to do.

1. Content is well while it is fresh (limits.fresh_days_warn); a channel without any content is not.
2. A part that this kiosk does not have is left out: it is no fault.
"""

from dataclasses import dataclass
from datetime import datetime

from content_sync.domain import limits
from kiosk.flow import dates
from kiosk.flow.behind import Health, Held
from kiosk.flow.board import moments
from kiosk.flow.sheet import Sheet

_well = {"ready", "ok"}
_absent = {"none", "unknown", "silent"}


@dataclass(frozen=True)
class Line:
    """Whether it is well, what it is, and how."""

    well: bool
    name: str
    said: str


def lines(sheet: Sheet, health: Health) -> list[Line]:
    """All of them; none when the report could not be had."""
    if health.failed:
        return []
    words = sheet.words
    clock = words("staff.clock_doubtful" if health.doubtful else "staff.clock_ok", clock=_clock(sheet))
    room = "full" if health.free < limits.disk_full_mb else "low" if health.free < limits.disk_low_mb else "ok"
    free = words(f"staff.disk_{room}", free=_size(health.free))
    waiting = words("staff.outbox", n=health.outbox) if health.outbox else words("staff.outbox_none")
    return [
        *(_channel(sheet, held) for held in health.held),
        Line(well=True, name=words("staff.outbox_name"), said=waiting),
        Line(not health.doubtful, words("staff.clock_name"), clock),
        *_part(sheet, "printer", health.printer),
        *_part(sheet, "paper", health.paper),
        *_part(sheet, "speaker", health.speaker),
        Line(health.free >= limits.disk_low_mb, words("staff.disk_name"), free),
    ]


def _channel(sheet: Sheet, held: Held) -> Line:
    """Rule 1."""
    view, words = sheet.view, sheet.words
    unit = next((c.unit for c in view.county.channels if c.id == held.name), "") if view.county else ""
    name = view.unit_name(unit) or held.name
    if not held.number or not held.as_of:
        return Line(well=False, name=name, said=words("staff.channel_none"))
    age = moments.age_days(held.as_of, view.now)
    said = words("staff.channel", when=_as_of(sheet, held), n=held.items)
    return Line(age < limits.fresh_days_warn, name, said)


def _as_of(sheet: Sheet, held: Held) -> str:
    now = sheet.view.now
    then = datetime.fromisoformat(held.as_of).astimezone(now.tzinfo)
    return f"{dates.day(sheet.words, then.date().isoformat(), now)} {moments.clock(then)}"


def _part(sheet: Sheet, name: str, state: str) -> list[Line]:
    """Rule 2."""
    if state in _absent:
        return []
    said = "ok" if state in _well else state
    return [Line(state in _well, sheet.words(f"staff.{name}_name"), sheet.words(f"staff.{name}_{said}"))]


def _clock(sheet: Sheet) -> str:
    now, words = sheet.view.now, sheet.words
    day = words("date.year", day=now.day, month=words(f"month.{now.month}"), year=now.year)
    named = words("date.weekday", weekday=words(f"weekday.{now.isoweekday()}"), day=day)
    return words("header.when", day=named, clock=moments.clock(now))


def _size(free: int) -> str:
    return f"{free / 1000:.1f} GB" if free >= 1000 else f"{free} MB"
