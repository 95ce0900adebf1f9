"""Characters that the last letter may stand for: one row of keys, and all of them in place of the letters.

1. The row holds what is known to follow first, then the most used; one touch puts a character in the letter's place.
2. When there are more, 更多 lays them over the letters, batch by batch and round again; results stay where they are.
   字母 brings the letters back.
3. Every key leads to a result: a character nobody's title has here has no key.
"""

from dataclasses import replace

from kiosk.flow import sizes, typed
from kiosk.flow.actions import Change
from kiosk.flow.frame import Box, Rect
from kiosk.flow.pages.finding import Search
from kiosk.flow.sheet import Sheet, radius, rim

gap = 12.0


def across(sheet: Sheet) -> int:
    """How many keys stand in the row."""
    return 6 if sheet.state.elder else 7


def row(sheet: Sheet, page: Search, slots: int) -> None:
    """The row at the cursor (rule 1); `slots` is what the keypad has room for."""
    found, count = sheet.view.characters, across(sheet)
    fitting = found if len(found) <= count else found[: count - 1]
    wide = (sizes.room - (count - 1) * gap) / count
    for n, char in enumerate(fitting):
        key(sheet, page, char, Rect(sizes.left + n * (wide + gap), sheet.y, wide, sheet.size.key))
    pages = -(-(len(found) - len(fitting)) // slots)
    if pages > (1 if page.more else 0):
        place = Rect(sizes.left + (count - 1) * (wide + gap), sheet.y, wide, sheet.size.key)
        action = Change(replace(page, more=page.more % pages + 1))
        sheet.key(place, sheet.words("search.more"), action, size=sheet.size.small)


def batch(sheet: Sheet, page: Search, slots: int) -> tuple[str, ...]:
    """The characters in place of the letters (rule 2); a number beyond the end is the last batch."""
    found, count = sheet.view.characters, across(sheet)
    rest = found[count - 1 :] if len(found) > count else ()
    number = min(page.more, max(1, -(-len(rest) // slots)))
    return rest[(number - 1) * slots : number * slots]


def key(sheet: Sheet, page: Search, char: str, rect: Rect) -> None:
    """One character to touch."""
    joined = char in sheet.view.characters[: sheet.view.following]
    terms = typed.with_character(page.terms, char, joined=joined)
    sheet.add(Box(rect, "wash", "blue", rim, radius))
    size = sheet.size.head
    sheet.text(char, size, x=rect.x, y=rect.y, width=rect.w, bold=True, align="center", leading=rect.h)
    sheet.touchable(rect, char, Change(Search(terms, half=page.half)))
