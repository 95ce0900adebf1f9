"""The idle screen's film, drawn: one page of a notice (film_pages) in its room (SCREENS A4).

1. Every page says who says it and when, and which page of how many. A public notice counts its days on every page, in
   red when few are left (CAT-21).
2. Touching a page opens the item itself; every page says so.
"""

from content_sync.domain import limits
from kiosk.flow import dates, lists
from kiosk.flow.actions import Open, Wake
from kiosk.flow.board import codes, moments, pages
from kiosk.flow.board.pages import Page
from kiosk.flow.board.stories import Story
from kiosk.flow.film_pages import code_gap, foot_high, gap, head_high, pad, type_of
from kiosk.flow.frame import Box, Icon, Rect, Text
from kiosk.flow.sheet import Sheet, radius


def draw(sheet: Sheet, page: Page, room: Rect) -> None:
    """The page in its room."""
    story, size = page.story, sheet.size
    alarm = story.kind == "emergency"
    sheet.add(Box(room, "card", "red" if alarm else "rim", 5 if alarm else 3, radius))
    x, wide = room.x + pad, room.w - 2 * pad
    _head(sheet, page, room)
    y = room.y + pad + head_high(sheet)
    leading = round(page.title_size * 1.3)
    color = "red" if alarm else "ink"
    sheet.add(Text(x, y, wide, page.title, page.title_size, leading, color, bold=True))
    y += len(page.title) * leading + gap
    kind = type_of(page.size or size.head)
    for line in page.lines:
        sheet.add(Text(x, y, wide, (line.text,), kind.body, kind.leading, bold=line.bold))
        if line.right:
            sheet.add(Text(x, y, wide, (line.right,), kind.body, kind.leading, bold=True, align="right"))
        y += kind.leading
    _foot(sheet, page, room)
    row = next(iter(sheet.view.shelf.where("id", story.item)), None)
    sheet.showing(story.item, story.hash, row.channel if row else "")
    whole = Rect(0, room.y, room.x + room.right, room.h)
    sheet.touchable(whole, story.title, Open(lists.page_of(row)) if row else Wake())  # rule 2


def _head(sheet: Sheet, page: Page, room: Rect) -> None:
    """What kind it is, who says it and when; how many days are left (rule 1)."""
    story, size, words = page.story, sheet.size, sheet.words
    alarm, high = story.kind == "emergency", head_high(sheet) - gap
    x, y, wide = room.x + pad, room.y + pad - 8, room.w - 2 * pad
    side = round(size.body * 1.2)
    icon = lists.kind_icons.get(story.kind, "notice")
    sheet.add(Icon(Rect(x, y + (high - side) / 2, side, side), icon, "red" if alarm else "blue"))
    told, color = _left(sheet, story)
    taken = sheet.measure.width(told, size.small, bold=True) + 24 if told else 0
    x, wide = x + side + 16, wide - side - 16
    said = words("list.note", unit=story.unit, day=dates.day(words, story.dated, sheet.view.now))
    said = f"{story.label} · {said}" if story.label and story.kind != "ledger" else said
    if sheet.measure.width(said, size.small) > wide - taken:
        said = story.unit
    said = pages.shortened(said, size.small, wide - taken, sheet.measure)
    sheet.text(said, size.small, x=x, y=y, width=wide - taken, color="soft", leading=high)
    if told:
        sheet.text(told, size.small, x=x, y=y, width=wide, color=color, bold=True, align="right", leading=high)


def _left(sheet: Sheet, story: Story) -> tuple[str, str]:
    """How many days a public notice still runs, and the colour that says it."""
    days = moments.days_left(story.ends, sheet.view.now) if story.is_public_notice and story.ends else None
    if story.ends is None or days is None or days > limits.public_notice_days_told:
        return "", ""
    return dates.left(sheet.words, story.ends, sheet.view.now), "red" if days <= limits.film_days_near else "ink"


def _foot(sheet: Sheet, page: Page, room: Rect) -> None:
    """That a touch opens it, which page this is, and the code (rules 1 and 2)."""
    size, words = sheet.size, sheet.words
    high, x = foot_high(sheet), room.x + pad
    y = room.bottom - high - pad / 2
    code = codes.side(page.story.payload) if page.has_code else 0
    free = room.w - 2 * pad - (code + code_gap if code else 0)
    key = "film.rows" if page.story.kind == "ledger" else "film.whole" if page.is_abridged else "film.open"
    side = round(size.body * 1.1)
    sheet.add(Icon(Rect(x, y + (high - side) / 2, side, side), "touch", "blue"))
    told = words("page.of", number=page.number, count=page.count) if page.count > 1 else ""
    room_left = free - side - 38 - sheet.measure.width(words(key), size.body)
    if sheet.measure.width(told, size.body) > room_left:
        told = f"{page.number}/{page.count}"
    taken = sheet.measure.width(told, size.body) + 24 if told else 0
    sheet.text(
        words(key), size.body, x=x + side + 14, y=y, width=free - side - 14 - taken, color="blue", leading=high, most=1
    )
    if told:
        sheet.text(told, size.body, x=x, y=y, width=free, color="soft", align="right", leading=high, most=1)
    if code:
        at = Rect(room.right - pad - code, room.bottom - pad / 2 - code, code, code)
        sheet.code(page.story.payload, code, x=at.x, y=at.y)
