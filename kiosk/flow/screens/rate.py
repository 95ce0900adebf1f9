"""评价服务 (EVA-05): your number, how it was, why if you like. Nothing is chosen in advance, nothing is forced."""

from dataclasses import replace

from content_sync.domain.hall.ratings import levels_of
from content_sync.domain.hall.rules import usual
from kiosk.flow import lists, sizes, surroundings
from kiosk.flow.actions import Action, Change, GoHome, Open, SendRating
from kiosk.flow.frame import Box, Icon, Rect, Text
from kiosk.flow.pages.hall import Rate
from kiosk.flow.sheet import Sheet, radius, rim
from kiosk.flow.voices import Opinion

_reasons = {
    True: ("fast", "kind", "clear", "once"),
    False: ("slow", "rude", "unclear", "again", "paper", "money"),
}


def draw(sheet: Sheet, page: Rate) -> None:
    """The three steps."""
    surroundings.begin(sheet)
    if not page.ticket:
        _numbers(sheet, page)
    elif not page.level:
        _levels(sheet, page)
    else:
        _why(sheet, page)
    surroundings.finish(sheet)


def _numbers(sheet: Sheet, page: Rate) -> None:
    words, size = sheet.words, sheet.size
    served = sheet.view.served
    sheet.title(words("rate.which"), words("rate.which_note") if served else "", "home.rate")
    if not served:
        lists.nothing(sheet, words("rate.none"), words("rate.none_advice"), "star")
        sheet.reach()
        sheet.to_bottom(size.key + size.gap)
        sheet.keys(
            [
                (words("home.opinion"), Open(Opinion()), "speech", "plain"),
                (words("gone.home"), GoHome(), "home", "plain"),
            ],
            2,
        )
        return
    sheet.reach()
    gap = 16.0
    columns, high = _grid(sheet, len(served), gap)
    per_page = columns * max(1, int((sheet.left_over - size.key) // (high + gap)))
    per_page = len(served) if -(-len(served) // columns) * (high + gap) - gap <= sheet.left_over else per_page
    number = min(page.number, (len(served) - 1) // per_page)
    wide = (sizes.room - gap * (columns - 1)) / columns
    for n, one in enumerate(served[number * per_page : (number + 1) * per_page]):
        rect = Rect(sizes.left + n % columns * (wide + gap), sheet.y + n // columns * (high + gap), wide, high)
        note = words("rate.window", n=one.window)
        sheet.key(rect, one.number, Change(Rate(one.ticket, one.number)), note=note, size=_number_size(sheet, columns))
    if len(served) > per_page:
        sheet.y = sheet.bottom - size.key
        lists.turner(sheet, number, -(-len(served) // per_page), lambda n: replace(page, number=n))


def _grid(sheet: Sheet, count: int, gap: float) -> tuple[int, float]:
    """The fewest columns in which all numbers stand on one page, and a key's height; else three columns."""
    least = sheet.size.key + 24
    for columns in (1, 2):
        rows = -(-count // columns)
        high = (sheet.left_over - gap * (rows - 1)) / rows
        if high >= least:
            return columns, min(high, least + 130)
    return 3, least


def _number_size(sheet: Sheet, columns: int) -> float:
    """One's own number is what one looks for."""
    return {1: round(sheet.size.title * 1.4), 2: sheet.size.title}.get(columns, sheet.size.head)


def _levels(sheet: Sheet, page: Rate) -> None:
    """A face for each level with its words, all alike: none is larger, none is marked."""
    words, size = sheet.words, sheet.size
    sheet.title(words("rate.how"), words("rate.how_note", number=page.shown))
    sheet.reach()
    gap, columns = 12.0, 2 if sheet.state.low else 1
    levels = levels_of(_scale(sheet))
    wide, rows = (sizes.room - gap * (columns - 1)) / columns, -(-len(levels) // columns)
    high = min(size.key + 96, (sheet.left_over - gap * (rows - 1)) / rows)
    for n, level in enumerate(levels):
        name = _named(sheet, level)
        rect = Rect(sizes.left + n % columns * (wide + gap), sheet.y + n // columns * (high + gap), wide, high)
        sheet.add(Box(rect, "card", "rim", rim, radius))
        side = round(min(high * 0.62, 120))
        x = rect.x + 32 + side + 28
        room = rect.right - 16 - x
        em = next((s for s in (size.head, size.body) if sheet.measure.width(name, s, bold=True) <= room), size.small)
        sheet.add(Icon(Rect(rect.x + 32, rect.y + (high - side) / 2, side, side), f"face{level}"))
        lines, leading = sheet.even(name, em, room, bold=True, most=2), round(em * 1.3)
        top = rect.y + (high - leading * len(lines)) / 2
        sheet.add(Text(x, top, room, lines, em, leading, bold=True))
        sheet.touchable(rect, name, Change(replace(page, level=level)))


def _scale(sheet: Sheet) -> int:
    """How many levels this hall asks for."""
    return sheet.view.site.rules.rating_levels if sheet.view.site else usual.rating_levels


def _named(sheet: Sheet, level: int) -> str:
    return sheet.words(f"level.{_scale(sheet)}.{level}")


def _why(sheet: Sheet, page: Rate) -> None:
    words, size = sheet.words, sheet.size
    good = page.level > 3
    sheet.title(words("rate.why_good") if good else words("rate.why_bad"), words("rate.why_note"))
    chosen = Rect(sizes.left, sheet.y, sizes.room, size.key)
    side = round(size.key * 0.6)
    sheet.add(Icon(Rect(chosen.x, chosen.y + (chosen.h - side) / 2, side, side), f"face{page.level}"))
    label = words("rate.chosen", number=page.shown, level=_named(sheet, page.level))
    sheet.text(
        label,
        size.head,
        x=chosen.x + side + 28,
        y=chosen.y,
        width=sizes.room - side - 28,
        bold=True,
        most=1,
        leading=chosen.h,
    )
    sheet.y += size.key + 12
    sheet.reach()
    keys: list[tuple[str, Action, str, str]] = []
    for reason in _reasons[good]:
        has = reason in page.reasons
        reasons = tuple(r for r in page.reasons if r != reason) if has else (*page.reasons, reason)
        keys.append(
            (words(f"reason.{reason}"), Change(replace(page, reasons=reasons)), "", "chosen" if has else "plain")
        )
    send = Rect(sizes.left, sheet.bottom - size.key - 16, sizes.room, size.key + 16)
    columns = 3 if sheet.state.elder and sheet.state.low else 2
    sheet.keys(keys, columns, high=sheet.tall(len(keys), columns, send.y))
    sheet.key(
        send,
        words("rate.send"),
        SendRating(page.ticket, page.level, page.reasons),
        icon="check",
        look="filled",
        size=size.head,
    )
