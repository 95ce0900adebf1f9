"""The LCD board's grid: 1920×1080, read from eight metres (SCREENS A5).

1. Nothing is smaller than 52 px.
2. The feedback zone and the bottom line have places of their own that nothing else may use (SUP-02).
"""

from kiosk.flow.frame import Align, Rect, Text

width, height = 1920, 1080
calls = Rect(0, 0, 712, 972)
notice = Rect(712, 0, 1208, 668)
feedback = Rect(712, 668, 1208, 304)
bar = Rect(0, 972, 1920, 108)
emergency = Rect(0, 0, 1920, 668)
calls_beside_emergency = Rect(0, 668, 712, 304)

small, body, large, narrower, title, row, figure, huge = 52.0, 56.0, 60.0, 68.0, 76.0, 84.0, 132.0, 160.0
margin = 52.0


def one(
    x: float, y: float, w: float, words: str, size: float = small, *, color: str = "ink", bold: bool = False,
    align: Align = "left",
) -> Text:  # fmt: skip
    """One line of text in a box a quarter higher than its size."""
    return Text(x, y, w, (words,), size, size * 1.25, color, bold, align)
