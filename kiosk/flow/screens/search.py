"""Finding by letters and characters: first letters of pinyin on large keys, results at once (no IME).

1. Results stand above the keys from the first letter on; between the field and them stand the characters that the last
   letter may be (screens.characters).
2. In low view the keys keep the lower half, the characters stand right above the letters, and results open on a page
   of their own.
3. What was typed last is always to be seen: a text too long for the field loses its beginning.
4. Where handwriting is recognised, a key opens a sheet in the letters' place (screens.written).
5. What it finds, and what to do where it finds nothing: screens.search_found. On a panel that lies it stays in the
   column of the field: none of it stands above the letters in the other one.
"""

from kiosk.flow import lists, sizes, surroundings, typed
from kiosk.flow.actions import Change
from kiosk.flow.frame import Box, Icon, Rect
from kiosk.flow.pages.finding import Search, blank
from kiosk.flow.screens import characters, keypad, search_found, written
from kiosk.flow.sheet import Sheet, radius

_common_most = 12  # more rows do not fit on any screen


def draw(sheet: Sheet, page: Search) -> None:
    """The keypad with results, or results alone."""
    surroundings.begin(sheet)
    if page.found:
        search_found.alone(sheet, page)
    elif sheet.state.low:
        _low(sheet, page)
    else:
        _normal(sheet, page)
    surroundings.finish(sheet)


def _normal(sheet: Sheet, page: Search) -> None:
    _field(sheet, page)
    keypad_top = sheet.bottom - (keypad.high(sheet) if page.ink is None else written.high(sheet))
    if sheet.view.characters:
        characters.row(sheet, page, keypad.slots(sheet))
        sheet.y += sheet.size.key + 20
    bottom, sheet.bottom = sheet.bottom, keypad_top - 16
    if sheet.view.lies:  # rule 5
        sheet.bottom = min(sheet.bottom, surroundings.column_end)
    if not page.terms:
        _advice(sheet, page)
    else:
        search_found.beside_keys(sheet, page)
    sheet.bottom = bottom
    sheet.y = keypad_top
    if page.ink is None:
        keypad.draw(sheet, page)
    else:
        written.draw(sheet, page)


def _field(sheet: Sheet, page: Search) -> None:
    """What was typed, large; a key clears it."""
    words, size = sheet.words, sheet.size
    high, clear, write = size.key + 8, 200.0, 168.0
    wide = float(sizes.room)
    if not sheet.state.low:
        wide -= (clear + 12) * bool(page.terms) + (write + 12) * (sheet.view.can_write and page.ink is None)
    rect = Rect(sizes.left, sheet.y, wide, high)
    sheet.add(Box(rect, "card", "blue", 5, radius))
    side = round(size.head * 1.1)
    sheet.add(Icon(Rect(rect.x + 32, rect.y + (high - side) / 2, side, side), "search", "blue"))
    x = rect.x + 32 + side + 24
    room = rect.right - 24 - x
    size_of = size.title if page.terms else size.body
    empty = words("search.empty_field" if page.ink is None else "search.empty_sheet")
    text = _end_of(sheet, typed.shown(page.terms), size_of, room) if page.terms else empty
    waits = 1 if sheet.view.characters else 0
    before = text[: len(text) - waits]
    sheet.text(before, size_of, x=x, y=rect.y, width=room, color="ink" if page.terms else "soft",
               bold=bool(page.terms), most=1, leading=high)  # fmt: skip
    if waits:  # in the colour of the keys that may take its place
        x += sheet.measure.width(before, size_of, bold=True)
        sheet.text(text[-1], size_of, x=x, y=rect.y, width=size_of, color="blue", bold=True, most=1, leading=high)
    if page.terms and not sheet.state.low:
        key = Rect(rect.right + 12, rect.y, clear, high)
        sheet.key(key, words("search.clear"), Change(Search(ink=blank if page.ink else None)))
    if sheet.view.can_write and page.ink is None and not sheet.state.low:
        written.key(sheet, page, Rect(sizes.left + sizes.room - write, rect.y, write, high))
    sheet.y += high + 20


def _end_of(sheet: Sheet, text: str, size: float, room: float) -> str:
    """Rule 3."""
    end = text
    while end and sheet.measure.width(f"…{end}" if end != text else end, size, bold=True) > room:
        end = end[1:]
    return end if end == text else f"…{end.lstrip()}"


def _advice(sheet: Sheet, page: Search) -> None:
    words, size = sheet.words, sheet.size
    if page.ink is not None:
        sheet.text(words("search.hand_advice"), size.body, most=4)
        if not sheet.state.low:
            _common(sheet)
        return
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
    common = sheet.view.shelf.where("kind", "guide")[:_common_most]
    entries = [lists.entry(sheet, row) for row in common]
    heading = sheet.leading(sheet.size.body) + 34
    if not entries or sheet.left_over < heading + sheet.size.key + 20:
        return
    sheet.y += 20
    sheet.heading(sheet.words("search.common"))
    fitting = lists.split(lists.heights(sheet, entries), sheet.left_over, 12)[0][1]
    lists.draw(sheet, entries[:fitting], 0, lambda _: sheet.state.page)


def _low(sheet: Sheet, page: Search) -> None:
    """Rule 2."""
    words, size = sheet.words, sheet.size
    high = size.key + characters.gap
    reach = sizes.reach if sheet.view.characters or page.ink else sizes.reach + high
    _field(sheet, page)
    hits = sheet.view.hits or sheet.view.near
    if not page.terms:
        _advice(sheet, page)
    elif hits:
        if not sheet.view.hits:
            sheet.text(words("search.near"), size.body, color="soft", most=1)
        for row in hits:
            if sheet.y + size.body * 1.6 > reach - 24:
                break
            sheet.text(row.plain_title or row.title, size.body, most=1)
    else:
        sheet.text(words("search.nothing", terms=typed.shown(page.terms)), size.head, bold=True, most=2)
        sheet.text(words("search.nothing_advice"), size.body, color="soft", most=3)
    sheet.y += 24
    sheet.reach(reach)
    if page.ink is not None:
        written.draw(sheet, page)
        return
    if sheet.view.characters:
        characters.row(sheet, page, keypad.slots(sheet))
        sheet.y += high
    keypad.draw(sheet, page)
