"""评议码 (EVA-03): a panel member's code on the pad, then the questionnaire.

A slip of the finger is told at once, without a network (disclosure.panels rule 2); whether the code was spent is not
known here.
"""

from dataclasses import replace

from content_sync.domain.disclosure import panels
from kiosk.flow import surroundings
from kiosk.flow.actions import Action, Change
from kiosk.flow.screens import digits
from kiosk.flow.sheet import Sheet
from kiosk.flow.voices import Panel, Poll


def draw(sheet: Sheet, page: Panel) -> None:
    """The code so far, and the keys."""
    words = sheet.words
    surroundings.begin(sheet)
    is_full = len(page.digits) == panels.code_digits
    is_right = is_full and panels.is_code(page.item, page.digits)
    if is_full and not is_right:
        sheet.title(words("panel.wrong"), "" if sheet.state.elder else words("panel.wrong_note"))
    else:
        sheet.title(words("panel.title"), "" if sheet.state.elder else words("panel.note"))
    digits.shown(sheet, panels.spelled(page.digits + "·" * (panels.code_digits - len(page.digits))))
    begin: tuple[str, Action, str] = (words("panel.begin"), Change(Poll(page.item, code=page.digits)), "filled")
    sheet.reach()
    digits.draw(
        sheet,
        page.digits,
        panels.code_digits,
        lambda text: replace(page, digits=text),
        begin if is_right else None,
    )
    surroundings.finish(sheet)
