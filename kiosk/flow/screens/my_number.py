"""查我的号: the number one has, tapped from the paper, and how it stands now (QUE-01).

1. Letter first, then digits; no keyboard. A paper with two letters is of a kiosk's own series: a key asks for those. A
   number that is not there yet is not an error: it says what to do.
2. How many are ahead is the largest thing; minutes are a range with how they were computed, never a promise.
3. Nothing here tells whose number it is. Who wants to give it back does so on the phone page or at the desk.
4. A paper that may not have come out of this kiosk can be had here; it holds no code, for that is the ticket's key.
5. Who booked a time is led to the keys for the code (booking).
"""

from dataclasses import replace

from content_sync.domain import limits
from content_sync.domain.hall import series
from kiosk.flow import estimates, sizes, surroundings
from kiosk.flow.actions import Action, AskNumber, Change, GoHome, Open, PrintAgain
from kiosk.flow.frame import Box, Icon, Rect, Text
from kiosk.flow.pages.hall import Booking, MyNumber, PositionOf
from kiosk.flow.pages.reading import Way
from kiosk.flow.screens import large, way
from kiosk.flow.sheet import Sheet, radius
from kiosk.flow.view import Position

_digits_most = 5
_taller = 96.0  # a key of a number pad, against any other
_at_a_window = frozenset({"serving", "held", "missed"})
_still_waiting = frozenset({"waiting", "called", "held", "missed"})
_plain_states = frozenset({"serving", "held", "missed", "finished", "cancelled"})


def tapping(sheet: Sheet, page: MyNumber) -> None:
    """The letter, or the digits behind it (rule 1)."""
    words, size = sheet.words, sheet.size
    surroundings.begin(sheet)
    if not page.letter:
        sheet.title(words("mine.letter"), words("mine.letter_note"))
        sheet.reach()
        _letters(sheet)
    elif page.second:
        sheet.title(words("mine.second"))
        sheet.reach()
        _second_letters(sheet, page)
    else:
        sheet.title(words("mine.digits"))
        shown = page.letter + page.digits + "·" * max(0, limits.ticket_digits_min - len(page.digits))
        sheet.text(shown, size.huge * 0.7, bold=True, align="center", most=1, leading=size.huge * 0.9)
        sheet.reach()
        _pad(sheet, page)
    surroundings.finish(sheet)


