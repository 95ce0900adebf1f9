"""The keys of the search screen: letters, taking back.

1. i, u and v begin no syllable; 23 letters and one key to take back make four rows of six.
2. In low view there are seven in a row, so that a row of characters fits above them into the lower half; what is left
   of the last row clears the field, opens the sheet to write on, and opens the results.
3. In elder low view the letters come in two halves of two rows, and taking back stands below them.
4. Characters may lie in the letters' places (screens.characters rule 2).
"""

from dataclasses import replace

from kiosk.flow import sizes, typed
from kiosk.flow.actions import Change, Open
from kiosk.flow.frame import Box, Rect
from kiosk.flow.pages.finding import Guides, Search
from kiosk.flow.screens import characters, written
from kiosk.flow.sheet import Sheet, radius, rim

letters = "abcdefghjklmnopqrstwxyz"
halves = (letters[:12], letters[12:])
_gap = characters.gap


def slots(sheet: Sheet) -> int:
    """How many characters can lie in the letters' places; one place is kept for 字母."""
    return len(halves[0]) if _halved(sheet) else len(letters) - 1


def high(sheet: Sheet) -> float:
    """The height of all keys in normal view."""
    return 4 * (sheet.size.key + _gap) - _gap


def draw(sheet: Sheet, page: Search) -> None:
    """All keys at the cursor."""
    size, state = sheet.size, sheet.state
    keys = halves[page.half] if _halved(sheet) else letters
    if page.more and sheet.view.characters:
        for n, char in enumerate(characters.batch(sheet, page, slots(sheet))):  # rule 4
            characters.key(sheet, page, char, _place(sheet, n))
        if not _halved(sheet):
            _to_letters(sheet, page, _place(sheet, slots(sheet)))
    else:
        for n, letter in enumerate(keys):
            _letter(sheet, page, letter, _place(sheet, n))
    if _halved(sheet):
        sheet.y += 2 * (size.key + _gap)
        _low_elder_keys(sheet, page)
        return
    _erase(sheet, page, _place(sheet, len(letters)))
    if state.low:
        _low_keys(sheet, page)  # rule 2
    sheet.y += high(sheet)


def _halved(sheet: Sheet) -> bool:
    """Rule 3."""
    return sheet.state.low and sheet.state.elder


def _place(sheet: Sheet, n: int, span: int = 1) -> Rect:
    count = 7 if sheet.state.low and not sheet.state.elder else 6
    wide, tall = (sizes.room - (count - 1) * _gap) / count, sheet.size.key
    x, y = sizes.left + n % count * (wide + _gap), sheet.y + n // count * (tall + _gap)
    return Rect(x, y, span * (wide + _gap) - _gap, tall)


def _letter(sheet: Sheet, page: Search, letter: str, rect: Rect) -> None:
    sheet.add(Box(rect, "card", "rim", rim, radius))
    sheet.text(
        letter.upper(), sheet.size.head, x=rect.x, y=rect.y, width=rect.w, bold=True, align="center", leading=rect.h
    )
    terms = typed.with_letter(page.terms, letter)
    sheet.touchable(rect, letter.upper(), Change(Search(terms, half=page.half)))


def _to_letters(sheet: Sheet, page: Search, rect: Rect) -> None:
    sheet.key(rect, sheet.words("search.to_letters"), Change(replace(page, more=0)), size=sheet.size.small)


def _erase(sheet: Sheet, page: Search, rect: Rect) -> None:
    fewer = Change(Search(typed.erased(page.terms), half=page.half))
    sheet.key(rect, sheet.words("search.erase"), fewer, icon="erase", stacked=True, size=sheet.size.small)


def _low_keys(sheet: Sheet, page: Search) -> None:
    first = len(letters) + 1
    if sheet.view.can_write:
        written.key(sheet, page, _place(sheet, first))
        first += 1
    if page.terms:
        sheet.key(_place(sheet, first), sheet.words("search.clear"), Change(Search()), size=sheet.size.small)
    _look(sheet, page, _place(sheet, first + 1, 2 if sheet.view.can_write else 3))


def _low_elder_keys(sheet: Sheet, page: Search) -> None:
    """The other half of the letters or the letters again, the sheet to write on, taking back, and the results."""
    count = 4 if sheet.view.can_write else 3
    wide = (sizes.room - (count - 1) * _gap) / count
    first, *write, second, third = (
        Rect(sizes.left + n * (wide + _gap), sheet.y, wide, sheet.size.key) for n in range(count)
    )
    for rect in write:
        written.key(sheet, page, rect)
    if page.more and sheet.view.characters:
        _to_letters(sheet, page, first)
    else:
        other = 1 - page.half
        label = sheet.words("search.half", first=halves[other][0].upper(), last=halves[other][-1].upper())
        sheet.key(first, label, Change(replace(page, half=other)))
    _erase(sheet, page, second)
    _look(sheet, page, third)
    sheet.y += sheet.size.key


def _look(sheet: Sheet, page: Search, rect: Rect) -> None:
    """The results; a person and browsing where there are none."""
    if hits := len(sheet.view.hits or sheet.view.near):
        sheet.key(rect, sheet.words("search.look", n=hits), Change(replace(page, found=True)), look="filled")
    elif page.terms:
        sheet.key(rect, sheet.words("search.browse"), Open(Guides()), icon="guide")
