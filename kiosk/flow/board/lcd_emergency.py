"""An emergency on the LCD board (CAT-17): the whole width, and first what to do.

Every page names the event; the calls shrink beside it, the feedback zone and the bottom line stay.
"""

from collections.abc import Iterator
from itertools import product

from content_sync.domain import limits
from kiosk.flow.board import lcd_grid, moments, pages
from kiosk.flow.board.facts import Facts
from kiosk.flow.board.pages import Page, Room, fill_all
from kiosk.flow.board.stories import Story
from kiosk.flow.frame import Box, Mark, Measure, Rect, Text

_left = 64.0
_label_y, _title_y, _foot, _looser = 40.0, 112.0, 20.0, 1.25
_title_sizes, _text_size, _leading = (96.0, lcd_grid.title, lcd_grid.large), 64.0, 92.0
_text_lines = (2, 1)  # what a title leaves below it, if it can


def cut(story: Story, measure: Measure, room: Rect) -> tuple[Page, ...]:
    """What to do, how it stands, what is being done: as many pages as it takes, within the board's bound."""
    wide = room.w - 2 * _left
    title, size = _title(story, measure, wide, room.h - _foot - _title_y)
    high = int((room.h - _foot - _title_y - len(title) * size * _looser) // _leading)
    breaker = pages.breaker(measure, _text_size)
    found = fill_all(story.blocks, Room(wide, max(1, high)), breaker, limits.board_pages_max)
    return tuple(Page(story, n, len(found), title, size, lines) for n, lines in enumerate(found, 1))


def marks(page: Page, facts: Facts, measure: Measure, room: Rect) -> Iterator[Mark]:
    """The zone's picture."""
    story, wide = page.story, room.w - 2 * _left
    yield Box(room, "red")
    right = f"{story.unit}　{moments.day(story.dated, facts.later)}"
    if page.count > 1:
        right = f"{right}　{page.number}/{page.count}"
    yield lcd_grid.one(_left, _label_y, wide, story.label, color="white", bold=True)
    free = wide - measure.width(f"{story.label}　", lcd_grid.small, bold=True)
    said = pages.shortened(right, lcd_grid.small, free, measure)
    yield lcd_grid.one(_left, _label_y, wide, said, color="white", align="right")
    leading = page.title_size * _looser
    yield Text(_left, _title_y, wide, page.title, page.title_size, leading, "white", bold=True)
    y = _title_y + len(page.title) * leading
    for number, line in enumerate(page.lines):
        yield Text(_left, y + number * _leading, wide, (line.text,), _text_size, _leading, "white", line.bold)


def _title(story: Story, measure: Measure, wide: float, high: float) -> tuple[tuple[str, ...], float]:
    """Whole, and as large as leaves room for what to do; cut only where even the smallest type has no room."""
    for kept, size in product(_text_lines, _title_sizes):
        lines = measure.lines(story.title, size, wide, bold=True)
        most = max(1, int((high - kept * _leading) // (size * _looser)))
        if len(lines) <= most:
            return lines, size
    return (*lines[: most - 1], pages.shortened("".join(lines[most - 1 :]), size, wide, measure, bold=True)), size
