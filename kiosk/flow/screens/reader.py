"""An item's text: notice, document with its explanation, answer, emergency. Paged; headings can be jumped to."""

from dataclasses import replace
from datetime import datetime

from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.items import Answer, Document, Emergency, Item, Notice
from kiosk.flow import lists, sizes, surroundings, text_pages
from kiosk.flow.actions import Change, Open
from kiosk.flow.board import moments
from kiosk.flow.frame import Box, Rect
from kiosk.flow.screens import gone
from kiosk.flow.sheet import Sheet
from kiosk.flow.state import CodeOf, Opinion, Reader

_answer_icons = {"done": "check", "doing": "clock", "cannot": "warning"}


def draw(sheet: Sheet, page: Reader) -> None:
    """One page of the text, or of its contents."""
    if sheet.view.item is None:
        gone.draw(sheet)
        return
    item, body = sheet.view.item
    sheet.showing(item.id, body, item.channel)
    surroundings.begin(sheet)
    tab = page.tab or ("plain" if _explanation(item) else "text")
    action_top = sheet.bottom - sheet.size.key
    surroundings.warnings(sheet, {item.channel})
    start = sheet.y
    _head(sheet, item, full=page.number == 0 and page.contents < 0)
    turner_top = action_top - sheet.size.gap - sheet.size.key
    text_bottom = turner_top - 16
    if _explanation(item) and not (sheet.state.low and page.contents >= 0):
        text_bottom -= _tabs(sheet, page, tab, turner_top)
    blocks = blocks_of(sheet, item, tab)
    later = _later_top(sheet, item, start)
    laid = text_pages.lay(sheet, blocks, text_bottom - later, text_bottom - sheet.y)
    if page.contents >= 0:
        _contents(sheet, page, laid)
    else:
        _page(sheet, page, laid, turner_top)
    sheet.y = action_top
    _actions(sheet, item)
    surroundings.finish(sheet, {item.channel})


def _later_top(sheet: Sheet, item: Item, start: float) -> float:
    """Where the text begins on later pages, below a one-line title."""
    tabs = sheet.size.key + 20 if _explanation(item) and not sheet.state.low else 0
    return start + sheet.leading(sheet.size.body) + 16 + tabs


def _head(sheet: Sheet, item: Item, *, full: bool) -> None:
    size, words = sheet.size, sheet.words
    title = item.plain_title or item.title
    if not full:
        sheet.text(title, size.body, color="soft", most=1)
        sheet.y += 16
        return
    long = len(sheet.broken(title, size.title, sizes.room, bold=True)) > 2
    sheet.text(title, size.head if long else size.title, bold=True, most=4)
    sheet.y += 8
    if item.plain_title:
        sheet.text(item.title, size.small, color="soft", most=3)
    number = item.body.number if isinstance(item.body, (Document, Answer)) else ""
    day = moments.day(item.dated, sheet.view.now)
    meta = words("reader.meta", unit=sheet.view.unit_name(item.unit) or item.source, day=day)
    sheet.text(f"{meta} · {number}" if number else meta, size.small, color="soft", most=2)
    _until(sheet, item)
    sheet.y += 14
    sheet.add(Box(Rect(sizes.left, sheet.y, sizes.room, 2), "line"))
    sheet.y += 18


def _until(sheet: Sheet, item: Item) -> None:
    """A public notice says until when one may speak up (CAT-21)."""
    if not (isinstance(item.body, Notice) and item.body.public_notice and item.shown_until):
        return
    ends = moments.days_left_words(datetime.fromisoformat(item.shown_until), sheet.view.now)
    sheet.text(sheet.words("reader.until", left=ends), sheet.size.body, color="red", bold=True, most=1)


def _explanation(item: Item) -> tuple[Block, ...]:
    return item.body.explanation if isinstance(item.body, Document) else ()


def _tabs(sheet: Sheet, page: Reader, tab: str, turner_top: float) -> float:
    """解读 and 原文 side by side (CAT-26), in low view above the page keys; returns what they take from the text."""
    words, low, high = sheet.words, sheet.state.low, sheet.size.key + sheet.size.gap
    back, sheet.y = sheet.y, turner_top - high if low else sheet.y
    looks = {"plain": "plain", "text": "plain"} | {tab: "chosen"}
    sheet.keys(
        [(words(f"reader.{name}"), Change(Reader(page.item, name)), "", look) for name, look in looks.items()], 2
    )
    if low:
        sheet.y = back
    else:
        sheet.y += 4
    return high if low else 0


def blocks_of(sheet: Sheet, item: Item, tab: str) -> tuple[Block, ...]:
    """What there is to read on a tab."""
    body, words = item.body, sheet.words
    if isinstance(body, Document):
        return body.explanation if tab == "plain" and body.explanation else body.blocks
    if isinstance(body, Notice):
        if not body.feedback:
            return body.blocks
        return (*body.blocks, Block("h2", words("reader.feedback")), Block("p", body.feedback))
    if isinstance(body, Answer):
        status = Block("h2", words(f"reader.status_{body.status}"))
        return (Block("h2", words("reader.question")), Block("p", body.question), status, *body.reply)
    if isinstance(body, Emergency):
        return _emergency(sheet, body)
    return ()


def _emergency(sheet: Sheet, body: Emergency) -> tuple[Block, ...]:
    parts = [("precautions", body.precautions), ("event", body.event), ("progress", body.progress)]
    parts += [("measures", body.measures), ("findings", body.findings)]
    named = ((Block("h2", sheet.words(f"reader.{name}")), Block("p", text)) for name, text in parts if text)
    return tuple(block for pair in named for block in pair)


def _page(sheet: Sheet, page: Reader, laid: text_pages.Pages, turner_top: float) -> None:
    number = min(page.number, len(laid.pages) - 1)
    text_pages.draw(sheet, laid.pages[number])
    sheet.y = turner_top
    contents = (sheet.words("reader.contents"), Change(replace(page, contents=0))) if len(laid.headings) > 2 else None
    if len(laid.pages) > 1:
        lists.turner(sheet, number, len(laid.pages), lambda n: replace(page, number=n), contents)


def _contents(sheet: Sheet, page: Reader, laid: text_pages.Pages) -> None:
    """The headings as keys that jump to their page."""
    sheet.heading(sheet.words("reader.contents"))
    entries = [
        lists.Entry(
            text, Change(replace(page, number=number, contents=-1)), sheet.words("reader.on_page", number=number + 1)
        )
        for text, number in laid.headings
    ]
    bottom, sheet.bottom = sheet.bottom, sheet.bottom - sheet.size.key - sheet.size.gap
    lists.draw(sheet, entries, page.contents, lambda n: replace(page, contents=n))
    sheet.bottom = bottom


def _actions(sheet: Sheet, item: Item) -> None:
    words, gap = sheet.words, sheet.size.gap
    wide = (sizes.room - gap) / 2
    code = Rect(sizes.left, sheet.y, wide, sheet.size.key)
    sheet.key(code, words("item.code"), Open(CodeOf(item.id)), icon="code")
    wrong = Rect(sizes.left + wide + gap, sheet.y, wide, sheet.size.key)
    sheet.key(wrong, words("item.wrong"), Open(Opinion(about="content", item=item.id)), icon="speech")
