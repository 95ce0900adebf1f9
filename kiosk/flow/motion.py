"""How one screen becomes the next: what is new comes a little way from where it lies, and only that (SCREENS A2).

1. A page opened from another comes from the right, one that is left for the page below it lets that come from the
   left. Turning pages, ticking, typing and the first screen of a visitor move nothing.
2. It takes as long and goes as far as the theme says, at most 200 ms, and slows down as it arrives.
3. Nothing moves in elder view.
4. Motion is drawn after the touch was answered: the first picture is already whole and can be touched everywhere.
"""

from kiosk.flow import tokens
from kiosk.flow.frame import Frame

seconds = tokens.motion_normal["page_ms"] / 1000
_far = tokens.motion_normal["page_px"]


def way(before: Frame, after: Frame) -> int:
    """1 from the right, -1 from the left, 0 for no motion (rules 1 and 3); `depth` is 0 in elder view."""
    if not before.depth or not after.depth:
        return 0
    return (after.depth > before.depth) - (after.depth < before.depth)


def shift(way: int, since: float) -> float:
    """How many design px from its place what is new stands so many seconds after (rule 2)."""
    left = 1 - min(1.0, since / seconds) if seconds else 0.0
    return way * _far * left * left
