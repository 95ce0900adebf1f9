"""Finding by letters: the first letters of pinyin on large keys, results at once, characters to narrow them.

1. Results stand above the keys from the first letter on; characters that part the results can be tapped (no IME).
2. In low view the keys keep the lower half, and results open on a page of their own.
"""

from dataclasses import replace

from kiosk.flow import lists, sizes, surroundings
from kiosk.flow.actions import Action, Change, Open
from kiosk.flow.frame import Box, Icon, Rect
from kiosk.flow.screens import keypad
from kiosk.flow.sheet import Sheet, radius
from kiosk.flow.state import Guides, Help, Search


def draw(sheet: Sheet, page: Search) -> None:
    """The keypad with results, or results alone."""
    surroundings.begin(sheet)
    if page.found:
        _results(sheet, page)
    elif sheet.state.low:
        _low(sheet, page)
    else:
        _normal(sheet, page)
    surroundings.finish(sheet)


def _normal(sheet: Sheet, page: Search) -> None:
    gap = 12.0
    _field(sheet, page)
    keypad_top = sheet.bottom - 4 * (sheet.size.key + gap) + gap
    strip_high = sheet.size.key + gap
    bottom, sheet.bottom = sheet.bottom, keypad_top - 16
    if not page.terms:
        _advice(sheet)
    elif not sheet.view.hits:
        _not_found(sheet, page)
    else:
        characters = keypad.suggestions(sheet, page)
        if characters:
            sheet.bottom -= strip_high
        _hits(sheet, page)
        sheet.bottom = keypad_top - 16
        keypad.strip(sheet, page, characters, keypad_top - strip_high)
    sheet.bottom = bottom
    sheet.y = keypad_top
    keypad.draw(sheet, page, keypad.letters)


def _field(sheet: Sheet, page: Search) -> None:
    """What was typed, large; a key clears it."""
    words, size = sheet.words, sheet.size
    high, clear = size.key + 8, 200.0
    rect = Rect(sizes.left, sheet.y, sizes.room - (clear + 12 if page.terms else 0), high)
    sheet.add(Box(rect, "card", "blue", 5, radius))
    side = round(size.head * 1.1)
    sheet.add(Icon(Rect(rect.x + 32, rect.y + (high - side) / 2, side, side), "search", "blue"))
    x = rect.x + 32 + side + 24
    text = spelled(page.terms) if page.terms else words("search.empty_field")
    size_of = size.head if page.terms else size.body
    sheet.text(
        text,
        size_of,
        x=x,
        y=rect.y,
        width=rect.right - 24 - x,
        color="ink" if page.terms else "soft",
        bold=bool(page.terms),
        most=1,
        leading=high,
    )
    if page.terms and not sheet.state.low:
        key = Rect(rect.right + 12, rect.y, clear, high)
        sheet.key(key, words("search.clear"), Change(Search()))
    sheet.y += high + 20


def spelled(terms: str) -> str:
    """Letters large and parted, so that each can be seen: S F Z."""
    return "　".join(" ".join(term.upper()) if term.isascii() else term for term in terms.split())


def _advice(sheet: Sheet) -> None:
    words, size = sheet.words, sheet.size
    sheet.text(words("search.how"), size.body, most=4)
    sheet.y += 16
    cell, gap = round(size.body * 1.7), 10.0
    for n in (1, 2, 3):
        if (sizes.reach if sheet.state.low else sheet.bottom) - sheet.y < cell + gap:
            break
        sheet.text(words(f"search.example{n}"), size.body, y=sheet.y, most=1, leading=cell)
        for place, letter in enumerate(words(f"search.example{n}_letters")):
            rect = Rect(sizes.left + 5.2 * size.body + place * (cell + gap), sheet.y, cell, cell)
            sheet.add(Box(rect, "wash", radius=10))
            sheet.text(letter, size.body, x=rect.x, y=rect.y, width=cell, bold=True, align="center", leading=cell)
        sheet.y += cell + 14
    if not sheet.state.low:
        _common(sheet)


