"""Lists that turn by pages: nothing scrolls, nothing is cut.

1. Rows have their own heights; a page takes as many as fit, at least one. When the whole list fits with a sentence
   about each item, the sentences stand there too; when it fits larger, it is set larger.
2. Page keys stand at the bottom of the body, only when there is more than one page.
3. A page number beyond the end (something was withdrawn meanwhile) is the last page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kiosk.flow import dates, list_row, sizes
from kiosk.flow.actions import Action, Change, Open, Stay
from kiosk.flow.frame import Icon, Rect
from kiosk.flow.list_row import Entry, Setting
from kiosk.flow.pages.reading import Accounts, Guide, Reader
from kiosk.flow.service_icons import picture
from kiosk.flow.sheet import Sheet
from kiosk.flow.speaker import spoken
from kiosk.flow.state import Page
from kiosk.flow.view import Row

_gap = 12.0
kind_icons = {
    "guide": "guide",
    "notice": "notice",
    "document": "document",
    "ledger": "ledger",
    "answer": "answer",
    "emergency": "warning",
}


def entry(sheet: Sheet, row: Row) -> Entry:
    """An item as a row: its plain title, who says it and when."""
    icon, shown = kind_icons.get(row.kind, "document"), (row.id, row.hash, row.channel)
    if row.kind == "guide":
        icon = picture(row.plain_title or row.title, sheet.words, icon)
    return Entry(row.plain_title or row.title, Open(page_of(row)), said(sheet, row), icon, shown, row.summary)


def said(sheet: Sheet, row: Row) -> str:
    """Who says it, and when."""
    unit = spoken(row.source, row.unit, sheet.view.county)
    return sheet.words("list.note", unit=unit, day=dates.day(sheet.words, row.dated, sheet.view.now))


def page_of(row: Row) -> Page:
    """The page that shows an item of this kind."""
    pages: dict[str, Callable[[str], Page]] = {"guide": Guide, "ledger": Accounts}
    return pages.get(row.kind, Reader)(row.id)


def split(heights: Sequence[float], room: float, gap: float) -> list[tuple[int, int]]:
    """Which rows stand on which page (rule 1): first and behind-last index of each."""
    pages, start, used = [], 0, 0.0
    for n, high in enumerate(heights):
        if n > start and used + high > room:
            pages.append((start, n))
            start, used = n, 0.0
        used += high + gap
    return [*pages, (start, len(heights))]


def draw(
    sheet: Sheet,
    entries: Sequence[Entry],
    number: int,
    turned: Callable[[int], Page],
    *,
    tallest: float = 0,
    grows: bool = False,
) -> None:
    """The page `number` of the list from the cursor down, and the keys that turn it.

    A short list may stretch its rows up to `tallest` px, and be set larger when it `grows` (rule 1).
    """
    sheet.reach()
    cut = _cut(sheet, entries, grows=grows)
    if tallest and len(cut.pages) == 1:
        spare = (sheet.left_over - sum(cut.tall) - _gap * (len(cut.tall) - 1)) / max(1, len(cut.tall))
        cut = replace(cut, tall=[min(max(high, tallest), high + spare) for high in cut.tall])
    _put(sheet, cut, entries.__getitem__, number, turned)


def rows(
    sheet: Sheet, found: Sequence[Row], number: int, turned: Callable[[int], Page], *, grows: bool = False
) -> None:
    """A list of items, ten thousand perhaps: cut into pages once; only those on the page are put into words."""
    sheet.reach()
    found = tuple(found)
    facts = (found, sheet.size, sheet.left_over, grows)
    cut = sheet.view.shelf.last(facts, lambda: _cut(sheet, [_outline(row) for row in found], grows=grows))
    _put(sheet, cut, lambda n: entry(sheet, found[n]), number, turned)


def _outline(row: Row) -> Entry:
    """As tall as the row's entry."""
    return Entry(row.plain_title or row.title, Stay(), "·", "·", more=row.summary)


@dataclass(frozen=True)
class _Cut:
    """How a list is set: how tall each row is, and the first and behind-last row of each page."""

    setting: Setting
    tall: Sequence[float]
    pages: Sequence[tuple[int, int]]


def _cut(sheet: Sheet, entries: Sequence[Entry], *, grows: bool) -> _Cut:
    """Rules 1 and 2, from the cursor down."""
    setting = _set(sheet, entries, sheet.left_over, grows=grows)
    tall = list(list_row.heights(sheet, entries, setting))
    pages = split(tall, sheet.left_over, _gap)
    if len(pages) > 1:
        pages = split(tall, sheet.left_over - _turner_high(sheet), _gap)
    return _Cut(setting, tall, pages)


def _put(sheet: Sheet, cut: _Cut, entry_of: Callable[[int], Entry], number: int, turned: Callable[[int], Page]) -> None:
    number = min(number, len(cut.pages) - 1)  # rule 3
    for n in range(*cut.pages[number]):
        list_row.draw(sheet, entry_of(n), cut.tall[n], cut.setting)
        sheet.y += cut.tall[n] + _gap
    if len(cut.pages) > 1:
        sheet.y = sheet.bottom - _turner_high(sheet) + 16
        turner(sheet, number, len(cut.pages), turned)


def _turner_high(sheet: Sheet) -> float:
    return sheet.size.key + 16


def _set(sheet: Sheet, entries: Sequence[Entry], room: float, *, grows: bool) -> Setting:
    """Rule 1: larger and with sentences, with sentences, without."""
    for setting in [list_row.roomy(sheet)] * grows + [list_row.plain(sheet)]:
        used = -_gap
        for high in list_row.heights(sheet, entries, setting):
            used += high + _gap
            if used > room:
                break
        else:
            return setting
    return list_row.terse(sheet)


def heights(sheet: Sheet, entries: Sequence[Entry]) -> list[float]:
    """How tall each row is when there is little room."""
    return list(list_row.heights(sheet, entries, list_row.terse(sheet)))


def turner(
    sheet: Sheet, number: int, count: int, turned: Callable[[int], Page], middle: tuple[str, Action] | None = None
) -> None:
    """上一页 · 第 2/5 页 · 下一页 at the cursor (rule 2); the middle may be a key."""
    words, high = sheet.words, sheet.size.key
    side, gap = 300.0, sheet.size.gap
    if number:
        sheet.key(
            Rect(sizes.left, sheet.y, side, high), words("page.previous"), Change(turned(number - 1)), icon="previous"
        )
    if number < count - 1:
        right = Rect(sizes.left + sizes.room - side, sheet.y, side, high)
        sheet.key(right, words("page.next"), Change(turned(number + 1)), icon="next")
    place = Rect(sizes.left + side + gap, sheet.y, sizes.room - 2 * (side + gap), high)
    spelled = words("page.of", number=number + 1, count=count)
    if middle:
        sheet.key(place, middle[0], middle[1], note=spelled)
    else:
        sheet.text(
            spelled,
            sheet.size.body,
            x=place.x,
            y=place.y,
            width=place.w,
            color="soft",
            align="center",
            most=1,
            leading=high,
        )


def nothing(sheet: Sheet, title: str, advice: str, icon: str = "search") -> None:
    """An empty list: what that means and what to do."""
    sheet.y += 24
    side = round(sheet.size.title * 1.5)
    sheet.add(Icon(Rect(sizes.left, sheet.y, side, side), icon, "rim"))
    sheet.y += side + 24
    sheet.text(title, sheet.size.head, bold=True, most=3)
    sheet.y += 12
    sheet.text(advice, sheet.size.body, color="soft", most=8)
    sheet.y += 32
