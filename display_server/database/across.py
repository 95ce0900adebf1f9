"""Turns between the processes that write to one database file.

1. SQLite lets in whoever asks at the right moment. A server that writes without a pause would keep out a command beside
   it: one waited 17 seconds (measured, with 32 clients at work).
2. So who wants to write takes `next` first, waits with it for `turn`, and only then gives `next` back. Who has just
   written and wants to again stands behind the one who waits.
3. The locks are the kernel's: it takes them back when their process dies.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Across:
    """The locks of one folder, as one writer of it sees them."""

    def __init__(self, folder: Path) -> None:
        self._paths = (folder / "writers.next", folder / "writers.turn")
        self._files: tuple[int, ...] = ()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Have the turn; waits for it (rule 2)."""
        if not self._files:
            self._files = tuple(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600) for path in self._paths)
        waiting, writing = self._files
        fcntl.flock(waiting, fcntl.LOCK_EX)
        try:
            fcntl.flock(writing, fcntl.LOCK_EX)
        finally:
            fcntl.flock(waiting, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(writing, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the files."""
        files, self._files = self._files, ()
        for file in files:
            os.close(file)
