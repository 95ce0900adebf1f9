"""A service guide on one screen: which case, how much, how long, how often, where, what to bring, then the rest."""

from dataclasses import replace

from content_sync.domain.disclosure.guides import Guide as GuideBody
from content_sync.domain.disclosure.guides import materials_for
from content_sync.domain.disclosure.items import Item
from kiosk.flow import dates, sizes, surroundings
from kiosk.flow.actions import Action, Change, Open, TakeTicket
from kiosk.flow.frame import Rect, Text
from kiosk.flow.pages.reading import Element, Guide, Way
from kiosk.flow.screens import five, gone, guide_facts, guide_materials, guide_steps, translated
from kiosk.flow.sheet import Sheet
from kiosk.flow.voices import Report

asked = ("steps", "conditions", "result", "fees", "questions")
elements = ("steps", "conditions", "limits", "result", "handler", "bases", "fees", "fee_bases", "supervision")


def draw(sheet: Sheet, page: Guide) -> None:
    """The guide for the chosen situation."""
    if sheet.view.item is None or not isinstance(sheet.view.item[0].body, GuideBody):
        gone.draw(sheet)
        return
    item, body_hash = sheet.view.item
    guide = sheet.view.item[0].body
    sheet.showing(item.id, body_hash, item.channel)
    surroundings.begin(sheet)
    surroundings.warnings(sheet, {item.channel})
    _name(sheet, item, guide)
    if sheet.state.low:
        _low(sheet, item, guide, page)
    else:
        _situations(sheet, guide, page)
        below = _below_high(sheet)
        guide_facts.draw(sheet, guide, page.situation, sheet.bottom - below)
        _materials(sheet, guide, page, sheet.bottom - below)
        sheet.y = sheet.bottom - below
        _elements(sheet, guide, page)
        five.draw(sheet, item, guide, page)
    sheet.y = sheet.bottom - sheet.size.key - 16
    _actions(sheet, item, guide)
    surroundings.finish(sheet, {item.channel})


def _name(sheet: Sheet, item: Item, guide: GuideBody) -> None:
    """Plain name, official name, who handles it; which version was checked when, where there is room."""
    size, measure = sheet.size, sheet.measure
    sheet.text(item.plain_title or item.title, size.title, bold=True, most=2)
    sheet.y += 2
    official = f"{item.title} · {guide.handler.name}" if item.plain_title else guide.handler.name
    if measure.width(official, size.small) > sizes.room and item.plain_title:
        official = item.title
    version = sheet.words("guide.version", version=item.version, day=dates.day(sheet.words, item.dated, sheet.view.now))
    y, one_line = sheet.y, measure.width(official, size.small)
    sheet.text(official, size.small, color="soft", most=1 if sheet.state.elder else 2)
    if one_line + measure.width(version, size.small) + 32 <= sizes.room:
        sheet.text(version, size.small, y=y, color="soft", align="right", most=1)
    sheet.y += 14


def _situation_keys(guide: GuideBody, page: Guide) -> list[tuple[str, Action, str, str]]:
    keys: list[tuple[str, Action, str, str]] = []
    for situation in guide.situations:
        chosen = situation.id == page.situation
        change = Change(replace(page, situation="" if chosen else situation.id))
        keys.append((situation.label, change, "", "chosen" if chosen else "plain"))
    return keys


def _situations(sheet: Sheet, guide: GuideBody, page: Guide) -> None:
    """我的情形: one key each; the chosen one has a tick."""
    if not guide.situations:
        return
    if not sheet.state.elder:
        sheet.text(sheet.words("guide.which"), sheet.size.body, most=1)
        sheet.y += 8
    sheet.keys(_situation_keys(guide, page), _columns(sheet, [situation.label for situation in guide.situations]))
    sheet.y += 6


def _columns(sheet: Sheet, labels: list[str]) -> int:
    """As few rows as the labels allow, each on at most two lines beside its tick."""
    for columns in range(min(4, len(labels)), 1, -1):
        inner = (sizes.room - sheet.size.gap * (columns - 1)) / columns - 40 - sheet.size.body * 1.5
        fits = all(len(sheet.broken(label, sheet.size.body, inner, bold=True)) <= 2 for label in labels)
        if fits and (len(labels) != 4 or columns != 3):
            return columns
    return 1


def _materials(sheet: Sheet, guide: GuideBody, page: Guide, bottom: float) -> None:
    """带上这些: as many as fit; the rest behind a key."""
    words, size = sheet.words, sheet.size
    materials = materials_for(guide, page.situation)
    room = bottom - sheet.y - sheet.leading(size.body + 2) - 14
    papers = guide_materials.fitting(sheet, materials, room)
    all_fit = len(papers) == len(materials)
    if not all_fit and not sheet.state.elder:
        papers = guide_materials.fitting(sheet, materials, room - size.key - 16)
    if materials and not papers and sheet.state.elder:
        _named(sheet, [material.name for material in materials], bottom)
        return
    note = "" if page.situation or not guide.situations else words("guide.choose_first")
    sheet.heading(words("guide.bring", n=len(materials)) if materials else words("guide.bring_nothing"), note)
    guide_materials.draw(sheet, papers)
    if not all_fit and not sheet.state.elder:
        _bring(sheet, guide, page, Rect(sizes.left, bottom - size.key - 12, sizes.room, size.key))
    elif all_fit:
        guide_steps.draw(sheet, guide, bottom)


