"""告知单 (GUI-03) on the screen: what to take along in one's own case, with the version it is true of.

1. The page says word for word what the paper says, so it is complete without printer and without phone (LNG-02).
2. With a printer that prints, one key puts it on paper and the page says how that goes. Where nothing prints now, a
   code to take along stands there if phones reach the guide's page; else what helps instead.
3. One paper at a time: while one is coming, the key is not there.
"""

from collections.abc import Iterator
from dataclasses import replace

from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.guides import Guide
from kiosk.flow import sizes, surroundings, text_pages
from kiosk.flow.actions import Open, PrintHandout
from kiosk.flow.frame import Box, Rect
from kiosk.flow.handout import Handout, handout
from kiosk.flow.pages.reading import CodeOf, HandoutOf
from kiosk.flow.screens import gone
from kiosk.flow.sheet import Sheet, radius

_able = frozenset({"ready", "low"})
_coming = frozenset({"queued", "printing", "failed"})
_code_side = 380.0  # eight pixels a module for the usual address


def draw(sheet: Sheet, page: HandoutOf) -> None:
    """The slip by pages, and how to take it along."""
    if sheet.view.item is None or not isinstance(sheet.view.item[0].body, Guide):
        gone.draw(sheet)
        return
    item, body_hash = sheet.view.item
    view, words = sheet.view, sheet.words
    sheet.showing(item.id, body_hash, item.channel)
    made = handout(item, sheet.view.item[0].body, page.answers, view.site, view.county, view.now, words)
    surroundings.begin(sheet)
    surroundings.warnings(sheet, {item.channel})
    sheet.text(f"{made.title} · {made.name}", sheet.size.head, bold=True, most=2)
    for line in (made.situation, made.version):
        sheet.text(line, sheet.size.small, color="soft", most=2) if line else None
    sheet.y += 12
    bottom = sheet.bottom
    able = view.printer in _able
    sheet.bottom = (_printing(sheet, page, made, body_hash) if able else _without(sheet, made)) - sheet.size.gap
    text_pages.paged(sheet, tuple(_blocks(made)), page.number, lambda n: replace(page, number=n))
    sheet.bottom = bottom
    surroundings.finish(sheet, {item.channel})


def _blocks(made: Handout) -> Iterator[Block]:
    """Rule 1."""
    yield Block("h2", made.bring)
    for paper in made.papers:
        yield Block("p", paper.name)
        yield from (Block("li", note) for note in (" · ".join(paper.notes),) if note)
    for fact in made.facts:
        yield Block("p", fact.said)
    yield Block("p", made.closing)


def _printing(sheet: Sheet, page: HandoutOf, made: Handout, shown: str) -> float:
    """Rules 2 and 3: the keys at the bottom, what is said above them; where the page's text has to end."""
    words, size, state = sheet.words, sheet.size, sheet.view.handout
    high, wide = size.key + 16, (sizes.room - size.gap) / 2
    top = sheet.bottom - high
    is_enough = sheet.state.handouts >= limits.handouts_per_visit_max
    key = Rect(sizes.left, top, wide if made.link else sizes.room, high)
    if made.link:
        code = Rect(key.right + size.gap, top, wide, high)
        sheet.key(code, words("item.code"), Open(CodeOf(page.item, page.answers)), icon="code")
    said = ""
    if state in _coming:
        said = words("handout.coming")
    elif is_enough:
        said = words("handout.printed") if state == "printed" else words("handout.enough")
    else:
        label = words("handout.again") if state == "printed" else words("handout.print")
        look = "plain" if state == "printed" else "filled"
        sheet.key(key, label, PrintHandout(page.item, page.answers, shown), icon="document", look=look)
        said = {"printed": words("handout.printed"), "dropped": words("handout.failed")}.get(state, "")
    if said and (state in _coming or is_enough):  # it stands where the key was
        lines = sheet.broken(said, size.body, key.w - 8, most=2)
        leading = round(size.body * 1.35)
        at = top + (high - leading * len(lines)) / 2
        sheet.text(said, size.body, x=key.x, y=at, width=key.w - 8, bold=True, most=2, leading=leading)
        return top
    if said:
        top -= sheet.leading(size.body) * len(sheet.broken(said, size.body, sizes.room, most=2)) + 8
        sheet.text(said, size.body, y=top, bold=True, most=2)
    return top


def _without(sheet: Sheet, made: Handout) -> float:
    """Rule 2: nothing prints now."""
    words, size = sheet.words, sheet.size
    said = words({"none": "handout.none", "out": "handout.out"}.get(sheet.view.printer, "handout.failed"))
    if not made.link:
        lines = sheet.broken(said, size.body, sizes.room, most=3)
        top = sheet.bottom - len(lines) * sheet.leading(size.body)
        sheet.text(said, size.body, y=top, color="soft", most=3)
        return top
    side = _code_side
    top = sheet.bottom - side
    box = Rect(sizes.left, top, side, side)
    sheet.add(Box(box, "white", "line", 3, radius))
    sheet.code(made.link, side - 12, x=box.x + 6, y=box.y + 6)
    x = box.right + 28
    wide = sizes.left + sizes.room - x
    high = sheet.text(made.scan, size.body, x=x, y=top + 8, width=wide, bold=True, most=2)
    sheet.text(said, size.small, x=x, y=top + 16 + high, width=wide, color="soft", most=4)
    return top
