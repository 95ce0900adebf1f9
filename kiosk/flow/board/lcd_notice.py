"""The notice zone of the LCD board: one page of one story, with its unit, its date, its page and its code.

1. The title is as large as its length allows, on the first page; later pages repeat it on one line.
2. A text that needs more pages than the board shows gives way to its summary; without one it is told as far as the
   pages go. Either way the last line says that the whole text is on the touch screen. A ledger has no code: its two
   pages need the width for whole names and amounts.
3. The code stands on the last page: whoever read that far may want to keep it. The text keeps clear of it.
4. A 公示 says on every page how many days are left (CAT-21).
"""

from collections.abc import Iterator
from dataclasses import replace

from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block
from kiosk.flow.board import codes, lcd_grid, moments
from kiosk.flow.board.facts import Facts
from kiosk.flow.board.pages import Line, Page, Place, Room, fill, is_end
from kiosk.flow.board.stories import Figure, Story
from kiosk.flow.frame import Box, Code, Mark, Measure, Rect, Text

_zone = lcd_grid.notice
_left, _wide = _zone.x + lcd_grid.margin, _zone.w - 2 * lcd_grid.margin
_label_y, _text_y, _text_end, _unit_y = 40.0, 118.0, 576.0, 582.0
_leading, _gap, _code_gap = 80.0, 8.0, 36.0
_title_sizes = ((lcd_grid.title, 94.0, 2), (lcd_grid.large, 76.0, 3), (lcd_grid.small, 65.0, 7))
_repeated_leading = 76.0
_whole_text = Block("p", "全文请在触摸屏上看。")


def cut(story: Story, measure: Measure) -> tuple[Page, ...]:
    """The story's pages (OFF-07)."""
    if story.totals or story.largest:
        return _ledger_pages(story, measure)
    pages = _text_pages(story, story.blocks, measure)
    if len(pages) > limits.board_pages_max and story.summary:
        pages = _text_pages(story, (Block("p", story.summary), _whole_text), measure)  # rule 2
    return tuple(pages) if len(pages) <= limits.board_pages_max else _broken_off(pages)


def marks(page: Page, facts: Facts, measure: Measure) -> Iterator[Mark]:
    """The zone's picture."""
    story = page.story
    yield Box(_zone, "paper")
    yield from _label_row(page, facts, measure)
    y, code = _text_y, codes.side(story.payload) if page.has_code else 0
    if page.title:
        leading = _title_leading(page.title_size) if page.number == 1 else _repeated_leading
        yield Text(_left, y, _wide, page.title, page.title_size, leading, bold=True)
        y += len(page.title) * leading + _gap
    for line in page.lines:
        yield Text(_left, y, _wide, (line.text,), lcd_grid.body, _leading, bold=line.bold)
        if line.right:
            yield Text(_left, y, _wide, (line.right,), lcd_grid.body, _leading, bold=True, align="right")
        y += _leading
    room = _wide - (code + _code_gap if code else 0)
    unit = lcd_grid.shortened(story.unit, lcd_grid.small, room, measure)
    yield lcd_grid.one(_left, _unit_y, room, unit, color="soft")
    hint = "扫码看全文" if code else "逐笔在触摸屏上看" if story.kind == "ledger" else ""
    if hint and measure.width(unit + hint, lcd_grid.small) + lcd_grid.margin <= room:
        yield lcd_grid.one(_left, _unit_y, room, hint, color="soft", align="right")
    if code:  # rule 3
        yield Code(Rect(_left + _wide - code, _zone.bottom - 24 - code, code, code), story.payload)


