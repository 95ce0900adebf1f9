"""Progress lines of a long copy, on the terminal: how much is done and how much remains.

The first line comes after `limits.stick_progress_seconds`, then one in so many seconds, so a short copy says nothing.
"""

import sys
import time
from collections.abc import Callable

from content_sync.domain import limits


class ProgressLines:
    """Hears what is being done, bytes done and bytes in all; `words` give the line's form."""

    def __init__(
        self,
        words: str = "{what} {done:.1f} of {all:.1f} MB, {left:.1f} MB to go",
        names: dict[str, str] | None = None,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._words, self._names, self._ticks = words, names or {}, ticks
        self._said = ticks()

    def __call__(self, what: str, done: int, of: int) -> None:
        """Say it when it is time."""
        now = self._ticks()
        if now - self._said >= limits.stick_progress_seconds:
            self._said = now
            facts = {"done": done / 1e6, "all": of / 1e6, "left": (of - done) / 1e6}
            print(self._words.format(what=self._names.get(what, what), **facts), file=sys.stderr, flush=True)
