"""找人帮忙: one key rings the bell at the desk, and the screen says whether somebody comes (GUI-06, N-07).

1. A person always exists: where the desk is and its phone stand here too, also when the bell cannot be heard.
2. Ringing is said only when the desk has the call, coming only when somebody took it: nothing is promised before.
"""

from kiosk.flow import sizes, surroundings, text_pages
from kiosk.flow.actions import CallHelp
from kiosk.flow.frame import Box, Icon, Rect
from kiosk.flow.pages.plain import Help
from kiosk.flow.screens.plain import where
from kiosk.flow.sheet import Sheet, radius
from kiosk.flow.view import Helper

_on_the_way = frozenset({"ringing", "coming"})


def draw(sheet: Sheet, page: Help) -> None:
    """The bell, or what became of it; the desk and the phone below."""
    words, site, size = sheet.words, sheet.view.site, sheet.size
    surroundings.begin(sheet)
    is_called = sheet.view.helper is not None and sheet.view.helper.state != "asking"
    sheet.title(words("help.title"), "" if is_called else words("help.note"))  # then what became of it says more
    bottom = sheet.bottom
    if site and not (sheet.view.helper and sheet.view.helper.state in _on_the_way):  # then there is no key
        sheet.bottom -= size.key + 44 + size.gap
    if sheet.view.helper:
        _told(sheet, sheet.view.helper)
    if site and site.phone:
        _phone(sheet, site.phone)
    text_pages.paged(sheet, where(sheet, words("help.desk"), phone=False), page.number, Help)
    sheet.bottom = bottom
    if site:
        _bell(sheet, sheet.view.helper)
    surroundings.finish(sheet)


def _bell(sheet: Sheet, helper: Helper | None) -> None:
    words, size = sheet.words, sheet.size
    rect = Rect(sizes.left, sheet.bottom - size.key - 44, sizes.room, size.key + 44)
    if helper and helper.state in _on_the_way:  # it rings once
        return
    if helper and helper.state == "asking":
        sheet.add(Box(rect, "paper", "line", 3, radius))
        sheet.text(words("help.asking"), size.head, y=rect.y, color="soft", align="center", most=1, leading=rect.h)
        return
    label = words("help.again") if helper else words("help.ring")
    note = words("help.ring_note")
    sheet.key(rect, label, CallHelp(), icon="help", look="filled", note=note, size=size.head)


def _told(sheet: Sheet, helper: Helper) -> None:
    """Rule 2."""
    words, size = sheet.words, sheet.size
    if helper.state == "asking":
        return
    note = words("help.coming_by", by=helper.by) if helper.state == "coming" and helper.by else ""
    note = note or (words(f"help.{helper.state}_note") if helper.state != "coming" else words("help.ringing_note"))
    pad, side = 24.0, round(size.title)
    inner = sizes.room - 2 * pad - side - 24
    lines = sheet.broken(note, size.body, inner, most=2)
    high = 2 * pad + size.head * 1.4 + sheet.leading(size.body) * len(lines)
    color = "red" if helper.state == "unreached" else "blue"
    sheet.add(Box(Rect(sizes.left, sheet.y, sizes.room, high), "card", color, 4, radius))
    icon = "warning" if helper.state == "unreached" else "check"
    sheet.add(Icon(Rect(sizes.left + pad, sheet.y + (high - side) / 2, side, side), icon, color))
    x, top = sizes.left + pad + side + 24, sheet.y + pad
    head = words(f"help.{helper.state}")
    sheet.text(head, size.head, x=x, y=top, width=inner, bold=True, most=1, leading=size.head * 1.4)
    sheet.text(note, size.body, x=x, y=top + size.head * 1.4, width=inner, most=2)
    sheet.y += high + 20


def _phone(sheet: Sheet, phone: str) -> None:
    size, side = sheet.size, round(sheet.size.title)
    sheet.text(sheet.words("help.call"), size.body, color="soft")
    sheet.add(Icon(Rect(sizes.left, sheet.y + size.title * 0.3, side, side), "phone"))
    x = sizes.left + side + 24
    sheet.text(phone, size.title * 1.3, x=x, y=sheet.y, bold=True, color="blue", most=1)
    sheet.y += sheet.leading(size.title * 1.3) + 20
