"""The notice zone of the LCD board: one page of one story, with its unit, its date, its page and its code.

1. The title is as large as its length allows, on the first page; later pages repeat it on one line.
2. A text that needs more pages than the board shows is bounded (kiosk.flow.board.pages); the page then says where
   the whole text is.
3. The code stands on the last page, for whoever read that far, where there is room beside the text: no page is made
   for a code alone. A ledger has none, its names and amounts need the width. A single total is the largest type.
4. A 公示 says on every page how many days are left (CAT-21).
"""

from collections.abc import Iterator

from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block
from kiosk.flow.board import codes, lcd_grid, moments, pages
from kiosk.flow.board.facts import Facts
from kiosk.flow.board.pages import Line, Page, Place, Room, fill, is_end
from kiosk.flow.board.stories import Figure, Story
from kiosk.flow.frame import Box, Code, Mark, Measure, Rect, Text

_left = lcd_grid.margin
_label_y, _text_y, _foot, _unit_up = 40.0, 118.0, 92.0, 86.0
_leading, _gap, _code_gap, _code_up = 80.0, 14.0, 36.0, 24.0
_title_sizes = (
    (lcd_grid.title, 94.0, 1),
    (lcd_grid.narrower, 94.0, 1),
    (lcd_grid.title, 94.0, 2),
    (lcd_grid.large, 76.0, 3),
    (lcd_grid.small, 65.0, 7),
)
_repeated_leading = 76.0
_figure_sizes = (lcd_grid.figure, lcd_grid.row, lcd_grid.title)


def cut(story: Story, measure: Measure, room: Rect) -> tuple[Page, ...]:
    """The story's pages (OFF-07)."""
    if story.totals or story.largest:
        return _ledger_pages(story, measure, room)
    return pages.bounded(
        story,
        lambda blocks, is_abridged: _text_pages(story, blocks, measure, room, is_abridged=is_abridged),
        limits.board_pages_max,
    )  # rule 2


def marks(page: Page, facts: Facts, measure: Measure, room: Rect) -> Iterator[Mark]:
    """The zone's picture."""
    wide = _wide(room)
    yield Box(room, "paper")
    yield from _label_row(page, facts, measure, wide)
    code = codes.side(page.story.payload) if page.has_code else 0
    yield from _foot_line(page, code, measure, room)
    y = _text_y
    if page.title:
        leading = _title_leading(page.title_size) if page.number == 1 else _repeated_leading
        yield Text(_left, y, wide, page.title, page.title_size, leading, bold=True)
        y += len(page.title) * leading + _gap
    if len(page.lines) == 1 and page.lines[0].right:  # rule 3
        yield from _figure(page.lines[0], y, measure, room)
        return
    for line in page.lines:
        yield Text(_left, y, wide, (line.text,), lcd_grid.body, _leading, bold=line.bold)
        if line.right:
            yield Text(_left, y, wide, (line.right,), lcd_grid.body, _leading, bold=True, align="right")
        y += _leading


def _figure(line: Line, y: float, measure: Measure, room: Rect) -> Iterator[Mark]:
    """A single total (rule 3), as large as the room allows."""
    wide, high = _wide(room), min(170.0, room.h - _unit_up - y - 80)
    yield lcd_grid.one(_left, y, wide, line.text, lcd_grid.body)
    sizes = (size for size in _figure_sizes if size <= high and measure.width(line.right, size, bold=True) <= wide)
    yield Text(_left, y + 80, wide, (line.right,), next(sizes, lcd_grid.body), high, bold=True)


def _foot_line(page: Page, code: int, measure: Measure, room: Rect) -> Iterator[Mark]:
    """The unit, where the whole of it is, and the code (rules 2 and 3)."""
    wide, y = _wide(room), room.h - _unit_up
    free = wide - (code + _code_gap if code else 0)
    unit = pages.shortened(page.story.unit, lcd_grid.small, free, measure)
    yield lcd_grid.one(_left, y, free, unit, color="soft")
    hint = "扫码看全文" if code else "逐笔看触摸屏" if page.story.kind == "ledger" else ""
    if page.is_abridged and not code:
        hint = "全文看触摸屏"
    if hint and measure.width(unit + hint, lcd_grid.small) + lcd_grid.margin <= free:
        yield lcd_grid.one(_left, y, free, hint, color="soft", align="right")
    if code:
        yield Code(Rect(_left + wide - code, room.h - _code_up - code, code, code), page.story.payload)


