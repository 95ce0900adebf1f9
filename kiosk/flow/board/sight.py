"""How large letters must be to be read from where people stand (OFF-07, SCREENS A5).

1. A letter is at least the viewing distance ÷ 250: 32 mm from eight metres.
2. In pixels that is its share of the picture's height on the panel; a 55-inch panel (685 mm) has 1080 of them.
3. The design's smallest letter is 52 px. Where that is too small, the board is laid out on fewer pixels and shown
   larger; nothing ever becomes smaller than designed.
"""

from math import ceil

from content_sync.domain import limits
from kiosk.flow.board import lcd_grid


def smallest_px(distance_m: float, panel_mm: float, panel_px: int) -> int:
    """Rules 1 and 2: the smallest letter in px of a panel whose picture is `panel_mm` and `panel_px` high."""
    return ceil(distance_m * 1000 / limits.sight_ratio / panel_mm * panel_px)


def canvas(width: int, height: int, smallest: int) -> tuple[int, int]:
    """Rule 3: the design px of a panel of `width` × `height` px on which a letter needs `smallest` of them."""
    larger = max(1.0, smallest / lcd_grid.small)
    return int(width / larger), int(height / larger)
