"""The keys at the foot of every touch screen (SCREENS A3): 返回 · 首页 · 大字 · 低位 · 朗读 · 找人帮忙.

1. They are the same on every screen and stand in the same places; only the first two change: with nobody here they ask
   for the language, on the first page they end the visit and ask for the language.
2. 大字 makes everything large at once; in large view it opens what else helps to see better (kiosk.flow.screens.sight).
"""

from kiosk.flow import sizes
from kiosk.flow.actions import (
    Action,
    Back,
    Enlarge,
    Finish,
    GoHome,
    Open,
    ReadAloud,
    SwitchElder,
    SwitchLanguage,
    SwitchLow,
)
from kiosk.flow.frame import Rect
from kiosk.flow.pages.plain import Help, Idle, Languages, Sight
from kiosk.flow.sheet import Sheet

_gap, _wide, _finish, _first_two = 12.0, 144.0, 146.0, 316.0
_Key = tuple[str, str, Action, str, float]


def keys(sheet: Sheet, y: float) -> None:
    """The row, its top at `y`."""
    state = sheet.state
    help_wide = sizes.room - _first_two - 3 * _wide - 4 * _gap
    row: list[_Key] = [
        *_first(sheet),
        ("footer.elder", "big", _elder(sheet), "chosen" if state.elder else "plain", _wide),
        ("footer.low", "low", SwitchLow(), "chosen" if state.low else "plain", _wide),
        ("footer.aloud", "speaker", ReadAloud(), "chosen" if state.aloud >= 0 else "plain", _wide),
        ("footer.help", "help", Open(Help()), "plain", help_wide),
    ]
    x, size = float(sizes.left), sheet.size.small
    for key, icon, action, look, wide in row:
        rect = Rect(x, y, wide, sheet.size.key)
        sheet.key(rect, sheet.words(key), action, icon=icon, look=look, size=size, stacked=True)
        x += wide + _gap


def _first(sheet: Sheet) -> list[_Key]:
    """Rule 1."""
    if isinstance(sheet.state.page, Idle):
        return [(*_language(sheet), "plain", _first_two)]
    half = (_first_two - _gap) / 2
    if len(sheet.state.pages) > 1:
        return [("footer.back", "back", Back(), "plain", half), ("footer.home", "home", GoHome(), "plain", half)]
    rest = _first_two - _gap - _finish
    return [("footer.finish", "check", Finish(), "plain", _finish), (*_language(sheet), "plain", rest)]


def _elder(sheet: Sheet) -> Action:
    """Rule 2."""
    if isinstance(sheet.state.page, Sight):
        return SwitchElder()
    return Open(Sight()) if sheet.state.elder else Enlarge()


def _language(sheet: Sheet) -> tuple[str, str, Action]:
    """The other language; where there are more, the question which."""
    others = [one for one in sheet.view.languages if one != sheet.state.language]
    if len(others) == 1:
        return f"language.{others[0]}", "language", SwitchLanguage(others[0])
    return "language.choose", "language", Open(Languages())
