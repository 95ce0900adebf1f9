"""An item's address as a code large enough for an old phone; without one, why not and what instead (QUE-02)."""

from content_sync.domain.disclosure import which
from content_sync.domain.disclosure.guides import Guide
from content_sync.domain.disclosure.items import Item, call_name
from kiosk.flow import links, sizes, surroundings
from kiosk.flow.frame import Box, Rect
from kiosk.flow.pages.reading import CodeOf
from kiosk.flow.screens import gone
from kiosk.flow.sheet import Sheet, radius

_side = 820.0


def draw(sheet: Sheet, page: CodeOf) -> None:
    """To read it on, or to do the thing online where that was asked for and can be."""
    words = sheet.words
    if sheet.view.item is None:
        gone.draw(sheet)
        return
    item, body_hash = sheet.view.item
    sheet.showing(item.id, body_hash, item.channel)
    surroundings.begin(sheet)
    answers = which.clear(item.body, page.answers) if isinstance(item.body, Guide) else ()
    done = links.online_link(item.link) if page.online else ""
    address = done or links.item_link(item.id, item.link, sheet.view.county, answers)
    sheet.title(words("code.online") if done else words("code.title") if address else words("code.none"))
    sheet.text(call_name(item), sheet.size.body, bold=True, most=3)
    sheet.y += 28
    if address:
        _code(sheet, address)
    else:
        _without(sheet, item)
    surroundings.finish(sheet, {item.channel})


def _code(sheet: Sheet, address: str) -> None:
    words, size = sheet.words, sheet.size
    sheet.begin_body()
    below = sheet.leading(size.head) + 2 * sheet.leading(size.small) + 60
    side = min(_side, sheet.left_over - below)
    box = Rect((sizes.wide - side) / 2, sheet.y, side, side)
    sheet.add(Box(box, "white", "line", 3, radius))
    sheet.code(address, side - 12, x=box.x + 6, y=box.y + 6)
    sheet.y += side + 32
    sheet.text(words("code.how"), size.head, bold=True, align="center", most=1)
    sheet.y += 8
    sheet.text(address, size.small, color="soft", align="center", most=2)
    sheet.add(Box(Rect(box.x, box.y, 2, sheet.y - box.y)))  # not drawn: it keeps the words below their code
    sheet.settle(sheet.bottom)


def _without(sheet: Sheet, item: Item) -> None:
    sheet.text(sheet.words("code.none_note"), sheet.size.body, most=6)
    sheet.y += 20
    if item.index_number:
        sheet.text(sheet.words("code.index", number=item.index_number), sheet.size.head, bold=True, most=2)
