"""Nothing can be read aloud here: it says so plainly, and who reads it instead (N-07: a voice, or a person)."""

from kiosk.flow import sizes, surroundings
from kiosk.flow.actions import Action, Back, Enlarge, Open
from kiosk.flow.frame import Icon, Rect
from kiosk.flow.pages.plain import Help
from kiosk.flow.sheet import Sheet


def draw(sheet: Sheet) -> None:
    """Over the page that was to be read; 返回 leads back to it."""
    words, size = sheet.words, sheet.size
    surroundings.begin(sheet)
    side = round(size.title * 2)
    sheet.add(Icon(Rect(sizes.left, sheet.y, side, side), "speaker", "rim"))
    sheet.y += side + 32
    sheet.title(words("unheard.title"))
    sheet.text(words("unheard.advice"), size.body, most=5)
    sheet.settle(sheet.bottom - 2 * (size.key + size.gap))
    sheet.to_bottom(2 * (size.key + size.gap))
    sheet.keys([(words("unheard.person"), Open(Help()), "help", "filled")], 1)
    larger: list[tuple[str, Action, str, str]] = [(words("unheard.larger"), Enlarge(), "big", "plain")]
    sheet.keys([(words("unheard.back"), Back(), "back", "plain"), *([] if sheet.state.elder else larger)], 2)
    surroundings.finish(sheet)
