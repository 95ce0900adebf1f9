"""A number pad: twelve places as on a telephone; what was tapped stands large above it."""

from collections.abc import Callable

from kiosk.flow.actions import Action, Change
from kiosk.flow.screens import large
from kiosk.flow.screens.my_number import twelve
from kiosk.flow.sheet import Sheet
from kiosk.flow.state import Page

_shown = 0.62


def shown(sheet: Sheet, text: str) -> None:
    """The number as it stands, as large as the line allows."""
    large.draw(sheet, text, sheet.size.huge * _shown, least=sheet.size.head, line=1.3)


def draw(
    sheet: Sheet, typed: str, most: int, changed: Callable[[str], Page], last: tuple[str, Action, str] | None,
    *, end: str = "",
) -> None:  # fmt: skip
    """The keys at the cursor; `last` (label, action, look) is the twelfth; `end` may stand at the last place only."""
    size, places = sheet.size, twelve(sheet)
    for digit, rect in zip("1234567890", [*places[:9], places[10]], strict=True):  # a full field keeps its keys
        sheet.key(rect, digit, Change(changed((typed + digit)[:most])), size=size.title)
    if typed:
        sheet.key(places[9], sheet.words("search.erase"), Change(changed(typed[:-1])), icon="erase")
    if end and len(typed) == most - 1:
        sheet.key(places[11], end, Change(changed(typed + end)), size=size.title)
    elif last:
        sheet.key(places[11], last[0], last[1], look=last[2], size=size.head)


def masked(text: str, left: int) -> str:
    """Only the last `left` characters."""
    return "＊" * max(0, min(6, len(text) - left)) + text[-left:]
