"""The first page: search, what people come for most, six things to do, the six sections of CAT-12, what is new."""

from collections.abc import Sequence

from kiosk.flow import errands, lists, sizes, surroundings
from kiosk.flow.actions import Action, Open
from kiosk.flow.frame import Box, Icon, Rect
from kiosk.flow.pages.finding import Search, Section
from kiosk.flow.screens import news, six, ways
from kiosk.flow.sheet import Sheet, radius, rim
from kiosk.flow.view import Row

_errands_shown, _news_most, _news_beside = 4, 6, 2
_blank = 24.0  # what the left column can spare


def draw(sheet: Sheet) -> None:
    """Everything one touch away."""
    surroundings.begin(sheet, for_two=True)
    surroundings.warnings(sheet)
    if sheet.state.low:
        _read(sheet)
    sheet.title(sheet.words("home.ask"), sheet.words("home.how"))
    sheet.reach()
    _search(sheet)
    _errands(sheet)
    beside = sheet.view.lies and not sheet.state.low  # there the tiles fill the other column
    if beside:
        bottom, sheet.bottom = sheet.bottom, surroundings.column_end + _blank * sheet.state.elder
        _news(sheet, _news_beside)
        sheet.bottom = bottom
    _six(sheet)
    six.draw(sheet, lambda section: Open(Section(section)))
    if not beside:
        _news(sheet, _news_most)
    surroundings.finish(sheet)


def _read(sheet: Sheet) -> None:
    """Low view: the upper half has nothing to touch, so it tells what is new."""
    if news.current(sheet.view):
        bottom = sizes.reach - 60 - sheet.leading(sheet.size.title) - sheet.leading(sheet.size.body) - 40
        news.draw(sheet, Rect(sizes.left, sheet.y, sizes.room, bottom - sheet.y))
        sheet.y = bottom + 40
        sheet.begin_body()


def _search(sheet: Sheet) -> None:
    words, size = sheet.words, sheet.size
    high = size.key + (0 if sheet.state.low else 8)
    rect = Rect(sizes.left, sheet.y, sizes.room, high)
    sheet.add(Box(rect, "card", "blue", 4, radius))
    side = round(size.head * 1.1)
    sheet.add(Icon(Rect(rect.x + 36, rect.y + (high - side) / 2, side, side), "search", "blue"))
    x = rect.x + 36 + side + 24
    sheet.text(words("home.search"), size.head, x=x, y=rect.y, width=400, most=1, leading=high)
    hint = words("home.search_hint")
    free = rect.right - 36 - x - sheet.measure.width(words("home.search"), size.head) - 24
    if sheet.measure.width(hint, size.small) <= free:
        sheet.text(
            hint,
            size.small,
            x=rect.right - 36 - free,
            y=rect.y,
            width=free,
            color="soft",
            align="right",
            most=1,
            leading=high,
        )
    sheet.touchable(rect, words("home.search"), Open(Search()))
    sheet.y += high + size.gap + (0 if sheet.state.low else 8)


def _errands(sheet: Sheet) -> None:
    """What people come for most, in their words; in large type and low view the guides' page has them."""
    if sheet.state.elder or sheet.state.low or sheet.view.blanked:
        return
    first = errands.tiles("", errands.guides(sheet.view.shelf), sheet.words)[:_errands_shown]
    if len(first) == _errands_shown:
        keys = [(sheet.words(f"errand.{key}"), Open(errands.page_of(key, "", its)), "", "") for key, _, its in first]
        sheet.keys(keys, _errands_shown, size=sheet.size.body)
        sheet.y += 8


def _six(sheet: Sheet) -> None:
    """Six tiles: two columns, in low view three so that all stand in the lower half."""
    size, low = sheet.size, sheet.state.low
    columns, gap = (3, 12.0) if low else (2, size.gap + 4)
    below = sheet.size.key + (12 if low else 16)
    free = sheet.bottom - sheet.y - below
    if low:
        high = min((free - gap) / 2, 200.0)
    else:
        row, least = size.key + 16, size.key + 40
        spare = [(free - 3 * gap - bool(rows) * (sheet.leading(size.body) + 40) - rows * row) / 3 for rows in (2, 1, 0)]
        high = min(250.0, next((high for high in spare if high >= least), least))
    wide = (sizes.room - gap * (columns - 1)) / columns
    for n, (key, icon, page) in enumerate(ways.of(sheet.view.site)):
        x, y = sizes.left + n % columns * (wide + gap), sheet.y + n // columns * (high + gap)
        _tile(sheet, Rect(x, y, wide, high), key, icon, Open(page))
    sheet.y += 6 // columns * (high + gap)