def _label_row(page: Page, facts: Facts, measure: Measure, wide: float) -> Iterator[Mark]:
    story, turn = page.story, f"{page.number}/{page.count}" if page.count > 1 else ""
    color = "red" if story.is_public_notice else "blue" if story.section else "soft"
    ends = moments.days_left_words(story.ends, facts.later) if story.is_public_notice and story.ends else ""
    dated = "　".join(word for word in (moments.day(story.dated, facts.later), turn) if word)
    # a date gives way to the days left
    needed = measure.width(f"{story.label if ends else ''}　{ends}　", lcd_grid.small, bold=True)
    right = (
        dated if needed + measure.width(dated, lcd_grid.small) <= wide else turn
    )  # a date gives way to the days left
    free = wide - measure.width(f"{right}　", lcd_grid.small)
    label = pages.shortened(story.label, lcd_grid.small, free, measure, bold=True)
    yield lcd_grid.one(_left, _label_y, wide, label, color=color, bold=True)
    if ends:  # rule 4
        x = _left + measure.width(f"{label}　", lcd_grid.small, bold=True)
        yield lcd_grid.one(x, _label_y, wide, ends, color="red", bold=True)
    yield lcd_grid.one(_left, _label_y, wide, right, color="soft", align="right")


def _text_pages(
    story: Story, blocks: tuple[Block, ...], measure: Measure, room: Rect, *, is_abridged: bool = False
) -> list[Page]:
    """All pages, but never more than one too many."""
    wide, end = _wide(room), room.h - _foot
    place, breaker = Place(), pages.breaker(measure, lcd_grid.body)
    found: list[tuple[tuple[str, ...], float, tuple[Line, ...], bool]] = []
    while not found or (not is_end(blocks, place) and len(found) <= limits.board_pages_max):
        title, size, used = _titled(story, measure, wide, end - _text_y, first=not found)
        code = codes.side(story.payload)
        if _text_y + used > room.h - _code_up - code:  # it would stand in the title
            code = 0
        high = max(0, int((end - _text_y - used) // _leading))
        narrow = Room(wide - code - _code_gap, high)
        lines, after = fill(blocks, place, narrow, breaker)
        if not is_end(blocks, after):
            lines, after = fill(blocks, place, Room(wide, high), breaker)
            code = 0
        found.append((title, size, lines, bool(code)))
        place = after
    return [Page(story, n, len(found), *parts, is_abridged) for n, parts in enumerate(found, 1)]


def _titled(
    story: Story, measure: Measure, wide: float, high: float, *, first: bool
) -> tuple[tuple[str, ...], float, float]:
    """The title's lines, their size, and the height they use (rule 1)."""
    if not first:
        line = pages.shortened(story.title, lcd_grid.body, wide, measure, bold=True)
        return (line,), lcd_grid.body, _repeated_leading + _gap
    for size, leading, usual_most in _title_sizes:
        most = min(usual_most, int(high // leading))
        lines = _at_pause(story.title, size, measure, wide) if most == 2 else ()
        lines = lines or pages.breaker(measure, size)(story.title, wide, True)
        if len(lines) <= most:
            return lines, size, len(lines) * leading + _gap
    rest = "".join(lines[most - 1 :])
    lines = (*lines[: most - 1], pages.shortened(rest, size, wide, measure, bold=True))
    return lines, size, most * leading + _gap


def _at_pause(title: str, size: float, measure: Measure, wide: float) -> tuple[str, ...]:
    """The title as two lines parted where one would draw breath, if both fit; nothing if they do not."""
    cuts = [at for at, char in enumerate(title, 1) if char in "，、：； " and at < len(title)]
    cuts.sort(key=lambda at: abs(2 * at - len(title)))
    for at in cuts:
        lines = title[:at].strip(), title[at:].strip()
        if all(measure.width(line, size, bold=True) <= wide for line in lines):
            return lines
    return ()


def _wide(room: Rect) -> float:
    return room.w - 2 * _left


def _title_leading(size: float) -> float:
    return next(leading for known, leading, _ in _title_sizes if known == size)


def _ledger_pages(story: Story, measure: Measure, room: Rect) -> tuple[Page, ...]:
    wide, end = _wide(room), room.h - _foot
    parts = [(name, figures) for name, figures in (("合计", story.totals), ("最大的几笔", story.largest)) if figures]
    pages = []
    for number, (name, figures) in enumerate(parts, 1):
        title, size, used = _titled(story, measure, wide, end - _text_y, first=number == 1)
        high = int((end - _text_y - used) // _leading)
        lines = tuple(_figure_line(figure, measure, wide) for figure in figures[:high])
        if len(lines) < high:
            lines = (Line(name, bold=True), *lines) if name != "合计" else lines
        pages.append(Page(story, number, len(parts), title, size, lines))
    return tuple(pages)


def _figure_line(figure: Figure, measure: Measure, wide: float) -> Line:
    free = wide - measure.width(f"{figure.amount}　", lcd_grid.body, bold=True)
    return Line(pages.shortened(figure.name, lcd_grid.body, free, measure), right=figure.amount)
