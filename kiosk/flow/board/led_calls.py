"""Calls on the LED board: they interrupt what is shown.

1. A call stays for some seconds: one call as large as the panel allows, several one a line, the newest first.
2. While an emergency is shown a call stays shorter: the warning must come back.
3. A panel too narrow for number and window on one line puts them on two, and shows several calls one after another.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from content_sync.domain import limits
from kiosk.flow.board.facts import Called, Facts
from kiosk.flow.board.led_panel import Panel, head, low, sizes
from kiosk.flow.frame import Mark, Measure, Rect, Target, Text

_call, _each_seconds = 32, 3
_longest = "A0000 → 12号"


def ringing(facts: Facts, on: Panel, measure: Measure, *, is_emergency: bool) -> tuple[Called, ...]:
    """The calls that interrupt now, newest first (rules 1 and 2); one at a time on a narrow panel (rule 3)."""
    stay = timedelta(seconds=limits.led_dwell_seconds_min if is_emergency else limits.led_call_seconds)
    calls = tuple(called for called in facts.called if timedelta() <= facts.now - called.since < stay)
    if len(calls) > 1 and _is_narrow(on, measure):
        turn = int(facts.now.timestamp()) // _each_seconds % len(calls)
        return calls[turn : turn + 1]
    return calls


def marks(calls: Sequence[Called], on: Panel, measure: Measure) -> Iterator[Mark]:
    """The panel's picture for these calls."""
    first = calls[0]
    if len(calls) == 1 and (on.has_head or _is_narrow(on, measure)):
        size = next((s for s in sizes if 2 * s <= on.height and _fits(first, s, on, measure)), low)
        goal = next((words for words in _goals(first) if measure.width(words, size) <= on.width), _goals(first)[-1])
        y = (on.height - 2 * size) // 2
        yield Text(0, y, on.width, (first.number,), size, size, "amber", align="center")
        yield Text(0, y + size, on.width, (goal,), size, size, "green", align="center")
    elif len(calls) == 1:
        words = f"{first.number} → {first.window}号窗口"
        size = next((s for s in sizes if s <= on.height and measure.width(words, s) <= on.width), on.size)
        yield from _line(first, f"→ {first.window}号窗口", (on.height - size) // 2, size, on, measure)
    else:
        if on.has_head:
            yield Text(0, 0, on.width, ("请到窗口",), head, head, "green")
        for row, called in enumerate(calls[: on.rows]):
            y = (head if on.has_head else 0) + row * on.size
            yield from _line(called, f"→ {called.window}号", y, on.size, on, measure)


def targets(calls: Sequence[Called], on: Panel) -> Iterator[Target]:
    """Where each number stands."""
    if len(calls) == 1:
        yield Target(Rect(0, 0, on.width, on.height), calls[0].number, None)
        return
    top = head if on.has_head else 0
    for row, called in enumerate(calls[: on.rows]):
        yield Target(Rect(0, top + row * on.size, on.width, on.size), called.number, None)


def _is_narrow(on: Panel, measure: Measure) -> bool:
    return measure.width(_longest, on.size) > on.width


def _goals(called: Called) -> tuple[str, ...]:
    return f"→ {called.window}号窗口", f"→ {called.window}号", f"{called.window}号"


def _fits(called: Called, size: int, on: Panel, measure: Measure) -> bool:
    return size <= _call and all(measure.width(words, size) <= on.width for words in (called.number, _goals(called)[1]))


def _line(called: Called, goal: str, y: float, size: int, on: Panel, measure: Measure) -> Iterator[Mark]:
    x = measure.width("A0000 ", size)
    yield Text(0, y, on.width, (called.number,), size, size, "amber")
    yield Text(x, y, on.width - x, (goal,), size, size, "green")
