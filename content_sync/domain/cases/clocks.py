"""When something is due, and how its clock stands (HAL-10, promise 14).

1. A due date is counted once, when its clock starts, and is kept: what was printed stays true when a table changes.
2. Without a limit there is no due date, and that is said; without a year's table the date is unknown, and that is said.
   Neither stops anything else, and an unknown date is counted again each time it is asked for.
3. Green until so many working days before the due date as the profile says, yellow from there through the due date,
   red after it. What is finished is judged by the day it was finished on.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from content_sync.domain.calendar import Calendar, NoTable, add_days, add_working_days, working_days_before
from content_sync.domain.profiles import Number

Unit = Literal["working_day", "day", "instant"]
Signal = Literal["green", "yellow", "red", "unknown", "none"]
signal_words: dict[Signal, str] = {
    "green": "正常",
    "yellow": "快到期",
    "red": "已超期",
    "unknown": "日期不明",
    "none": "没有计时",
}
units: dict[Unit, str] = {"working_day": "个工作日", "day": "天", "instant": "当场"}
no_limit = "没有规定时限"


@dataclass(frozen=True)
class Due:
    """The last day of a limit; `day` None: `why` says why there is none. Otherwise `why` says how it was counted."""

    day: date | None
    why: str


@dataclass(frozen=True)
class Reading:
    """A clock at one moment: its signal, its due date when there is one, and the reason in words."""

    signal: Signal
    due: date | None
    why: str


def due_after(start: date, amount: int | None, unit: Unit, calendar: Calendar) -> Due:
    """When a limit of `amount` units that starts on `start` ends (rules 1 and 2); None: there is no limit."""
    if amount is None:
        return Due(None, no_limit)
    if unit == "instant" or amount == 0:
        return Due(start, f"{start.isoformat()} 当场办结")
    count = add_working_days if unit == "working_day" else add_days
    try:
        return Due(count(start, amount, calendar), f"{start.isoformat()} 起{amount}{units[unit]}，当天不算")
    except NoTable as finding:
        return Due(None, str(finding))


def reading(due: Due, on: date, warning: Number, calendar: Calendar) -> Reading:
    """How a clock stands on a day (rule 3)."""
    if due.day is None:
        return Reading("none" if due.why == no_limit else "unknown", None, due.why)
    if on > due.day:
        return Reading("red", due.day, f"超期{(on - due.day).days}天")
    if _warns(due.day, on, warning.value or 0, calendar):
        left = (due.day - on).days
        return Reading("yellow", due.day, "今天到期" if left == 0 else f"还有{left}天到期")
    return Reading("green", due.day, due.why)


def _warns(due: date, on: date, days: int, calendar: Calendar) -> bool:
    try:
        return on >= working_days_before(due, days, calendar)
    except NoTable:
        return True  # the year before the due date has no table: rather warn early than not at all
