"""What can be done at this kiosk (`ways`), a key each: shown while nobody is here and there is nothing to tell."""

from kiosk.flow.actions import Open
from kiosk.flow.frame import Box, Icon, Rect
from kiosk.flow.pages.finding import Catalogue, Guides
from kiosk.flow.pages.hall import Rate, Services
from kiosk.flow.pages.plain import Apply
from kiosk.flow.sheet import Sheet, radius, rim
from kiosk.flow.state import Page
from kiosk.flow.voices import Opinion

ways: tuple[tuple[str, str, Page], ...] = (
    ("guides", "guide", Guides()),
    ("ticket", "ticket", Services()),
    ("open", "accounts", Catalogue()),
    ("opinion", "speech", Opinion()),
    ("rate", "star", Rate()),
    ("apply", "apply", Apply()),
)
_shown_most, _tallest = 5, 168.0


def draw(sheet: Sheet, room: Rect) -> None:
    """As many as the room holds, over its whole height."""
    size, gap = sheet.size, sheet.size.gap
    shown = ways[: min(_shown_most, max(0, int((room.h + gap) // (size.key + gap))))]
    if not shown:
        return
    high = min(_tallest, (room.h + gap) / len(shown) - gap)
    side = round(size.title)
    y = room.y + (room.h - high * len(shown) - gap * (len(shown) - 1)) / 2
    for key, icon, page in shown:
        rect = Rect(room.x, y, room.w, high)
        sheet.add(Box(rect, "card", "rim", rim, radius))
        sheet.touchable(rect, sheet.words(f"home.{key}"), Open(page))
        sheet.add(Icon(Rect(room.x + 40, y + (high - side) / 2, side, side), icon))
        x = room.x + 40 + side + 40
        top = y + (high - size.head * 1.3 - size.small * 1.4) / 2
        wide = room.right - 24 - x
        leading = size.head * 1.3
        sheet.text(sheet.words(f"home.{key}"), size.head, x=x, y=top, width=wide, bold=True, most=1, leading=leading)
        note = sheet.words(f"home.{key}_note")
        sheet.text(note, size.small, x=x, y=top + leading, width=wide, color="soft", most=1, leading=size.small * 1.4)
        y += high + gap
