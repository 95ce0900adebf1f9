"""The notice zone of an LCD board without a notice: what else helps, never an empty sheet (promise 7)."""

from collections.abc import Iterator

from kiosk.flow.board import lcd_grid, moments
from kiosk.flow.board.facts import Facts
from kiosk.flow.frame import Box, Mark, Measure, Rect, Text

_top = 112.0


def marks(facts: Facts, measure: Measure, room: Rect) -> Iterator[Mark]:
    """The zone's picture: nothing due, content hidden, or none come yet."""
    left, wide = lcd_grid.margin, room.w - 2 * lcd_grid.margin
    yield Box(room, "paper")
    yield lcd_grid.one(left, 40, wide, moments.weekday(facts.later), color="soft")
    head, words = "办什么、带什么、去几号窗口", "触摸屏上都能查。不会用，请叫工作人员帮您。"
    if not facts.as_of:
        head, words = "内容正在送来", "很快就能看到。办事请先问窗口。"
    if facts.is_blanked:
        head, words = "公开内容正在核对", "核对好就恢复显示。叫号照常，要办的事请问窗口。"
    heading = lcd_grid.even(measure, head, lcd_grid.title, wide, bold=True)[:2]
    told = lcd_grid.even(measure, words, lcd_grid.body, wide)
    high = 100.0 * len(heading) + 20
    y = max(_top, min(room.h * 0.3, room.h - high - 80 * len(told) - 20))
    yield Text(left, y, wide, heading, lcd_grid.title, 100, bold=True)
    rows = int((room.h - y - high) // 80)
    yield Text(left, y + high, wide, told[:rows], lcd_grid.body, 80, "soft")
