"""A screen that stands for hours moves a little, so that no letter burns into the panel.

1. With every minute, when the clock is drawn anew anyway, all type, icons and cards stand elsewhere, by a few pixels.
2. What reaches an edge of the picture stays there: no strip of another colour opens beside it.
3. What can be touched does not move.
"""

from dataclasses import replace
from datetime import datetime

from kiosk.flow.frame import Box, Frame, Mark, Text

_steps = ((0, 0), (4, 2), (6, -2), (2, -4), (-2, -2), (-6, 2), (-4, 4), (0, 2))


def shifted(frame: Frame, now: datetime) -> Frame:
    """The frame as it stands in this minute."""
    right, down = _steps[now.minute % len(_steps)]
    return replace(frame, marks=tuple(_moved(mark, frame, right, down) for mark in frame.marks))


def _moved(mark: Mark, frame: Frame, right: int, down: int) -> Mark:
    if isinstance(mark, Text):
        return replace(mark, x=mark.x + right, y=mark.y + down)
    rect = mark.rect
    if isinstance(mark, Box) and (rect.x <= 0 or rect.right >= frame.width or rect.bottom >= frame.height):  # rule 2
        return mark
    return replace(mark, rect=replace(rect, x=rect.x + right, y=rect.y + down))
