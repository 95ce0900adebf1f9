"""When a hall gives tickets, and in which words it says that it gives none (rules.py 1 and 2).

1. Tickets are given in the opening times, but not in the last `last_ticket_minutes` of each; a hall without opening
   times gives them at all hours. Opening times that touch are one: nobody is sent away in the middle.
2. A day gives at most `tickets_per_day_max` of a hall's tickets, and `capacity` of a service's when that is not 0.
3. Whoever gets none is told whom to ask and, where it is known, when tickets are given again.
4. A state holds until its `until`. A kiosk that is cut off believes a refusal it heard until then; one that has no
   `until` it believes for the rest of that day. An opening it never believes longer than its own clock and rules say.
5. A ticket that was printed is a ticket: none of this refuses one when it is handed in.
6. A hall with opening times follows the holiday tables (calendar.py): on a day off it is closed, also on a Saturday on
   which it would be open, unless times are named for days off. On a make-up working day it is open in the times named
   for those, otherwise in those of the first day of its week. In a year without a table days of the week alone count.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from content_sync.domain import limits
from content_sync.domain.calendar import Calendar, nothing_known
from content_sync.domain.errors import BadInput
from content_sync.domain.hall.rules import HallRules, Opening, on_holidays, on_made_up

_time = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00")
_day_minutes, _week = 24 * 60, 7
_weekdays = "一二三四五六日"
_ahead = _week + limits.holiday_days_max  # behind the longest row of days off there is an ordinary week


@dataclass(frozen=True)
class Standing:
    """Whether tickets are given. `why` is the sentence for who gets none; `until` the ISO instant at which it changes.

    `until` is empty where nobody can say.
    """

    open: bool
    why: str = ""
    until: str = ""


@dataclass(frozen=True)
class DayOff:
    """A public holiday on which a hall is closed: its name, and when tickets are given again, where that is known."""

    name: str
    again: datetime | None


@dataclass(frozen=True)
class Given:
    """What one day gave so far: tickets of the whole hall, and of one service; whether that service is paused."""

    hall: int
    service: int
    paused: bool = False


def checked(openings: Sequence[Opening]) -> Sequence[Opening]:
    """The opening times themselves; BadInput, in a sentence for the manager, for one that is none."""
    for one in openings:
        if not one.weekdays or not all(1 <= day <= on_made_up for day in one.weekdays):
            raise BadInput("开放时间要选星期几，从 1（星期一）到 7（星期日），或者“节”（节假日）“班”（调休上班日）。")
        if _span(one) is None:
            raise BadInput(f"“{one.begins}–{one.ends}”不是开放时间：请写成 08:30–17:30，结束要晚于开始。")
    return openings


def hours(rules: HallRules, now: datetime, desk: str = "", days: Calendar = nothing_known) -> Standing:
    """Whether `now` (local time) is an hour for tickets (rules 1, 3 and 6); `desk` is where to ask."""
    if not rules.opening:
        return Standing(open=True)
    for begins, last, _ in _spans(rules, now, days):
        if begins <= now < last:
            return Standing(open=True, until=last.isoformat())
        if now < begins < last:
            return Standing(open=False, why=_closed(rules, now, begins, desk, days), until=begins.isoformat())
    return Standing(open=False, why=f"现在不取号，{_asked(desk)}。")


def day_off(rules: HallRules, now: datetime, days: Calendar = nothing_known) -> DayOff | None:
    """The public holiday on which this hall is closed today, if it is one (rule 6)."""
    today = now.date()
    if not rules.opening or today not in days.off or on_holidays in _named(rules):
        return None
    again = next((begins for begins, last, _ in _spans(rules, now, days) if now < begins < last), None)
    return DayOff(days.named.get(today, ""), again)


def standing(
    rules: HallRules,
    now: datetime,
    name: str,
    capacity: int,
    given: Given,
    desk: str = "",
    days: Calendar = nothing_known,
) -> Standing:
    """Whether a service called `name` gives tickets now (rules 1 to 3 and 6)."""
    by_hours = hours(rules, now, desk, days)
    if not by_hours.open:
        return by_hours
    full = given.hall >= rules.tickets_per_day_max
    if full or 0 < capacity <= given.service:  # rule 2
        again = _next_day(rules, now, days)
        what = "" if full else f"“{name}”"
        when = f"，{in_words(now, again)}起可以再取" if again else ""
        return Standing(
            open=False,
            why=f"{what}今天的号已经取完{when}；有急事{_asked(desk)}。",
            until=again.isoformat() if again else "",
        )
    if given.paused:
        return Standing(open=False, why=f"“{name}”现在暂停取号，{_asked(desk)}。")
    return by_hours


def holds(heard: Standing, heard_at: str, now: datetime) -> bool:
    """Whether a refusal that a kiosk heard still holds, also when it is cut off since (rule 4)."""
    if heard.open:
        return False
    if heard.until:
        return now < datetime.fromisoformat(heard.until)
    return datetime.fromisoformat(heard_at).astimezone(now.tzinfo).date() == now.date()


def at_kiosk(
    rules: HallRules, heard: Standing, heard_at: str, now: datetime, desk: str = "", days: Calendar = nothing_known
) -> Standing:
    """Whether a kiosk gives tickets: by the refusal it heard last, otherwise by the hall's hours (rule 4)."""
    return heard if holds(heard, heard_at, now) else hours(rules, now, desk, days)


