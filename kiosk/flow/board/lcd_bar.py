"""The bottom line of an LCD board: whom to call, as of when the content is true, the clock (SUP-04, OFF-05).

1. No clock that is wrong; content that somebody has hidden has no age.
2. On a narrow board it has two lines.
3. Where the whole sentence has no room, the date alone stays.
"""

from collections.abc import Iterator

from kiosk.flow.board import lcd_grid, moments
from kiosk.flow.board.facts import Facts
from kiosk.flow.frame import Box, Mark, Measure, Rect

_left, _line, _gap = 48.0, 76.0, 12.0
_two_lines_high = 150.0


def marks(facts: Facts, measure: Measure, room: Rect) -> Iterator[Mark]:
    """The line's picture."""
    wide, two = room.w - 2 * _left, room.h > _two_lines_high
    y = 22.0 if not two else 20.0
    phone = f"监督电话 {facts.phone}" if facts.phone else ""
    time = moments.clock(facts.now) if facts.is_clock_sound else ""  # rule 1
    as_of = "内容正在核对" if facts.is_blanked else moments.as_of_words(facts.as_of, facts.later)
    color = "lamp" if moments.is_stale(facts.as_of, facts.later) else "white"
    yield Box(room, "black")
    yield lcd_grid.one(_left, y, wide, phone, color="white")
    yield lcd_grid.one(_left, y - 5, wide, time, lcd_grid.large, color="white", bold=True, align="right")
    if two:  # rule 2
        yield lcd_grid.one(_left, y + _line, wide, as_of, color=color)
        return
    x = _left + measure.width(phone, lcd_grid.small)
    free = _left + wide - measure.width(time, lcd_grid.large, bold=True) - x
    words = (as_of, as_of.partition("，")[0])
    said = next((w for w in words if measure.width(w, lcd_grid.small) + 2 * _gap <= free), words[-1])  # rule 3
    yield lcd_grid.one(x, y, free, said, color=color, align="center")
