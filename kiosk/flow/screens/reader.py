"""An item's text: notice, document with its explanation, answer, emergency. Paged; headings can be jumped to."""

from dataclasses import replace
from datetime import datetime

from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.items import Answer, Document, Emergency, Item, Notice
from content_sync.domain.disclosure.sheets import questions_of
from kiosk.flow import contents, dates, lists, sizes, surroundings, text_pages
from kiosk.flow.actions import Action, Change, Open
from kiosk.flow.board import moments
from kiosk.flow.frame import Box, Rect
from kiosk.flow.list_row import Entry
from kiosk.flow.pages.reading import CodeOf, Reader
from kiosk.flow.screens import explained, gone, samples, translated
from kiosk.flow.sheet import Sheet
from kiosk.flow.speaker import speaker
from kiosk.flow.terms import Term
from kiosk.flow.voices import Poll, Report

_beside_max, _list_most = 3, 8
_answer_icons = {"done": "check", "doing": "clock", "cannot": "warning"}


def draw(sheet: Sheet, page: Reader) -> None:
    """One page of the text, or of its contents."""
    if sheet.view.item is None:
        gone.draw(sheet)
        return
    item, body = sheet.view.item
    sheet.showing(item.id, body, item.channel)
    tab = page.tab or ("plain" if _explanation(item) else "text")
    first, later = _room(sheet, page, item, tab, full=True), _room(sheet, page, item, tab, full=False)
    laid = text_pages.lay(sheet, blocks_of(sheet, item, tab), later, first)
    is_full = page.number == 0 and page.contents < 0 and not page.explained
    under = contents.standing_in(laid, min(page.number, len(laid.pages) - 1)) if page.contents < 0 else ""
    _top(sheet, page, item, tab, full=is_full, under=under)
    if page.contents >= 0:
        _contents(sheet, page, laid)
    else:
        marked = _page(sheet, page, laid)
        if not (page.explained and marked):
            sheet.y = sheet.bottom - sheet.size.key
            _actions(sheet, page, item, marked)
    surroundings.finish(sheet, {item.channel})


def _room(sheet: Sheet, page: Reader, item: Item, tab: str, *, full: bool) -> float:
    """The height for text on the first (`full`) or a later page: the same whichever page lies open."""
    tried = Sheet(sheet.name, sheet.state, sheet.view, sheet.measure, sheet.words)
    bottom = _top(tried, replace(page, contents=-1, explained=False), item, tab, full=full)
    return bottom - tried.y


def _top(sheet: Sheet, page: Reader, item: Item, tab: str, *, full: bool, under: str = "") -> float:
    """Everything above the text; on later pages the chapter it stands `under`. Returns where the text must end."""
    surroundings.begin(sheet)
    surroundings.warnings(sheet, {item.channel})
    _head(sheet, item, under, full=full)
    turner_top = sheet.bottom - 2 * sheet.size.key - sheet.size.gap
    if _explanation(item) and not page.explained and not (sheet.state.low and page.contents >= 0):
        return turner_top - 16 - _tabs(sheet, page, tab, turner_top)
    return turner_top - 16


def _head(sheet: Sheet, item: Item, under: str, *, full: bool) -> None:
    size, words = sheet.size, sheet.words
    title = item.plain_title or item.title
    if not full:
        sheet.text(under or title, size.body, color="soft", most=1)
        sheet.y += 16
        return
    rows = {em: len(sheet.measure.lines(title, em, sizes.room, bold=True)) for em in (size.title, size.head)}
    sheet.text(
        title, size.title if rows[size.title] <= 2 else size.head if rows[size.head] <= 3 else size.body, bold=True
    )
    sheet.y += 8
    if item.plain_title:
        sheet.text(item.title, size.small, color="soft", most=3)
    number = item.body.number if isinstance(item.body, (Document, Answer)) else ""
    day = dates.day(sheet.words, item.dated, sheet.view.now)
    meta = words("reader.meta", unit=speaker(item.source, item.unit, sheet.view.county), day=day)
    sheet.text(f"{meta} · {number}" if number else meta, size.small, color="soft", most=2)
    _until(sheet, item)
    sheet.y += 14
    sheet.add(Box(Rect(sizes.left, sheet.y, sizes.room, 2), "line"))
    sheet.y += 18


