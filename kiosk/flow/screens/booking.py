"""预约报到: the last digits of a booking's code, and the ticket follows (QUE-01).

1. At least `bookings.said_min` digits; whether they mean one booking, and whether it is its time, the hall says.
2. A booking is checked in by the hall only: a kiosk that is cut off gives no number of its own for it.
"""

from content_sync.domain.hall.bookings import said_min
from kiosk.flow import surroundings
from kiosk.flow.actions import Back, Change, TakeTicket
from kiosk.flow.pages.hall import Booking
from kiosk.flow.screens.my_number import twelve
from kiosk.flow.sheet import Sheet

_digits_most, _in_large_type = 12, 6


def draw(sheet: Sheet, page: Booking) -> None:
    """The digits so far, and the keys."""
    words, size = sheet.words, sheet.size
    surroundings.begin(sheet)
    sheet.title(words("booking.digits"), words("booking.digits_note"))
    shown = page.digits + "·" * max(0, said_min - len(page.digits))
    em = size.huge * (0.7 if len(shown) <= _in_large_type else 0.4)
    sheet.text(shown, em, bold=True, align="center", most=1, leading=size.huge * 0.9)
    sheet.reach()
    places = twelve(sheet)
    if len(page.digits) < _digits_most:
        for digit, rect in zip("1234567890", [*places[:9], places[10]], strict=True):
            sheet.key(rect, digit, Change(Booking(page.digits + digit)), size=size.title)
    erased = Change(Booking(page.digits[:-1])) if page.digits else Back()
    sheet.key(places[9], words("search.erase"), erased, icon="erase")
    if len(page.digits) >= said_min:
        sheet.key(places[11], words("booking.go"), TakeTicket("", code=page.digits), look="filled", size=size.head)
    surroundings.finish(sheet)
