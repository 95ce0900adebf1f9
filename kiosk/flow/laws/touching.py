"""Whether everything one touches can be touched.

1. A key is at least as large as the theme says in both directions, and named.
2. Keys lie at least 12 px apart, inside the window, below the header.
3. In low view every key lies in the lower half; an idle screen wakes wherever it is touched.
"""

from collections.abc import Iterator
from itertools import combinations

from kiosk.flow import sizes
from kiosk.flow.frame import Frame
from kiosk.flow.laws.ink import meet


def small(frame: Frame, least: float) -> Iterator[str]:
    """Rule 1."""
    for target in frame.targets:
        r = target.rect
        if not target.label.strip():
            yield f"a key at {r.x:.0f}, {r.y:.0f} has no name."
        if min(r.w, r.h) < least - 0.01:
            yield f"the key {target.label[:20]} is {r.w:.0f} × {r.h:.0f} px, not {least:.0f}."


def near(frame: Frame, least: float) -> Iterator[str]:
    """Rule 2."""
    for target in frame.targets:
        r = target.rect
        if r.x < 0 or r.right > frame.width or r.y < sizes.header - 0.01 or r.bottom > frame.height:
            yield f"the key {target.label[:20]} leaves the window or lies in the header."
    for one, other in combinations(frame.targets, 2):
        if meet(one.rect, other.rect, least - 0.1):
            yield f"the keys {one.label[:20]} and {other.label[:20]} are not {least:.0f} px apart."


def high(frame: Frame) -> Iterator[str]:
    """Rule 3."""
    if frame.name != "idle":
        for target in frame.targets:
            if target.rect.y < sizes.reach - 0.01:
                yield f"the key {target.label[:20]} is too high for a low hand."
