"""What the zone of the calls says while hardly anybody is called: how many wait for what, or when the hall is open."""

from collections.abc import Iterator

from kiosk.flow.board import lcd_grid, moments, pages
from kiosk.flow.board.facts import Facts, Waiting
from kiosk.flow.frame import Box, Mark, Measure, Rect, Text

_left, _head_y, _first_y, _row_high = 48.0, 36.0, 104.0, 100.0


def marks(facts: Facts, measure: Measure, room: Rect, bottom: float) -> Iterator[Mark]:
    """The zone while nobody is called."""
    if facts.is_closed:
        off = facts.day_off
        head = f"今天{off.name or '节假日'}放假" if off else "现在不办公"
        yield from _welcome(head, facts, measure, room, bottom)
    elif facts.waiting:
        yield from lines(facts, measure, room, 0, bottom)
    else:
        yield from _welcome(facts.site.name if facts.site else "您好", facts, measure, room, bottom)


def lines(facts: Facts, measure: Measure, room: Rect, y: float, bottom: float) -> Iterator[Mark]:
    """As many services as there is room for, in the hall's order."""
    rows = int((bottom - y - _first_y - 8) // _row_high)
    if not facts.waiting or rows < 1:
        return
    wide = room.w - 2 * _left
    known = any(service.waiting is not None for service in facts.waiting)
    yield lcd_grid.one(_left, y + _head_y, wide, "现在有几个人在等" if known else "现在能取号的", color="mist")
    y += _first_y + 8
    for service in facts.waiting[:rows]:
        words = _said(service)
        color = "mist" if not service.open else "white" if service.waiting else "lamp"
        free = wide - measure.width(f"{words}　", lcd_grid.body, bold=True)
        name = pages.shortened(service.name, lcd_grid.body, free, measure)
        yield Box(Rect(_left, y - 2, wide, 2), "soft")
        yield Text(_left, y, wide, (name,), lcd_grid.body, _row_high, "white" if service.open else "mist")
        yield Text(_left, y, wide, (words,), lcd_grid.body, _row_high, color, bold=True, align="right")
        y += _row_high


def _said(service: Waiting) -> str:
    if not service.open:
        return "现在不办"
    if service.waiting is None:
        return "可以取号"
    return f"{service.waiting} 人" if service.waiting else "不用等"


def _welcome(head: str, facts: Facts, measure: Measure, room: Rect, bottom: float) -> Iterator[Mark]:
    wide = room.w - 2 * _left
    heading = pages.breaker(measure, lcd_grid.title)(head, wide, True)[:3]
    yield Text(_left, 64, wide, heading, lcd_grid.title, 100, "white", bold=True)
    y = 64.0 + 100 * len(heading) + 28
    yield lcd_grid.one(_left, y, wide, moments.weekday(facts.later), color="lamp")
    hours = facts.site.hours if facts.site else ""
    if hours:
        spoken = hours.replace("；", "\n").replace("，", "\n")
        told = measure.lines(f"办公时间\n{spoken}", lcd_grid.small, wide)
        rows = int((bottom - y - 120) // 70)
        yield Text(_left, y + 100, wide, told[:rows], lcd_grid.small, 70, "mist")
