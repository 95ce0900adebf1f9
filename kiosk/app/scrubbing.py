"""Overwriting memory that was given back: what a visitor typed stands in freed blocks until something else needs them.

1. Python fills what it gives back, and what it hands out anew, at once (its allocator for debugging: a tenth more time
   for each touch, 35 MB more). It is chosen before Python starts, so the kiosk starts itself once more with it.
2. What C gives back is overwritten at once too (glibc's M_PERTURB), all but the few blocks kept for the next who asks.
3. A text that was moved while it grew leaves its middle behind. After a visitor left, every free block that could have
   held a text is taken once, filled with zeros, and given back: about a tenth of a second, twice.
4. Where the C library or the Python is another one, or a database lets go of nothing, less is overwritten, and nothing
   breaks.
"""

import ctypes
import logging
import os
import re
import sys
from collections.abc import Callable

from content_sync.domain.errors import GongkailanError
from kiosk.app.settling import settle

_log = logging.getLogger(__name__)
_perturb, _filled_with = -6, 0xA5  # M_PERTURB of <malloc.h>
_chosen = "PYTHONMALLOC"
_fills = os.environ.get(_chosen) == "pymalloc_debug"
_string_header = 33 + 24 * _fills  # bytes of an empty bytes object, and of the marks around what is handed out
_smallest_text = 64 if _fills else 48  # bytes of the blocks a short text stands in
_settled_seconds = (1.0, 10.0)
_pool_header = 48
_kept_most, _kept_each, _kept_header = 1032, 7, 16  # glibc keeps so many blocks of each size up to this for a thread
_row = re.compile(rb"^ +\d+ +(\d+) +\d+ +\d+ +(\d+)$", re.MULTILINE)
_pools = re.compile(rb"(\d+) unused pools \* (\d+) bytes")


def start_filling() -> None:
    """Rule 1: comes back at once in a process that was started with it, else starts this one anew."""
    if _chosen not in os.environ and sys.platform == "linux":
        os.execve(sys.executable, sys.orig_argv, os.environ | {_chosen: "pymalloc_debug"})  # noqa: S606  # its own words


class Rubber:
    """Scrubs at the start and after each visitor: once their last picture is down, once more for what a thread held."""

    def __init__(self, drop_pages: Callable[[], None]) -> None:
        """`drop_pages`: let go of what was read from the database of the desk."""
        self._drop_pages = drop_pages
        self._forgotten, self._due = -1, list[float]()
        libc = _libc()
        if libc is not None:
            libc.mallopt(_perturb, _filled_with)  # rule 2

    def look(self, forgotten: int, moment: float, *, is_idle: bool) -> None:
        """Call it often: `forgotten` visitors have been so far; `moment` in seconds of a steady clock.

        Nobody who touches the glass waits for it (`is_idle`: nobody is here).
        """
        if forgotten != self._forgotten:
            self._forgotten, self._due = forgotten, [moment + after for after in _settled_seconds]
        elif is_idle and self._due and moment >= self._due[0]:
            self._due.pop(0)
            for step in (self._drop_pages, settle, scrub):
                try:
                    step()
                except (OSError, AttributeError, MemoryError, GongkailanError):  # rule 4
                    _log.exception("Not everything of freed memory could be overwritten.")


def scrub() -> None:
    """Rule 3. What was given back since the blocks were counted is handed out first: a pool's worth more is taken."""
    told = _allocator()
    found = _pools.search(told)
    pools, pool = (int(found[1]), int(found[2])) if found else (0, 0)
    free = {int(size): int(blocks) for size, blocks in _row.findall(told)}
    taken = []
    if found:  # first, or the other sizes would begin whole pools and leave them half overwritten
        more = pools * ((pool - _pool_header) // _smallest_text)
        taken.append(_zeros(_smallest_text, free.pop(_smallest_text, 0) + more + pool // _smallest_text))
    for size, blocks in free.items():
        if size >= _smallest_text:
            taken.append(_zeros(size, blocks + pool // size))
    taken.clear()
    _scrub_kept()


def _zeros(size: int, blocks: int) -> list[bytes]:
    return [bytes(size - _string_header) for _ in range(blocks)]


def _scrub_kept() -> None:
    """What C keeps for this thread's next request of the same size."""
    libc = _libc()
    if libc is None:
        return
    libc.malloc.restype = ctypes.c_void_p
    libc.malloc.argtypes, libc.free.argtypes = [ctypes.c_size_t], [ctypes.c_void_p]
    for size in range(_kept_header + 8, _kept_most + 1, 16):
        blocks = [libc.malloc(size) for _ in range(_kept_each)]
        for block in blocks:
            if block:
                ctypes.memset(block, 0, size)
            libc.free(block)


def _allocator() -> bytes:
    """What Python says of its own blocks; it says so on standard error alone, which is turned aside meanwhile."""
    tell = getattr(sys, "_debugmallocstats", None)
    if tell is None:
        return b""
    sys.stderr.flush()
    aside, before = os.memfd_create("blocks"), os.dup(2)
    try:
        os.dup2(aside, 2)
        tell()
    finally:
        os.dup2(before, 2)
        os.close(before)
    size = os.lseek(aside, 0, os.SEEK_CUR)
    told = os.pread(aside, size, 0)
    os.close(aside)
    return told


def _libc() -> ctypes.CDLL | None:
    """glibc, if it is that."""
    try:
        found = ctypes.CDLL("libc.so.6")
        found.mallopt  # noqa: B018  # asked whether it is there
    except (OSError, AttributeError):
        return None
    return found
