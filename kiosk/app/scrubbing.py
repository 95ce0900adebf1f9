"""Overwriting memory that was given back: what a visitor typed stands in freed blocks until something else needs them.

1. What C gives back is overwritten at once (glibc's M_PERTURB), all but the few blocks kept for the next who asks.
2. Python keeps what it gives back in blocks of its own and overwrites nothing. After a visitor left, every free block
   that could have held a text is taken once, filled with zeros, and given back: about a tenth of a second, twice.
3. Where the C library or the Python is another one, less is overwritten, and nothing breaks.
"""

import ctypes
import logging
import os
import re
import sys

_log = logging.getLogger(__name__)
_perturb, _filled_with = -6, 0xA5  # M_PERTURB of <malloc.h>
_string_header, _int_class = 33, 32  # bytes of an empty bytes object; whole numbers live in this class
_smallest_text, _pool_class = 48, 48
_settled_seconds = (1.0, 10.0)
_pool_header = 48
_kept_most, _kept_each, _kept_header = 1032, 7, 16  # glibc keeps so many blocks of each size up to this for a thread
_row = re.compile(rb"^ +\d+ +(\d+) +\d+ +\d+ +(\d+)$", re.MULTILINE)
_pools = re.compile(rb"(\d+) unused pools \* (\d+) bytes")


class Rubber:
    """Scrubs after each visitor: once their last picture is down, and once more for what a thread still held then."""

    def __init__(self) -> None:
        self._forgotten, self._due = 0, list[float]()
        libc = _libc()
        if libc is not None:
            libc.mallopt(_perturb, _filled_with)  # rule 1

    def look(self, forgotten: int, moment: float, *, is_idle: bool) -> None:
        """Call it often: `forgotten` visitors have been so far; `moment` in seconds of a steady clock.

        Nobody who touches the glass waits for it (`is_idle`: nobody is here).
        """
        if forgotten != self._forgotten:
            self._forgotten, self._due = forgotten, [moment + after for after in _settled_seconds]
        elif is_idle and self._due and moment >= self._due[0]:
            self._due.pop(0)
            try:
                scrub()
            except (OSError, AttributeError, MemoryError):  # rule 3
                _log.exception("Freed memory could not be overwritten.")


def scrub() -> None:
    """Rule 2."""
    told = _allocator()
    taken: list[object] = []
    for size, free in ((int(a), int(b)) for a, b in _row.findall(told)):
        if size == _int_class:
            taken.append(list(range(1 << 31, (1 << 31) + free)))
        elif size >= _smallest_text:
            taken.append([bytes(size - _string_header) for _ in range(free)])
    for pools, size in ((int(a), int(b)) for a, b in _pools.findall(told)):
        each = (size - _pool_header) // _pool_class
        taken.append([bytes(_pool_class - _string_header) for _ in range(pools * each)])
    taken.clear()
    _scrub_kept()


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