def _common(sheet: Sheet) -> None:
    """Guides people come for, before anything is tapped."""
    entries = [lists.entry(sheet, row) for row in sheet.view.rows if row.kind == "guide"]
    heading = sheet.leading(sheet.size.body + 2) + 34
    if not entries or sheet.left_over < heading + sheet.size.key + 20:
        return
    sheet.y += 20
    sheet.heading(sheet.words("search.common"))
    fitting = lists.split(lists.heights(sheet, entries), sheet.left_over, 12)[0][1]
    lists.draw(sheet, entries[:fitting], 0, lambda _: sheet.state.page)


def _not_found(sheet: Sheet, page: Search) -> None:
    words, size = sheet.words, sheet.size
    sheet.text(words("search.nothing", terms=spelled(page.terms)), size.head, bold=True, most=2)
    sheet.y += 8
    sheet.text(words("search.nothing_advice"), size.body, color="soft", most=2 if sheet.state.elder else 4)
    sheet.y += 20
    keys: list[tuple[str, Action, str, str]] = [
        (words("search.browse"), Open(Guides()), "guide", "plain"),
        (words("search.ask"), Open(Help()), "help", "plain"),
    ]
    sheet.keys(keys, 2)


def _hits(sheet: Sheet, page: Search) -> None:
    """As many results as fit; one more key opens all of them."""
    words, size = sheet.words, sheet.size
    hits = sheet.view.hits
    entries = [lists.entry(sheet, row) for row in hits]
    tall = lists.heights(sheet, entries)
    first = lists.split(tall, sheet.left_over, 12)[0][1]
    if first < len(entries):
        first = lists.split(tall, sheet.left_over - size.key - 12, 12)[0][1]
    lists.draw(sheet, entries[:first], 0, lambda _: page)
    if first < len(entries) and sheet.left_over >= size.key:
        rect = Rect(sizes.left, sheet.y, sizes.room, size.key)
        sheet.key(rect, words("search.all", n=len(hits)), Change(replace(page, found=True)), icon="contents")


def _results(sheet: Sheet, page: Search) -> None:
    """All results without the keys."""
    words = sheet.words
    sheet.title(words("search.found", n=len(sheet.view.hits)), spelled(page.terms))
    if not sheet.view.hits:
        lists.nothing(sheet, words("search.nothing", terms=spelled(page.terms)), words("search.nothing_advice"))
        return
    entries = [lists.entry(sheet, row) for row in sheet.view.hits]
    bottom, sheet.bottom = sheet.bottom, sheet.bottom - sheet.size.key - 16
    lists.draw(sheet, entries, page.number, lambda n: replace(page, number=n))
    sheet.bottom = bottom
    rect = Rect(sizes.left, bottom - sheet.size.key, sizes.room, sheet.size.key)
    sheet.key(rect, words("search.letters"), Change(replace(page, found=False)), icon="search")


def _low(sheet: Sheet, page: Search) -> None:
    """Rule 2."""
    words, size, gap = sheet.words, sheet.size, 12.0
    _field(sheet, page)
    hits = sheet.view.hits
    if not page.terms:
        _advice(sheet)
    elif hits:
        for row in hits:
            if sheet.y + size.body * 1.6 > sizes.reach - 24:
                break
            sheet.text(row.plain_title or row.title, size.body, most=1)
    else:
        sheet.text(words("search.nothing", terms=spelled(page.terms)), size.head, bold=True, most=2)
        sheet.text(words("search.nothing_advice"), size.body, color="soft", most=3)
    sheet.y += 24
    sheet.reach()
    keypad.draw(sheet, page, keypad.halves[page.half] if sheet.state.elder else keypad.letters)
    sheet.y += gap
    keypad.low_keys(sheet, page)
