"""A service guide on one screen: which case, then what to bring; cost, days, visits and window; the rest behind keys.

1. While a question about the visitor's case is open, it is the largest thing; then what to bring is (B1.5).
2. The four facts open their elements; all nine lie behind 指南, which is one of the five ones (GUI-01, GUI-02).
3. The one filled key takes a ticket. Where one goes, and that something is wrong, are beside it.
"""

from content_sync.domain.disclosure.guides import Guide as GuideBody
from content_sync.domain.disclosure.guides import Which
from content_sync.domain.disclosure.items import Item
from content_sync.domain.disclosure.which import case_of, following
from kiosk.flow import amounts, dates, sizes, surroundings
from kiosk.flow.actions import Action, Open, TakeTicket
from kiosk.flow.frame import Rect, Text
from kiosk.flow.pages.reading import Element, Guide, Way
from kiosk.flow.screens import five, gone, guide_asking, guide_facts, guide_materials, guide_steps, translated
from kiosk.flow.sheet import Sheet
from kiosk.flow.voices import Report

elements = ("steps", "conditions", "limits", "result", "handler", "bases", "fees", "fee_bases", "supervision")


def draw(sheet: Sheet, page: Guide) -> None:
    """The guide for the answers given so far."""
    if sheet.view.item is None or not isinstance(sheet.view.item[0].body, GuideBody):
        gone.draw(sheet)
        return
    item, body_hash = sheet.view.item
    guide = sheet.view.item[0].body
    sheet.showing(item.id, body_hash, item.channel)
    surroundings.begin(sheet, for_two=True)
    surroundings.warnings(sheet, {item.channel})
    _name(sheet, item, guide)
    asking = following(guide, page.answers)
    if sheet.state.low:
        _low(sheet, item, guide, page, asking)
    else:
        _high(sheet, item, guide, page, asking)
    sheet.y = sheet.bottom - _action_high(sheet, item)
    _actions(sheet, item, guide)
    surroundings.finish(sheet, {item.channel})


def _name(sheet: Sheet, item: Item, guide: GuideBody) -> None:
    """Plain name, official name, who handles it; which version was checked when, where there is room."""
    size, measure = sheet.size, sheet.measure
    _title(sheet, item.plain_title or item.title)
    sheet.y += 2
    official = f"{item.title} · {guide.handler.name}" if item.plain_title else guide.handler.name
    if measure.width(official, size.small) > sizes.room and item.plain_title:
        official = item.title
    version = sheet.words("guide.version", version=item.version, day=dates.day(sheet.words, item.dated, sheet.view.now))
    y, one_line = sheet.y, measure.width(official, size.small)
    sheet.text(official, size.small, color="soft", most=1 if sheet.state.elder else 2)
    if one_line + measure.width(version, size.small) + 32 <= sizes.room:
        sheet.text(version, size.small, y=y, color="soft", align="right", most=1)
    sheet.y += 16


def _title(sheet: Sheet, title: str) -> None:
    """The name, smaller before it is cut: names of real procedures have up to 110 characters.

    In elder view three lines must do; the pages behind 指南 have all of it.
    """
    size = sheet.size
    tries = ((size.title, 2), (size.head, 2), (size.body, 3 if sheet.state.elder else 5))
    fitting = ((em, most) for em, most in tries if len(sheet.broken(title, em, sizes.room, bold=True)) <= most)
    em, most = next(fitting, tries[-1])
    sheet.text(title, em, bold=True, most=most)


def _action_high(sheet: Sheet, item: Item) -> float:
    if sheet.state.low and sheet.state.elder:
        return sheet.size.key
    return sheet.size.key + 16 + (sheet.size.key + sheet.size.gap) * _has_second_row(sheet, item)


def _has_second_row(sheet: Sheet, item: Item) -> bool:
    """Large type has room for two keys beside the action; a translation stands below with what is wrong."""
    return sheet.state.elder and not sheet.state.low and translated.key(sheet, item) is not None


def _high(sheet: Sheet, item: Item, guide: GuideBody, page: Guide, asking: Which | None) -> None:
    """Rule 1 above; facts, the five ones and the action end at the bottom. Facts wait where the rest needs room."""
    facts = guide_facts.high(sheet, guide, page)
    five_top = sheet.bottom - _action_high(sheet, item) - 16 - sheet.size.key
    top = five_top - facts - 12
    if asking:
        guide_asking.question(sheet, guide, page, asking, five_top - 12)
        top = top if guide_asking.fits(sheet, asking, top - 12) else five_top
        guide_asking.answers(sheet, guide, page, asking, top - 12)
    else:
        guide_asking.case_key(sheet, guide, page)
        top = top if sheet.y + _papers_high(sheet, guide, page, sheet.size.key + 16) <= top - 8 else five_top
        _materials(sheet, guide, page, top - 8)
    if top < five_top:
        sheet.y = top
        guide_facts.draw(sheet, guide, page)
    sheet.y = five_top
    five.draw(sheet, item, guide, page)


def _papers_high(sheet: Sheet, guide: GuideBody, page: Guide, key: float) -> float:
    """What the papers and their heading take at least."""
    return sheet.leading(sheet.size.body + 2) + 14 + guide_materials.least(sheet, case_of(guide, page.answers), key)


