"""When to ask again.

1. Every so many seconds, give or take a sixth, so that a county does not ask in one moment.
2. While the live line is up, hints do the waking; then only now and then, at a moment of the last half of that pause.
3. After a failure at a random moment of a pause that doubles with each further one, to a bound: a server that comes
   back is not met by everybody at once. A success or a hint ends it.
4. Who loses the live line waits a whole pause from there: a server that just went down answers nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from content_sync.domain import limits

_spread = 1 / 6


@dataclass
class Pace:
    """Pauses in seconds: usual, with a live line, the longest after failures; `chance` gives numbers from 0 to 1."""

    seconds: float
    seconds_live: float
    seconds_max: float
    chance: Callable[[], float]
    _at: float = field(default=float("-inf"), init=False)
    _draw: float = field(default=0.0, init=False)
    _failures: int = field(default=0, init=False)
    _live: bool = field(default=False, init=False)

    def asked(self, at: float, *, failed: bool) -> None:
        """The server was asked at this tick."""
        self._at, self._draw = at, self.chance()
        self._failures = min(self._failures + 1, limits.doublings_max) if failed else 0

    def hinted(self) -> None:
        """There is something to ask for (rule 3)."""
        self._failures = 0

    def is_due(self, now: float, *, live: bool) -> bool:
        """Whether to ask now; `live`: the live line is up."""
        if self._live and not live:
            self._at = now  # rule 4
        self._live = live
        return now - self._at >= self.pause()

    def pause(self) -> float:
        """Seconds from one question to the next (rules 1 to 3)."""
        if self._failures:
            return self._draw * min(self.seconds * (1 << self._failures), self.seconds_max)
        if self._live:
            return self.seconds_live * (1 + self._draw) / 2
        return self.seconds * (1 + (2 * self._draw - 1) * _spread)
