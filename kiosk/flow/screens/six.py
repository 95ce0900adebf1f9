"""The six sections every hall must show (CAT-12), in one row of equal keys."""

from collections.abc import Callable

from content_sync.domain.disclosure.catalogue import sections
from kiosk.flow import sizes
from kiosk.flow.actions import Action
from kiosk.flow.frame import Box, Rect
from kiosk.flow.sheet import Sheet, radius, rim

_gap = 12.0


def draw(sheet: Sheet, leads_to: Callable[[str], Action], chosen: str = "") -> None:
    """The row at the cursor; the chosen section has a thick blue rim and bold words."""
    size = sheet.size
    wide = (sizes.room - 5 * _gap) / 6
    leading = round(size.small * 1.25)
    for n, (section, name) in enumerate(sections.items()):
        here = section == chosen
        rect = Rect(sizes.left + n * (wide + _gap), sheet.y, wide, size.key)
        sheet.add(Box(rect, "card", "blue" if here else "rim", 5 if here else rim, radius))
        sheet.touchable(rect, name, leads_to(section))
        for line, half in enumerate((name[:2], name[2:])):
            y = rect.y + (rect.h - 2 * leading) / 2 + line * leading
            sheet.text(half, size.small + 2, x=rect.x, y=y, width=wide, bold=here, align="center", leading=leading)
    sheet.y += size.key + size.gap
