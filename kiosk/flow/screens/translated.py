"""An item in the visitor's own language, as its office wrote it (LNG-01).

1. The Chinese name and summary stand first and are never smaller than what follows (N-08); they are what counts.
2. English follows as lines. A script of its own follows in its own direction, whole words, page by page.
"""

from collections.abc import Iterator
from dataclasses import replace

from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.items import Item, Second, call_name, second_of
from kiosk.flow import lists, sizes, surroundings, text_pages
from kiosk.flow.actions import Open
from kiosk.flow.frame import Box, Rect, Script
from kiosk.flow.pages.reading import Translated
from kiosk.flow.screens import gone
from kiosk.flow.sheet import Sheet

_columns = frozenset({"mn"})
_between, _paragraph = 10.0, 26.0
_Part = tuple[str, float, float, float]  # words, width, height, space before


def key(sheet: Sheet, item: Item) -> tuple[str, Open] | None:
    """What opens this screen, where somebody translated the item into the visitor's language."""
    language = sheet.state.language
    if second_of(item, language) is None or language not in sheet.view.languages:
        return None
    return sheet.words(f"language.{language}"), Open(Translated(item.id))


def draw(sheet: Sheet, page: Translated) -> None:
    """Rule 1, then the page of the translation."""
    second = second_of(sheet.view.item[0], sheet.state.language) if sheet.view.item else None
    if sheet.view.item is None or second is None:
        gone.draw(sheet)
        return
    (item, body), size = sheet.view.item, sheet.size
    sheet.showing(item.id, body, item.channel)
    surroundings.begin(sheet)
    surroundings.warnings(sheet, {item.channel})
    sheet.text(call_name(item), size.title, bold=True, most=2)
    if item.summary and not sheet.state.elder:
        sheet.y += 6
        sheet.text(item.summary, size.body, most=2)
    sheet.y += 6
    sheet.text(sheet.words("second.counts"), size.small, color="soft", most=1)
    sheet.y += 12
    sheet.add(Box(Rect(sizes.left, sheet.y, sizes.room, 2), "line"))
    sheet.y += 18
    if second.language == "en":
        _lines(sheet, page, second)
    else:
        _script(sheet, page, second)
    surroundings.finish(sheet, {item.channel})


def _texts(second: Second) -> tuple[Block, ...]:
    summary = (Block("p", second.summary),) if second.summary else ()
    return (Block("h2", second.title), *summary, *second.blocks)


def _lines(sheet: Sheet, page: Translated, second: Second) -> None:
    laid = text_pages.lay(sheet, _texts(second), sheet.bottom - sheet.size.key - 16 - sheet.y)
    number = min(page.number, len(laid.pages) - 1)
    text_pages.read_on(sheet, laid, number, lambda n: replace(page, number=n))
    text_pages.draw(sheet, laid.pages[number])
    _turner(sheet, page, number, len(laid.pages))


def _script(sheet: Sheet, page: Translated, second: Second) -> None:
    """Rule 2: columns from the left, or lines from the top."""
    place = Rect(sizes.left, sheet.y, sizes.room, sheet.bottom - sheet.size.key - 16 - sheet.y)
    pages = _pages(list(_parts(sheet, second, place)), place, upright=second.language in _columns)
    number = min(page.number, len(pages) - 1)
    at = 0.0
    for n, (words, wide, high, before) in enumerate(pages[number]):
        at += before if n else 0.0
        x, y = (place.x + at, place.y) if second.language in _columns else (place.right - wide, place.y + at)
        x = place.x if second.language == "bo" else x
        sheet.add(Script(Rect(x, y, wide, high), words, second.language, sheet.size.body))
        at += wide if second.language in _columns else high
    _turner(sheet, page, number, len(pages))


def _parts(sheet: Sheet, second: Second, place: Rect) -> Iterator[_Part]:
    """Every column or line, with the space before it."""
    room, size = (place.h if second.language in _columns else place.w), sheet.size.body
    for block in _texts(second):
        for n, words in enumerate(sheet.measure.parts(block.text, second.language, size, room)):
            wide, high = sheet.measure.extent(words, second.language, size, room)
            yield words, wide, high, _between if n else _paragraph


def _pages(parts: list[_Part], place: Rect, *, upright: bool) -> list[list[_Part]]:
    pages, used, room = [list[_Part]()], 0.0, place.w if upright else place.h
    for part in parts:
        across = (part[1] if upright else part[2]) + part[3]
        if pages[-1] and used + across > room:
            pages.append([])
            used = 0.0
        pages[-1].append(part)
        used += across
    return pages


def _turner(sheet: Sheet, page: Translated, number: int, count: int) -> None:
    if count > 1:
        sheet.y = sheet.bottom - sheet.size.key
        lists.turner(sheet, number, count, lambda n: replace(page, number=n))
