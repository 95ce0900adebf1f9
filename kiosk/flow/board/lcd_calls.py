"""The calls on the LCD board: which number goes to which window.

1. The newest is largest; number and window have the same size, side by side.
2. For its first three seconds the newest call flashes (light and dark twice a second), for those who hear no voice.
3. Missed numbers stay below with where to go: nobody has to ask whether a turn is lost (promise 9).
4. When hardly anybody is called, the zone says what people came for: how many wait for what, or when the hall is open.
"""

from collections.abc import Iterator
from datetime import timedelta

from content_sync.domain import limits
from kiosk.flow.board import lcd_grid, moments, pages
from kiosk.flow.board.facts import Called, Facts, Waiting
from kiosk.flow.frame import Box, Mark, Measure, Rect, Target, Text

_zone = lcd_grid.calls
_left, _wide = 48.0, 616.0
_head_y, _newest_y, _newest_high = 36.0, 104.0, 192.0
_rows_y, _row_high = 320.0, 100.0
_missed_y, _missed_high = 832.0, 68.0
_sizes = (lcd_grid.huge, 140.0, 124.0, 104.0)
_half_second = timedelta(milliseconds=500)
_calls_few, _strip_rows = 1, 3


def is_lit(called: Called, facts: Facts) -> bool:
    """Rule 2: whether the newest call is drawn light at this instant."""
    shown = facts.now - called.since
    return timedelta() <= shown < timedelta(seconds=limits.call_flash_seconds) and shown // _half_second % 2 == 0


def marks(facts: Facts, measure: Measure) -> Iterator[Mark]:
    """The zone's picture."""
    yield Box(_zone, "night")
    bottom = _missed_y if facts.missed else _zone.bottom
    if not facts.called:
        yield from _quiet(facts, measure, bottom)
    else:
        yield from _newest(facts.called[0], facts, measure)
        called = facts.called[1 : limits.board_calls_max]
        for number, one in enumerate(called):
            yield from _row(one, _rows_y + number * _row_high)
        if len(called) <= _calls_few and not facts.is_closed:
            yield from _lines_of_waiting(facts, measure, _rows_y + len(called) * _row_high, bottom)  # rule 4
    yield from _missed(facts, measure)


def targets(facts: Facts) -> Iterator[Target]:
    """Where each number and window stands on the glass."""
    for index, called in enumerate(facts.called[: limits.board_calls_max]):
        y, high = (_newest_y, _newest_high) if index == 0 else (_rows_y + (index - 1) * _row_high, _row_high)
        yield Target(Rect(_left, y, _wide / 2, high), called.number, None)
        yield Target(Rect(_left + _wide / 2, y, _wide / 2, high), f"{called.window}号", None)


def strip(facts: Facts, measure: Measure) -> Iterator[Mark]:
    """The newest calls beside an emergency: people still have a turn."""
    zone = lcd_grid.calls_beside_emergency
    yield Box(zone, "night")
    if not facts.called:
        lines = measure.lines("叫到号时在这里显示。", lcd_grid.small, _wide)
        yield Text(_left, zone.y + 40, _wide, lines, lcd_grid.small, 70, "mist")
    for number, called in enumerate(facts.called[:_strip_rows]):
        lit = number == 0 and is_lit(called, facts)
        if lit:
            yield Box(Rect(zone.x, zone.y, zone.w, _row_high + 2), "lamp")
        yield from _row(called, zone.y + 2 + number * _row_high, lit=lit)


def strip_targets(facts: Facts) -> Iterator[Target]:
    """Where each number stands beside an emergency."""
    for index, called in enumerate(facts.called[:_strip_rows]):
        y = lcd_grid.calls_beside_emergency.y + 2 + index * _row_high
        yield Target(Rect(_left, y, _wide / 2, _row_high), called.number, None)
        yield Target(Rect(_left + _wide / 2, y, _wide / 2, _row_high), f"{called.window}号", None)


def _newest(called: Called, facts: Facts, measure: Measure) -> Iterator[Mark]:
    lit = is_lit(called, facts)
    if lit:
        yield Box(Rect(_zone.x, _zone.y, _zone.w, _rows_y - 10), "lamp")
    head, number, window = ("night", "night", "night") if lit else ("mist", "white", "lamp")
    size = _fitting(called, measure)
    suffix = measure.width(" 号", lcd_grid.large)
    yield lcd_grid.one(_left, _head_y, _wide, "请", color=head)
    yield lcd_grid.one(_left, _head_y, _wide, "到窗口", color=head, align="right")
    yield Text(_left, _newest_y, _wide, (called.number,), size, _newest_high, number, bold=True)
    place = str(called.window)
    yield Text(_left, _newest_y, _wide - suffix, (place,), size, _newest_high, window, bold=True, align="right")
    drop = (size - lcd_grid.large) * 0.36  # on the same baseline as the large figures
    yield Text(_left, _newest_y + drop, _wide, ("号",), lcd_grid.large, _newest_high, window, align="right")


