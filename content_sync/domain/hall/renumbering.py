"""Letting a letter's numbers go on from a new one in the middle of a day: a new roll, a hall that moved, a round start.

1. It holds for the rest of the day; the next day begins at 1 as always.
2. No number comes twice: the new one is beyond every number that the server has given out, and outside the blocks
   that kiosks may be printing from: below all of them, or beyond all of them.
3. What is passed over belongs to nobody and is kept as such, with the reason `renumbered` (voids).
"""

from dataclasses import replace

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall.tickets import Counter, number
from content_sync.domain.hall.voids import Span


def restarted(counter: Counter, letter: str, first: int) -> tuple[Counter, list[Span]]:
    """The counter that gives `first` next, and the numbers passed over. Raises Refused for a number that may not be."""
    if not 1 <= first <= limits.renumbered_max:
        raise BadInput(f"新的号要在 1 到 {limits.renumbered_max} 之间。")
    blocks = limits.lease_first_number
    low_is_left = counter.low < blocks
    if first < blocks and low_is_left:
        if first < counter.low:  # rule 2
            raise Refused(f"{number(letter, counter.low - 1)} 已经发出：新的号要从 {number(letter, counter.low)} 起。")
        return replace(counter, low=first), _spans((counter.low, first - 1))
    if first < counter.high:  # rule 2
        free = f"{number(letter, counter.low)} 到 {number(letter, blocks - 1)}，或者" if low_is_left else ""
        raise Refused(f"{number(letter, first)} 可能已经在别处打印：请用{free} {number(letter, counter.high)} 起的号。")
    return Counter(blocks, first), _spans((counter.low, blocks - 1), (counter.high, first - 1))


def _spans(*found: Span) -> list[Span]:
    return [span for span in found if span[0] <= span[1]]
