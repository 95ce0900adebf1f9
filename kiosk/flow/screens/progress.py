"""我的事办得怎样 (APP-08, SUP-02): a receipt number on the pad, then the step, the date and, once public, the answer.

1. The number pad is enough. Who left a telephone number with an application is asked for its last four digits too, but
   only when the receipt alone finds nothing.
2. Nothing here tells whose matter it is or what it says.
3. Of an answered opinion its visitor may say once whether the answer satisfied; nobody must, and nothing is chosen.
"""

from dataclasses import replace
from datetime import date

from kiosk.flow import dates, ladder, sizes, surroundings
from kiosk.flow.actions import Action, AskProgress, Change, GoHome, Judge, Open
from kiosk.flow.pages.reading import Reader
from kiosk.flow.screens import digits
from kiosk.flow.sheet import Sheet
from kiosk.flow.view import Matter
from kiosk.flow.voices import Progress, ProgressOf, Verdict

_receipt_digits, _last_digits, _group = 12, 4, 4
_known = frozenset({"received", "doing", "done", "cannot", "found", "closed"})
_of_applications = frozenset({"applied", "more", "accepted", "paused", "replied", "delivered", "archived", "passed"})
_within = {"more": "applied", "paused": "accepted"}  # what waits for its applicant, or for a cause, is where it was
_answered = frozenset({"done", "cannot"})
_ways = {
    "opinion": ("received", "doing", "done"),
    "report": ("received", "doing", "found", "closed"),
    "application": ("applied", "accepted", "replied", "delivered", "archived"),
}
_faces = {"satisfied": "face4", "unsatisfied": "face2"}
_step_em, _judging = 1.7, 1.3


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
    keys = _keys(sheet, page, matter)
    asks = _may_judge(sheet, page, matter)
    bottom = sheet.bottom - size.key - size.gap - asks * (size.key * _judging + size.gap)
    if matter.state == "answered":
        _stands(sheet, page, matter, bottom - asks * sheet.leading(size.head) - 24)
    else:
        sheet.text(grouped(page.digits), size.title, bold=True, align="center", color="soft", most=1)
        sheet.y += 16
        sheet.text(words(f"progress.{matter.state}"), size.title * _step_em, bold=True, align="center", most=2)
        if matter.state != "waiting":
            sheet.y += 8
            sheet.text(words(f"progress.{matter.state}_note"), size.head, align="center", most=5)
        sheet.settle(bottom)
    if asks:
        sheet.y = bottom - sheet.leading(size.head)
        sheet.text(words("progress.satisfied"), size.head, bold=True, most=1)
        sheet.y = bottom
        said = {verdict: Judge(Verdict(page.digits, verdict)) for verdict in _faces}
        faces = [(words(f"verdict.{one}"), said[one], icon, "plain") for one, icon in _faces.items()]
        sheet.keys(faces, 2, high=size.key * _judging, size=size.head)
    sheet.y = sheet.bottom - size.key
    sheet.keys(keys, len(keys))
    surroundings.finish(sheet)


def _keys(sheet: Sheet, page: ProgressOf, matter: Matter) -> list[tuple[str, Action, str, str]]:
    words = sheet.words
    first: tuple[str, Action, str, str] = (words("progress.other"), Change(Progress()), "search", "plain")
    if matter.state == "unknown" and not page.last4:  # rule 1
        first = (words("progress.with_phone"), Open(Progress(page.digits, asking=True)), "phone", "filled")
    elif matter.state == "unreached":
        first = (words("progress.again"), AskProgress(page), "search", "filled")
    elif matter.item:
        first = (words("progress.answer"), Open(Reader(matter.item)), "answer", "filled")
    return [first, (words("ticket.done"), GoHome(), "check", "plain" if first[3] == "filled" else "filled")]


def _may_judge(sheet: Sheet, page: ProgressOf, matter: Matter) -> bool:
    """Rule 3."""
    answered = matter.state == "answered" and matter.kind == "opinion" and matter.step in _answered
    return answered and not matter.verdict and page.digits not in sheet.state.judged


def _stands(sheet: Sheet, page: ProgressOf, matter: Matter, bottom: float) -> None:
    """Rule 2: kind, step, date, and the way from the receipt to the end."""
    words, size = sheet.words, sheet.size
    known = {*_known, *_of_applications, "several"}
    step = matter.step if matter.step in known else "doing"
    kind = matter.kind if matter.kind in _ways else "opinion"
    about = words(f"matter.{kind}")
    sheet.text(f"{about}　{grouped(page.digits)}", size.body, color="soft", most=1)
    sheet.text(words(f"step.{step}"), size.title * _step_em, bold=True, color="blue", most=2)
    if day := _day(sheet, matter.due):
        sheet.text(words("progress.due", day=day), size.title, bold=True, most=2)
    note = f"verdict.{matter.verdict}_note" if matter.verdict in _faces else f"step.{step}_note"
    sheet.text(words(note), size.body, most=4)
    sheet.y += 40
    way = _ways[kind]
    at = _within.get(step, step)
    if at in way:
        sheet.reach(sizes.reach - 100)
        ladder.draw(sheet, [(words(f"step.{one}"), "") for one in way], way.index(at), bottom)


def _day(sheet: Sheet, due: str) -> str:
    try:
        return dates.day(sheet.words, date.fromisoformat(due).isoformat(), sheet.view.now)
    except ValueError:
        return ""  # none, or as only a newer program understands it
