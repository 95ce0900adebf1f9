"""A service guide on one screen: which case, how much, how long, how often, where, what to bring, then the rest."""

from dataclasses import replace

from content_sync.domain.county import Window
from content_sync.domain.disclosure.guides import Guide as GuideBody
from content_sync.domain.disclosure.guides import Material, materials_for
from content_sync.domain.disclosure.items import Item
from kiosk.flow import amounts, sizes, surroundings
from kiosk.flow.actions import Action, Change, Open, TakeTicket
from kiosk.flow.board import moments
from kiosk.flow.frame import Box, Rect
from kiosk.flow.screens import gone
from kiosk.flow.sheet import Sheet, radius
from kiosk.flow.state import CodeOf, Element, Guide, Opinion

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
        _facts(sheet, guide, page.situation)
        _low(sheet, item, guide, page)
    else:
        _situations(sheet, guide, page)
        _facts(sheet, guide, page.situation)
        below = _below_high(sheet)
        _materials(sheet, guide, page, sheet.bottom - below)
        sheet.y = sheet.bottom - below
        _elements(sheet, guide, page)
        _actions(sheet, item, guide)
    surroundings.finish(sheet, {item.channel})


def _name(sheet: Sheet, item: Item, guide: GuideBody) -> None:
    size = sheet.size
    title = item.plain_title or item.title
    sheet.text(title, size.title, bold=True, most=2)
    sheet.y += 2
    official = f"{item.title} · {guide.handler.name}" if item.plain_title else guide.handler.name
    if sheet.measure.width(official, size.small) > sizes.room and item.plain_title:
        official = item.title
    sheet.text(official, size.small, color="soft", most=1 if sheet.state.elder else 2)
    sheet.y += 14


def _situations(sheet: Sheet, guide: GuideBody, page: Guide) -> None:
    """我的情形: one key each; the chosen one has a tick."""
    if not guide.situations:
        return
    if not sheet.state.elder:
        sheet.text(sheet.words("guide.which"), sheet.size.body, most=1)
        sheet.y += 8
    keys: list[tuple[str, Action, str, str]] = []
    for situation in guide.situations:
        chosen = situation.id == page.situation
        change = Change(replace(page, situation="" if chosen else situation.id))
        keys.append((situation.label, change, "", "chosen" if chosen else "plain"))
    sheet.keys(keys, _columns(sheet, [situation.label for situation in guide.situations]))
    sheet.y += 6


def _columns(sheet: Sheet, labels: list[str]) -> int:
    """As few rows as the labels allow, each on at most two lines beside its tick."""
    for columns in range(min(4, len(labels)), 1, -1):
        inner = (sizes.room - sheet.size.gap * (columns - 1)) / columns - 40 - sheet.size.body * 1.5
        fits = all(len(sheet.broken(label, sheet.size.body, inner, bold=True)) <= 2 for label in labels)
        if fits and (len(labels) != 4 or columns != 3):
            return columns
    return 1


def _facts(sheet: Sheet, guide: GuideBody, situation: str) -> None:
    """Fee, days, visits, window: the largest type on the page."""
    size, words = sheet.size, sheet.words
    number, place = _window(sheet, guide)
    visits = (
        (str(guide.visits), words("guide.visit"), words("guide.visit_note"))
        if guide.visits
        else (words("guide.no_visit"), "", words("guide.no_visit_note"))
    )
    cells = [
        amounts.fee(guide, situation, words),
        amounts.days(guide, words),
        visits,
        (number, words("guide.window") if number else "", place),
    ]
    if not number:
        cells[3] = (words("guide.where"), "", place)
    columns = 2 if sheet.state.elder and not sheet.state.low else 4
    wide = sizes.room / columns
    high = round(size.title * 1.25 + size.small * 1.4) + 32
    rows = len(cells) // columns
    sheet.add(Box(Rect(sizes.left, sheet.y, sizes.room, high * rows), "card", "line", 3, radius))
    for n, (value, unit, note) in enumerate(cells):
        x, y = sizes.left + n % columns * wide, sheet.y + n // columns * high
        if n % columns:
            sheet.add(Box(Rect(x - 1, y + 16, 2, high - 32), "line"))
        _fact(sheet, Rect(x + 24, y + 14, wide - 40, high - 28), value, unit, note)
    if rows > 1:
        sheet.add(Box(Rect(sizes.left + 16, sheet.y + high - 1, sizes.room - 32, 2), "line"))
    sheet.y += high * rows + 22