def _tile(sheet: Sheet, rect: Rect, key: str, icon: str, action: Action) -> None:
    words, size = sheet.words, sheet.size
    label = words(f"home.{key}")
    sheet.add(Box(rect, "card", "rim", rim, radius))
    sheet.touchable(rect, label, action)
    if sheet.state.low:
        side, free = round(size.head), rect.w - sheet.measure.width(label, size.body, bold=True)
        beside = Rect(rect.right - free + 8, rect.y + 8, free - 16, rect.h - 16)
        wide = rect.w - sheet.beside(f"home.{key}", beside, size.body)
        top = rect.y + (rect.h - side - size.body * 1.5) / 2
        sheet.add(Icon(Rect(rect.x + (wide - side) / 2, top, side, side), icon))
        below, leading = top + side + 4, size.body * 1.4
        sheet.text(label, size.body, x=rect.x, y=below, width=wide, bold=True, align="center", most=1, leading=leading)
        return
    elder = sheet.state.elder
    side, pad = round(size.head * (1.2 if elder else 1.6)), 26 if elder else 40
    sheet.add(Icon(Rect(rect.x + pad, rect.y + (rect.h - side) / 2, side, side), icon))
    x = rect.x + pad + side + (22 if elder else 36)
    room = Rect(x, rect.y + 12, rect.right - 12 - x, rect.h - 24)
    note = _beside(sheet, key, room, label, sheet.broken(_note(sheet, key), size.small, room.w, most=1)[0])
    high = size.head * 1.35 + (size.small * 1.5 if note else 0)
    top = rect.y + (rect.h - high) / 2
    sheet.text(label, size.head, x=x, y=top, width=room.w, bold=True, most=1, leading=size.head * 1.35)
    if note:
        sheet.text(note, size.small, x=x, y=top + size.head * 1.35, width=room.w, color="soft", most=1)


def _beside(sheet: Sheet, key: str, room: Rect, label: str, note: str) -> str:
    """The tile's name in the second language; returns the note, or none where that name needs its room (LNG-01)."""
    named, noted = sheet.measure.width(label, sheet.size.head, bold=True), sheet.measure.width(note, sheet.size.small)
    for text, taken in ((note, max(named, noted) + 16), ("", named + 16)):
        place = Rect(room.x + taken, room.y, room.w - taken, room.h)
        if sheet.beside(f"home.{key}", place, sheet.size.head):
            return text
    return note


def _note(sheet: Sheet, key: str) -> str:
    """The ticket tile says how many wait, when anybody may take a number."""
    services = sheet.view.services
    if key == "ticket" and services:
        if not any(service.open for service in services):
            return sheet.words("home.ticket_holiday" if sheet.view.day_off else "home.ticket_closed")
        if any(service.waiting is None for service in services):
            return sheet.words("home.ticket_open")
        waiting = sum(service.waiting or 0 for service in services)
        return sheet.words("home.ticket_waiting", waiting=waiting) if waiting else sheet.words("home.ticket_free")
    return sheet.words(f"home.{key}_note")


def _news(sheet: Sheet, most: int) -> None:
    """What is new, as far as there is room; nothing while the hall's screens are blanked."""
    new = () if sheet.view.blanked else sheet.view.shelf.once("new", lambda: _new(sheet.view.rows))
    entries = [lists.entry(sheet, row) for row in new[:most]]
    heights = lists.heights(sheet, entries)
    heading = 4 + sheet.leading(sheet.size.body) + 14
    if not heights or heights[0] > sheet.left_over - heading:
        return
    sheet.y += 4
    sheet.heading(sheet.words("home.new"))
    fitting = lists.split(heights, sheet.left_over, 12)[0][1]
    lists.draw(sheet, entries[:fitting], 0, lambda _: sheet.state.page)


def _new(rows: Sequence[Row]) -> tuple[Row, ...]:
    """What is new besides guides; emergencies first."""
    found = sorted((row for row in rows if row.kind != "guide"), key=lambda row: row.kind != "emergency")
    return tuple(found[:_news_most])
