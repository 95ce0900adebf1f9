"""One window's board: its number, whom it calls now, and who serves there (GUI-05, 亮证服务).

1. The called number is the largest thing; a new or repeated call flashes as on the hall board.
2. While nobody sits there it says 暂停服务, and which open windows do the same.
3. The plate names who serves: name, post, duties, number of the certificate. Without one it says what is done here.
"""

from collections.abc import Iterator

from content_sync.domain.county import Window
from kiosk.flow.board import lcd_calls, lcd_grid, pages
from kiosk.flow.board.facts import Called, Facts, Plate
from kiosk.flow.frame import Box, Mark, Measure, Rect, Target, Text

_left, _share, _upright_share = 64.0, 0.58, 0.5
_largest = (340.0, 300.0, 260.0, 220.0, 180.0, 140.0, 104.0)
_names = (lcd_grid.figure, 104.0, lcd_grid.row, lcd_grid.title)
_duties_leading = 78.0


def marks(facts: Facts, measure: Measure, room: Rect, window: int) -> Iterator[Mark]:
    """The board's upper part: the number left (or above), the plate right (or below)."""
    calls, plate = _halves(room)
    yield from lcd_grid.Zone(calls).put(_number(facts, measure, Rect(0, 0, calls.w, calls.h), window))
    yield from lcd_grid.Zone(plate).put(_plate(facts, measure, Rect(0, 0, plate.w, plate.h), window))


def targets(facts: Facts, room: Rect, window: int) -> Iterator[Target]:
    """The called number, and the window by its number."""
    calls, plate = _halves(room)
    called = _called(facts, window)
    if called:
        yield Target(calls, called.number, None)
    yield Target(plate, f"{window}号窗口", None)


def _halves(room: Rect) -> tuple[Rect, Rect]:
    if room.h > room.w:
        high = room.h * _upright_share
        return Rect(0, 0, room.w, high), Rect(0, high, room.w, room.h - high)
    wide = room.w * _share
    return Rect(0, 0, wide, room.h), Rect(wide, 0, room.w - wide, room.h)


def _number(facts: Facts, measure: Measure, room: Rect, window: int) -> Iterator[Mark]:
    called, told = _called(facts, window), _known(facts, window)
    lit = bool(called) and lcd_calls.is_lit(called, facts) if called else False
    wide, low = room.w - 2 * _left, room.h - 120
    ink, dim, glow = ("night", "night", "night") if lit else ("white", "mist", "lamp")
    yield Box(room, "lamp" if lit else "night")
    head = f"{window}号窗口"
    yield lcd_grid.one(_left, 32, wide, head, lcd_grid.row, color=glow, bold=True)
    free = wide - measure.width(f"{head}　", lcd_grid.row, bold=True)
    name = pages.shortened(_name(facts, window), lcd_grid.body, free, measure)
    yield lcd_grid.one(_left, 50, wide, name, lcd_grid.body, color=dim, align="right")
    if called:
        words, below = (
            called.number,
            "请到这个窗口来" if called.times < 2 else f"第 {called.times} 次叫您，请到这个窗口来",
        )
    elif told and not told.staff:
        words, below = "暂停服务", _elsewhere(facts, window)
    else:
        words, below = "请等叫号", "叫到号，这里会亮"
    size = next((s for s in _largest if measure.width(words, s, bold=True) <= wide and s <= low - 150), _largest[-1])
    yield Text(_left, 140, wide, (words,), size, low - 140, ink, bold=True, align="center")
    line = pages.shortened(below, lcd_grid.large, wide, measure)
    yield lcd_grid.one(_left, low + 4, wide, line, lcd_grid.large, color=dim, align="center")


def _plate(facts: Facts, measure: Measure, room: Rect, window: int) -> Iterator[Mark]:
    """Rule 3."""
    told, wide = _known(facts, window), room.w - 2 * lcd_grid.margin
    left, foot = lcd_grid.margin, room.h - 96
    yield Box(room, "paper")
    if told is None or not told.staff:
        yield from _services(facts, measure, room, window)
        return
    yield lcd_grid.one(left, 40, wide, "为您服务的是", color="soft")
    size = next((s for s in _names if measure.width(told.staff, s, bold=True) <= wide), lcd_grid.small)
    name = pages.shortened(told.staff, size, wide, measure, bold=True)
    yield Text(left, 112, wide, (name,), size, 168, bold=True)
    post = pages.breaker(measure, lcd_grid.large)(told.post, wide, True)[:2] if told.post else ()
    yield Text(left, 288, wide, post, lcd_grid.large, _duties_leading, "blue", bold=True)
    y = 288 + _duties_leading * len(post) + 12
    rows = max(0, int((foot - y) // _duties_leading))
    yield Text(left, y, wide, _first(told.duties, measure, wide, rows), lcd_grid.body, _duties_leading)
    if told.certificate:
        yield lcd_grid.one(left, foot + 6, wide, f"工作证 {told.certificate}", color="soft")


def _services(facts: Facts, measure: Measure, room: Rect, window: int) -> Iterator[Mark]:
    wide, here = room.w - 2 * lcd_grid.margin, _window(facts, window)
    names = [s.name for s in facts.site.services if here and s.id in here.services] if facts.site else []
    yield lcd_grid.one(lcd_grid.margin, 40, wide, "这个窗口办" if names else "要办的事请问帮办台", color="soft")
    y = 124.0
    for name in names[: max(1, int((room.h - y - 40) // 100))]:
        line = pages.shortened(name, lcd_grid.title, wide, measure, bold=True)
        yield Text(lcd_grid.margin, y, wide, (line,), lcd_grid.title, 100, bold=True)
        y += 100


def _elsewhere(facts: Facts, window: int) -> str:
    """Rule 2."""
    here, site = _window(facts, window), facts.site
    if here is None or site is None:
        return "请问帮办台"
    lit = {plate.window for plate in facts.plates if plate.staff}
    same = [w.number for w in site.windows if w.number in lit and set(here.services) <= set(w.services)]
    if not same:
        return "要办的事请问帮办台"
    return f"请到 {'、'.join(str(number) for number in same[:4])} 号窗口"


def _first(text: str, measure: Measure, wide: float, rows: int) -> tuple[str, ...]:
    """The first lines of a text; the last one says that there is more."""
    lines = pages.breaker(measure, lcd_grid.body)(text, wide, False) if text else ()
    if len(lines) <= rows or not rows:
        return lines[:rows]
    return (*lines[: rows - 1], pages.shortened(lines[rows - 1] + lines[rows], lcd_grid.body, wide, measure))


def _called(facts: Facts, window: int) -> Called | None:
    return next((called for called in facts.called if called.window == window), None)


def _known(facts: Facts, window: int) -> Plate | None:
    return next((plate for plate in facts.plates if plate.window == window), None)


def _window(facts: Facts, window: int) -> Window | None:
    return next((w for w in facts.site.windows if w.number == window), None) if facts.site else None


def _name(facts: Facts, window: int) -> str:
    found = _window(facts, window)
    return found.name if found else ""
