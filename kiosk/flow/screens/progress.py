"""我的事办得怎样 (APP-08, SUP-02): a receipt number on the pad, then the step, the date and, once public, the answer.

1. The number pad is enough. Who left a telephone number with an application is asked for its last four digits too, but
   only when the receipt alone finds nothing.
2. Nothing here tells whose matter it is or what it says.
"""

from dataclasses import replace
from datetime import date

from kiosk.flow import surroundings
from kiosk.flow.actions import Action, AskProgress, Change, GoHome, Open
from kiosk.flow.board import moments
from kiosk.flow.pages.reading import Reader
from kiosk.flow.screens import digits
from kiosk.flow.sheet import Sheet
from kiosk.flow.view import Matter
from kiosk.flow.voices import Progress, ProgressOf

_receipt_digits, _last_digits, _group = 12, 4, 4
_known = frozenset({"received", "doing", "done", "cannot", "found", "closed"})
_of_applications = frozenset({"applied", "accepted", "replied", "delivered", "archived", "passed"})


def tapping(sheet: Sheet, page: Progress) -> None:
    """The receipt, or the last four digits (rule 1)."""
    words = sheet.words
    surroundings.begin(sheet)
    last: tuple[str, Action, str] | None = None
    if page.asking:
        sheet.title(words("progress.last4"), "" if sheet.state.elder else words("progress.last4_note"))
        digits.shown(sheet, page.last4 + "·" * (_last_digits - len(page.last4)))
        if len(page.last4) == _last_digits:
            last = (words("progress.ask"), AskProgress(ProgressOf(page.digits, page.last4)), "filled")
        sheet.reach()
        digits.draw(sheet, page.last4, _last_digits, lambda text: replace(page, last4=text), last)
    else:
        sheet.title(words("progress.title"), "" if sheet.state.elder else words("progress.note"))
        digits.shown(sheet, grouped(page.digits + "·" * (_receipt_digits - len(page.digits))))
        if len(page.digits) == _receipt_digits:
            last = (words("progress.ask"), AskProgress(ProgressOf(page.digits)), "filled")
        sheet.reach()
        digits.draw(sheet, page.digits, _receipt_digits, lambda text: replace(page, digits=text), last)
    surroundings.finish(sheet)


def grouped(text: str) -> str:
    """A receipt as it was shown."""
    return " ".join(text[n : n + _group] for n in range(0, len(text), _group))


def told(sheet: Sheet, page: ProgressOf) -> None:
    """What the hall says."""
    words, size = sheet.words, sheet.size
    matter = sheet.view.matter or Matter("waiting")
    surroundings.begin(sheet)
    sheet.text(grouped(page.digits), size.title, bold=True, align="center", color="soft", most=1)
    sheet.y += 16
    if matter.state == "answered":
        _stands(sheet, matter)
    else:
        sheet.text(words(f"progress.{matter.state}"), size.title, bold=True, align="center", most=2)
        if matter.state != "waiting":
            sheet.text(words(f"progress.{matter.state}_note"), size.body, color="soft", align="center", most=4)
    keys: list[tuple[str, Action, str, str]] = [(words("progress.other"), Change(Progress()), "search", "plain")]
    if matter.state == "unknown" and not page.last4:  # rule 1
        keys = [(words("progress.with_phone"), Open(Progress(page.digits, asking=True)), "phone", "filled")]
    elif matter.state == "unreached":
        keys = [(words("progress.again"), AskProgress(page), "search", "plain")]
    elif matter.item:
        keys = [(words("progress.answer"), Open(Reader(matter.item)), "answer", "filled")]
    keys.append((words("ticket.done"), GoHome(), "check", "plain" if keys[0][3] == "filled" else "filled"))
    sheet.settle(sheet.bottom - size.key - 16)
    sheet.to_bottom(size.key)
    sheet.keys(keys, 2)
    surroundings.finish(sheet)


def _stands(sheet: Sheet, matter: Matter) -> None:
    """Rule 2: kind, step, date."""
    words, size = sheet.words, sheet.size
    step = matter.step if matter.step in _known | _of_applications else "doing"
    kind = matter.kind if matter.kind in ("opinion", "report", "application") else "opinion"
    sheet.text(words(f"matter.{kind}"), size.body, color="soft", align="center", most=1)
    sheet.text(words(f"step.{step}"), size.title * 1.5, bold=True, color="blue", align="center", most=2)
    sheet.y += 8
    if day := _day(sheet, matter.due):
        sheet.text(words("progress.due", day=day), size.head, bold=True, align="center", most=2)
    sheet.text(words(f"step.{step}_note"), size.body, color="soft", align="center", most=3)


def _day(sheet: Sheet, due: str) -> str:
    try:
        return moments.day(date.fromisoformat(due).isoformat(), sheet.view.now)
    except ValueError:
        return ""  # none, or as only a newer program understands it
