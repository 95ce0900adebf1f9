"""The open item may not be shown any more: withdrawn, ended or damaged. Said plainly, with what to do (promise 3)."""

from kiosk.flow import sizes, surroundings
from kiosk.flow.actions import Back, GoHome
from kiosk.flow.frame import Icon, Rect
from kiosk.flow.sheet import Sheet


def draw(sheet: Sheet) -> None:
    """In place of the item's page."""
    sheet.name = "gone"
    surroundings.begin(sheet)
    side = round(sheet.size.title * 2)
    sheet.add(Icon(Rect(sizes.left, sheet.y, side, side), "document", "rim"))
    sheet.y += side + 40
    sheet.title(sheet.words("gone.title"), "")
    sheet.text(sheet.words("gone.advice"), sheet.size.body, most=6)
    sheet.settle(sheet.bottom - sheet.size.key)
    sheet.to_bottom(sheet.size.key + sheet.size.gap)
    words = sheet.words
    sheet.keys([(words("gone.back"), Back(), "back", "filled"), (words("gone.home"), GoHome(), "home", "plain")], 2)
    surroundings.finish(sheet)
