"""Cutting a story into pages that are read from eight metres: never more than a page's grid, never scrolled past.

1. A page holds whole lines, never more than its room; the lines of all pages together are the whole text.
2. A page ends where a sentence or a paragraph ends, when that leaves at least three fifths of the room in use; else,
   where a screen asks for it, behind the last clause that leaves more than a word for the next page: never inside
   不要钱, and no page says 提意见 alone.
3. A heading never stands last on a page.
4. A text that needs more pages than a screen shows gives way to its summary; without one it is told as far as the
   pages go. Either way the pages say that they do not tell all.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from content_sync.domain.disclosure.blocks import Block
from kiosk.flow.board.stories import Story
from kiosk.flow.frame import Measure

Breaker = Callable[[str, float, bool], tuple[str, ...]]
sentence_ends = "。！？；"
_closing_quotes, _rest = "”’）】》", 8


@dataclass(frozen=True)
class Line:
    """One line of a page; `right` stands at the right edge (an amount)."""

    text: str
    bold: bool = False
    right: str = ""


@dataclass(frozen=True)
class Page:
    """One page of a story: its title broken into lines of `title_size`, its lines; abridged when it tells not all.

    `size` is that of the lines, 0 where the screen has one for all.
    """

    story: Story
    number: int
    count: int
    title: tuple[str, ...] = ()
    title_size: float = 0
    lines: tuple[Line, ...] = ()
    has_code: bool = False
    is_abridged: bool = False
    size: float = 0

    @property
    def chars(self) -> int:
        """How many characters there are to read on it, spaces apart."""
        texts = [self.story.label, *self.title, *(line.text + line.right for line in self.lines)]
        return sum(not char.isspace() for text in texts for char in text)


@dataclass(frozen=True)
class Room:
    """What a page's text may fill: px wide (or cells), lines high; at which marks a page may end early (rule 2).

    `clauses` are the marks at which it ends rather than inside a clause.
    """

    width: float
    lines: int
    ends: str = sentence_ends
    clauses: str = ""


@dataclass(frozen=True)
class Place:
    """How far a text has been told: a block and an offset in it."""

    block: int = 0
    offset: int = 0


def breaker(measure: Measure, size: float) -> Breaker:
    """Breaks text of one size into lines; a last line of one or two characters takes some from above."""

    def lines(text: str, room: float, bold: bool) -> tuple[str, ...]:
        found = measure.lines(text, size, room, bold=bold)
        for taken in (1, 2, 3):
            if len(found) == 1 or len(found[-1]) > 2:
                break
            narrower = measure.lines(text, size, room - taken * size, bold=bold)
            if len(narrower) > len(found):
                break
            found = narrower
        return found

    return lines


def shortened(text: str, size: float, room: float, measure: Measure, *, bold: bool = False) -> str:
    """The text, cut with … where it is wider than `room`."""
    if measure.width(text, size, bold=bold) <= room:
        return text
    fits = bisect_right(range(len(text)), room, key=lambda n: measure.width(text[:n] + "…", size, bold=bold))
    return text[: max(0, fits - 1)].rstrip("，、：；（“ ") + "…"


def is_end(blocks: Sequence[Block], place: Place) -> bool:
    """Whether nothing is left to tell."""
    return place.block >= len(blocks)


def fill(blocks: Sequence[Block], start: Place, room: Room, breaker: Breaker) -> tuple[tuple[Line, ...], Place]:
    """The lines of one page from `start`, and where the next page goes on (rules 1–3)."""
    lines: list[Line] = []
    ends: list[Place] = []  # ends[n]: where the text goes on after line n
    place = start
    while len(lines) < room.lines and not is_end(blocks, place):
        block = blocks[place.block]
        bold, cursor = block.style in ("h1", "h2"), place.offset
        rest = block.text[cursor:]
        for line in breaker(rest, room.width, bold) if rest.strip() else ():
            if len(lines) == room.lines:
                break
            cursor = block.text.index(line, cursor) + len(line)
            done = not block.text[cursor:].strip()
            lines.append(Line(line, bold))
            ends.append(Place(place.block + 1) if done else Place(place.block, cursor))
        place = ends[-1] if ends and rest.strip() else Place(place.block + 1)
    if is_end(blocks, place) or not lines:
        return tuple(lines), place
    return _well_ended(lines, ends, room, blocks)


def fill_all(blocks: Sequence[Block], room: Room, breaker: Breaker, pages_max: int) -> list[tuple[Line, ...]]:
    """The lines of every page of the same room, at least one page, at most `pages_max`."""
    found, place = list[tuple[Line, ...]](), Place()
    while not found or (not is_end(blocks, place) and len(found) < pages_max):
        lines, place = fill(blocks, place, room, breaker)
        found.append(lines)
    return found


def bounded(story: Story, laid: Callable[[tuple[Block, ...], bool], list[Page]], pages_max: int) -> tuple[Page, ...]:
    """Rule 4. `laid` makes pages of blocks, at least one too many if there are; it is told whether they abridge."""
    found = laid(story.blocks, False)
    if len(found) > pages_max and story.summary:
        found = laid((Block("p", story.summary),), True)
    if len(found) > pages_max:
        found = [replace(page, count=pages_max, is_abridged=True) for page in found[:pages_max]]
    return tuple(found)


def _well_ended(
    lines: list[Line], ends: list[Place], room: Room, blocks: Sequence[Block]
) -> tuple[tuple[Line, ...], Place]:
    least = ceil(room.lines * 3 / 5)
    for index in range(len(lines) - 1, least - 2, -1):
        line, after = lines[index], ends[index]
        if line.bold and after.offset == 0:
            continue  # rule 3
        if after.offset == 0:
            return tuple(lines[: index + 1]), after
        cut = _end(line.text, room.ends)
        if cut:
            kept = Line(line.text[:cut], line.bold)
            return (*lines[:index], kept), Place(after.block, after.offset - len(line.text) + cut)
    keep = len(lines)
    while keep > 1 and lines[keep - 1].bold:
        keep -= 1  # rule 3
    line, after = lines[keep - 1], ends[keep - 1]
    spare = len(line.text) + len(blocks[after.block].text) - after.offset - _rest if after.offset else 0
    cut = _end(line.text[: max(0, spare)], room.clauses) or (_end(line.text, room.clauses) if after.offset else 0)
    if cut:
        kept = Line(line.text[:cut], line.bold)
        return (*lines[: keep - 1], kept), Place(after.block, after.offset - len(line.text) + cut)
    return tuple(lines[:keep]), after


def _end(text: str, marks: str) -> int:
    """Just after the last of these marks in a line, or 0."""
    cut = max((text.rfind(mark) for mark in marks), default=-1) + 1
    while 0 < cut < len(text) and text[cut] in _closing_quotes:
        cut += 1
    return cut