def _materials(sheet: Sheet, guide: GuideBody, page: Guide, bottom: float) -> None:
    """带上这些: as many as fit; the rest behind a key."""
    words, size, case = sheet.words, sheet.size, case_of(guide, page.answers)
    room = bottom - sheet.y - sheet.leading(size.body) - 14
    papers = guide_materials.fitting(sheet, case, room)
    sheet.heading(amounts.bring(guide, case, words))
    if len(papers) == len(case.materials):
        guide_materials.draw(sheet, papers)
        guide_steps.draw(sheet, guide, bottom)
    else:
        guide_materials.squeezed(sheet, case, room - size.key - 16)
        _bring(sheet, guide, page, Rect(sizes.left, bottom - size.key - 8, sizes.room, size.key))


def _bring(sheet: Sheet, guide: GuideBody, page: Guide, rect: Rect) -> None:
    label = sheet.words("guide.all_materials", n=len(case_of(guide, page.answers).materials))
    sheet.key(rect, label, Open(Element(page.item, "materials", page.answers)), icon="bag")


def _actions(sheet: Sheet, item: Item, guide: GuideBody) -> None:
    """Rule 3."""
    words, size, gap = sheet.words, sheet.size, sheet.size.gap
    wrong, high = Open(Report(item.id)), size.key + (0 if sheet.state.low and sheet.state.elder else 16)
    keys: list[tuple[str, Action, str]] = [(words("guide.way"), Open(Way(item.id)), "pin")]
    other = translated.key(sheet, item)
    if other and not sheet.state.elder:
        keys.append((*other, "language"))
    if not _has_second_row(sheet, item):
        keys.append((words("item.wrong_short"), wrong, "speech"))
    side = 184.0 if len(keys) > 2 else 212.0
    first = Rect(sizes.left, sheet.y, sizes.room - len(keys) * (side + gap), high)
    _take(sheet, guide, first)
    for n, (label, action, icon) in enumerate(keys):
        rect = Rect(first.right + gap + n * (side + gap), sheet.y, side, high)
        sheet.key(rect, label, action, icon=icon, stacked=True, size=size.small)
    if other and _has_second_row(sheet, item):
        sheet.y += high + gap
        sheet.keys([(*other, "language", "plain"), (words("item.wrong"), wrong, "speech", "plain")], 2)


def _take(sheet: Sheet, guide: GuideBody, rect: Rect) -> None:
    """A number here, or in words where one goes."""
    words, size = sheet.words, sheet.size
    waiting = next((s for s in sheet.view.services if s.service == guide.service), None)
    if waiting and waiting.open:
        note = words("guide.ahead", n=waiting.waiting) if waiting.waiting else words("guide.no_wait")
        note = note if waiting.waiting is not None else words("home.ticket_open")
        take = TakeTicket(guide.service)
        sheet.key(rect, words("guide.take"), take, icon="ticket", note=note, look="filled", size=size.head)
    else:
        text = words("guide.closed") if waiting else words("guide.go_there")
        lines, leading = sheet.even(text, size.body, rect.w - 8, most=2), round(size.body * 1.4)
        top = rect.y + (rect.h - leading * len(lines)) / 2
        sheet.add(Text(rect.x, top, rect.w - 8, lines, size.body, leading))


def _low(sheet: Sheet, item: Item, guide: GuideBody, page: Guide, asking: Which | None) -> None:
    """Low view: facts and materials above to read, keys below to touch."""
    five_top = sheet.bottom - _action_high(sheet, item) - 12 - sheet.size.key
    left = five_top - 12 - guide_facts.high(sheet, guide, page)
    if asking:
        has_room = guide_asking.fits(sheet, asking, left - guide_asking.high(sheet, asking))
    else:
        left = sizes.reach - 36 - guide_facts.high(sheet, guide, page)
        has_room = sheet.y + _papers_high(sheet, guide, page, 0) <= left
    if has_room:
        guide_facts.draw(sheet, guide, page)
    if asking:
        guide_asking.question(sheet, guide, page, asking, sizes.high)
        sheet.reach()
        guide_asking.answers(sheet, guide, page, asking, five_top - 12)
    else:
        _read_low(sheet, guide, page)
        sheet.reach()
        guide_asking.case_key(sheet, guide, page)
        high = max(sheet.size.key, min(sheet.size.key * 1.5, five_top - 16 - sheet.y))
        _bring(sheet, guide, page, Rect(sizes.left, sheet.y, sizes.room, high))
    sheet.y = five_top
    five.draw(sheet, item, guide, page)


def _read_low(sheet: Sheet, guide: GuideBody, page: Guide) -> None:
    case = case_of(guide, page.answers)
    sheet.heading(amounts.bring(guide, case, sheet.words))
    room = sizes.reach - 20 - sheet.y
    papers = guide_materials.fitting(sheet, case, room)
    if len(papers) == len(case.materials):
        guide_materials.draw(sheet, papers)
        guide_steps.draw(sheet, guide, sizes.reach - 20)
    else:
        guide_materials.squeezed(sheet, case, room)
