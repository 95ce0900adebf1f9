"""What can be done at this kiosk (`of`), a key each: shown while nobody is here and there is nothing to tell.

A service hall has the six things people come for. One that presents itself as a 政务公开专区 has
its five areas (N-17), and as the sixth key a ticket, or the guides where there is no line to stand in.
"""

from content_sync.domain.county import Site
from kiosk.flow.actions import Open
from kiosk.flow.frame import Box, Icon, Rect
from kiosk.flow.pages.finding import Area, Catalogue, Guides
from kiosk.flow.pages.hall import Rate, Services
from kiosk.flow.pages.plain import Apply
from kiosk.flow.sheet import Sheet, radius, rim
from kiosk.flow.state import Page
from kiosk.flow.voices import Opinion

Ways = tuple[tuple[str, str, Page], ...]
_guides, _ticket, _apply = ("guides", "guide", Guides()), ("ticket", "ticket", Services()), ("apply", "apply", Apply())
_hall: Ways = (
    _guides,
    _ticket,
    ("open", "accounts", Catalogue()),
    ("opinion", "speech", Opinion()),
    ("rate", "star", Rate()),
    _apply,
)
_areas: Ways = (
    ("inquire", "search", Area("inquire")),
    _apply,
    ("consult", "answer", Area("consult")),
    ("voice", "speech", Area("voice")),
    ("reading", "document", Area("reading")),
)
_shown_most, _tallest = 5, 168.0


def of(site: Site | None) -> Ways:
    """The six tiles of this site's first page: key of their words, icon, page."""
    if site is None or not site.rules.zone:
        return _hall
    return (*_areas, _ticket if site.services else _guides)


def draw(sheet: Sheet, room: Rect) -> None:
    """As many as the room holds, over its whole height."""
    size, gap = sheet.size, sheet.size.gap
    ways = of(sheet.view.site)
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
