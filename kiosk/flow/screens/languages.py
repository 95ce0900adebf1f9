"""Which language: one large key each, every language by its own name."""

from kiosk.flow import sizes, surroundings
from kiosk.flow.actions import SwitchLanguage
from kiosk.flow.frame import Rect
from kiosk.flow.sheet import Sheet


def draw(sheet: Sheet) -> None:
    """The languages of this hall, Chinese first."""
    words, size = sheet.words, sheet.size
    surroundings.begin(sheet)
    sheet.title(words("language.title"), words("language.note"))
    sheet.reach()
    high, gap = sheet.tall(len(sheet.view.languages), 1, sheet.bottom), size.gap
    for language in sheet.view.languages:
        look = "chosen" if language == sheet.state.language else "plain"
        rect = Rect(sizes.left, sheet.y, sizes.room, high)
        sheet.key(rect, words(f"language.{language}"), SwitchLanguage(language), look=look, size=size.head)
        own = Rect(rect.x + rect.w / 2 + 150, rect.y + 8, rect.w / 2 - 170, high - 16)
        if language == sheet.view.second:
            sheet.beside(f"language.{language}", own, size.head)
        sheet.y += high + gap
    surroundings.finish(sheet)
