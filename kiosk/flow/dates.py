"""Days in the visitor's language, for the touch screens; the boards say theirs in Chinese (board.moments)."""

from datetime import date, datetime

from content_sync.domain.hall.opening import DayOff
from kiosk.flow.board import moments
from kiosk.flow.words import Words

_festivals = {
    "new_year": "元旦",
    "spring": "春节",
    "tombs": "清明",
    "labour": "劳动节",
    "dragon_boat": "端午",
    "moon": "中秋",
    "national": "国庆",
}


def day(words: Words, iso_date: str, now: datetime) -> str:
    """11月20日, 20 Nov; with the year when it is another one."""
    then = date.fromisoformat(iso_date)
    month = words(f"month.{then.month}")
    if then.year == now.year:
        return words("date.day", day=then.day, month=month)
    return words("date.year", day=then.day, month=month, year=then.year)


def weekday(words: Words, now: datetime) -> str:
    """11月20日 星期五, Fri 20 Nov."""
    named = words(f"weekday.{now.isoweekday()}")
    return words("date.weekday", weekday=named, day=day(words, now.date().isoformat(), now))


def holiday(words: Words, off: DayOff, now: datetime) -> str:
    """That the hall is closed for a public holiday, which one, and when numbers are given again."""
    named = [words(f"festival.{key}") for key, name in _festivals.items() if name in off.name]
    name = words("festival.and").join(named) or words("festival.other")
    said = words("holiday.closed", name=name)
    if off.again is None:
        return said
    again = f"{day(words, off.again.date().isoformat(), now)} {off.again:%H:%M}"
    return said + words("holiday.again", again=again)


def left(words: Words, ends: datetime, now: datetime) -> str:
    """How long a public notice still runs; `ends` is the first instant outside."""
    count = moments.days_left(ends, now)
    named = {0: "left.today", 1: "left.tomorrow"}.get(count)
    return words(named) if named else words("left.days", n=count)
