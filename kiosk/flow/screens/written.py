"""Writing characters by hand on the search screen: a sheet, and beside it what the ink may be (SCREENS B9).

1. One touch takes a candidate; the sheet is empty again, and the results stand above as with letters.
2. Nine candidates stand beside the sheet, so that neither moves when ink or results come.
3. In low view sheet, candidates and keys lie in the lower half, and the results open on a page of their own.
4. What was written is looked at as a shape only; it is gone with the visit (OFF-08).
"""

from dataclasses import replace

from content_sync.domain import limits
from kiosk.flow import sizes, typed
from kiosk.flow.actions import Action, Change
from kiosk.flow.frame import Box, Drawn, Field, Rect
from kiosk.flow.pages.finding import Search, blank
from kiosk.flow.screens import characters
from kiosk.flow.sheet import Sheet, radius, rim

across, down = 3, 3
_gap = characters.gap
_beside = 16.0


def high(sheet: Sheet) -> float:
    """The height of sheet and keys."""
    return _side(sheet, sheet.left_over) + sheet.size.gap + sheet.size.key


def _side(sheet: Sheet, room: float) -> float:
    """How wide and high the sheet is: beside it three keys must have room, below it a row of them."""
    return min(500.0 if sheet.state.elder else 560.0, room - sheet.size.gap - sheet.size.key)


def draw(sheet: Sheet, page: Search) -> None:
    """Sheet, candidates and keys at the cursor."""
    tall = _side(sheet, sheet.left_over)
    paper = Rect(sizes.left, sheet.y, tall, tall)
    ink = page.ink or blank
    sheet.add(Box(paper, "card", "blue", rim, radius))
    sheet.write_on(Field(paper, ink.width, ink.height))
    sheet.add(Drawn(paper, ink))
    _candidates(sheet, page, Rect(paper.right + _beside, sheet.y, sizes.room - tall - _beside, tall))
    sheet.y += tall + sheet.size.gap
    _keys(sheet, page)
    sheet.y += sheet.size.key


def key(sheet: Sheet, page: Search, rect: Rect) -> None:
    """The key that opens the sheet."""
    opened = Change(Search(page.terms, half=page.half, ink=blank))
    sheet.key(rect, sheet.words("search.hand"), opened, icon="pen", stacked=True, size=sheet.size.small)


def _candidates(sheet: Sheet, page: Search, room: Rect) -> None:
    """Rule 2; before there is ink, what to do."""
    is_full = len(page.terms) >= limits.query_chars_max
    if is_full or not sheet.view.guesses:
        said = "search.hand_none" if page.ink and page.ink.strokes else "search.hand_how"
        sheet.text(
            sheet.words(said), sheet.size.body, x=room.x + 8, y=room.y + 12, width=room.w - 8, color="soft", most=8
        )
        return
    wide, tall = (room.w - (across - 1) * _gap) / across, (room.h - (down - 1) * _gap) / down
    size = sheet.size.title
    for n, char in enumerate(sheet.view.guesses[: across * down]):
        row, column = divmod(n, across)
        rect = Rect(room.x + column * (wide + _gap), room.y + row * (tall + _gap), wide, tall)
        sheet.add(Box(rect, "wash", "blue", rim, radius))
        sheet.text(char, size, x=rect.x, y=rect.y, width=rect.w, bold=True, align="center", leading=rect.h)
        sheet.touchable(rect, char, Change(replace(page, terms=typed.with_written(page.terms, char), ink=blank)))


def _keys(sheet: Sheet, page: Search) -> None:
    """Back to the letters; taking back the ink or the last character; in low view the results."""
    words = sheet.words
    keys: list[tuple[str, Action, str, str]] = [
        (words("search.to_letters"), Change(Search(page.terms, half=page.half)), "", "plain")
    ]
    if page.ink and page.ink.strokes:
        keys.append((words("search.hand_again"), Change(replace(page, ink=blank)), "", "plain"))
    elif page.terms:
        keys.append((words("search.erase"), Change(replace(page, terms=typed.erased(page.terms))), "erase", "plain"))
    found = len(sheet.view.hits or sheet.view.near)
    if sheet.state.low and found:  # rule 3
        keys.append((words("search.look", n=found), Change(replace(page, found=True)), "", "filled"))
    sheet.keys(keys, max(2, len(keys)))
