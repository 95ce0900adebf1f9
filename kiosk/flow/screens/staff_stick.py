"""A stick's turn: how far it is, whether it may be pulled out, what became of it, in a sentence each.

1. Until the last line the stick stays in, and the screen says so in the largest type; then it says that it may go.
2. What became of the content and of the records are two sentences; each bad end says what to do.
3. A kiosk that is left is wiped; a stick's turn goes on by itself and is not shown to the next visitor.
"""

from kiosk.flow import sizes, surroundings
from kiosk.flow.actions import Back, CarryStick
from kiosk.flow.behind import Carrying
from kiosk.flow.frame import Box, Icon, Rect
from kiosk.flow.sheet import Sheet

_good = {"taken", "same", "written", "none", ""}
_not_begun = {"missing", "two", "unread"}
_mega = 1_000_000


def draw(sheet: Sheet) -> None:
    """The turn, or nothing yet."""
    surroundings.begin(sheet)
    carrying = sheet.view.behind.carrying or Carrying("import")
    if carrying.state == "over":
        _over(sheet, carrying)
    else:
        _working(sheet, carrying)
    surroundings.finish(sheet)


def _working(sheet: Sheet, carrying: Carrying) -> None:
    """Rule 1: the stick stays in."""
    words, size = sheet.words, sheet.size
    side = round(size.title * 2.4)
    sheet.add(Icon(Rect((sizes.wide - side) / 2, sheet.y, side, side), "clock", "rim"))
    sheet.y += side + 28
    sheet.text(words("stick.leave"), size.title, bold=True, align="center", most=2)
    sheet.y += 16
    key = "stick.reading" if carrying.state == "reading" and carrying.what == "import" else "stick.working"
    sheet.text(words(key), size.body, color="soft", align="center", most=2)
    if carrying.of:
        sheet.y += 24
        share = min(1.0, carrying.done / carrying.of)
        bar = Rect(sizes.left, sheet.y, sizes.room, 36)
        sheet.add(Box(bar, "card", "rim", 3, 18))
        if share * bar.w > bar.h:
            sheet.add(Box(Rect(bar.x, bar.y, round(bar.w * share), bar.h), "blue", radius=18))
        sheet.y += bar.h + 16
        told = words("stick.bytes", done=_mb(carrying.done), of=_mb(carrying.of), percent=int(share * 100))
        sheet.text(told, size.body, align="center", most=1)
    sheet.settle(sheet.bottom)


def _over(sheet: Sheet, carrying: Carrying) -> None:
    """Rules 1 and 2."""
    words, size = sheet.words, sheet.size
    well = carrying.bundle in _good and carrying.records in _good
    side = round(size.title * 2.4)
    icon = Icon(
        Rect((sizes.wide - side) / 2, sheet.y, side, side), "check" if well else "warning", "blue" if well else "red"
    )
    sheet.add(icon)
    sheet.y += side + 28
    title = f"stick.{carrying.bundle}_title" if carrying.bundle in _not_begun else "stick.pull"
    sheet.text(words(title), size.title, bold=True, align="center", most=2)
    sheet.y += 24
    for part in ("bundle", "records"):
        word = getattr(carrying, part)
        if word:
            said = words(f"stick.{part}_{word}", n=carrying.taken if part == "bundle" else carrying.written)
            bad = word not in _good
            sheet.text(said, size.body, bold=bad, color="red" if bad else "ink", align="center", most=5)
            sheet.y += 16
    key_high = size.key + 16
    sheet.settle(sheet.bottom - key_high)
    sheet.y = sheet.bottom - key_high
    again = (words("stick.again"), CarryStick(carrying.what), "clock", "plain")
    sheet.keys([again, (words("stick.done"), Back(), "check", "filled")], 2, key_high)


def _mb(count: int) -> str:
    return f"{count / _mega:.1f} MB"