def _until(sheet: Sheet, item: Item) -> None:
    """A public notice says until when one may speak up (CAT-21)."""
    if not (isinstance(item.body, Notice) and item.body.public_notice and item.shown_until):
        return
    until, now = datetime.fromisoformat(item.shown_until), sheet.view.now
    if moments.days_left(until, now) > limits.public_notice_days_told:
        return
    ends = dates.left(sheet.words, until, now)
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


def _page(sheet: Sheet, page: Reader, laid: text_pages.Pages) -> tuple[Term, ...]:
    """The text with the keys that turn it, or with the card over it that explains its terms; returns those."""
    number = min(page.number, len(laid.pages) - 1)
    marked = text_pages.known(sheet, laid.pages[number])
    if page.explained and marked:
        text_pages.draw(sheet, laid.pages[number], marked, sheet.bottom - explained.height(sheet, marked) - 16)
        explained.draw(sheet, marked, Change(replace(page, explained=False)))
        return marked
    text_pages.read_on(sheet, laid, number, lambda n: replace(page, number=n))
    text_pages.draw(sheet, laid.pages[number], marked)
    sheet.y = sheet.bottom - 2 * sheet.size.key - sheet.size.gap
    headed = (sheet.words("reader.contents"), Change(replace(page, contents=0))) if len(laid.headings) > 2 else None
    if len(laid.pages) > 1:
        lists.turner(sheet, number, len(laid.pages), lambda n: replace(page, number=n), headed)
    return marked


def _contents(sheet: Sheet, page: Reader, laid: text_pages.Pages) -> None:
    """The headings, or the chapters, as keys that lead to their page (kiosk.flow.contents)."""
    words = sheet.words
    is_parted = contents.has_chapters(laid.headings, _list_most)
    if is_parted and page.chapter >= 0:
        parts = contents.inside(laid.headings, page.chapter)
    else:
        parts = contents.chapters(laid.headings) if is_parted else [contents.Part(one) for one in laid.headings]
    sheet.heading(words("reader.contents"))
    entries = []
    for part in parts:
        at = words("reader.on_page", number=part.heading.page + 1)
        if part.inside:
            note, opened = words("reader.inside", at=at, n=part.inside), replace(page, contents=0, chapter=part.chapter)
        else:
            note, opened = at, replace(page, number=part.heading.page, contents=-1, chapter=-1)
        entries.append(Entry(part.heading.text, Change(opened), note))
    lists.draw(sheet, entries, page.contents, lambda n: replace(page, contents=n))


def _actions(sheet: Sheet, page: Reader, item: Item, marked: tuple[Term, ...]) -> None:
    """What can be done with the text: at most five keys in one row, more than three with few words below the icon."""
    words, other, pictures = sheet.words, translated.key(sheet, item), len(samples.forms(item))
    keys: list[tuple[str, str, Action, str]] = []  # label, its short form, action, icon
    is_asked = bool(questions_of(item)) and item.id not in sheet.state.polled
    if is_asked:
        keys.append((words("poll.open"), words("poll.open"), Open(Poll(item.id)), "check"))
    else:
        keys.append((words("item.code"), words("item.code_short"), Open(CodeOf(item.id)), "code"))
        keys += [(other[0], other[0], other[1], "language")] if other else []
    if pictures:
        short = words("item.pictures_short")
        label = short if sheet.state.elder else words("item.pictures", n=pictures)
        keys.append((label, short, Open(samples.first(item)), "picture"))
    if marked:
        explain = Change(replace(page, explained=True))
        short = words("terms.open_short")
        keys.append((short if sheet.state.elder else words("terms.open"), short, explain, "answer"))
    keys.append((words("item.wrong"), words("item.wrong_short"), Open(Report(item.id)), "speech"))
    looks = ["filled" if is_asked and n == 0 else "plain" for n in range(len(keys))]
    if len(keys) <= _beside_max:
        row = [(label, action, icon, look) for (label, _, action, icon), look in zip(keys, looks, strict=True)]
        sheet.keys(row, len(keys))
        return
    gap = 12.0
    wide = (sizes.room - gap * (len(keys) - 1)) / len(keys)
    for n, ((_, label, action, icon), look) in enumerate(zip(keys, looks, strict=True)):
        rect = Rect(sizes.left + n * (wide + gap), sheet.y, wide, sheet.size.key)
        sheet.key(rect, label, action, icon=icon, look=look, stacked=True, size=sheet.size.small)
