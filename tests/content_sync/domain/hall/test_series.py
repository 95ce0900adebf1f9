"""A kiosk's own numbers: never somebody else's, never again while somebody may hold them, whatever the clock says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain import limits
from content_sync.domain.errors import BadInput
from content_sync.domain.hall import series, tickets

days = st.integers(1, 28).map(lambda day: f"2026-11-{day:02}")


def test_read_and_printed() -> None:
    """A number of a series reads back as itself; its second letter is one that cannot be mistaken."""
    assert tickets.number("AK", 1) == "AK001"
    assert tickets.parse_number("AK001") == ("AK", 1)
    assert not set(series.letters) & set("BDGIOQSZCEPVNA")
    assert len(set(series.letters)) == len(series.letters) == 12


@pytest.mark.parametrize("text", ["AB001", "AK01", "AKK001", "aK001", "A-K001", "AK000", "KA", "A7-001", "AK0001"])
def test_no_other_spelling(text: str) -> None:
    """What no kiosk would print is no number."""
    with pytest.raises(BadInput):
        tickets.parse_number(text)


@given(st.integers(1, 99_999), st.integers(1, 99_999), st.sampled_from(series.letters))
def test_never_a_number_of_the_server(own: int, central: int, letter: str) -> None:
    """No number of a series is spelled like one of the server's or of a block, of this service or another."""
    for service in "ABK":
        assert tickets.number(f"A{letter}", own) != tickets.number(service, central)


@given(st.lists(days, max_size=60))
def test_no_number_twice_however_the_clock_jumps(clock: list[str]) -> None:
    """Until a series has used up its short numbers, no date that a clock may show brings one back."""
    run, given_out = series.Run(), []
    for day in clock:
        running, run = series.take(run, day)
        given_out.append(running)
    assert given_out == list(range(1, len(clock) + 1))


def test_it_begins_again_on_a_later_day_only() -> None:
    """Behind its short numbers a series goes on within the day and when the clock goes back, and begins anew later."""
    run = series.Run(limits.series_restart_number, "2026-11-05")
    running, run = series.take(run, "2026-11-05")
    assert running == limits.series_restart_number
    running, run = series.take(run, "2026-11-04")
    assert running == limits.series_restart_number + 1
    running, run = series.take(run, "2026-11-06")
    assert (running, run) == (1, series.Run(2, "2026-11-06"))


def test_letters_run_out() -> None:
    """Twelve kiosks of a site have a series; the thirteenth is told that none is left."""
    taken = ""
    while letter := series.free(taken):
        taken += letter
    assert taken == series.letters
