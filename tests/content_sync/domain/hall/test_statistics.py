"""Figures of a day from its log, by their rules: counted by hand here (HAL-11)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain.hall import statistics
from content_sync.domain.hall.queue import Event
from tests.content_sync.world import start


def at(minutes: float) -> str:
    """An instant so many minutes after the day began."""
    return (start + timedelta(minutes=minutes)).isoformat()


def issued(ticket: str, minutes: float = 0, service: str = "huji") -> Event:
    """A number was taken."""
    return Event(ticket, "issued", at(minutes), service=service, number="A001")


def moved(ticket: str, kind: str, minutes: float, window: str = "w1", service: str = "") -> Event:
    """Something happened with it at a window."""
    return Event(ticket, kind, at(minutes), window=window, service=service)


STORIES: list[tuple[str, list[Event], tuple[object, ...]]] = [
    ("served", [moved("t", "called", 10), moved("t", "serving", 11), moved("t", "finished", 15)], ("served", 600, 240)),
    ("nobody said serving", [moved("t", "called", 10), moved("t", "finished", 15)], ("served", 600, 300)),
    (
        "recalled",
        [moved("t", "called", 10), moved("t", "recalled", 12), moved("t", "finished", 15)],
        ("served", 600, 180),
    ),
    ("never called", [], ("open", None, None)),
    ("given back", [Event("t", "cancelled", at(3))], ("cancelled", None, None)),
    ("missed", [moved("t", "called", 10), moved("t", "missed", 12)], ("missed", 600, None)),
    (
        "missed and back",
        [
            moved("t", "called", 10),
            moved("t", "missed", 12),
            moved("t", "called", 20, "w2"),
            moved("t", "finished", 26),
        ],
        ("served", 600, 360),
    ),
    (
        "missed and requeued",
        [moved("t", "called", 10), moved("t", "missed", 12), moved("t", "requeued", 20)],
        ("open", 600, None),
    ),
    ("held over night", [moved("t", "called", 10), moved("t", "held", 12)], ("open", 600, None)),
    ("a kiosk ahead of the server", [moved("t", "called", -5), moved("t", "finished", 1)], ("served", 0, 360)),
    ("a kind of a later version", [moved("t", "called", 10), moved("t", "danced", 11)], ("open", 600, None)),
]


@pytest.mark.parametrize(("events", "told"), [row[1:] for row in STORIES], ids=[row[0] for row in STORIES])
def test_one_visit(events: list[Event], told: tuple[object, ...]) -> None:
    """Each way through the hall, with its outcome, its wait and its handling in seconds."""
    (visit,) = statistics.visits([issued("t"), *events])
    assert (visit.outcome, visit.wait, visit.handling) == told


def test_the_end_of_the_day_hides_nobody() -> None:
    """Who was still waiting at midnight is a visit that nobody settled; what midnight finished has no handling time."""
    night = (start.replace(hour=0, minute=0) + timedelta(days=1)).isoformat()
    (left,) = statistics.visits([issued("t"), Event("t", "voided", night, reason="day_end")])
    assert (left.outcome, left.wait) == ("open", None)
    (served,) = statistics.visits([issued("t"), moved("t", "called", 5), Event("t", "finished", night, window="w1")])
    assert (served.outcome, served.handling) == ("served", None)


def test_a_double_counts_nowhere() -> None:
    """The server's ticket for a press that a cut-off kiosk had printed already is voided and no visit."""
    assert statistics.visits([issued("t"), Event("t", "voided", at(1))]) == []


def test_a_transfer_counts_where_it_ended() -> None:
    """Who was sent on counts for the service and window that served them, with the wait of the first calling."""
    events = [moved("t", "called", 4), moved("t", "transferred", 6, service="shebao")]
    events += [moved("t", "called", 9, "w3"), moved("t", "finished", 12, "w3")]
    (visit,) = statistics.visits([issued("t"), *events])
    assert (visit.service, visit.window, visit.wait, visit.handling) == ("shebao", "w3", 240, 180)


@pytest.mark.parametrize(("count", "middle", "most"), [(1, 1, 1), (2, 1, 2), (9, 5, 9), (10, 5, 9), (100, 50, 90)])
def test_percentiles_are_somebodys(count: int, middle: float, most: float) -> None:
    """Nearest rank: of ten waits of 1 to 10, the middle is 5 and p90 is 9."""
    waits = [float(n) for n in range(1, count + 1)]
    assert (statistics.percentile(waits, 50), statistics.percentile(waits, 90)) == (middle, most)


def test_nobody_has_no_percentile() -> None:
    """Of no waits there is no middle: no nought is invented."""
    assert statistics.percentile([], 50) is None


@given(st.lists(st.floats(0, 10_000), min_size=1, max_size=60), st.integers(1, 100))
def test_a_percentile_leaves_so_many_below(values: list[float], percent: int) -> None:
    """At least `percent` hundredths do not exceed it, and fewer than that lie strictly below."""
    found = statistics.percentile(sorted(values), percent)
    assert found in values
    assert sum(value <= found for value in values) * 100 >= percent * len(values)
    assert sum(value < found for value in values) * 100 < percent * len(values)


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 120)), max_size=40))
def test_every_wait_stands_in_one_column(waits: list[tuple[int, int]]) -> None:
    """The columns of the chart together hold everybody who was called, each once, in the right one."""
    events = [
        event
        for n, (came, waited) in enumerate(waits)
        for event in (issued(f"t{n}", came), moved(f"t{n}", "called", came + waited))
    ]
    counts = statistics.waits_by_length(statistics.visits(events))
    by_hand = [
        sum(10 * n < waited <= 10 * (n + 1) or (n == 0 and waited == 0) for _, waited in waits) for n in range(9)
    ]
    assert counts == [*by_hand, sum(waited > 90 for _, waited in waits)]


def test_half_hours_are_the_halls_own() -> None:
    """A number taken at 09:29 stands in the half hour of 9:00, one at 09:30 in the next; gaps are shown as nought."""
    day = "2026-11-23T"
    times = ("09:29:59.5+08:00", "09:30:00+08:00", "11:00:00+08:00")
    events = [Event(f"t{n}", "issued", day + time, service="huji") for n, time in enumerate(times)]
    assert statistics.arrivals(statistics.visits(events)) == {18: 1, 19: 1, 20: 0, 21: 0, 22: 1}
    assert statistics.arrivals([]) == {}
