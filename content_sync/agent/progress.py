"""How far a long transfer is, for whoever watches the terminal.

1. On a terminal one line renews itself; it is ended when the file is here.
2. Elsewhere (a journal, a pipe) there is at most one line every `limits.progress_line_seconds`, and none for a transfer
   that is quicker than that.
"""

import time
from collections.abc import Callable
from typing import TextIO

from content_sync.domain import limits

_kilo, _mega = 1_000, 1_000_000


class Progress:
    """Progress on `out`; `ticks` are steady seconds."""

    def __init__(self, out: TextIO, ticks: Callable[[], float] = time.monotonic) -> None:
        self._out, self._ticks = out, ticks
        self._path, self._begun, self._begun_at, self._said_at = "", 0, 0.0, 0.0

    def report(self, path: str, done: int, of: int) -> None:
        """So many bytes of a file are here."""
        now, renews = self._ticks(), self._out.isatty()
        if path != self._path:
            self._path, self._begun, self._begun_at, self._said_at = path, done, now, now
        if renews:
            self._say(
                f"\r{self._line(done, of, now)}\x1b[K" + ("\n" if done >= of else "")
            )  # clear what is right of it
        elif now - self._said_at >= limits.progress_line_seconds:
            self._said_at = now
            self._say(self._line(done, of, now) + "\n")
        if done >= of:
            self._path = ""

    def _line(self, done: int, of: int, now: float) -> str:
        seconds = now - self._begun_at
        rate = (done - self._begun) / seconds if seconds else 0.0
        left = f", {_spoken(of - done)} to come" if done < of else ""
        speed = f", {_spoken(rate)}/s" if rate else ""
        return f"{self._path.split('/')[0]}: {_spoken(done)} of {_spoken(of)} here{left}{speed}"

    def _say(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()


def _spoken(count: float) -> str:
    return f"{count / _mega:.1f} MB" if count >= _mega else f"{count / _kilo:.0f} KB"
