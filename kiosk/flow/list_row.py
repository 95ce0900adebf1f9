"""One row of a list: a title, who says it and when, a sentence about it; set larger where the whole list has room."""

from dataclasses import dataclass

from kiosk.flow import sizes
from kiosk.flow.actions import Action
from kiosk.flow.frame import Box, Icon, Rect, Text
from kiosk.flow.sheet import Sheet, radius, rim


@dataclass(frozen=True)
class Entry:
    """One row of a list."""

    title: str
    action: Action
    note: str = ""
    icon: str = ""
    shown: tuple[str, str, str] = ("", "", "")
    more: str = ""


@dataclass(frozen=True)
class Setting:
    """The sizes of a row, the space above and below its words, and whether the sentence about it stands there."""

    title: float
    more: float
    pad: float
    tells: bool = True


def plain(sheet: Sheet) -> Setting:
    """As many rows as possible."""
    return Setting(sheet.size.body, sheet.size.small, 18)


def roomy(sheet: Sheet) -> Setting:
    """For a short list: its titles are what one looks for here."""
    return Setting(sheet.size.head, sheet.size.body, 28)


def terse(sheet: Sheet) -> Setting:
    """Titles, and who says it, alone."""
    return Setting(sheet.size.body, sheet.size.small, 18, tells=False)


def height(sheet: Sheet, one: Entry, setting: Setting) -> float:
    """How tall the row is."""
    inner = _inner(one, setting)  # of ten thousand rows most are seen to be short without being measured
    is_short = len(one.title) * setting.title <= inner
    lines = 1 if is_short or sheet.measure.width(one.title, setting.title, bold=True) <= inner else 2
    note = _note_leading(sheet) if one.note else 0
    more = round(setting.more * 1.5) * len(_more(sheet, one, setting))
    return max(sheet.size.key, round(setting.title * 1.35) * lines + note + more + 2 * setting.pad)


def _note_leading(sheet: Sheet) -> float:
    return round(sheet.size.small * 1.4)


def _inner(one: Entry, setting: Setting) -> float:
    return sizes.room - 2 * 28 - 44 - (round(setting.title * 1.3) + 24 if one.icon else 0)


def _title(sheet: Sheet, one: Entry, setting: Setting) -> tuple[str, ...]:
    return sheet.even(one.title, setting.title, _inner(one, setting), bold=True, most=2)


def _more(sheet: Sheet, one: Entry, setting: Setting) -> tuple[str, ...]:
    return sheet.even(one.more, setting.more, _inner(one, setting), most=2) if one.more and setting.tells else ()


def draw(sheet: Sheet, one: Entry, high: float, setting: Setting) -> None:
    """The row at the cursor."""
    x, inner = sizes.left + 28.0, _inner(one, setting)
    rect = Rect(sizes.left, sheet.y, sizes.room, high)
    sheet.add(Box(rect, "card", "rim", rim, radius))
    sheet.touchable(rect, one.title, one.action)
    if one.shown[0]:
        sheet.showing(*one.shown)
    if one.icon:
        side = round(setting.title * 1.3)
        color = "red" if one.icon == "warning" else "blue"
        sheet.add(Icon(Rect(x, sheet.y + (high - side) / 2, side, side), one.icon, color))
        x += side + 24
    title, more = _title(sheet, one, setting), _more(sheet, one, setting)
    leading, small = round(setting.title * 1.35), _note_leading(sheet) if one.note else 0
    top = sheet.y + (high - leading * len(title) - small - round(setting.more * 1.5) * len(more)) / 2
    sheet.add(Text(x, top, inner, title, setting.title, leading, "ink", bold=True))
    top += leading * len(title)
    if one.note:
        sheet.text(one.note, sheet.size.small, x=x, y=top, width=inner, color="soft", most=1, leading=small)
    if more:
        sheet.add(Text(x, top + small, inner, more, setting.more, round(setting.more * 1.5)))
    side = round(setting.title * 0.8)
    sheet.add(Icon(Rect(rect.right - 28 - side, sheet.y + (high - side) / 2, side, side), "next", "rim"))
