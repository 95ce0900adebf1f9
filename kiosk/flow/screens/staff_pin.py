"""The PIN of the staff screen.

1. Digits are shown as dots; a wrong PIN says only that it was wrong, and pauses are counted down.
"""

from dataclasses import replace

from content_sync.domain import limits
from kiosk.flow import surroundings
from kiosk.flow.actions import Back, Change, TryPin
from kiosk.flow.pages.staff import StaffPin
from kiosk.flow.screens.my_number import twelve
from kiosk.flow.sheet import Sheet


def draw(sheet: Sheet, page: StaffPin) -> None:
    """The dots and the keys."""
    words, size, behind = sheet.words, sheet.size, sheet.view.behind
    surroundings.begin(sheet)
    sheet.title(words("staff.pin"), words("staff.pin_note"))
    if behind.pause:
        _paused(sheet, behind.pause)
        surroundings.finish(sheet)
        return
    if behind.wrong and not page.digits:
        sheet.text(words("staff.wrong"), size.head, bold=True, color="red", align="center", most=2)
    else:
        dots = "●" * len(page.digits) + "○" * max(0, limits.staff_pin_digits_min - len(page.digits))
        sheet.text(dots, size.title, align="center", most=1, leading=size.huge * 0.6)
    sheet.reach()
    places = twelve(sheet)
    if len(page.digits) < limits.staff_pin_digits_max:
        for digit, rect in zip("1234567890", [*places[:9], places[10]], strict=True):
            sheet.key(rect, digit, Change(replace(page, digits=page.digits + digit)), size=size.title)
    erased = Change(StaffPin(page.digits[:-1])) if page.digits else Back()
    sheet.key(
        places[9],
        words("search.erase" if page.digits else "footer.back"),
        erased,
        icon="erase" if page.digits else "back",
    )
    if len(page.digits) >= limits.staff_pin_digits_min:
        sheet.key(places[11], words("staff.enter"), TryPin(page.digits), look="filled", size=size.head)
    surroundings.finish(sheet)


def _paused(sheet: Sheet, seconds: int) -> None:
    """How long, and the way out; nothing can be tapped meanwhile (rule 1)."""
    words, size = sheet.words, sheet.size
    sheet.begin_body()
    sheet.text(words("staff.pause", seconds=seconds), size.title, bold=True, color="red", align="center", most=3)
    high = size.key + size.gap
    sheet.settle(sheet.bottom - high)
    sheet.to_bottom(high)
    sheet.keys([(words("footer.back"), Back(), "back", "plain")], 1)
