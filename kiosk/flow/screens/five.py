"""五个一 as five keys on a guide (GUI-02): 网上办, 指南, 告知单, 评价, 样表. What is missing says whom to ask.

What cannot be done online itself has 手机看 in the first place: the county's page of it, for a phone.
"""

from content_sync.domain.disclosure import five_ones
from content_sync.domain.disclosure.guides import Guide as GuideBody
from content_sync.domain.disclosure.items import Item
from kiosk.flow import sizes
from kiosk.flow.actions import Open
from kiosk.flow.frame import Box, Rect
from kiosk.flow.pages.hall import Rate
from kiosk.flow.pages.reading import CodeOf, Element, Guide, HandoutOf
from kiosk.flow.screens import samples
from kiosk.flow.sheet import Sheet, radius, rim
from kiosk.flow.state import Page

_icons = {"online": "code", "guide": "guide", "handout": "notice", "rating": "star", "sample": "document"}
_gap = 12.0


def draw(sheet: Sheet, item: Item, guide: GuideBody, page: Guide) -> None:
    """One row at the cursor."""
    size = sheet.size
    held = five_ones.held(item, guide, sheet.view.county.public_url if sheet.view.county else "")
    pages: dict[str, Page] = {
        "online": CodeOf(item.id, page.answers, online=bool(item.link)),
        "guide": Element(item.id, "", page.answers),
        "handout": HandoutOf(item.id, page.answers),
        "rating": Rate(),
        "sample": samples.first(item),
    }
    wide = (sizes.room - _gap * (len(pages) - 1)) / len(pages)
    for n, name in enumerate(five_ones.ones):
        rect = Rect(sizes.left + n * (wide + _gap), sheet.y, wide, size.key)
        label = sheet.words("five.phone" if name == "online" and held[name] and not item.link else f"five.{name}")
        if held[name]:
            sheet.key(rect, label, Open(pages[name]), icon=_icons[name], stacked=True, size=size.small)
        else:
            _missing(sheet, rect, label)
    sheet.y += size.key + _gap


def _missing(sheet: Sheet, rect: Rect, label: str) -> None:
    """Grey, nothing to touch: 请咨询窗口."""
    size, words = sheet.size, sheet.words
    sheet.add(Box(rect, "paper", "line", rim, radius))
    whole = words("five.ask")
    ask = whole if sheet.measure.width(whole, size.small) <= rect.w - 12 else words("five.ask_short")
    leading = round(size.small * 1.4)
    top = rect.y + (rect.h - 2 * leading) / 2
    for n, line in enumerate((label, ask)):
        y = top + n * leading
        sheet.text(line, size.small, x=rect.x, y=y, width=rect.w, color="soft", align="center", most=1, leading=leading)
