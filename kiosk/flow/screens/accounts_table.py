"""A ledger's table: the direct lines of one row, with as many levels opened as fit.

1. A deeper row belongs to the nearest shallower row above it (ledgers.py rule 1); a page shows one row's direct lines,
   and the next level already opened below them while all of it fits on the page. A level whose keys do not fit is told
   in lines below the keys that open it, where those fit.
2. When the direct lines fit larger, they are set larger: the amounts are what one came for.
"""

from dataclasses import dataclass, replace

from content_sync.domain.disclosure.ledgers import Ledger
from kiosk.flow import lists, sizes
from kiosk.flow.actions import Action, Open
from kiosk.flow.frame import Box, Icon, Rect, Text
from kiosk.flow.pages.reading import Accounts
from kiosk.flow.screens.accounts_columns import Columns, cell, chosen
from kiosk.flow.sheet import Sheet, radius, rim


@dataclass(frozen=True)
class Line:
    """One row as drawn: its index and depth, name, numbers, a note of the rest; `opens`: a key that goes deeper."""

    index: int
    depth: int
    name: tuple[str, ...]
    numbers: tuple[str, ...]
    note: tuple[str, ...]
    bold: bool
    opens: bool
    high: float


def children(ledger: Ledger, row: int) -> list[int]:
    """The indices of the direct lines below a row, of the top level for -1 (rule 1)."""
    level = ledger.rows[row].level if row >= 0 else 0
    below: list[int] = []
    for index in range(row + 1, len(ledger.rows)):
        if ledger.rows[index].level <= level:
            break
        below.append(index)
    top = min((ledger.rows[index].level for index in below), default=0)
    return [index for index in below if ledger.rows[index].level == top]


def parent(ledger: Ledger, row: int) -> int:
    """The index of the row that this one belongs to, -1 on the top level (rule 1)."""
    above = range(row - 1, -1, -1)
    return next((index for index in above if ledger.rows[index].level < ledger.rows[row].level), -1)


