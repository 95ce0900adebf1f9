"""An emergency on the LCD board (CAT-17): the whole width, and first what to do.

Every page names the event; the calls shrink beside it, the feedback zone and the bottom line stay.
"""

from collections.abc import Iterator

from content_sync.domain import limits
from kiosk.flow.board import lcd_grid, moments, pages
from kiosk.flow.board.facts import Facts
from kiosk.flow.board.pages import Page, Room, fill_all
from kiosk.flow.board.stories import Story
from kiosk.flow.frame import Box, Mark, Measure, Text

_zone = lcd_grid.emergency
_left, _wide = 64.0, _zone.w - 128
_label_y, _title_y, _title_leading, _end = 40.0, 112.0, 120.0, 648.0
_title_size, _text_size, _leading = 96.0, 64.0, 92.0


def cut(story: Story, measure: Measure) -> tuple[Page, ...]:
    """What to do, how it stands, what is being done: as many pages as it takes, within the board's bound."""
    title = _title(story, measure)
    high = int((_end - _title_y - len(title) * _title_leading) // _leading)
    breaker = pages.breaker(measure, _text_size)
    found = fill_all(story.blocks, Room(_wide, high), breaker, limits.board_pages_max)
    return tuple(Page(story, n, len(found), title, _title_size, lines) for n, lines in enumerate(found, 1))


def marks(page: Page, facts: Facts, measure: Measure) -> Iterator[Mark]:
    """The zone's picture."""
    story = page.story
    yield Box(_zone, "red")
    right = f"{story.unit}　{moments.day(story.dated, facts.later)}"
    if page.count > 1:
        right = f"{right}　{page.number}/{page.count}"
    yield lcd_grid.one(_left, _label_y, _wide, story.label, color="white", bold=True)
    yield lcd_grid.one(
        _left, _label_y, _wide, pages.shortened(right, lcd_grid.small, 1300, measure), color="white", align="right"
    )
    yield Text(_left, _title_y, _wide, page.title, _title_size, _title_leading, "white", bold=True)
    y = _title_y + len(page.title) * _title_leading
    for number, line in enumerate(page.lines):
        color = "lamp" if line.bold else "white"
        yield Text(_left, y + number * _leading, _wide, (line.text,), _text_size, _leading, color, line.bold)


def _title(story: Story, measure: Measure) -> tuple[str, ...]:
    lines = measure.lines(story.title, _title_size, _wide, bold=True)
    if len(lines) <= 2:
        return lines
    return (lines[0], pages.shortened("".join(lines[1:]), _title_size, _wide, measure, bold=True))