def _fitting(called: Called, measure: Measure) -> float:
    """Rule 1: the largest size at which both stand side by side."""
    for size in _sizes:
        used = measure.width(f"{called.number}{called.window}", size, bold=True)
        if used + measure.width(" 号", lcd_grid.large) + lcd_grid.margin <= _wide:
            return size
    return lcd_grid.row


def _row(called: Called, y: float, *, lit: bool = False) -> Iterator[Mark]:
    number, place = ("night", "night") if lit else ("white", "lamp")
    yield Box(Rect(_left, y - 2, _wide, 2), "soft")
    yield Text(_left, y, _wide, (called.number,), lcd_grid.row, _row_high, number, bold=True)
    window = str(called.window)
    yield Text(_left, y, _wide - 76, (window,), lcd_grid.row, _row_high, place, bold=True, align="right")
    yield Text(_left, y + 10, _wide, ("号",), lcd_grid.small, _row_high, place, align="right")


def _missed(facts: Facts, measure: Measure) -> Iterator[Mark]:
    if not facts.missed:
        return
    yield Box(Rect(_left, _missed_y - 6, _wide, 2), "soft")
    yield lcd_grid.one(_left, _missed_y, _wide, "过号请找帮办台", color="mist")
    for count in range(len(facts.missed), 0, -1):
        rest = len(facts.missed) - count
        line = "　".join(facts.missed[:count]) + (f" 等{len(facts.missed)}个" if rest else "")
        if measure.width(line, lcd_grid.small, bold=True) <= _wide:
            yield lcd_grid.one(_left, _missed_y + _missed_high, _wide, line, color="white", bold=True)
            return


def _quiet(facts: Facts, measure: Measure, bottom: float) -> Iterator[Mark]:
    """Rule 4."""
    if facts.is_closed:
        yield from _welcome("现在不办公", facts, measure, bottom)
    elif facts.waiting:
        yield from _lines_of_waiting(facts, measure, 0, bottom)
    else:
        yield from _welcome(facts.site.name if facts.site else "您好", facts, measure, bottom)


def _lines_of_waiting(facts: Facts, measure: Measure, y: float, bottom: float) -> Iterator[Mark]:
    """As many services as there is room for, in the hall's order."""
    if not facts.waiting:
        return
    known = any(service.waiting is not None for service in facts.waiting)
    yield lcd_grid.one(_left, y + _head_y, _wide, "现在有几个人在等" if known else "现在能取号的", color="mist")
    y += _newest_y + 8
    for service in facts.waiting[: int((bottom - y) // _row_high)]:
        words = _said(service)
        color = "mist" if not service.open else "white" if service.waiting else "lamp"
        room = _wide - measure.width(f"{words}　", lcd_grid.body, bold=True)
        name = pages.shortened(service.name, lcd_grid.body, room, measure)
        yield Box(Rect(_left, y - 2, _wide, 2), "soft")
        yield Text(_left, y, _wide, (name,), lcd_grid.body, _row_high, "white" if service.open else "mist")
        yield Text(_left, y, _wide, (words,), lcd_grid.body, _row_high, color, bold=True, align="right")
        y += _row_high


def _said(service: Waiting) -> str:
    if not service.open:
        return "现在不办"
    if service.waiting is None:
        return "可以取号"
    return f"{service.waiting} 人" if service.waiting else "不用等"


def _welcome(head: str, facts: Facts, measure: Measure, bottom: float) -> Iterator[Mark]:
    heading = pages.breaker(measure, lcd_grid.title)(head, _wide, True)[:3]
    yield Text(_left, 64, _wide, heading, lcd_grid.title, 100, "white", bold=True)
    y = 64.0 + 100 * len(heading) + 28
    yield lcd_grid.one(_left, y, _wide, moments.weekday(facts.later), color="lamp")
    hours = facts.site.hours if facts.site else ""
    if hours:
        spoken = hours.replace("；", "\n").replace("，", "\n")
        lines = measure.lines(f"办公时间\n{spoken}", lcd_grid.small, _wide)
        room = int((bottom - y - 120) // 70)
        yield Text(_left, y + 100, _wide, lines[:room], lcd_grid.small, 70, "mist")
