"""How staff get to their screen without a visitor finding it by chance: five taps on the mark in the header.

1. The mark and the hall's name beside it count, in the header's left half; nothing there looks or behaves like a key.
2. `limits.staff_knocks` taps within `limits.staff_knock_seconds`; a tap anywhere else begins anew.
"""

from content_sync.domain import limits
from kiosk.flow import sizes

Knocks = tuple[float, ...]


def tapped(knocks: Knocks, x: float, y: float, now: float) -> Knocks:
    """The taps that count after one at this place of the picture; `now` in seconds of any steady clock."""
    if not (0 <= x < sizes.wide / 2 and 0 <= y < sizes.header):
        return ()
    recent = (tap for tap in knocks if now - tap < limits.staff_knock_seconds)
    return (*recent, now)


def is_open(knocks: Knocks) -> bool:
    """Whether that was the knock."""
    return len(knocks) >= limits.staff_knocks
