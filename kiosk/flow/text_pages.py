"""Long text as pages of measured lines: headings, paragraphs, points.

1. Every line is whole; a page never ends in a heading whose text begins on the next one, nor in the first line of a
   paragraph, and none begins with the last one: 公交2路、5路“政 says nothing. What leads in a list stays with it. Only
   what is higher than a whole page is parted anywhere, on a first page that is lower also what would begin there: none
   is left empty.
2. No character is lost between pages: the pages' lines together are the blocks' lines.
3. Headings know their page, so that contents can jump there.
4. A text of one page is set as large as there is room for; no paragraph ends in a line of one or two characters.
5. A term that can be explained has dots below it where it stands first on the page (kiosk.flow.terms).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from content_sync.domain.disclosure.blocks import Block
from kiosk.flow import lists, paragraph, sizes, terms
from kiosk.flow.actions import Action, Change
from kiosk.flow.board.pages import breaker, sentence_ends
from kiosk.flow.frame import Box, Measure, Rect, Text
from kiosk.flow.screens import explained
from kiosk.flow.sheet import Sheet
from kiosk.flow.speech.sentences import is_apart, joined, spans
from kiosk.flow.state import Page
from kiosk.flow.terms import Term

_dot = 6.0


@dataclass(frozen=True)
class Line:
    """One line of a page: how it is set and how high it stands, with the space above it at a block's beginning."""

    text: str
    size: float
    leading: float
    above: float
    indent: float
    heading: bool


@dataclass(frozen=True)
class Heading:
    """Its words, the number of its page, and whether it names a chapter (h1)."""

    text: str
    page: int
    is_chapter: bool


@dataclass(frozen=True)
class Pages:
    """All pages of a text, and its headings."""

    pages: tuple[tuple[Line, ...], ...]
    headings: tuple[Heading, ...]


def lay(sheet: Sheet, blocks: Sequence[Block], room: float, first_room: float = 0, body: float = 0) -> Pages:
    """The pages of `blocks`, each at most `room` high, the first at most `first_room`; `body` is the type's size."""
    body = body or sheet.size.body
    pages: list[list[Line]] = [[]]
    headings: list[Heading] = []
    free = first_room or room
    laid = [_lines(sheet, block, body) for block in blocks]
    for group in _together(laid):
        whole = sum(line.above + line.leading for _, line in group)
        if pages[-1] and whole > free and whole - group[0][1].above <= room:  # rule 1
            pages.append([])
            free = room
        for number, line in group:
            high = (line.above if pages[-1] else 0) + line.leading
            if pages[-1] and high > free:  # more than a page holds
                pages.append([])
                free, high = room, line.leading
            pages[-1].append(line)
            free -= high
            if line.heading and line is laid[number][0]:
                text, style = blocks[number].text.strip(), blocks[number].style
                headings.append(Heading(text, len(pages) - 1, style == "h1"))  # rule 3
    return Pages(tuple(tuple(page) for page in pages), tuple(headings))


def _together(laid: Sequence[Sequence[Line]]) -> Iterator[list[tuple[int, Line]]]:
    """The lines that stay on one page, each with its block's number (rule 1)."""
    group: list[tuple[int, Line]] = []
    for number, lines in enumerate(laid):
        for n, line in enumerate(lines):
            group.append((number, line))
            leads_in = n == len(lines) - 1 and number + 1 < len(laid) and laid[number + 1][0].indent > line.indent
            if not (line.heading or leads_in) and (n == len(lines) - 1 or 0 < n < len(lines) - 2):
                yield group
                group = []
    if group:
        yield group


def _lines(sheet: Sheet, block: Block, body: float) -> list[Line]:
    size, measure = sheet.size, sheet.measure
    heading = block.style in ("h1", "h2")
    em = size.head if block.style == "h1" else body
    indent = measure.width("　", em) if block.style == "li" else 0.0
    above = {"h1": 1.0, "h2": 0.8, "p": 0.45, "li": 0.3}[block.style] * body
    texts = _broken(measure, block.text, em, sizes.room - indent, bold=heading)
    leading = sheet.leading(em) if block.style == "h1" else round(em * size.line)
    return [Line(text, em, leading, above if n == 0 else 0, indent, heading) for n, text in enumerate(texts)]


def _broken(measure: Measure, text: str, em: float, room: float, *, bold: bool) -> tuple[str, ...]:
    broken, text = breaker(measure, em), text.strip("\n")
    return paragraph.accompanied(lambda wide: broken(text, wide, bold), em, room)


def _largest(sheet: Sheet, blocks: Sequence[Block]) -> Pages:
    """Rule 4."""
    large = lay(sheet, blocks, sheet.left_over, body=sheet.size.head)
    return large if len(large.pages) == 1 else lay(sheet, blocks, sheet.left_over)


