"""Why a number of a day is nobody's ticket (HAL-15): no gap without a reason.

1. Of every letter, each number up to the highest that was given out, by the server or in a block, is a ticket or has a
   reason here; never both. A ticket that was given back or stands for a press that has another one is a ticket: its own
   history says so.
2. A kiosk gives a block of an earlier day back and says where it stopped; what it did not use is `unused_block`.
3. At the end of the day the server closes what no kiosk spoke of, `unreported_block`, and the numbers between its own
   last one and the first block, `not_reached`. A ticket that arrives later, from a kiosk that was cut off for days,
   lifts the reason of its number.
4. What the manager passed over to go on from a later number is `renumbered` at once (renumbering).
5. A kiosk's own series has no end of the day: each of its numbers up to the highest that was handed in is a ticket.
"""

from collections.abc import Iterable
from dataclasses import dataclass

reasons: dict[str, str] = {
    "unused_block": "备用号段没有用完，设备已交回",
    "unreported_block": "备用号段到日终设备没有交回",
    "not_reached": "当天没有发到这个号",
    "renumbered": "大厅管理改从后面的号发起",
}
Span = tuple[int, int]  # first and last number, both included


@dataclass(frozen=True)
class Void:
    """Numbers `first` to `last` of a letter, and the reason for which they are nobody's."""

    letter: str
    first: int
    last: int
    reason: str


def gaps(highest: int, used: Iterable[int], lowest: int = 1) -> list[Span]:
    """The numbers from `lowest` to `highest` that are not among those used, as spans in order (rule 1)."""
    found: list[Span] = []
    expected = lowest
    for running in sorted({number for number in used if lowest <= number <= highest}):
        if running > expected:
            found.append((expected, running - 1))
        expected = running + 1
    return [*found, (expected, highest)] if expected <= highest else found


def without(span: Span, running: int) -> list[Span]:
    """What is left of a span when one of its numbers turns out to be a ticket (rule 3)."""
    first, last = span
    return [part for part in ((first, running - 1), (running + 1, last)) if part[0] <= part[1]]


def overlap(span: Span, other: Span) -> Span | None:
    """The numbers that two spans share."""
    first, last = max(span[0], other[0]), min(span[1], other[1])
    return (first, last) if first <= last else None
