"""The feedback zone (SUP-02, 信息反馈栏): what people said, and what became of it.

1. It is always there; with no answer to show it says how to speak up and where the answer will stand.
2. The head says what became of it: done, being done, or cannot be done; the reply says until when, or why.
3. A reply of three pages or more gives way to its summary; the question stands on every page.
"""

from collections.abc import Iterator

from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block
from kiosk.flow.board import lcd_grid, pages
from kiosk.flow.board.facts import Facts
from kiosk.flow.board.pages import Page, Room, fill_all
from kiosk.flow.board.stories import Story
from kiosk.flow.frame import Box, Mark, Measure, Rect, Text

_left = lcd_grid.margin
_head_y, _text_y, _leading = 20.0, 88.0, 66.0
_reply_lines, _reply_pages_most = 2, 2
_heads = {"done": "您说的，办好了", "doing": "您说的，正在办", "cannot": "您说的，这次办不了"}


def cut(story: Story, measure: Measure, room: Rect) -> tuple[Page, ...]:
    """The answer's pages (rule 3)."""
    wide = room.w - 2 * _left
    question = pages.shortened(story.title, lcd_grid.small, wide, measure, bold=True)
    breaker = pages.breaker(measure, lcd_grid.small)
    reply = Room(wide, _reply_lines)
    found = fill_all(story.blocks, reply, breaker, limits.board_pages_max)
    if len(found) > _reply_pages_most and story.summary:
        found = fill_all((Block("p", story.summary),), reply, breaker, limits.board_pages_max)
    return tuple(Page(story, n, len(found), (question,), lcd_grid.small, lines) for n, lines in enumerate(found, 1))


def marks(page: Page | None, facts: Facts, measure: Measure, room: Rect) -> Iterator[Mark]:
    """The zone's picture, whatever there is to show (rule 1)."""
    yield Box(room, "card")
    yield Box(Rect(0, 0, room.w, 3), "line")
    if page is None:
        yield from _invitation(facts, measure, room)
        return
    story, wide = page.story, room.w - 2 * _left
    head = _heads[story.status]
    yield lcd_grid.one(_left, _head_y, wide, head, color="blue", bold=True)  # rule 2
    count = f"　{page.number}/{page.count}" if page.count > 1 else ""
    free = wide - measure.width(f"{head}　{count}", lcd_grid.small, bold=True)
    number = next((n for n in (f"意见 {story.number}", story.number) if measure.width(n, lcd_grid.small) <= free), "")
    right = (number if story.number else "") + count
    yield lcd_grid.one(_left, _head_y, wide, right, color="soft", align="right")
    yield Text(_left, _text_y, wide, page.title, lcd_grid.small, _leading, bold=True)
    yield Text(_left, _text_y + _leading, wide, tuple(line.text for line in page.lines), lcd_grid.small, _leading)


def _invitation(facts: Facts, measure: Measure, room: Rect) -> Iterator[Mark]:
    call = f"，或打监督电话 {facts.phone}" if facts.phone else ""
    words = f"在触摸屏上点“我要反映”{call}。您说的每一件，办没办、怎么办的，都在这里回话。"
    wide = room.w - 2 * _left
    yield lcd_grid.one(_left, _head_y, wide, "有话请对我们说", color="blue", bold=True)
    lines = lcd_grid.even(measure, words, lcd_grid.small, wide)
    yield Text(_left, _text_y, wide, lines[:3], lcd_grid.small, _leading)
