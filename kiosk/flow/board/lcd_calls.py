"""The calls on the LCD board: which number goes to which window.

1. The newest is largest; number and window have the same size, side by side.
2. For its first three seconds the newest call flashes (light and dark twice a second), for those who hear no voice; a
   number that is called again flashes again, and says that it is not the first time.
3. Missed numbers stay below with where to go: nobody has to ask whether a turn is lost (promise 9).
4. When hardly anybody is called, the zone says what people came for: how many wait for what, or when the hall is open.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from content_sync.domain import limits
from kiosk.flow.board import lcd_grid, lcd_waiting
from kiosk.flow.board.facts import Called, Facts
from kiosk.flow.frame import Box, Mark, Measure, Rect, Target, Text

_left = 48.0
_head_y, _newest_y, _newest_high = 36.0, 104.0, 192.0
_rows_y, _row_high = 320.0, 100.0
_missed_high, _missed_part = 68.0, 140.0
_sizes = (lcd_grid.huge, 140.0, 124.0, 104.0)
_half_second = timedelta(milliseconds=500)
_calls_few, _gap = 1, 64.0
_two_columns = 900.0


def is_lit(called: Called, facts: Facts) -> bool:
    """Rule 2: whether the newest call is drawn light at this instant."""
    return _flashes(called, facts) and (facts.now - called.since) // _half_second % 2 == 0


def changes(facts: Facts) -> datetime | None:
    """When a flash changes next, of whichever call (a window's board draws its own); None when nothing flashes."""
    fresh = [called for called in facts.called if _flashes(called, facts)]
    return min((facts.now + _half_second - (facts.now - called.since) % _half_second for called in fresh), default=None)


def marks(facts: Facts, measure: Measure, room: Rect) -> Iterator[Mark]:
    """The zone's picture."""
    yield Box(room, "night")
    bottom = _bottom(facts, room)
    if not facts.called:
        yield from lcd_waiting.marks(facts, measure, room, bottom)
    else:
        yield from _newest(facts.called[0], facts, measure, room)
        called = facts.called[1 : limits.board_calls_max]
        places = _places(room, bottom)
        for one, place in zip(called, places, strict=False):
            yield from row(one, place)
        if len(called) <= _calls_few and not facts.is_closed:
            y = _rows_y + len(called) * _row_high
            yield from lcd_waiting.lines(facts, measure, room, y, bottom)  # rule 4
    yield from _missed(facts, measure, room)


def targets(facts: Facts, room: Rect) -> Iterator[Target]:
    """Where each number and window stands on the glass."""
    wide = room.w - 2 * _left
    places = [Rect(_left, _newest_y, wide, _newest_high), *_places(room, _bottom(facts, room))]
    for called, place in zip(facts.called[: limits.board_calls_max], places, strict=False):
        yield from halves(called, place)


def strip(facts: Facts, measure: Measure, room: Rect, window: int = 0) -> Iterator[Mark]:
    """The newest calls (of one window) beside an emergency: people still have a turn."""
    yield Box(room, "night")
    called = _of(facts, window)
    if not called:
        lines = measure.lines("叫到号时在这里显示。", lcd_grid.small, room.w - 2 * _left)
        yield Text(_left, (room.h - 70 * len(lines)) / 2, room.w - 2 * _left, lines, lcd_grid.small, 70, "mist")
    for number, (one, place) in enumerate(zip(called, _strip_places(room), strict=False)):
        lit = number == 0 and is_lit(one, facts)
        if lit:
            yield Box(Rect(place.x - _left, place.y - 2, place.w + 2 * _left, place.h + 2), "lamp")
        yield from row(one, place, lit=lit)


def strip_targets(facts: Facts, room: Rect, window: int = 0) -> Iterator[Target]:
    """Where each number stands beside an emergency."""
    for called, place in zip(_of(facts, window), _strip_places(room), strict=False):
        yield from halves(called, place)


def halves(called: Called, place: Rect) -> Iterator[Target]:
    """The number and its window as two things to point at."""
    half = place.w / 2
    yield Target(Rect(place.x, place.y, half, place.h), called.number, None)
    yield Target(Rect(place.x + half, place.y, half, place.h), f"{called.window}号", None)


def row(called: Called, place: Rect, *, lit: bool = False) -> Iterator[Mark]:
    """A called number and its window on one line."""
    number, window = ("night", "night") if lit else ("white", "lamp")
    yield Box(Rect(place.x, place.y - 2, place.w, 2), "soft")
    yield Text(place.x, place.y, place.w, (called.number,), lcd_grid.row, place.h, number, bold=True)
    wide = place.w - 76
    yield Text(place.x, place.y, wide, (str(called.window),), lcd_grid.row, place.h, window, bold=True, align="right")
    yield Text(place.x, place.y + 10, place.w, ("号",), lcd_grid.small, place.h, window, align="right")


def _of(facts: Facts, window: int) -> list[Called]:
    return [called for called in facts.called if window in (0, called.window)]


def _flashes(called: Called, facts: Facts) -> bool:
    return timedelta() <= facts.now - called.since < timedelta(seconds=limits.call_flash_seconds)


def _bottom(facts: Facts, room: Rect) -> float:
    return room.h - _missed_part if facts.missed else room.h


def _places(room: Rect, bottom: float) -> list[Rect]:
    """The rows below the newest, in two columns where the zone is wide."""
    wide = room.w - 2 * _left
    columns = 2 if wide >= _two_columns else 1
    one = (wide - (columns - 1) * _gap) / columns
    high = int((bottom - _rows_y) // _row_high)
    return [
        Rect(_left + column * (one + _gap), _rows_y + line * _row_high, one, _row_high)
        for line in range(high)
        for column in range(columns)
    ]


def _strip_places(room: Rect) -> list[Rect]:
    wide = room.w - 2 * _left
    rows = int((room.h - 4) // _row_high)
    return [Rect(_left, 2 + number * _row_high, wide, _row_high) for number in range(rows)]


def _newest(called: Called, facts: Facts, measure: Measure, room: Rect) -> Iterator[Mark]:
    lit, wide = is_lit(called, facts), room.w - 2 * _left
    if lit:
        yield Box(Rect(0, 0, room.w, _rows_y - 10), "lamp")
    head, number, window = ("night", "night", "night") if lit else ("mist", "white", "lamp")
    size = _fitting(called, measure, wide)
    suffix = measure.width(" 号", lcd_grid.large)
    again = f"第 {called.times} 次叫，请" if called.times > 1 else "请"
    yield lcd_grid.one(_left, _head_y, wide, again, color=head, bold=called.times > 1)
    yield lcd_grid.one(_left, _head_y, wide, "到窗口", color=head, align="right")
    yield Text(_left, _newest_y, wide, (called.number,), size, _newest_high, number, bold=True)
    place = str(called.window)
    yield Text(_left, _newest_y, wide - suffix, (place,), size, _newest_high, window, bold=True, align="right")
    drop = (size - lcd_grid.large) * 0.36  # on the same baseline as the large figures
    yield Text(_left, _newest_y + drop, wide, ("号",), lcd_grid.large, _newest_high, window, align="right")


def _fitting(called: Called, measure: Measure, wide: float) -> float:
    """Rule 1: the largest size at which both stand side by side."""
    for size in _sizes:
        used = measure.width(f"{called.number}{called.window}", size, bold=True)
        if used + measure.width(" 号", lcd_grid.large) + lcd_grid.margin <= wide:
            return size
    return lcd_grid.row


def _missed(facts: Facts, measure: Measure, room: Rect) -> Iterator[Mark]:
    if not facts.missed:
        return
    y, wide = room.h - _missed_part, room.w - 2 * _left
    yield Box(Rect(_left, y - 6, wide, 2), "soft")
    yield lcd_grid.one(_left, y, wide, "过号请找帮办台", color="mist")
    for count in range(len(facts.missed), 0, -1):
        rest = len(facts.missed) - count
        line = "　".join(facts.missed[:count]) + (f" 等{len(facts.missed)}个" if rest else "")
        if measure.width(line, lcd_grid.small, bold=True) <= wide:
            yield lcd_grid.one(_left, y + _missed_high, wide, line, color="white", bold=True)
            return
