"""How the idle screen's film is cut: a notice's pages, each as large as it allows (SCREENS A4, OFF-07).

1. A text that fits one page is set as large as it fits, under a smaller title if need be; a longer one is cut into
   pages of one size (board.pages), smaller where there would be too many. No page ends inside a clause that has an end
   on its last line. An emergency is never abridged.
2. Every page names the title, one size smaller where its lines then end at marks, no larger than a list's where less
   than three lines would stand below it; later pages repeat it on one line.
3. The code to take along stands below the end of the text, or beside it: a text whose end leaves no room for it is
   parted earlier, but no page is made for a code alone, and an emergency stands whole where it can.
"""

from dataclasses import dataclass
from math import ceil

from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block
from kiosk.flow.board import codes, pages
from kiosk.flow.board.pages import Line, Page, Place, Room, fill, is_end
from kiosk.flow.board.stories import Figure, Story
from kiosk.flow.evenly import ends_at_marks
from kiosk.flow.frame import Rect
from kiosk.flow.sheet import Sheet

pad, gap, code_gap, _least_lines = 40.0, 16.0, 36.0, 2
_parted, _parted_lines, _below_title, _plain_most, _clauses = 0.75, 4, 3, 4, "，、：；"


@dataclass(frozen=True)
class Type:
    """The sizes of one page's parts."""

    body: float
    leading: float


def high_min(sheet: Sheet) -> float:
    """How high the room must be for a page at all."""
    size = sheet.size
    return 2 * pad + head_high(sheet) + size.head * 1.3 + 2 * gap + _least_lines * size.head * 1.45


def cut(sheet: Sheet, story: Story, room: Rect) -> tuple[Page, ...]:
    """The story's pages in a room of this size (rule 1)."""
    if story.totals or story.largest:
        return _of_figures(sheet, story, room)
    alarm, size = story.kind == "emergency", sheet.size
    most = limits.blocks_max if alarm else limits.board_pages_max

    def laid(blocks: tuple[Block, ...], is_abridged: bool) -> list[Page]:
        """As large as it fits one page, else on few pages, smaller where there would be too many."""
        chars = sum(len(block.text) for block in blocks)
        large, less, plain = size.head * 1.3, size.head * 1.15, size.head
        ways = (
            (large, 1, ""),
            (less, 1, ""),
            (plain, 1, "calm"),
            (plain, min(most, _plain_most), ""),
            (size.body * 1.12, most, ""),
        )
        for em, count, calm in ways:
            if count == 1 and chars > room.w / em * room.h / type_of(em).leading:
                continue  # it cannot stand there whole: no need to try
            found = _laid(sheet, story, blocks, room, em, most, is_abridged=is_abridged, is_calm=bool(calm))
            if len(found) <= count:
                break
        return found

    return pages.bounded(story, laid, most)


def type_of(body: float) -> Type:
    """The sizes of a page whose text is set in `body` px."""
    return Type(body, round(body * 1.45))


def head_high(sheet: Sheet) -> float:
    """Pixels that a page's first line takes: its kind, unit and day."""
    return round(sheet.size.body * 1.4) + gap


def foot_high(sheet: Sheet) -> float:
    """Pixels of its last line: what a touch does, which page it is."""
    return round(sheet.size.body * 1.6)


def _end(sheet: Sheet, room: Rect) -> float:
    """Where the text must end, from the top of the room."""
    return room.h - foot_high(sheet) - pad / 2 - 8