def _fact(sheet: Sheet, place: Rect, value: str, unit: str, note: str) -> None:
    size, measure = sheet.size, sheet.measure
    em = next(
        (
            s
            for s in (size.title, size.head, size.body)
            if measure.width(value, s, bold=True) + 8 + measure.width(unit, size.small) <= place.w
        ),
        size.small + 4,
    )
    leading = round(size.title * 1.25)
    sheet.text(value, em, x=place.x, y=place.y, width=place.w, bold=True, most=1, leading=leading)
    at = place.x + measure.width(value, em, bold=True) + 8
    drop = (em - size.small) * 0.36
    if unit:
        sheet.text(unit, size.small, x=at, y=place.y + drop, width=place.x + place.w - at, most=1, leading=leading)
    sheet.text(
        note,
        size.small,
        x=place.x,
        y=place.y + leading,
        width=place.w,
        color="soft",
        most=1,
        leading=round(size.small * 1.4),
    )


def _window(sheet: Sheet, guide: GuideBody) -> tuple[str, str]:
    """The window's number at this site and where it is; elsewhere the place in words."""
    windows = sheet.view.site.windows if sheet.view.site else ()
    found: Window | None = next((w for w in windows if w.id == guide.handler.window), None)
    if found:
        return str(found.number), found.place
    return "", guide.handler.place or guide.handler.name


def _materials(sheet: Sheet, guide: GuideBody, page: Guide, bottom: float) -> None:
    """带上这些: as many as fit; the rest behind a key."""
    words, size = sheet.words, sheet.size
    materials = materials_for(guide, page.situation)
    note = "" if page.situation or not guide.situations else words("guide.choose_first")
    heights = [_material_high(sheet, m) for m in materials]
    room = bottom - sheet.y - sheet.leading(size.body + 2) - 14
    whole = sum(heights) <= room or sheet.state.elder
    fitting = _fitting(heights, room - (0 if whole else size.key + 16))
    if materials and not fitting and sheet.state.elder:
        return  # the key below says how many to bring
    sheet.heading(words("guide.bring", n=len(materials)) if materials else words("guide.bring_nothing"), note)
    for number, material in enumerate(materials[:fitting], 1):
        _material(sheet, number, material)
    if not whole:
        rect = Rect(sizes.left, bottom - size.key - 12, sizes.room, size.key)
        label = words("guide.all_materials", n=len(materials))
        sheet.key(rect, label, Open(Element(page.item, "materials", page.situation)), icon="bag")


def _fitting(heights: list[float], room: float) -> int:
    """How many of the first rows fit."""
    return next((n for n in range(len(heights), 0, -1) if sum(heights[:n]) <= room), 0)


def _material_lines(sheet: Sheet, material: Material) -> tuple[tuple[str, ...], tuple[str, ...]]:
    size, inner = sheet.size, sizes.room - round(sheet.size.body * 1.5) - 24
    papers = amounts.papers(material, sheet.words)
    note = " · ".join(part for part in (papers, material.note) if part)
    return sheet.broken(material.name, size.body, inner, bold=True, most=2), sheet.broken(
        note, size.small, inner, most=2
    ) if note else ()


def _material_high(sheet: Sheet, material: Material) -> float:
    lines, notes = _material_lines(sheet, material)
    return round(sheet.size.body * 1.35) * len(lines) + round(sheet.size.small * 1.4) * len(notes) + 18


def _material(sheet: Sheet, number: int, material: Material) -> None:
    size = sheet.size
    lines, notes = _material_lines(sheet, material)
    side, x = round(size.body * 1.5), sizes.left + round(size.body * 1.5) + 24
    leading, small = round(size.body * 1.35), round(size.small * 1.4)
    sheet.add(Box(Rect(sizes.left, sheet.y + 2, side, side), "paper", "ink", 3, side / 2))
    sheet.text(str(number), size.small, y=sheet.y + 2, width=side, align="center", bold=True, leading=side)
    for n, line in enumerate(lines):
        sheet.text(line, size.body, x=x, y=sheet.y + n * leading, width=sizes.room, bold=True, leading=leading)
    for n, line in enumerate(notes):
        sheet.text(
            line,
            size.small,
            x=x,
            y=sheet.y + len(lines) * leading + n * small,
            width=sizes.room,
            color="soft",
            leading=small,
        )
    sheet.y += leading * len(lines) + small * len(notes) + 18


