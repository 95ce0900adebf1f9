"""Clocks are green, yellow one working day before they end, red behind it; what is not known is said (HAL-10)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync import assets
from content_sync.domain.calendar import Calendar, calendar_of, working_days_between
from content_sync.domain.cases.clocks import Due, due_after, reading
from content_sync.domain.profiles import Number, seed_city
from content_sync.wire.calendars import parse_table

known = calendar_of(parse_table(assets.path(f"calendar/{y}.json").read_bytes(), str(y)) for y in (2025, 2026))
monday = date(2026, 9, 21)


@pytest.mark.parametrize(
    ("today", "signal", "words"),
    [
        (date(2026, 9, 29), "green", "5个工作日"),
        (date(2026, 9, 30), "yellow", "还有8天"),  # the last working day before the national holidays
        (date(2026, 10, 7), "yellow", "还有1天"),
        (date(2026, 10, 8), "yellow", "今天到期"),
        (date(2026, 10, 9), "red", "超期1天"),
    ],
)
def test_over_a_long_holiday(today: date, signal: str, words: str) -> None:
    """Due on the first day behind the holidays, a case warns on the last one before them, while somebody can act."""
    due = due_after(date(2026, 9, 23), 5, "working_day", known)
    assert due.day == date(2026, 10, 8)
    read = reading(due, today, seed_city.warning, known)
    assert (read.signal, words in read.why) == (signal, True)


def test_no_limit_and_no_table() -> None:
    """Without a limit no clock runs, without a table the date is unknown; both say so and neither raises."""
    without = reading(due_after(monday, None, "working_day", known), monday, seed_city.warning, known)
    assert (without.signal, without.due, without.why) == ("none", None, "没有规定时限")
    beyond = reading(due_after(date(2026, 12, 28), 5, "working_day", known), monday, seed_city.warning, known)
    assert (beyond.signal, beyond.due) == ("unknown", None)
    assert "缺2027年的工作日历" in beyond.why


def test_on_the_spot() -> None:
    """What is done at once is due the same day, also when that is a day off."""
    assert due_after(date(2026, 10, 3), 0, "instant", known).day == date(2026, 10, 3)


def test_a_warning_that_cannot_be_counted_comes_early() -> None:
    """Where the year before the due date is unknown, the clock rather warns than waits."""
    only = Calendar(frozenset({2026}), known.off, known.on)
    assert reading(Due(date(2026, 1, 5), ""), date(2025, 12, 1), Number(5, "x"), only).signal == "yellow"


@given(st.dates(date(2025, 1, 1), date(2026, 9, 1)), st.integers(1, 40), st.integers(0, 60))
def test_signals_never_go_back(start: date, limit: int, later: int) -> None:
    """Green, then yellow, then red, and yellow is seen on a working day before the end."""
    due, order = due_after(start, limit, "working_day", known), ("green", "yellow", "red")
    assert due.day
    days = [start + timedelta(days=n) for n in range(later + 1)]
    seen = [order.index(reading(due, day, seed_city.warning, known).signal) for day in days]
    assert seen == sorted(seen)
    for day, signal in zip(days, seen, strict=True):
        if signal == 0:
            assert working_days_between(day, due.day, known) > 1
        assert (signal == 2) == (day > due.day)
