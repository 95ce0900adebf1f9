"""Laws of whose turn it is: nobody starves, nobody is called before their place, nobody misses their way to the end."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain.errors import Refused
from content_sync.domain.hall.fairness import calls_left, is_aged, next_for, place_of_return, refuse_recall
from content_sync.domain.hall.queue import Event, Line, Ticket, fold, order, waits_for
from content_sync.domain.hall.rules import HallRules, usual

_opening = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
_windows = {"w1": ("huji",), "w2": ("huji", "shebao"), "w3": ("shebao",)}


def at(minute: float) -> str:
    """An instant of the day."""
    return (_opening + timedelta(minutes=minute)).isoformat()


def issued(running: int, minute: float = 0, priority: int = 0, service: str = "huji") -> Event:
    """A ticket's entry."""
    return Event(f"t{running}", "issued", at(minute), service=service, number=f"A{running:03d}", priority=priority)


@dataclass
class Day:
    """A hall that only issues and calls, each call at its minute; every call is remembered with the line before it."""

    rules: HallRules
    log: list[Event] = field(default_factory=list)
    calls: list[tuple[float, str, Ticket, Line]] = field(default_factory=list)

    def call(self, minute: float, window: str) -> None:
        """The window calls whose turn it is and is free again at once."""
        line = fold(self.log)
        found = next_for(line, window, _windows[window], self.rules, at(minute))
        if found:
            self.calls.append((minute, window, found, line))
            self.log += [Event(found.id, kind, at(minute), window=window) for kind in ("called", "finished")]


_happenings = st.lists(
    st.tuples(
        st.integers(0, 4),  # minutes since the last happening
        st.sampled_from(["huji", "shebao", "call", "call"]),
        st.booleans(),
        st.sampled_from(sorted(_windows)),
    ),
    min_size=5,
    max_size=70,
)
_rules = st.builds(HallRules, priority_turns_max=st.integers(1, 3), ageing_minutes=st.integers(3, 40))


def played(happenings: Sequence[tuple[int, str, bool, str]], rules: HallRules) -> Day:
    """A day of people who come and windows that call, until the line is empty."""
    day, minute, running = Day(rules), 0, 0
    for later, what, first, window in happenings:
        minute += later
        if what == "call":
            day.call(minute, window)
        else:
            running += 1
            day.log.append(issued(running, minute, int(first), what))
    while any(t.state == "waiting" for t in fold(day.log).tickets.values()):
        minute += 1
        for window in _windows:
            day.call(minute, window)
    return day


@given(_happenings, _rules)
def test_nobody_is_overtaken_more_often_than_the_rule_allows(
    happenings: list[tuple[int, str, bool, str]], rules: HallRules
) -> None:
    """Law: with A others ahead in its class and K windows, at most priority_turns_max · (A + K) overtake a ticket."""
    day = played(happenings, rules)
    everyone = fold(day.log).tickets.values()
    for ticket in (t for t in everyone if not t.priority):
        mine = [window for window, services in _windows.items() if ticket.service in services]
        until = next(n for n, call in enumerate(day.calls) if call[2].id == ticket.id)
        here = [call[2] for call in day.calls[: until + 1] if call[1] in mine]
        overtaking = [other for other in here if order(other) > order(ticket)]
        ahead = [other for other in here if not other.priority and order(other) < order(ticket)]
        assert len(overtaking) <= rules.priority_turns_max * (len(ahead) + len(mine))


@given(_happenings, _rules)
def test_nobody_goes_before_who_is_aged(happenings: list[tuple[int, str, bool, str]], rules: HallRules) -> None:
    """Law: who has waited `ageing_minutes` is overtaken by nobody; each class is called in line order."""
    for minute, window, called, line in played(happenings, rules).calls:
        left = [t for t in line.tickets.values() if t.state == "waiting" and waits_for(t, window, _windows[window])]
        earlier = [t for t in left if order(t) < order(called)]
        assert not [t for t in earlier if t.priority == called.priority]
        if called.priority:
            assert not [t for t in earlier if is_aged(t, rules, at(minute))]


def test_priority_goes_first_but_not_for_ever() -> None:
    """Five elders and two others: two elders, one other, two elders, the last other, the last elder."""
    day = Day(usual, [issued(n, 0, priority=int(n <= 5)) for n in range(1, 8)])
    for _ in range(7):
        day.call(1, "w1")
    assert [call[2].id for call in day.calls] == ["t1", "t2", "t6", "t3", "t4", "t7", "t5"]


def test_after_half_an_hour_nobody_younger_goes_first() -> None:
    """A visitor of nine o'clock goes before the elder of 9:20 at half past, and not a minute earlier."""
    day = [issued(1, 0), issued(2, 20, priority=1)]
    for minute, first in ((29, "t2"), (30, "t1")):
        found = next_for(fold(day), "w1", ("huji",), usual, at(minute))
        assert found
        assert found.id == first


@given(st.integers(0, 4), st.lists(st.integers(0, 30), max_size=12), st.integers(0, 3), st.integers(0, 40))
def test_a_missed_ticket_comes_back_behind_a_few(places: int, minutes: list[int], returns: int, own: int) -> None:
    """Law: it stands behind so many who wait, before the next of them, and never before its own place."""
    rules = replace(usual, missed_places=places)
    line = fold(issued(n, minute) for n, minute in enumerate(minutes, start=2)).tickets.values()
    waiting = sorted(line, key=order)
    ticket = Ticket("t1", "A001", "huji", 0, at(own), "missed", returns=returns)
    back = replace(ticket, since=place_of_return(ticket, waiting, rules, at(60)), state="waiting")
    assert order(back) >= order(ticket)
    ahead = [t for t in waiting if order(t) < order(back)]
    behind = places * (returns + 1)
    assert len(ahead) >= min(behind, len(waiting))
    if len(ahead) > behind:  # only those who stood before its own place anyway, or share the last one's minute
        last = waiting[behind - 1].since if behind else ""
        assert all(order(t) < order(ticket) or t.since == last for t in ahead[behind:])


def test_twice_then_missed() -> None:
    """A hall that calls twice: the second recall is refused, and the sentence says what to press."""
    rules = replace(usual, calls_max=2)
    called = fold([issued(1), Event("t1", "called", at(1), window="w1")]).tickets["t1"]
    refuse_recall(called, rules)
    again = fold(
        [issued(1), Event("t1", "called", at(1), window="w1"), Event("t1", "recalled", at(2), window="w1")]
    ).tickets["t1"]
    assert calls_left(again.times, rules) == 0
    with pytest.raises(Refused, match="过号"):
        refuse_recall(again, rules)
