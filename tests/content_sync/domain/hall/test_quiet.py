"""When boards are dark."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from content_sync.domain.hall.quiet import is_quiet
from content_sync.domain.hall.rules import usual


def _at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-24T{clock}:00+08:00")


@pytest.mark.parametrize(
    ("begins", "ends", "quiet", "awake"),
    [
        ("21:00", "06:00", ("21:00", "23:59", "00:00", "05:59"), ("06:00", "12:00", "20:59")),
        ("12:30", "13:30", ("12:30", "13:29"), ("12:29", "13:30", "00:00")),
        ("08:00", "08:00", (), ("07:59", "08:00", "20:00")),
    ],
)
def test_quiet_hours_begin_and_end_to_the_minute(
    begins: str, ends: str, quiet: tuple[str, ...], awake: tuple[str, ...]
) -> None:
    """Also across midnight, and never where both are the same."""
    rules = replace(usual, quiet_from=begins, quiet_to=ends)
    assert all(is_quiet(rules, _at(clock)) for clock in quiet)
    assert not any(is_quiet(rules, _at(clock)) for clock in awake)


def test_a_hall_that_calls_at_night_is_not_dark() -> None:
    """Half an hour after the last call it is."""
    now = _at("22:00")
    assert not is_quiet(usual, now, now - timedelta(minutes=29))
    assert is_quiet(usual, now, now - timedelta(minutes=30))