def _laid(
    sheet: Sheet, story: Story, blocks: tuple[Block, ...], room: Rect, body: float, most: int,
    *, is_abridged: bool, is_calm: bool,
) -> list[Page]:  # fmt: skip
    """All pages of this size, but never more than one too many; a calm title is no larger than a list's."""
    wide, kind = room.w - 2 * pad, type_of(round(body))
    breaker, place, top = pages.breaker(sheet.measure, kind.body), Place(), pad + head_high(sheet)
    code = codes.side(story.payload)
    found: list[tuple[tuple[str, ...], float, tuple[Line, ...], bool]] = []
    while not found or (not is_end(blocks, place) and len(found) <= most):
        free = _end(sheet, room) - top - gap - kind.leading
        for calm in (is_calm, True):
            title, em = _titled(sheet, story, wide, free, first=not found, is_calm=calm)
            used = len(title) * round(em * 1.3) + gap
            high = max(1, int((_end(sheet, room) - top - used) // kind.leading))
            if high >= _below_title:
                break
        beside = code if top + used < room.h - pad / 2 - code else 0  # else it would stand in the title
        with_code = max(0, int((room.h - pad / 2 - top - used) // kind.leading)) if beside else high
        above = max(0, int((room.h - pad - top - used - code) // kind.leading)) if beside else 0
        lines, after = fill(blocks, place, Room(wide, max(1, above)), breaker)
        if not above or not is_end(blocks, after):
            narrow = wide - beside - code_gap * bool(beside)
            lines, after = fill(blocks, place, Room(narrow, min(high, with_code)), breaker)
        if not is_end(blocks, after):
            lines, after = fill(blocks, place, _room(wide, high), breaker)
            if (
                beside
                and story.kind != "emergency"
                and is_end(blocks, after)
                and len(found) + 2 <= most
                and high >= _parted_lines
            ):
                lines, after = fill(blocks, place, _room(wide, ceil(high * _parted)), breaker)
            beside = 0
        found.append((title, em, lines, bool(beside)))
        place = after
    parts = enumerate(found, 1)
    return [Page(story, n, len(found), *part, is_abridged=is_abridged, size=kind.body) for n, part in parts]


def _room(wide: float, high: int) -> Room:
    """What the text of a page may fill that another one follows (rule 1)."""
    return Room(wide, high, clauses=_clauses)


def _titled(
    sheet: Sheet, story: Story, wide: float, high: float, *, first: bool, is_calm: bool = False
) -> tuple[tuple[str, ...], float]:
    """The title's lines and their size (rule 2)."""
    size = sheet.size
    if not first:
        return (pages.shortened(story.title, size.head, wide, sheet.measure, bold=True),), size.head
    found: list[tuple[tuple[str, ...], float]] = []
    for em, most in ((round(size.title * 1.3), 2), (size.title, 2), (size.head, 3), (size.body, 5))[2 * is_calm :]:
        if found and em < size.title:
            break
        lines = sheet.even(story.title, em, wide, bold=True, most=max(1, min(most, int(high // round(em * 1.3)))))
        if "".join(lines) == story.title:
            found.append((lines, em))
    return next((one for one in found if ends_at_marks(one[0])), found[0] if found else (lines, em))


def _of_figures(sheet: Sheet, story: Story, room: Rect) -> tuple[Page, ...]:
    """Totals, then the largest entries, each with its amount at the right."""
    wide, kind = room.w - 2 * pad, type_of(sheet.size.head)
    parts = [(name, f) for name, f in (("", story.totals), ("film.largest", story.largest)) if f]
    found = []
    for number, (name, figures) in enumerate(parts, 1):
        free = _end(sheet, room) - pad - head_high(sheet) - gap - kind.leading
        title, em = _titled(sheet, story, wide, free, first=number == 1)
        used = pad + head_high(sheet) + len(title) * round(em * 1.3) + gap
        high = max(1, int((_end(sheet, room) - used) // kind.leading))
        lines = [_figure_line(sheet, figure, wide, kind.body) for figure in figures[:high]]
        if name and len(lines) < high:
            lines = [Line(sheet.words(name), bold=True), *lines]
        found.append(Page(story, number, len(parts), title, em, tuple(lines), size=kind.body))
    return tuple(found)


def _figure_line(sheet: Sheet, figure: Figure, wide: float, size: float) -> Line:
    free = wide - sheet.measure.width(f"{figure.amount}　", size, bold=True)
    return Line(pages.shortened(figure.name, size, free, sheet.measure), right=figure.amount)