def in_words(now: datetime, at: datetime) -> str:
    """A near instant as one says it: 今天13:30, 明天08:30, 11月30日（星期一）08:30."""
    days = (at.date() - now.date()).days
    day = {0: "今天", 1: "明天"}.get(days) or f"{at.month}月{at.day}日（星期{_weekdays[at.weekday()]}）"
    return f"{day}{at:%H:%M}"


def _closed(rules: HallRules, now: datetime, begins: datetime, desk: str, days: Calendar) -> str:
    """Before closing somebody is still there to ask; afterwards only the next opening helps."""
    again = in_words(now, begins)
    if off := day_off(rules, now, days):
        return f"今天{off.name or '节假日'}放假，不取号，{again}起可以取号。"
    for opened, last, closes in _spans(rules, now, days):
        if opened <= now and last <= now < closes:
            return f"快到下班时间，已停止取号，{again}起可以再取；有急事{_asked(desk)}。"
    return f"现在不是取号时间，{again}起可以取号。"


def _asked(desk: str) -> str:
    return f"请到{desk or '帮办台'}"


def _next_day(rules: HallRules, now: datetime, days: Calendar) -> datetime | None:
    """When tickets are given on a later day."""
    tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    if not rules.opening:
        return tomorrow
    return next((begins for begins, last, _ in _spans(rules, now, days) if tomorrow <= begins < last), None)


def _spans(rules: HallRules, now: datetime, calendar: Calendar) -> Iterator[tuple[datetime, datetime, datetime]]:
    """Opening, last ticket and closing of today and some weeks on, in order; touching ones joined (rule 1)."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    late = timedelta(minutes=rules.last_ticket_minutes)
    for days in range(_ahead + 1):
        day = midnight + timedelta(days=days)
        as_on = _as_on(rules, day.date(), calendar)
        found = [_span(one) for one in rules.opening if as_on in one.weekdays]
        for begins, ends in _joined(sorted(span for span in found if span)):
            closes = day + timedelta(minutes=ends)
            yield day + timedelta(minutes=begins), closes - late, closes


def _as_on(rules: HallRules, day: date, calendar: Calendar) -> int:
    """The day of an `Opening` whose times count on this day (rule 6)."""
    if day in calendar.off:
        return on_holidays
    if day not in calendar.on:
        return day.isoweekday()
    named = _named(rules)
    return on_made_up if on_made_up in named else min(named & set(range(1, on_holidays)), default=day.isoweekday())


def _named(rules: HallRules) -> set[int]:
    return {day for one in rules.opening for day in one.weekdays}


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for begins, ends in spans:
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(ends, joined[-1][1]))
        else:
            joined.append((begins, ends))
    return joined


def _span(opening: Opening) -> tuple[int, int] | None:
    """Minutes of the day; None for what is no span, which a kiosk passes over rather than stand still."""
    times = [_time.fullmatch(text) for text in (opening.begins, opening.ends)]
    begins, ends = (
        -1 if one is None else _day_minutes if one[1] is None else int(one[1]) * 60 + int(one[2]) for one in times
    )
    return (begins, ends) if 0 <= begins < ends else None
