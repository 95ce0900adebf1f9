"""The idle screen's film: current notices told in full, page by page, as large as they allow (SCREENS A4, OFF-07).

1. A text that fits one page is set as large as it fits; a longer one is cut into pages of one size (board.pages),
   smaller where there would be too many. An emergency is never abridged.
2. Every page names the title, who says it and when; later pages repeat the title on one line, and say which page of
   how many. A public notice counts its days on every page, in red when few are left (CAT-21).
3. The code to take along stands beside the end of the text: a text whose end leaves no room for it is parted earlier,
   but no page is made for a code alone, and an emergency stands whole where it can.
4. Touching a page opens the item itself; every page says so.
"""

from dataclasses import dataclass
from math import ceil

from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block
from kiosk.flow import dates, lists
from kiosk.flow.actions import Open, Wake
from kiosk.flow.board import codes, moments, pages
from kiosk.flow.board.pages import Line, Page, Place, Room, fill, is_end
from kiosk.flow.board.stories import Figure, Story
from kiosk.flow.frame import Box, Icon, Rect, Text
from kiosk.flow.sheet import Sheet, radius

_pad, _gap, _code_gap, _least_lines = 40.0, 16.0, 36.0, 2
_parted, _parted_lines = 0.75, 4


@dataclass(frozen=True)
class _Type:
    """The sizes of one page's parts."""

    body: float
    leading: float


def high_min(sheet: Sheet) -> float:
    """How high the room must be for a page at all."""
    size = sheet.size
    return 2 * _pad + _head_high(sheet) + size.head * 1.3 + 2 * _gap + _least_lines * size.head * 1.45


def cut(sheet: Sheet, story: Story, room: Rect) -> tuple[Page, ...]:
    """The story's pages in a room of this size (rule 1)."""
    if story.totals or story.largest:
        return _of_figures(sheet, story, room)
    alarm, size = story.kind == "emergency", sheet.size
    most = limits.blocks_max if alarm else limits.board_pages_max

    def laid(blocks: tuple[Block, ...], is_abridged: bool) -> list[Page]:
        """As large as it fits one page, else on few pages, smaller where there would be too many."""
        chars = sum(len(block.text) for block in blocks)
        for em, count in ((size.head * 1.3, 1), (size.head * 1.15, 1), (size.head, most), (size.body * 1.12, most)):
            if count == 1 and chars > room.w / em * room.h / _type(em).leading:
                continue  # it cannot stand there whole: no need to try
            found = _laid(sheet, story, blocks, room, em, most, is_abridged=is_abridged)
            if len(found) <= count:
                break
        return found

    return pages.bounded(story, laid, most)


def draw(sheet: Sheet, page: Page, room: Rect) -> None:
    """The page in its room."""
    story, size = page.story, sheet.size
    alarm = story.kind == "emergency"
    sheet.add(Box(room, "card", "red" if alarm else "rim", 5 if alarm else 3, radius))
    x, wide = room.x + _pad, room.w - 2 * _pad
    _head(sheet, page, room)
    y = room.y + _pad + _head_high(sheet)
    leading = round(page.title_size * 1.3)
    color = "red" if alarm else "ink"
    sheet.add(Text(x, y, wide, page.title, page.title_size, leading, color, bold=True))
    y += len(page.title) * leading + _gap
    kind = _type(page.size or size.head)
    for line in page.lines:
        sheet.add(Text(x, y, wide, (line.text,), kind.body, kind.leading, bold=line.bold))
        if line.right:
            sheet.add(Text(x, y, wide, (line.right,), kind.body, kind.leading, bold=True, align="right"))
        y += kind.leading
    _foot(sheet, page, room)
    row = next((row for row in sheet.view.rows if row.id == story.item), None)
    sheet.showing(story.item, story.hash, row.channel if row else "")
    whole = Rect(0, room.y, room.x + room.right, room.h)
    sheet.touchable(whole, story.title, Open(lists.page_of(row)) if row else Wake())  # rule 4


def _head(sheet: Sheet, page: Page, room: Rect) -> None:
    """What kind it is, who says it and when; how many days are left (rule 2)."""
    story, size, words = page.story, sheet.size, sheet.words
    alarm, high = story.kind == "emergency", _head_high(sheet) - _gap
    x, y, wide = room.x + _pad, room.y + _pad - 8, room.w - 2 * _pad
    side = round(size.body * 1.2)
    icon = lists.kind_icons.get(story.kind, "notice")
    sheet.add(Icon(Rect(x, y + (high - side) / 2, side, side), icon, "red" if alarm else "blue"))
    told, color = _left(sheet, story)
    taken = sheet.measure.width(told, size.small, bold=True) + 24 if told else 0
    x, wide = x + side + 16, wide - side - 16
    said = words("list.note", unit=story.unit, day=dates.day(words, story.dated, sheet.view.now))
    said = f"{story.label} · {said}" if story.label and story.kind != "ledger" else said
    if sheet.measure.width(said, size.small) > wide - taken:
        said = story.unit
    said = pages.shortened(said, size.small, wide - taken, sheet.measure)
    sheet.text(said, size.small, x=x, y=y, width=wide - taken, color="soft", leading=high)
    if told:
        sheet.text(told, size.small, x=x, y=y, width=wide, color=color, bold=True, align="right", leading=high)


def _left(sheet: Sheet, story: Story) -> tuple[str, str]:
    """How many days a public notice still runs, and the colour that says it."""
    days = moments.days_left(story.ends, sheet.view.now) if story.is_public_notice and story.ends else None
    if story.ends is None or days is None or days > limits.public_notice_days_told:
        return "", ""
    return dates.left(sheet.words, story.ends, sheet.view.now), "red" if days <= limits.film_days_near else "ink"


