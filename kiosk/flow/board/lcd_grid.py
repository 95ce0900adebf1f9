"""The LCD board's grid: 1920×1080, read from eight metres (SCREENS A5).

1. Nothing is smaller than 52 px; six sizes in all.
2. The feedback zone and the bottom line have places of their own that nothing else may use (SUP-02).
"""

from kiosk.flow.board.pages import Breaker
from kiosk.flow.frame import Align, Measure, Rect, Text

width, height = 1920, 1080
calls = Rect(0, 0, 712, 972)
notice = Rect(712, 0, 1208, 668)
feedback = Rect(712, 668, 1208, 304)
bar = Rect(0, 972, 1920, 108)
emergency = Rect(0, 0, 1920, 668)
calls_beside_emergency = Rect(0, 668, 712, 304)

small, body, large, title, row, huge = 52.0, 56.0, 60.0, 76.0, 84.0, 160.0
margin = 52.0


def one(
    x: float, y: float, w: float, words: str, size: float = small, *, color: str = "ink", bold: bool = False,
    align: Align = "left",
) -> Text:  # fmt: skip
    """One line of text in a box a quarter higher than its size."""
    return Text(x, y, w, (words,), size, size * 1.25, color, bold, align)


def breaker(measure: Measure, size: float) -> Breaker:
    """Breaks text of one size into lines."""
    return lambda text, room, bold: measure.lines(text, size, room, bold=bold)


def shortened(text: str, size: float, room: float, measure: Measure, *, bold: bool = False) -> str:
    """The text, cut with … where it is wider than `room`."""
    if measure.width(text, size, bold=bold) <= room:
        return text
    while text and measure.width(text + "…", size, bold=bold) > room:
        text = text[:-1]
    return text.rstrip("，、：；（“ ") + "…"
