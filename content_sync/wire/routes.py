"""The cheapest way to an edition.

1. A way begins with what is held, at no cost, or with the base pack; then come deltas, each from where the last ended.
2. Of all ways the one with the fewest bytes is taken; of equal ones that with the fewest files.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

from content_sync.wire.editions import Base, Delta


@dataclass(frozen=True)
class Way:
    """What to fetch, in order: a base pack or None (begin with what is held), then deltas."""

    base: Base | None
    deltas: tuple[Delta, ...]

    @property
    def bytes(self) -> int:
        """What it costs."""
        return sum(one.length for one in self.deltas) + (self.base.length if self.base else 0)


def cheapest(held: int | None, base: Base, deltas: Sequence[Delta], number: int) -> Way | None:
    """The cheapest way to edition `number`, None when there is none; `held` None: begin anew."""
    starts = [(base.length, 1, base.number, Way(base, ()))]
    if held is not None:
        starts.append((0, 0, held, Way(None, ())))
    heap = [(cost, files, at, n) for n, (cost, files, at, _) in enumerate(starts)]
    ways, done = [way for *_, way in starts], set[int]()
    heapq.heapify(heap)
    while heap:
        cost, files, at, n = heapq.heappop(heap)
        if at == number:
            return ways[n]
        if at in done:
            continue
        done.add(at)
        for delta in deltas:
            if delta.since == at:
                ways.append(Way(ways[n].base, (*ways[n].deltas, delta)))
                heapq.heappush(heap, (cost + delta.length, files + 1, delta.to, len(ways) - 1))
    return None
