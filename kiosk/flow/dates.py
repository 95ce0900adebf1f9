"""Days in the visitor's language, for the touch screens; the boards say theirs in Chinese (board.moments)."""

from datetime import date, datetime

from kiosk.flow.board import moments
from kiosk.flow.words import Words


def day(words: Words, iso_date: str, now: datetime) -> str:
    """11月20日, 20 Nov; with the year when it is another one."""
    then = date.fromisoformat(iso_date)
    month = words(f"month.{then.month}")
    if then.year == now.year:
        return words("date.day", day=then.day, month=month)
    return words("date.year", day=then.day, month=month, year=then.year)


def weekday(words: Words, now: datetime) -> str:
    """11月20日 星期五, 20 Nov Fri: the weekday is what stands behind the last space."""
    named = words(f"weekday.{now.isoweekday()}")
    return f"{day(words, now.date().isoformat(), now)} {named}"


def left(words: Words, ends: datetime, now: datetime) -> str:
    """How long a public notice still runs; `ends` is the first instant outside."""
    count = moments.days_left(ends, now)
    named = {0: "left.today", 1: "left.tomorrow"}.get(count)
    return words(named) if named else words("left.days", n=count)