def _foot(sheet: Sheet, page: Page, room: Rect) -> None:
    """That a touch opens it, which page this is, and the code (rules 3 and 4)."""
    size, words = sheet.size, sheet.words
    high, x = _foot_high(sheet), room.x + _pad
    y = room.bottom - high - _pad / 2
    code = codes.side(page.story.payload) if page.has_code else 0
    free = room.w - 2 * _pad - (code + _code_gap if code else 0)
    key = "film.rows" if page.story.kind == "ledger" else "film.whole" if page.is_abridged else "film.open"
    side = round(size.body * 1.1)
    sheet.add(Icon(Rect(x, y + (high - side) / 2, side, side), "touch", "blue"))
    told = words("page.of", number=page.number, count=page.count) if page.count > 1 else ""
    room_left = free - side - 38 - sheet.measure.width(words(key), size.body)
    if sheet.measure.width(told, size.body) > room_left:
        told = f"{page.number}/{page.count}"
    taken = sheet.measure.width(told, size.body) + 24 if told else 0
    sheet.text(
        words(key), size.body, x=x + side + 14, y=y, width=free - side - 14 - taken, color="blue", leading=high, most=1
    )
    if told:
        sheet.text(told, size.body, x=x, y=y, width=free, color="soft", align="right", leading=high, most=1)
    if code:
        at = Rect(room.right - _pad - code, room.bottom - _pad / 2 - code, code, code)
        sheet.code(page.story.payload, code, x=at.x, y=at.y)


def _type(body: float) -> _Type:
    return _Type(body, round(body * 1.45))


def _head_high(sheet: Sheet) -> float:
    return round(sheet.size.body * 1.4) + _gap


def _foot_high(sheet: Sheet) -> float:
    return round(sheet.size.body * 1.6)


def _end(sheet: Sheet, room: Rect) -> float:
    """Where the text must end, from the top of the room."""
    return room.h - _foot_high(sheet) - _pad / 2 - 8


def _laid(
    sheet: Sheet, story: Story, blocks: tuple[Block, ...], room: Rect, body: float, most: int, *, is_abridged: bool
) -> list[Page]:
    """All pages of this size, but never more than one too many."""
    wide, kind = room.w - 2 * _pad, _type(round(body))
    breaker, place, top = pages.breaker(sheet.measure, kind.body), Place(), _pad + _head_high(sheet)
    code = codes.side(story.payload)
    found: list[tuple[tuple[str, ...], float, tuple[Line, ...], bool]] = []
    while not found or (not is_end(blocks, place) and len(found) <= most):
        title, em = _titled(sheet, story, wide, _end(sheet, room) - top - _gap - kind.leading, first=not found)
        used = len(title) * round(em * 1.3) + _gap
        high = max(1, int((_end(sheet, room) - top - used) // kind.leading))
        beside = code if top + used < room.h - _pad / 2 - code else 0  # else it would stand in the title
        with_code = int((room.h - _pad / 2 - top - used) // kind.leading) if beside else high
        lines, after = fill(
            blocks, place, Room(wide - beside - _code_gap * bool(beside), min(high, with_code)), breaker
        )
        if not is_end(blocks, after):
            lines, after = fill(blocks, place, Room(wide, high), breaker)
            if (
                beside
                and story.kind != "emergency"
                and is_end(blocks, after)
                and len(found) + 2 <= most
                and high >= _parted_lines
            ):
                lines, after = fill(blocks, place, Room(wide, ceil(high * _parted)), breaker)
            beside = 0
        found.append((title, em, lines, bool(beside)))
        place = after
    parts = enumerate(found, 1)
    return [Page(story, n, len(found), *part, is_abridged=is_abridged, size=kind.body) for n, part in parts]


def _titled(sheet: Sheet, story: Story, wide: float, high: float, *, first: bool) -> tuple[tuple[str, ...], float]:
    """The title's lines and their size (rule 2)."""
    size = sheet.size
    if not first:
        return (pages.shortened(story.title, size.head, wide, sheet.measure, bold=True),), size.head
    for em, most in ((round(size.title * 1.3), 2), (size.title, 2), (size.head, 3), (size.body, 5)):
        lines = sheet.even(story.title, em, wide, bold=True, most=max(1, min(most, int(high // round(em * 1.3)))))
        if "".join(lines) == story.title:
            break
    return lines, em


def _of_figures(sheet: Sheet, story: Story, room: Rect) -> tuple[Page, ...]:
    """Totals, then the largest entries, each with its amount at the right."""
    wide, kind = room.w - 2 * _pad, _type(sheet.size.head)
    parts = [(name, f) for name, f in (("", story.totals), ("film.largest", story.largest)) if f]
    found = []
    for number, (name, figures) in enumerate(parts, 1):
        free = _end(sheet, room) - _pad - _head_high(sheet) - _gap - kind.leading
        title, em = _titled(sheet, story, wide, free, first=number == 1)
        used = _pad + _head_high(sheet) + len(title) * round(em * 1.3) + _gap
        high = max(1, int((_end(sheet, room) - used) // kind.leading))
        lines = [_figure_line(sheet, figure, wide, kind.body) for figure in figures[:high]]
        if name and len(lines) < high:
            lines = [Line(sheet.words(name), bold=True), *lines]
        found.append(Page(story, number, len(parts), title, em, tuple(lines), size=kind.body))
    return tuple(found)


def _figure_line(sheet: Sheet, figure: Figure, wide: float, size: float) -> Line:
    free = wide - sheet.measure.width(f"{figure.amount}　", size, bold=True)
    return Line(pages.shortened(figure.name, size, free, sheet.measure), right=figure.amount)
