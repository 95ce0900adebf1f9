"""The wall of plates: who is on duty at which window (GUI-05, 职责权限公示牌).

1. Windows stand in the hall's order: a number is found where it was yesterday, staffed or not.
2. A window with nobody says 暂停服务; its own name stays, so that people know what is missing.
3. As many plates as are readable make a page; pages turn after their characters ÷ reading speed (OFF-07). Which page
   stands follows from the clock alone, so that neighbouring boards agree.
4. Before any window is known the board says so in words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from content_sync.domain import limits
from kiosk.flow.board import lcd_grid, moments, pages
from kiosk.flow.board.facts import Facts, Plate
from kiosk.flow.frame import Box, Mark, Measure, Rect, Text

_head_high, _gap = 132.0, 48.0
_least_wide, _least_high, _number_wide = 740.0, 236.0, 152.0
_line, _duty_lines = 66.0, 2
_head, _nobody = "今天谁在窗口", "暂停服务"
_unknown = "各窗口的公示牌正在送来。办事请看窗口上方的号码，或问帮办台。"


@dataclass(frozen=True)
class Wall:
    """A page of plates, until the next one is due."""

    plates: tuple[Plate, ...]
    number: int
    count: int
    until: datetime


def page(facts: Facts, measure: Measure, room: Rect) -> Wall:
    """Rule 3."""
    each = len(_cells(room))
    parts = [facts.plates[at : at + each] for at in range(0, len(facts.plates), each)] or [()]
    seconds = [_seconds(part, measure, room) for part in parts]
    midnight = facts.now.replace(hour=0, minute=0, second=0, microsecond=0)
    into = (facts.now - midnight).total_seconds() % sum(seconds)
    for number, part in enumerate(parts, 1):
        if into < seconds[number - 1] or number == len(parts):
            return Wall(part, number, len(parts), facts.now + timedelta(seconds=max(1.0, seconds[number - 1] - into)))
        into -= seconds[number - 1]
    raise AssertionError("some page stands at every instant")


def marks(facts: Facts, measure: Measure, room: Rect) -> Iterator[Mark]:
    """The zone's picture."""
    wide, wall = room.w - 2 * lcd_grid.margin, page(facts, measure, room)
    yield Box(room, "paper")
    yield lcd_grid.one(lcd_grid.margin, 28, wide, _head, lcd_grid.title, bold=True)
    turn = f"　{wall.number}/{wall.count}" if wall.count > 1 else ""
    day = moments.weekday(facts.later)
    free = wide - measure.width(f"{_head}　", lcd_grid.title, bold=True)
    right = next((words for words in (day + turn, turn) if measure.width(words, lcd_grid.small) <= free), "")
    yield lcd_grid.one(lcd_grid.margin, 46, wide, right, color="soft", align="right")
    if not wall.plates:  # rule 4
        words = lcd_grid.even(measure, _unknown, lcd_grid.body, wide)
        yield Text(lcd_grid.margin, _head_high + 60, wide, words[:3], lcd_grid.body, 80, "soft")
    for plate, cell in zip(wall.plates, _cells(room), strict=False):
        yield from lcd_grid.Zone(cell).put(_plate(plate, facts, measure, Rect(0, 0, cell.w, cell.h)))


def _cells(room: Rect) -> list[Rect]:
    wide = room.w - 2 * lcd_grid.margin
    columns = max(1, int((wide + _gap) // (_least_wide + _gap)))
    rows = max(1, int((room.h - _head_high) // _least_high))
    one, high = (wide - (columns - 1) * _gap) / columns, (room.h - _head_high) / rows
    return [
        Rect(lcd_grid.margin + column * (one + _gap), _head_high + row * high, one, high)
        for row in range(rows)
        for column in range(columns)
    ]


def _plate(plate: Plate, facts: Facts, measure: Measure, cell: Rect) -> Iterator[Mark]:
    x, wide, y = _number_wide, cell.w - _number_wide, (cell.h - _least_high) / 2 + 8
    color = "blue" if plate.staff else "soft"
    yield Box(Rect(0, 0, cell.w, 3), "line")
    yield Text(0, y, x - 32, (str(plate.window),), 104, 116, color, bold=True, align="center")
    yield lcd_grid.one(0, y + 122, x - 32, "号", color="soft", align="center")
    if not plate.staff:  # rule 2
        name = pages.shortened(plate.name, lcd_grid.large, wide, measure, bold=True)
        yield Text(x, y, wide, (name,), lcd_grid.large, 90, "soft", bold=True)
        yield Text(x, y + 96, wide, (_nobody,), lcd_grid.small, _line, "red", bold=True)
        told = _services(plate, facts, measure, wide)
        yield Text(x, y + 96 + _line, wide, (told,), lcd_grid.small, _line)
        return
    free = wide - measure.width(f"{plate.staff}　", lcd_grid.title, bold=True)
    post = pages.shortened(plate.post, lcd_grid.small, max(free, wide / 3), measure)
    free = wide - measure.width(f"　{post}", lcd_grid.small)
    name = pages.shortened(plate.staff, lcd_grid.title, free, measure, bold=True)
    yield Text(x, y, wide, (name,), lcd_grid.title, 90, bold=True)
    yield Text(x, y + 4, wide, (post,), lcd_grid.small, 90, "blue", align="right")
    duties = _told(plate.duties, _duty_lines, measure, wide)
    yield Text(x, y + 96, wide, duties, lcd_grid.small, _line, "soft")


def _services(plate: Plate, facts: Facts, measure: Measure, wide: float) -> str:
    """What is done there on one line: as many names as stand whole on it, and that there are more."""
    windows = facts.site.windows if facts.site else ()
    served = next((w.services for w in windows if w.number == plate.window), ())
    names = [s.name for s in facts.site.services if s.id in served] if facts.site else []
    for count in range(len(names), 0, -1):
        said = f"这里办：{'、'.join(names[:count])}{'等' * (count < len(names))}"
        if measure.width(said, lcd_grid.small) <= wide:
            return said
    return pages.shortened(f"这里办：{names[0]}", lcd_grid.small, wide, measure) if names else ""


def _told(words: str, rows: int, measure: Measure, wide: float) -> tuple[str, ...]:
    """The first rows of what is done there; the last one says that there is more."""
    lines = measure.lines(words, lcd_grid.small, wide) if words else ()
    if len(lines) <= rows:
        return lines
    return (*lines[: rows - 1], pages.shortened("".join(lines[rows - 1 :]), lcd_grid.small, wide, measure))


def _seconds(plates: tuple[Plate, ...], measure: Measure, room: Rect) -> float:
    """Rule 3 in seconds, at least the board's shortest."""
    wide = _cells(room)[0].w - _number_wide
    chars = 0
    for plate in plates:
        duties = measure.lines(plate.duties, lcd_grid.small, wide)[:_duty_lines] if plate.duties else ()
        chars += sum(len(text) for text in (str(plate.window), plate.name, plate.staff, plate.post, *duties))
    return max(float(limits.dwell_seconds_min), chars / limits.reading_chars_per_second)
