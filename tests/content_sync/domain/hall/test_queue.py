"""The laws of the line: one window at a time, nobody lost, nobody starved, any order of handing in."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_sync.domain.errors import Refused
from content_sync.domain.hall.fairness import next_for
from content_sync.domain.hall.queue import (
    Event,
    Line,
    Ticket,
    at_window,
    fold,
    moved,
    order,
    refuse_busy,
    states,
)
from content_sync.domain.hall.rules import usual


def at(minute: int) -> str:
    """An instant of the day."""
    return f"2026-11-23T{9 + minute // 60:02d}:{minute % 60:02d}:00+08:00"


def issued(running: int, minute: int = 0, priority: int = 0, service: str = "huji") -> Event:
    """A ticket's entry."""
    return Event(f"t{running}", "issued", at(minute), service=service, number=f"A{running:03d}", priority=priority)


@given(st.permutations([issued(n, minute=(n * 7) % 5, priority=n % 3 == 0) for n in range(1, 9)]))
def test_order_of_handing_in(entries: list[Event]) -> None:
    """Three kiosks hand their tickets in in any order: the line is the same, by the time of printing."""
    line = fold(entries)
    standing = sorted(line.tickets.values(), key=order)
    assert [t.since for t in standing] == sorted(t.since for t in standing)
    assert line.tickets == fold(sorted(entries, key=lambda event: event.ticket)).tickets


@dataclass
class Desk:
    """A hall played through the rules: every accepted step is kept in the log."""

    log: list[Event] = field(default_factory=list)
    minute: int = 0

    @property
    def line(self) -> Line:
        """The fold of the log so far."""
        return fold(self.log)

    def step(self, kind: str, ticket: str, window: str) -> None:
        """One step as the server takes it: checked against the line, then logged; refused steps change nothing."""
        self.minute += 1
        try:
            if kind == "next":
                found = next_for(self.line, window, ("huji",), usual, at(self.minute))
                if not found:
                    return
                kind, ticket = "called", found.id
            elif kind == "called":
                here = [t for t in self.line.tickets.values() if t.window == window and t.state in at_window]
                refuse_busy(here[0] if here else None)
            event = Event(ticket, kind, at(self.minute), window=window, service="huji")
            moved(self.line.tickets.get(ticket), event)
        except Refused:
            return
        self.log.append(event)


_steps = st.tuples(
    st.sampled_from(
        [
            "next",
            "next",
            "next",
            "called",
            "recalled",
            "held",
            "transferred",
            "missed",
            "requeued",
            "serving",
            "finished",
        ]
    ),
    st.sampled_from([f"t{n}" for n in range(1, 6)]),
    st.sampled_from(["w1", "w2", "w3"]),
)


@settings(max_examples=200)
@given(st.lists(_steps, max_size=40))
def test_no_ticket_at_two_windows_and_none_lost(steps: list[tuple[str, str, str]]) -> None:
    """Whatever three windows press, each has one ticket at most, and every issued ticket is in a known state."""
    desk = Desk([issued(n, priority=n == 5) for n in range(1, 6)])
    for step in steps:
        desk.step(*step)
        busy = [t.window for t in desk.line.tickets.values() if t.state in at_window]
        assert len(busy) == len(set(busy))
        assert set(desk.line.tickets) == {f"t{n}" for n in range(1, 6)}
        assert {t.state for t in desk.line.tickets.values()} <= set(states)


def test_transferred_keeps_its_place_and_requeued_goes_behind() -> None:
    """Whom a window sends elsewhere stands by the time of issue; who missed a call stands behind those who wait."""
    log = [issued(1, 0), issued(2, 1), issued(3, 2)]
    called = [Event("t1", "called", at(5), window="w1")]
    moved_on = fold([*log, *called, Event("t1", "transferred", at(6), window="w1", service="huji")])
    found = next_for(moved_on, "w2", ("huji",), usual, at(7))
    assert found
    assert found.id == "t1"
    missed = [Event("t1", "missed", at(6), window="w1"), Event("t1", "requeued", at(7), since=at(7))]
    behind = fold([*log, *called, *missed])
    assert [t.id for t in sorted(behind.tickets.values(), key=order)] == ["t2", "t3", "t1"]


def test_busy_window_is_told_what_to_do() -> None:
    """A window that has not dealt with whom it called calls nobody, and the sentence names the ticket."""
    line = fold([issued(1), issued(2), Event("t1", "called", at(1), window="w1")])
    with pytest.raises(Refused, match="A001"):
        next_for(line, "w1", ("huji",), usual, at(2))
    other = next_for(line, "w2", ("huji",), usual, at(2))
    assert other
    assert other.id == "t2"


def test_a_window_moves_its_own_ticket_only() -> None:
    """Another window cannot finish, hold or miss what it did not call."""
    line = fold([issued(1), Event("t1", "called", at(1), window="w1")])
    for kind in ("finished", "held", "missed", "serving", "recalled", "transferred"):
        with pytest.raises(Refused):
            moved(line.tickets["t1"], Event("t1", kind, at(2), window="w2"))


def test_finished_and_voided_are_final() -> None:
    """Nothing brings a finished or voided ticket back."""
    served = moved(
        moved(moved(None, issued(1)), Event("t1", "called", at(1), window="w1")),
        Event("t1", "finished", at(2), window="w1"),
    )
    void = moved(moved(None, issued(1)), Event("t1", "voided", at(1)))
    for ticket in (served, void):
        for kind in ("called", "recalled", "held", "transferred", "missed", "requeued", "serving", "voided"):
            with pytest.raises(Refused):
                moved(ticket, Event("t1", kind, at(3), window="w1"))


@pytest.mark.parametrize("state", ["serving", "finished", "voided", "cancelled"])
def test_whoever_gives_a_ticket_back_too_late_is_told_so_in_plain_words(state: str) -> None:
    """The sentence stands on the kiosk's glass and on the phone: it speaks to the holder and names no state of ours."""
    held = Ticket("t1", "A023", "huji", 0, at(0), state)
    with pytest.raises(Refused, match=r"A023 (正在窗口办：|已经)") as said:
        moved(held, Event("t1", "cancelled", at(9)))
    assert not any(word in str(said.value) for word in ("处理", "“", states[state]))