def draw(sheet: Sheet, ledger: Ledger, page: Accounts, bottom: float, middle: tuple[str, Action] | None = None) -> None:
    """The table from the cursor down to `bottom`; `middle` stands between the turning keys, or in their place."""
    gap = 12.0
    sheet.reach()
    turning = sheet.size.key + sheet.size.gap
    if middle:
        bottom -= turning
    note = sheet.broken(ledger.note, sheet.size.small, sizes.room) if ledger.note else ()
    note_high = len(note) * sheet.leading(sheet.size.small) + 8
    columns, lines = _set(sheet, ledger, page.row, bottom - sheet.y - _names_high(sheet) - note_high, gap)
    top = sheet.y
    _column_names(sheet, ledger, columns)
    tall = [line.high for line in lines]
    pages = lists.split(tall, bottom - sheet.y, gap)
    if len(pages) > 1 and not middle:
        bottom -= turning
        pages = lists.split(tall, bottom - sheet.y, gap)
    number = min(page.number, len(pages) - 1)
    first, behind = pages[number]
    for line in lines[first:behind]:
        _draw_line(sheet, page, line, columns)
        sheet.y += line.high + gap
    sheet.add(Box(Rect(sizes.left, top, 2, sheet.y - gap - top)))  # not drawn: it keeps the rows in one column
    if len(pages) > 1 or middle:
        sheet.y = bottom + sheet.size.gap
    if len(pages) > 1:
        lists.turner(sheet, number, len(pages), lambda n: replace(page, number=n), middle)
    elif middle:
        sheet.keys([(*middle, "speech", "plain")], 1)
    elif ledger.note and bottom - sheet.y > 2 * sheet.leading(sheet.size.small):
        most = int((bottom - sheet.y - 8) // sheet.leading(sheet.size.small))
        sheet.text(ledger.note, sheet.size.small, y=sheet.y + 8, color="soft", most=most)


def _set(sheet: Sheet, ledger: Ledger, row: int, room: float, gap: float) -> tuple[Columns, list[Line]]:
    """Rule 2, where it hides no column and no line."""
    size = sheet.size
    plain = chosen(sheet, ledger, size.body, (size.body, size.small))
    large = chosen(sheet, ledger, size.head, (size.head,))
    lines, larger = (_opened(sheet, ledger, row, columns, room, gap) for columns in (plain, large))
    fits = sum(line.high + gap for line in larger) - gap <= room
    if fits and large.which == plain.which and len(larger) == len(lines):
        return large, larger
    return plain, lines


def _names_high(sheet: Sheet) -> float:
    return round(sheet.size.small * 1.5) + 6


def _opened(sheet: Sheet, ledger: Ledger, row: int, columns: Columns, room: float, gap: float) -> list[Line]:
    """Rule 1: the direct lines, level by level opened while the whole fits."""
    rows = [(index, 0) for index in children(ledger, row)]
    lines = [_line(sheet, ledger, index, depth, columns, opens=bool(children(ledger, index))) for index, depth in rows]
    while any(line.opens for line in lines):
        tried = [(_deeper(sheet, ledger, lines, columns, told=told), told) for told in (False, True)]
        fitting = [(more, told) for more, told in tried if sum(line.high + gap for line in more) <= room]
        if not fitting:
            break
        lines, told = fitting[0]
        if told:
            break
    return lines


def _deeper(sheet: Sheet, ledger: Ledger, lines: list[Line], columns: Columns, *, told: bool) -> list[Line]:
    """One level more: in place of the key above it, or only `told` below a key that stays."""
    deeper: list[Line] = []
    for line in lines:
        below = children(ledger, line.index) if line.opens else []
        opens = line.opens and (told or not below)
        deeper.append(_line(sheet, ledger, line.index, line.depth, columns, opens=opens))
        deeper += [
            replace(
                _line(sheet, ledger, index, line.depth + 1, columns, opens=not told and bool(children(ledger, index))),
                bold=not told and bool(children(ledger, index)),
            )
            for index in below
        ]
    return deeper


def _column_names(sheet: Sheet, ledger: Ledger, columns: Columns) -> None:
    size = sheet.size
    x = sizes.left + sizes.room - 28 - columns.right
    for n, wide in zip(columns.which, columns.widths, strict=True):
        name = ledger.columns[n].name
        sheet.text(name, size.small, x=x, y=sheet.y, width=wide, color="soft", align="right", most=1)
        x += wide
    sheet.y += _names_high(sheet)


def _line(sheet: Sheet, ledger: Ledger, index: int, depth: int, columns: Columns, *, opens: bool) -> Line:
    row, size = ledger.rows[index], sheet.size
    inner = sizes.room - 56 - columns.right - depth * 32
    bold = bool(children(ledger, index))
    name = sheet.broken(row.name, columns.name, inner, bold=bold, most=3)
    numbers = tuple(cell(sheet, ledger, index, n) for n in columns.which)
    rest = [n for n in range(len(ledger.columns)) if n not in columns.which and row.cells[n] not in {None, ""}]
    note = " · ".join(f"{ledger.columns[n].name} {cell(sheet, ledger, index, n)}" for n in rest)
    notes = sheet.broken(note, size.small, sizes.room - 56 - depth * 32, most=3) if note else ()
    high = round(columns.name * 1.35) * len(name) + round(size.small * 1.4) * len(notes) + 20
    return Line(index, depth, name, numbers, notes, bold, opens, max(high, size.key if opens else 0))


def _draw_line(sheet: Sheet, page: Accounts, line: Line, columns: Columns) -> None:
    size = sheet.size
    rect = Rect(sizes.left, sheet.y, sizes.room, line.high)
    leading, small = round(columns.name * 1.35), round(size.small * 1.4)
    top = sheet.y + (line.high - leading * len(line.name) - small * len(line.note)) / 2
    left = rect.x + 28 + line.depth * 32
    if line.opens:
        sheet.add(Box(rect, "card", "rim", rim, radius))
        sheet.touchable(rect, "".join(line.name), Open(Accounts(page.item, line.index)))
        side = round(size.body * 0.8)
        sheet.add(Icon(Rect(rect.right - 24 - side, top + (leading - side) / 2, side, side), "next", "rim"))
    else:
        sheet.add(Box(Rect(left, rect.bottom + 3, rect.right - left, 2), "line"))
    sheet.add(Text(left, top, sizes.room, line.name, columns.name, leading, "ink", line.bold))
    x = rect.right - 28 - columns.right
    for text, wide in zip(line.numbers, columns.widths, strict=True):
        sheet.text(text, columns.size, x=x, y=top, width=wide, bold=True, align="right", most=1, leading=leading)
        x += wide
    if line.note:
        y = top + leading * len(line.name)
        sheet.add(Text(left, y, sizes.room, line.note, size.small, small, "soft"))
