"""One row of a list: a title, who says it and when, a sentence about it; set larger where the whole list has room."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kiosk.flow import sizes
from kiosk.flow.actions import Action
from kiosk.flow.frame import Box, Icon, Rect, Text
from kiosk.flow.sheet import Sheet, radius, rim


class Entry(NamedTuple):
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
    return next(heights(sheet, (one,), setting))


def heights(sheet: Sheet, entries: Iterable[Entry], setting: Setting) -> Iterator[float]:
    """How tall each row is. Of ten thousand most are seen to be short without being measured."""
    leading, small, note = round(setting.title * 1.35), round(setting.more * 1.5), _note_leading(sheet)
    pad, key, width = 2 * setting.pad, sheet.size.key, sheet.measure.width
    inner_of = {has_icon: _inner(has_icon, setting) for has_icon in (False, True)}
    for one in entries:
        inner = inner_of[bool(one.icon)]
        is_short = len(one.title) * setting.title <= inner or width(one.title, setting.title, bold=True) <= inner
        more = small * len(_more(sheet, one, setting)) if one.more and setting.tells else 0
        yield max(key, leading * (1 if is_short else 2) + (note if one.note else 0) + more + pad)


def _note_leading(sheet: Sheet) -> float:
    return round(sheet.size.small * 1.4)


def _inner(has_icon: bool, setting: Setting) -> float:
    return sizes.room - 2 * 28 - 44 - (round(setting.title * 1.3) + 24 if has_icon else 0)


def _title(sheet: Sheet, one: Entry, setting: Setting) -> tuple[str, ...]:
    return sheet.even(one.title, setting.title, _inner(bool(one.icon), setting), bold=True, most=2)


def _more(sheet: Sheet, one: Entry, setting: Setting) -> tuple[str, ...]:
    return (
        sheet.even(one.more, setting.more, _inner(bool(one.icon), setting), most=3)
        if one.more and setting.tells
        else ()
    )


def draw(sheet: Sheet, one: Entry, high: float, setting: Setting) -> None:
    """The row at the cursor."""
    x, inner = sizes.left + 28.0, _inner(bool(one.icon), setting)
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
