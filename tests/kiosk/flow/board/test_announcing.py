"""What a voice says next: each calling as often as wished, in order, and nothing that is over."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_sync.domain import limits
from content_sync.domain.hall.rules import HallRules
from kiosk.flow.board.announcing import Calling, Said, first_known, following

_now = datetime.fromisoformat("2026-11-24T09:42:00+08:00")
_rules = HallRules()
_nothing = Said()


def _called(name: str, seconds_ago: float, *, urgent: bool = False) -> Calling:
    return Calling(name, ("A",), _now - timedelta(seconds=seconds_ago), urgent)


_a, _b = _called("a", 20), _called("b", 10)
_alarm = _called("alarm", 0, urgent=True)
_old = _called("old", limits.call_said_seconds_max + 1)
_night = _now.replace(hour=23)


@pytest.mark.parametrize(
    ("callings", "said", "expected"),
    [
        ((_b, _a), {}, "a"),
        ((_b, _a), {"a": 1}, "b"),
        ((_b, _a), {"a": 1, "b": 1}, "a"),
        ((_b, _a), {"a": 2, "b": 1}, "b"),
        ((_b, _a), {"a": 2, "b": 2}, None),
        ((_old, _a), {}, "a"),
        ((_old,), {}, None),
        ((_a, _alarm), {}, "alarm"),
        ((_a, _alarm), {"alarm": 1}, "alarm"),
        ((_a, _alarm), {"alarm": 2}, "a"),
        ((replace(_alarm, since=_now - timedelta(days=3)),), {}, "alarm"),
        ((), {}, None),
    ],
)
def test_order(callings: tuple[Calling, ...], said: dict[str, int], expected: str | None) -> None:
    """The oldest first, first times before second times, an emergency before all; what is over is not said."""
    found = following(callings, said, _nothing, _now, _rules)
    assert (found.call if found else None) == expected


def test_a_hall_decides_how_often_and_whether() -> None:
    """Once, three times, never; the emergency is said all the same."""
    assert following([_a], {"a": 1}, _nothing, _now, replace(_rules, said_times=1)) is None
    assert following([_a], {"a": 2}, _nothing, _now, replace(_rules, said_times=3)) == _a
    silent = replace(_rules, speaks=False)
    assert following([_a], {}, _nothing, _now, silent) is None
    assert following([_a, _alarm], {}, _nothing, _now, silent) == _alarm


def test_quiet_hours_are_quiet() -> None:
    """A number called at eleven in the evening is on the board, not in the air."""
    late = replace(_a, since=_night)
    assert following([late], {}, _nothing, _night, _rules) is None
    assert following([late, _alarm], {}, _nothing, _night, _rules) == _alarm
    assert following([late], {}, _nothing, _night, replace(_rules, quiet_from="23:50")) == late


def test_there_is_a_breath_between_the_two_times() -> None:
    """The second time comes some seconds after the first one ended; a clock set back delays nobody for ever."""
    just = Said("a", _now - timedelta(seconds=limits.call_again_seconds - 1))
    assert following([_a], {"a": 1}, just, _now, _rules) is None
    assert following([_a, _b], {"a": 1}, just, _now, _rules) == _b
    assert following([_a], {"a": 1}, Said("a", _now + timedelta(hours=1)), _now, _rules) == _a


def test_calls_found_at_the_start_keep_their_age() -> None:
    """A board that was off does not read out the morning; one whose clock is wrong still says what comes new."""
    hour = timedelta(hours=1)
    found = first_known([("a", _now - hour), ("b", _now + hour)], None, _now)
    assert found == {"a": _now - hour, "b": _now}
    later = _now + timedelta(seconds=5)
    assert first_known([("b", _now + hour), ("c", _now - hour)], found, later) == {"b": _now, "c": later}


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 4)), max_size=12),
    st.integers(1, 3),
    st.floats(1.0, 9.0),
)
def test_a_whole_morning(arrivals: list[tuple[int, int]], times: int, seconds_each: float) -> None:
    """However calls come: never more often than wished, first times in the order of the calls, nothing too old."""
    rules, said, spoken = replace(_rules, said_times=times), dict[str, int](), list[str]()
    starts = sorted(sum(gap for gap, _ in arrivals[: n + 1]) for n in range(len(arrivals)))
    callings = [Calling(f"c{n:02}", ("A",), _now + timedelta(seconds=at)) for n, at in enumerate(starts)]
    clock, last = _now, _nothing
    for _ in range(500):
        one = following([c for c in callings if c.since <= clock], said, last, clock, rules)
        if one is None:
            clock += timedelta(seconds=1)
            continue
        assert clock - one.since <= timedelta(seconds=limits.call_said_seconds_max)
        clock += timedelta(seconds=seconds_each)
        said[one.call] = said.get(one.call, 0) + 1
        spoken.append(one.call)
        last = Said(one.call, clock)
    assert all(count <= times for count in said.values())
    firsts = list(dict.fromkeys(spoken))
    assert firsts == sorted(firsts)
