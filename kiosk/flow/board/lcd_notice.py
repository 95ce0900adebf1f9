"""The notice zone of the LCD board: one page of one story, with its unit, its date, its page and its code.

1. The title is as large as its length allows, on the first page; later pages repeat it on one line.
2. A text that needs more pages than the board shows gives way to its summary; without one it is told as far as the
   pages go. Either way the page says where the whole text is.
3. The code stands on the last page, for whoever read that far, where there is room beside the text: no page is made
   for a code alone. A ledger has none, its names and amounts need the width. A single total is the largest type.
4. A 公示 says on every page how many days are left (CAT-21).
"""

from collections.abc import Iterator
from dataclasses import replace

from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block
from kiosk.flow.board import codes, lcd_grid, moments, pages
from kiosk.flow.board.facts import Facts
from kiosk.flow.board.pages import Line, Page, Place, Room, fill, is_end
from kiosk.flow.board.stories import Figure, Story
from kiosk.flow.frame import Box, Code, Mark, Measure, Rect, Text

_zone = lcd_grid.notice
_left, _wide = _zone.x + lcd_grid.margin, _zone.w - 2 * lcd_grid.margin
_label_y, _text_y, _text_end, _unit_y = 40.0, 118.0, 576.0, 582.0
_leading, _gap, _code_gap = 80.0, 14.0, 36.0
_title_sizes = (
    (lcd_grid.title, 94.0, 1),
    (lcd_grid.narrower, 94.0, 1),
    (lcd_grid.title, 94.0, 2),
    (lcd_grid.large, 76.0, 3),
    (lcd_grid.small, 65.0, 7),
)
_repeated_leading = 76.0
_figure_sizes = (lcd_grid.figure, lcd_grid.row, lcd_grid.title)


def cut(story: Story, measure: Measure) -> tuple[Page, ...]:
    """The story's pages (OFF-07)."""
    if story.totals or story.largest:
        return _ledger_pages(story, measure)
    pages = _text_pages(story, story.blocks, measure)
    if len(pages) > limits.board_pages_max and story.summary:
        pages = _text_pages(story, (Block("p", story.summary),), measure, is_abridged=True)  # rule 2
    most = limits.board_pages_max
    if len(pages) > most:
        pages = [replace(page, count=most, is_abridged=True) for page in pages[:most]]
    return tuple(pages)


def marks(page: Page, facts: Facts, measure: Measure) -> Iterator[Mark]:
    """The zone's picture."""
    yield Box(_zone, "paper")
    yield from _label_row(page, facts, measure)
    code = codes.side(page.story.payload) if page.has_code else 0
    yield from _foot(page, code, measure)
    y = _text_y
    if page.title:
        leading = _title_leading(page.title_size) if page.number == 1 else _repeated_leading
        yield Text(_left, y, _wide, page.title, page.title_size, leading, bold=True)
        y += len(page.title) * leading + _gap
    if len(page.lines) == 1 and page.lines[0].right:  # rule 3
        yield lcd_grid.one(_left, y, _wide, page.lines[0].text, lcd_grid.body)
        amount = page.lines[0].right
        size = next((s for s in _figure_sizes if measure.width(amount, s, bold=True) <= _wide), lcd_grid.body)
        yield Text(_left, y + 80, _wide, (amount,), size, 170, bold=True)
        return
    for line in page.lines:
        yield Text(_left, y, _wide, (line.text,), lcd_grid.body, _leading, bold=line.bold)
        if line.right:
            yield Text(_left, y, _wide, (line.right,), lcd_grid.body, _leading, bold=True, align="right")
        y += _leading


