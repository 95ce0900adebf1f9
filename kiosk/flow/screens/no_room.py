"""The disk is full: nothing that must be kept can be done here now. It says so, and where it can (promise 7)."""

from kiosk.flow import sizes, surroundings, text_pages
from kiosk.flow.actions import Action, Back, GoHome
from kiosk.flow.frame import Icon, Rect
from kiosk.flow.pages.plain import NoRoom
from kiosk.flow.screens.plain import where
from kiosk.flow.sheet import Sheet


def draw(sheet: Sheet, page: NoRoom) -> None:
    """Over the page that asked for it, with what was typed there; 返回 leads back to it."""
    words, size = sheet.words, sheet.size
    surroundings.begin(sheet)
    side = round(size.title * 1.6)
    sheet.add(Icon(Rect(sizes.left, sheet.y, side, side), "warning", "red"))
    sheet.y += side + 24
    sheet.title(words("noroom.title"), words("noroom.note"))
    bottom = sheet.bottom
    sheet.bottom = bottom - size.key - size.gap
    text_pages.paged(sheet, where(sheet, words("noroom.where"), phone=True), page.number, NoRoom)
    sheet.bottom, sheet.y = bottom, bottom - size.key
    keys: list[tuple[str, Action, str, str]] = [
        (words("noroom.back"), Back(), "back", "filled"),
        (words("noroom.home"), GoHome(), "home", "plain"),
    ]
    sheet.keys(keys, 2)
    surroundings.finish(sheet)
