"""The six sections every hall must show (CAT-12), in one row of equal keys.

1. A name stands in two lines where it can be parted; it is set smaller rather than in more lines or with a cut word.
2. A hall's second language stands behind the name, never larger (LNG-01).
"""

from collections.abc import Callable

from content_sync.domain.disclosure.catalogue import sections
from kiosk.flow import sizes
from kiosk.flow.actions import Action
from kiosk.flow.frame import Box, Rect, Text
from kiosk.flow.sheet import Sheet, radius, rim

_gap, _pad, _edge, _most = 12.0, 3.0, 4.0, 40


def draw(sheet: Sheet, leads_to: Callable[[str], Action], chosen: str = "") -> None:
    """The row at the cursor; the chosen section has a thick blue rim and bold words."""
    size = sheet.size
    wide = (sizes.room - 5 * _gap) / 6
    names = {section: _lines(sheet.words(f"section_name.{section}")) for section in sections}
    em = _size(sheet, [line for lines in names.values() for line in lines], wide - 2 * _pad)
    em = min(em, _most) if sheet.view.beside else em
    leading = round(em * 1.35)  # N-07: as large type needs
    for n, (section, lines) in enumerate(names.items()):
        here = section == chosen
        rect = Rect(sizes.left + n * (wide + _gap), sheet.y, wide, size.key)
        sheet.add(Box(rect, "card", "blue" if here else "rim", 5 if here else rim, radius))
        sheet.touchable(rect, sheet.words(f"section_name.{section}"), leads_to(section))
        top = rect.y + (rect.h - len(lines) * leading) / 2
        taken = max(sheet.measure.width(line, em, bold=True) for line in lines)
        right = Rect(rect.x + _edge + taken, rect.y + 8, wide - 2 * _edge - taken - 4, rect.h - 16)
        if sheet.beside(f"section_name.{section}", right, em):
            sheet.add(Text(rect.x + _edge, top, taken, lines, em, leading, bold=here))
        else:
            sheet.add(Text(rect.x, top, wide, lines, em, leading, bold=here, align="center"))
    sheet.y += size.key + size.gap


def _lines(name: str) -> tuple[str, ...]:
    """Rule 1: after a word, or after two of four characters."""
    first, _, rest = name.partition(" ")
    if name.isascii():
        return (first, rest) if rest else (first,)
    return name[:2], name[2:]


def _size(sheet: Sheet, lines: list[str], room: float) -> float:
    """Rule 1: one size for all names."""
    widest = max(sheet.measure.width(line, sheet.size.small, bold=True) for line in lines)
    return min(sheet.size.small, int(sheet.size.small * room / widest))