def _letters(sheet: Sheet) -> None:
    services = sheet.view.site.services if sheet.view.site else ()
    gap, columns = 12.0, 2 if len(services) > 1 else 1
    wide, rows = (sizes.room - gap * (columns - 1)) / columns, max(1, -(-len(services) // columns))
    booked = bool(sheet.view.site and sheet.view.site.rules.bookings_per_day_max)
    bottom = sheet.bottom - (sheet.size.key + gap if booked else 0)
    high = min(sheet.size.key + 110, (bottom - sheet.y) / rows - gap)
    for n, service in enumerate(services):
        rect = Rect(sizes.left + n % columns * (wide + gap), sheet.y + n // columns * (high + gap), wide, high)
        changed = Change(MyNumber(service.letter))
        sheet.key(rect, service.letter, changed, note=service.name, size=sheet.size.title)
    if booked:  # rule 5
        rect = Rect(sizes.left, bottom + gap, sizes.room, sheet.size.key)
        sheet.key(rect, sheet.words("booking.key"), Open(Booking()), icon="clock")


def _second_letters(sheet: Sheet, page: MyNumber) -> None:
    for letter, rect in zip(series.letters, twelve(sheet), strict=True):
        sheet.key(rect, page.letter + letter, Change(MyNumber(page.letter + letter)), size=sheet.size.title)


def twelve(sheet: Sheet) -> list[Rect]:
    """Twelve keys in three columns as on a telephone; in low view four, so that all of it is within reach."""
    size, gap = sheet.size, 12.0
    columns = 4 if sheet.state.low else 3
    rows = 12 // columns
    wide, high = (sizes.room - gap * (columns - 1)) / columns, (sheet.bottom - sheet.y) / rows - gap
    high = max(size.key, min(high, size.key + _taller))
    return [
        Rect(sizes.left + n % columns * (wide + gap), sheet.y + n // columns * (high + gap), wide, high)
        for n in range(12)
    ]


def _pad(sheet: Sheet, page: MyNumber) -> None:
    """The digits, and when no digit is there yet the way to a second letter (rule 1)."""
    words, size, places = sheet.words, sheet.size, twelve(sheet)
    if len(page.digits) < _digits_most:
        for digit, rect in zip("1234567890", [*places[:9], places[10]], strict=True):
            sheet.key(rect, digit, Change(replace(page, digits=page.digits + digit)), size=size.title)
    erased = Change(replace(page, digits=page.digits[:-1]) if page.digits else MyNumber())
    sheet.key(places[9], words("search.erase"), erased, icon="erase")
    if not page.digits and len(page.letter) == 1:
        sheet.key(places[11], words("mine.two_letters"), Change(replace(page, second=True)), size=size.head)
    if len(page.digits) >= limits.ticket_digits_min:
        sheet.key(places[11], words("mine.look"), AskNumber(page.letter + page.digits), look="filled", size=size.head)


def position(sheet: Sheet, page: PositionOf) -> None:
    """What the hall says of the number (rules 2 and 3)."""
    words, size = sheet.words, sheet.size
    told = sheet.view.position or Position("waiting")
    surroundings.begin(sheet)
    sheet.text(page.number, size.title, bold=True, align="center", color="soft", most=1)
    if told.state == "answered":
        _answered(sheet, told)
    elif told.state == "waiting":
        sheet.text(words("mine.asking"), size.title, bold=True, align="center", most=2)
    else:
        sheet.text(words(f"mine.{told.state}"), size.title, bold=True, align="center", most=2)
        sheet.text(words(f"mine.{told.state}_note"), size.body, color="soft", align="center", most=4)
    there, owed = _way(sheet, told), told.owed and told.state == "answered" and told.stands in _still_waiting
    keys: list[tuple[str, Action, str, str]] = [
        *([(words("paper.owed"), PrintAgain(), "ticket", "plain")] if owed else []),
        *([(words("guide.way"), Open(there), "pin", "plain")] if there else []),
        (words("mine.again"), AskNumber(page.number), "ticket", "plain"),
        *([(words("mine.other"), Change(MyNumber()), "search", "plain")] if not (owed and there) else []),
        (words("ticket.done"), GoHome(), "check", "filled"),
    ]
    high = 2 * (size.key + size.gap)
    sheet.settle(sheet.bottom - high)
    sheet.to_bottom(high)
    sheet.keys(keys, 2)
    surroundings.finish(sheet)


def _way(sheet: Sheet, told: Position) -> Way | None:
    """The map with the window that calls, or that is to be asked."""
    site, is_named = sheet.view.site, told.state == "answered" and told.stands in {"called", *_at_a_window}
    if site is None or not is_named:
        return None
    return way.to(site, [one for one in site.windows if one.number == told.window])


def _answered(sheet: Sheet, told: Position) -> None:
    words, size = sheet.words, sheet.size
    if told.stands == "called":
        sheet.text(words("mine.called"), size.title, bold=True, align="center", most=1)
        large.draw(sheet, words("mine.window", n=told.window), sheet.size.huge)
    elif told.stands in _plain_states:
        sheet.text(words(f"mine.{told.stands}"), size.title, bold=True, align="center", most=2)
        if told.stands in _at_a_window and told.window:
            large.draw(sheet, words("mine.window", n=told.window), sheet.size.huge)
        sheet.text(words(f"mine.{told.stands}_note"), size.body, color="soft", align="center", most=4)
    elif told.ahead:
        sheet.text(words("mine.ahead"), size.title, bold=True, align="center", most=1)
        large.draw(sheet, words("mine.people", n=told.ahead), sheet.size.huge)
        _estimate(sheet, told)
    else:
        large.draw(sheet, words("mine.next"), sheet.size.huge)
        sheet.text(words("mine.next_note"), size.body, color="soft", align="center", most=2)


def _estimate(sheet: Sheet, told: Position) -> None:
    """Rule 2."""
    if told.low < 0:
        return
    words, size = sheet.words, sheet.size
    pad, side = 24.0, round(size.head * 1.3)
    inner = sizes.room - 2 * pad - side - 24
    basis, leading = (
        sheet.even(estimates.basis(sheet, told), size.small, inner, most=3),
        sheet.leading(size.small),
    )
    high = 2 * pad + size.head * 1.4 + leading * len(basis)
    sheet.y += 16
    sheet.add(Box(Rect(sizes.left, sheet.y, sizes.room, high), "card", "line", 3, radius))
    sheet.add(Icon(Rect(sizes.left + pad, sheet.y + pad, side, side), "clock"))
    x, top = sizes.left + pad + side + 24, sheet.y + pad
    minutes = words("mine.minutes", low=told.low, high=told.high)
    sheet.text(minutes, size.head, x=x, y=top, width=inner, bold=True, most=1, leading=size.head * 1.4)
    sheet.add(Text(x, top + size.head * 1.4, inner, basis, size.small, leading, "soft"))
    sheet.y += high + 16