def _foot(page: Page, code: int, measure: Measure) -> Iterator[Mark]:
    """The unit, where the whole of it is, and the code (rules 2 and 3)."""
    room = _wide - (code + _code_gap if code else 0)
    unit = pages.shortened(page.story.unit, lcd_grid.small, room, measure)
    yield lcd_grid.one(_left, _unit_y, room, unit, color="soft")
    hint = "扫码看全文" if code else "逐笔看触摸屏" if page.story.kind == "ledger" else ""
    if page.is_abridged and not code:
        hint = "全文看触摸屏"
    if hint and measure.width(unit + hint, lcd_grid.small) + lcd_grid.margin <= room:
        yield lcd_grid.one(_left, _unit_y, room, hint, color="soft", align="right")
    if code:
        yield Code(Rect(_left + _wide - code, _zone.bottom - 24 - code, code, code), page.story.payload)


def _label_row(page: Page, facts: Facts, measure: Measure) -> Iterator[Mark]:
    story, x = page.story, _left
    color = "red" if story.is_public_notice else "blue" if story.section else "soft"
    right = moments.day(story.dated, facts.later)
    if page.count > 1:
        right = f"{right}　{page.number}/{page.count}"
    room = _wide - measure.width(f"{right}　", lcd_grid.small)
    label = pages.shortened(story.label, lcd_grid.small, room, measure, bold=True)
    yield lcd_grid.one(x, _label_y, _wide, label, color=color, bold=True)
    if story.is_public_notice and story.ends:  # rule 4
        x += measure.width(f"{label}　", lcd_grid.small, bold=True)
        left = moments.days_left_words(story.ends, facts.later)
        yield lcd_grid.one(x, _label_y, _wide, left, color="red", bold=True)
    yield lcd_grid.one(_left, _label_y, _wide, right, color="soft", align="right")


def _text_pages(story: Story, blocks: tuple[Block, ...], measure: Measure, *, is_abridged: bool = False) -> list[Page]:
    """All pages, but never more than one too many."""
    place, breaker = Place(), pages.breaker(measure, lcd_grid.body)
    found: list[tuple[tuple[str, ...], float, tuple[Line, ...], bool]] = []
    while not found or (not is_end(blocks, place) and len(found) <= limits.board_pages_max):
        code = codes.side(story.payload)
        title, size, used = _titled(story, measure, first=not found)
        high = max(0, int((_text_end - _text_y - used) // _leading))
        narrow = Room(_wide - code - _code_gap, high)
        lines, after = fill(blocks, place, narrow, breaker)
        if not is_end(blocks, after):
            lines, after = fill(blocks, place, Room(_wide, high), breaker)
            code = 0
        found.append((title, size, lines, bool(code)))
        place = after
    return [Page(story, n, len(found), *parts, is_abridged) for n, parts in enumerate(found, 1)]


def _titled(story: Story, measure: Measure, *, first: bool) -> tuple[tuple[str, ...], float, float]:
    """The title's lines, their size, and the height they use (rule 1)."""
    if not first:
        line = pages.shortened(story.title, lcd_grid.body, _wide, measure, bold=True)
        return (line,), lcd_grid.body, _repeated_leading + _gap
    for size, leading, most in _title_sizes:
        lines = _at_pause(story.title, size, measure) if most == 2 else ()
        lines = lines or pages.breaker(measure, size)(story.title, _wide, True)
        if len(lines) <= most:
            return lines, size, len(lines) * leading + _gap
    rest = "".join(lines[most - 1 :])
    lines = (*lines[: most - 1], pages.shortened(rest, size, _wide, measure, bold=True))
    return lines, size, most * leading + _gap


def _at_pause(title: str, size: float, measure: Measure) -> tuple[str, ...]:
    """The title as two lines parted where one would draw breath, if both fit; nothing if they do not."""
    cuts = [at for at, char in enumerate(title, 1) if char in "，、：； " and at < len(title)]
    cuts.sort(key=lambda at: abs(2 * at - len(title)))
    for at in cuts:
        lines = title[:at].strip(), title[at:].strip()
        if all(measure.width(line, size, bold=True) <= _wide for line in lines):
            return lines
    return ()


def _title_leading(size: float) -> float:
    return next(leading for known, leading, _ in _title_sizes if known == size)


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
    return Line(pages.shortened(figure.name, lcd_grid.body, room, measure), right=figure.amount)
