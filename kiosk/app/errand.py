"""One command of the agent's, run as a process of its own beside the window, and listened to without waiting.

1. The screen never verifies or applies anything itself: that is `content-sync`, in its own process; it goes on to its
   end also when the screen does not.
2. Nothing here blocks: `lines` takes what is there.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_piece = 65_536
_bytes_max = 4_000_000


class Errand:
    """A running `content-sync`; `since` is when it began, in seconds of a steady clock."""

    def __init__(self, folder: Path, arguments: Sequence[str], since: float) -> None:
        command = [sys.executable, "-m", "content_sync.cli", "--dir", str(folder), *arguments]
        self.since = since
        self._process = subprocess.Popen(  # noqa: S603  # ourselves
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
        )
        assert self._process.stdout is not None  # asked for above
        self._out = self._process.stdout
        os.set_blocking(self._out.fileno(), False)
        self._rest, self._ended, self._taken = b"", False, 0

    def lines(self) -> list[str]:
        """What it said since the last look, whole lines; the last one when it has ended."""
        while not self._ended:
            try:
                data = os.read(self._out.fileno(), _piece)
            except BlockingIOError:
                break
            self._ended = not data
            self._taken += len(data)
            if self._taken <= _bytes_max:
                self._rest += data
        *whole, self._rest = self._rest.split(b"\n")
        if self._ended and self._rest:
            whole, self._rest = [*whole, self._rest], b""
        return [line.decode("utf-8", "replace") for line in whole]

    def is_over(self) -> bool:
        """Whether it has ended and everything was heard."""
        if not self._ended:
            return False
        if not self._out.closed:
            self._out.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(1)
        return True

    def let_go(self) -> None:
        """Hear no more of it; it goes on (rule 1)."""
        self._out.close()
        self._ended = True

    def give_up(self) -> None:
        """End it: what it would say is of no use any more."""
        self._process.kill()
        self._process.wait()
        self._out.close()
        self._ended = True