def known(sheet: Sheet, page: Sequence[Line]) -> tuple[Term, ...]:
    """The terms of a page that can be explained (rule 5)."""
    runs = [joined([line.text for line in run]) for run in _runs(page)]
    return explained.fitting(sheet, terms.found(runs, sheet.view.terms))


def draw(sheet: Sheet, page: Sequence[Line], marked: Sequence[Term] = (), bottom: float = 0) -> None:
    """One page from the cursor down, as far as `bottom` if there is one; the lines of one block are one mark."""
    for number, run in enumerate(_runs(page)):
        sheet.y += run[0].above if number else 0
        fit = [n for n, line in enumerate(run) if not bottom or sheet.y + (n + 1) * line.leading <= bottom]
        if not fit:
            return
        shown = run[: len(fit)]
        sheet.y += sum(line.leading for line in shown)
        _mark(sheet, shown)
        for term in marked:
            if term.run == number:
                _dots(sheet, shown, term)
        if len(shown) < len(run):
            return


def _runs(page: Sequence[Line]) -> list[list[Line]]:
    """The lines of each block that stand on the page."""
    runs: list[list[Line]] = []
    for line in page:
        if not runs or line.above:
            runs.append([])
        runs[-1].append(line)
    return runs


def _dots(sheet: Sheet, run: Sequence[Line], term: Term) -> None:
    """Rule 5: below each line's part of the term."""
    top, at = sheet.y - sum(line.leading for line in run), 0
    for n, line in enumerate(run):
        at += int(is_apart(run[n - 1].text, line.text)) if n else 0
        first, behind = max(term.first - at, 0), min(term.behind - at, len(line.text))
        if first < behind:
            x = sizes.left + line.indent + sheet.measure.width(line.text[:first], line.size, bold=line.heading)
            wide = sheet.measure.width(line.text[first:behind], line.size, bold=line.heading)
            y = top + min(line.leading / 2 + line.size * 0.56, line.leading - _dot)
            count = max(1, int(wide / _dot / 2))
            step = wide / count
            sheet.add(*(Box(Rect(x + (k + 0.25) * step, y, _dot, _dot), "blue", radius=_dot / 2) for k in range(count)))
        at += len(line.text)
        top += line.leading


def read_on(sheet: Sheet, laid: Pages, number: int, turned: Callable[[int], Page]) -> None:
    """Before a page is drawn: say how it hangs together with its neighbours, for reading aloud."""
    is_last = number == len(laid.pages) - 1
    onward = None if is_last else Change(turned(number + 1))
    rest = "" if is_last else _begun(laid, number + 1)
    sheet.read_on(is_begun=bool(_begun(laid, number)), onward=onward, rest=rest)


def _begun(laid: Pages, number: int) -> str:
    """What stands on a page of the sentence that began on the page before."""
    before, page = laid.pages[number - 1] if number else (), laid.pages[number]
    if not before or not page or page[0].above or before[-1].text[-1:] in sentence_ends:
        return ""
    end = next((n for n, line in enumerate(page) if n and line.above), len(page))
    text = joined([line.text for line in page[:end]])
    first, behind = spans(text)[0]
    return text[first:behind]


def _mark(sheet: Sheet, run: Sequence[Line]) -> None:
    first = run[0]
    y = sheet.y - first.leading * len(run)
    x = sizes.left + first.indent
    lines = tuple(line.text for line in run)
    sheet.add(Text(x, y, sizes.room - first.indent, lines, first.size, first.leading, "ink", first.heading))


def paged(
    sheet: Sheet, blocks: Sequence[Block], number: int, turned: Callable[[int], Page], *, is_marked: bool = False,
    closed: Action | None = None, below: float = 0,
) -> tuple[Term, ...]:  # fmt: skip
    """A text from the cursor to the bottom, with keys that turn it when it has more than one page.

    Returns the terms of the page, which are marked if `is_marked`. With `closed` the card that explains them lies over
    the text and over what stands `below`; closing it is that action.
    """
    laid = _largest(sheet, blocks)
    top = sheet.bottom - sheet.size.key
    if len(laid.pages) > 1:
        laid = lay(sheet, blocks, top - 16 - sheet.y)
    number = min(number, len(laid.pages) - 1)
    marked = known(sheet, laid.pages[number]) if is_marked else ()
    if closed and marked:
        sheet.bottom += below
        draw(sheet, laid.pages[number], marked, sheet.bottom - explained.height(sheet, marked) - 16)
        explained.draw(sheet, marked, closed)
        return marked
    read_on(sheet, laid, number, turned)
    draw(sheet, laid.pages[number], marked)
    if len(laid.pages) > 1:
        sheet.y = top
        lists.turner(sheet, number, len(laid.pages), turned)
    return marked