def _label_row(page: Page, facts: Facts, measure: Measure) -> Iterator[Mark]:
    story, x = page.story, _left
    color = "red" if story.is_public_notice else "blue" if story.section else "soft"
    label = lcd_grid.shortened(story.label, lcd_grid.small, _wide / 2, measure, bold=True)
    yield lcd_grid.one(x, _label_y, _wide, label, color=color, bold=True)
    if story.is_public_notice and story.ends:  # rule 4
        x += measure.width(f"{label}　", lcd_grid.small, bold=True)
        left = moments.days_left_words(story.ends, facts.now)
        yield lcd_grid.one(x, _label_y, _wide, left, color="red", bold=True)
    right = moments.day(story.dated, facts.now)
    if page.count > 1:
        right = f"{right}　{page.number}/{page.count}"
    yield lcd_grid.one(_left, _label_y, _wide, right, color="soft", align="right")


def _text_pages(story: Story, blocks: tuple[Block, ...], measure: Measure) -> list[Page]:
    """All pages, however many; `count` is set at the end."""
    code, place, breaker = codes.side(story.payload), Place(), lcd_grid.breaker(measure, lcd_grid.body)
    found: list[tuple[tuple[str, ...], float, tuple[Line, ...], bool]] = []
    while True:
        title, size, used = _titled(story, measure, first=not found)
        high = max(0, int((_text_end - _text_y - used) // _leading))
        narrow = Room(_wide - code - _code_gap, high)
        lines, after = fill(blocks, place, narrow, breaker)
        if not is_end(blocks, after):
            lines, after = fill(blocks, place, Room(_wide, high), breaker)
            if code and is_end(blocks, after):  # it fits, but not beside the code: keep some for the code's page
                lines, after = fill(blocks, place, Room(_wide, max(1, len(lines) - 2)), breaker)
        found.append((title, size, lines, bool(code) and is_end(blocks, after)))
        place = after
        if is_end(blocks, place):
            break
    return [Page(story, n, len(found), *parts) for n, parts in enumerate(found, 1)]


def _titled(story: Story, measure: Measure, *, first: bool) -> tuple[tuple[str, ...], float, float]:
    """The title's lines, their size, and the height they use (rule 1)."""
    if not first:
        line = lcd_grid.shortened(story.title, lcd_grid.body, _wide, measure, bold=True)
        return (line,), lcd_grid.body, _repeated_leading + _gap
    for size, leading, most in _title_sizes:
        lines = measure.lines(story.title, size, _wide, bold=True)
        if len(lines) <= most:
            return lines, size, len(lines) * leading + _gap
    rest = "".join(lines[most - 1 :])
    lines = (*lines[: most - 1], lcd_grid.shortened(rest, size, _wide, measure, bold=True))
    return lines, size, most * leading + _gap


def _title_leading(size: float) -> float:
    return next(leading for known, leading, _ in _title_sizes if known == size)


def _broken_off(pages: list[Page]) -> tuple[Page, ...]:
    """The pages a board has time for; the last one ends with where the rest is (rule 2)."""
    *kept, last = (replace(page, count=limits.board_pages_max) for page in pages[: limits.board_pages_max])
    return (*kept, replace(last, lines=(*last.lines[:-1], Line(_whole_text.text, bold=True))))


def _ledger_pages(story: Story, measure: Measure) -> tuple[Page, ...]:
    parts = [(name, figures) for name, figures in (("合计", story.totals), ("最大的几笔", story.largest)) if figures]
    pages = []
    for number, (name, figures) in enumerate(parts, 1):
        title, size, used = _titled(story, measure, first=number == 1)
        high = int((_text_end - _text_y - used) // _leading)
        lines = tuple(_figure_line(figure, measure) for figure in figures[:high])
        if len(lines) < high:
            lines = (Line(name, bold=True), *lines) if name != "合计" else lines
        pages.append(Page(story, number, len(parts), title, size, lines))
    return tuple(pages)


def _figure_line(figure: Figure, measure: Measure) -> Line:
    room = _wide - measure.width(f"{figure.amount}　", lcd_grid.body, bold=True)
    return Line(lcd_grid.shortened(figure.name, lcd_grid.body, room, measure), right=figure.amount)