def _below_high(sheet: Sheet) -> float:
    """What the nine elements and the action take at the bottom."""
    key, gap = sheet.size.key, sheet.size.gap
    rows = 1 if sheet.state.elder else 2  # in elder view one row opens materials and elements
    return rows * (key + 12) + gap + (key + 16) + 8


def _elements(sheet: Sheet, guide: GuideBody, page: Guide) -> None:
    """The nine elements as keys (GUI-01) and the questions; in elder view one key opens them."""
    words, size = sheet.words, sheet.size
    if sheet.state.elder:
        _two(sheet, guide, page)
        sheet.y += 12 + size.gap
        return
    names = [*elements, "questions"]
    gap, columns = 12.0, 5
    wide = (sizes.room - gap * (columns - 1)) / columns
    for n, name in enumerate(names):
        rect = Rect(sizes.left + n % columns * (wide + gap), sheet.y + n // columns * (size.key + gap), wide, size.key)
        sheet.key(rect, words(f"element.{name}"), Open(Element(page.item, name, page.situation)), size=size.small + 3)
    sheet.y += 2 * (size.key + gap) + size.gap


def _actions(sheet: Sheet, item: Item, guide: GuideBody) -> None:
    """Take a ticket here; take it along on a phone; say what is wrong."""
    words, size, gap = sheet.words, sheet.size, sheet.size.gap
    high, side = size.key + 16, 212.0
    waiting = next((s for s in sheet.view.services if s.service == guide.service), None)
    first = Rect(sizes.left, sheet.y, sizes.room - 2 * (side + gap), high)
    if waiting and waiting.open:
        note = words("guide.ahead", n=waiting.waiting) if waiting.waiting else words("guide.no_wait")
        sheet.key(
            first,
            words("guide.take"),
            TakeTicket(guide.service),
            icon="ticket",
            note=note,
            look="filled",
            size=size.head,
        )
    else:
        day = moments.day(item.dated, sheet.view.now)
        version = words("guide.version", version=item.version, day=day)
        text = words("guide.closed") if waiting else version
        sheet.text(text, size.small, x=first.x, y=first.y, width=first.w, color="soft", most=1, leading=high)
    second = Rect(first.right + gap, sheet.y, side, high)
    sheet.key(second, words("item.code_short"), Open(CodeOf(item.id)), icon="code", stacked=True, size=size.small + 2)
    third = Rect(second.right + gap, sheet.y, side, high)
    sheet.key(
        third,
        words("item.wrong_short"),
        Open(Opinion(about="content", item=item.id)),
        icon="speech",
        stacked=True,
        size=size.small + 2,
    )


def _low(sheet: Sheet, item: Item, guide: GuideBody, page: Guide) -> None:
    """Low view: facts and materials above to read, keys below to touch."""
    words, size = sheet.words, sheet.size
    materials = materials_for(guide, page.situation)
    sheet.heading(words("guide.bring", n=len(materials)) if materials else words("guide.bring_nothing"))
    fitting = _fitting([_material_high(sheet, m) for m in materials], sizes.reach - 20 - sheet.y)
    for number, material in enumerate(materials[:fitting], 1):
        _material(sheet, number, material)
    sheet.reach()
    if not sheet.state.elder or len(guide.situations) <= 3:
        _situations_low(sheet, guide, page)
    _two(sheet, guide, page)
    sheet.y = sheet.bottom - size.key - 16
    _actions(sheet, item, guide)


def _two(sheet: Sheet, guide: GuideBody, page: Guide) -> None:
    """All materials, all elements: two keys."""
    words, size = sheet.words, sheet.size
    bring = Rect(sizes.left, sheet.y, (sizes.room - size.gap) / 2, size.key)
    label = words("guide.all_materials", n=len(materials_for(guide, page.situation)))
    sheet.key(bring, label, Open(Element(page.item, "materials", page.situation)), icon="bag")
    more = Rect(bring.right + size.gap, sheet.y, bring.w, size.key)
    sheet.key(more, words("guide.more_short"), Open(Element(page.item, "", page.situation)), icon="contents")
    sheet.y += size.key


def _situations_low(sheet: Sheet, guide: GuideBody, page: Guide) -> None:
    if not guide.situations:
        return
    keys: list[tuple[str, Action, str, str]] = []
    for situation in guide.situations[:6]:
        chosen = situation.id == page.situation
        change = Change(replace(page, situation="" if chosen else situation.id))
        keys.append((situation.label, change, "", "chosen" if chosen else "plain"))
    sheet.keys(keys, 3)