def _named(sheet: Sheet, names: list[str], bottom: float) -> None:
    """What to bring as one sentence, when it fits whole; the key below says how many and opens them all."""
    text, size = sheet.words("guide.bring_these", names="、".join(names)), sheet.size.body
    if sheet.y + len(sheet.broken(text, size, sizes.room)) * sheet.leading(size) <= bottom:
        sheet.text(text, size)


def _below_high(sheet: Sheet) -> float:
    """What one row of keys, the five ones and the action take at the bottom."""
    key, gap = sheet.size.key, sheet.size.gap
    return 2 * (key + 12) + gap + (key + 16)


def _elements(sheet: Sheet, guide: GuideBody, page: Guide) -> None:
    """What is asked most as keys; all nine elements lie behind 指南 (GUI-01). In elder view what to bring is a key."""
    size, gap = sheet.size, 12.0
    if sheet.state.elder:
        _bring(sheet, guide, page, Rect(sizes.left, sheet.y, sizes.room, size.key))
    else:
        wide = (sizes.room - gap * (len(asked) - 1)) / len(asked)
        for n, name in enumerate(asked):
            rect = Rect(sizes.left + n * (wide + gap), sheet.y, wide, size.key)
            opened = Open(Element(page.item, name, page.situation))
            sheet.key(rect, sheet.words(f"element.{name}"), opened, size=size.small + 3)
    sheet.y += size.key + gap


def _bring(sheet: Sheet, guide: GuideBody, page: Guide, rect: Rect) -> None:
    label = sheet.words("guide.all_materials", n=len(materials_for(guide, page.situation)))
    sheet.key(rect, label, Open(Element(page.item, "materials", page.situation)), icon="bag")


def _actions(sheet: Sheet, item: Item, guide: GuideBody) -> None:
    """Take a ticket here; find the window; say what is wrong."""
    words, size, gap = sheet.words, sheet.size, sheet.size.gap
    other, elder = translated.key(sheet, item), sheet.state.elder
    high, beside = size.key + 16, 3 if other and not elder else 2
    side = 212.0 if beside == 2 else 184.0
    waiting = next((s for s in sheet.view.services if s.service == guide.service), None)
    first = Rect(sizes.left, sheet.y, sizes.room - beside * (side + gap), high)
    if waiting and waiting.open:
        note = words("guide.ahead", n=waiting.waiting) if waiting.waiting else words("guide.no_wait")
        note = note if waiting.waiting is not None else words("home.ticket_open")
        take = TakeTicket(guide.service)
        sheet.key(first, words("guide.take"), take, icon="ticket", note=note, look="filled", size=size.head)
    else:
        text = words("guide.closed") if waiting else words("guide.go_there")
        lines, leading = sheet.even(text, size.body, first.w - 8, most=2), round(size.body * 1.4)
        top = first.y + (high - leading * len(lines)) / 2
        sheet.add(Text(first.x, top, first.w - 8, lines, size.body, leading))
    second = Rect(first.right + gap, sheet.y, side, high)
    small = size.small + 2
    sheet.key(second, words("guide.way"), Open(Way(item.id)), icon="pin", stacked=True, size=small)
    if other:
        sheet.key(Rect(second.right + gap, sheet.y, side, high), *other, icon="language", stacked=True, size=small)
    if other and elder:  # large type has room for two; what is wrong can be said from the first page too
        return
    third = Rect(sizes.left + sizes.room - side, sheet.y, side, high)
    wrong = Open(Report(item.id))
    sheet.key(third, words("item.wrong_short"), wrong, icon="speech", stacked=True, size=small)


def _low(sheet: Sheet, item: Item, guide: GuideBody, page: Guide) -> None:
    """Low view: facts and materials above to read, keys below to touch."""
    guide_facts.draw(sheet, guide, page.situation)
    materials = materials_for(guide, page.situation)
    bring = sheet.words("guide.bring", n=len(materials)) if materials else sheet.words("guide.bring_nothing")
    sheet.heading(bring)
    papers = guide_materials.fitting(sheet, materials, sizes.reach - 20 - sheet.y)
    guide_materials.draw(sheet, papers)
    if len(papers) == len(materials):
        guide_steps.draw(sheet, guide, sizes.reach - 20)
    sheet.reach()
    least, gap = sheet.bottom - 2 * (sheet.size.key + sheet.size.gap) - 16, sheet.size.gap
    most = max(1, int((least - sheet.y) // (sheet.size.key + gap)))
    chosen = _situation_keys(guide, page)
    chosen = chosen if len(chosen) <= 3 * most else []
    rows = -(-len(chosen) // 3)
    if rows < most:
        high = sheet.tall(rows + 1, 1, least)
        sheet.keys(chosen, 3, high=high)
        _bring(sheet, guide, page, Rect(sizes.left, sheet.y, sizes.room, high))
    else:
        sheet.keys(chosen, 3, high=sheet.tall(rows, 1, least))
    sheet.y = sheet.bottom - 2 * (sheet.size.key + 8) - 12
    five.draw(sheet, item, guide, page)
