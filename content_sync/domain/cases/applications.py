"""An application for information from its receipt to the file: 申请 受理 公开 反馈 建档 (APP-05, APP-06, APP-08).

1. The clock starts on the day the application is received, whoever takes it up and when: an office gains no time by
   leaving it. Its limit is the profile's, in working days, and the profile stays with it for good.
2. What is not clear is sent back once, before it is taken up; the whole limit starts again on the day it is complete.
3. It is extended once, before its last day is over, by what the profile allows, and only with the name of who approved
   it and the way in which the applicant was told.
4. It is suspended for force majeure or a reason of law, which is named, while nothing was replied. The days that were
   left are left when it goes on. The applicant is told in writing both times.
5. A reply is one of domain.cases.replies. Then it is handed over, in the form that was asked for or with the reason for
   another one, and then filed. Nothing goes back.
6. An application for what several offices made together is this office's all the same (APP-08): the others are named
   when it is taken up, and it is not answered with 不属于本机关.
7. What is replied to after its last day says why; it stays late on file.
8. The due date is counted from the calendar (domain.cases.clocks); a suspended one has none.
"""

from dataclasses import dataclass, replace
from datetime import date

from content_sync.domain.calendar import Calendar, working_days_between
from content_sync.domain.cases.clocks import Due, due_after
from content_sync.domain.errors import Refused
from content_sync.domain.profiles import Profile

states: dict[str, str] = {
    "applied": "申请",
    "accepted": "受理",
    "replied": "公开",
    "delivered": "反馈",
    "archived": "建档",
}
causes: dict[str, str] = {"force": "不可抗力", "law": "法定事由"}


@dataclass(frozen=True)
class Application:
    """How far an application is. Days are ISO days; `days` is the limit that runs from `started`.

    `asked`: the day it was sent back to be completed. `paused`: the day it was suspended, while it is. `joint`: the
    other offices that made the information, in words.
    """

    profile: str
    received: str
    started: str
    days: int
    state: str = "applied"
    asked: str = ""
    extended: int = 0
    approver: str = ""
    paused: str = ""
    cause: str = ""
    reply: str = ""
    reply_said: tuple[tuple[str, ...], ...] = ()
    replied: str = ""
    form: str = ""
    form_reason: str = ""
    delivered: str = ""
    archived: str = ""
    joint: str = ""


def received(day: date, profile: Profile) -> Application:
    """An application that came on this day (rule 1)."""
    return Application(profile.id, day.isoformat(), day.isoformat(), profile.application.value or 0)


def due(app: Application, calendar: Calendar) -> Due:
    """The last day for the reply (rule 8)."""
    if app.paused:
        return Due(None, f"{app.paused} 起中止，还剩{app.days}个工作日")
    if app.asked and app.state == "applied":
        return Due(None, f"{app.asked} 已告知补正，补齐当天重新计时")
    return due_after(date.fromisoformat(app.started), app.days, "working_day", calendar)


def is_late(app: Application, day: date, calendar: Calendar) -> bool:
    """Whether its last day is over (rule 7)."""
    last = due(app, calendar).day
    return runs(app) and last is not None and day > last


def runs(app: Application) -> bool:
    """Whether its clock runs: nothing was replied, it is not suspended and not sent back."""
    return not (app.replied or app.paused or (app.asked and app.state == "applied"))


def told_step(app: Application) -> str:
    """How far it is, as its applicant is told: its state, or that it waits for them (more) or for a cause (paused)."""
    if app.paused:
        return "paused"
    return "more" if app.asked and app.state == "applied" else app.state


def asked_more(app: Application, day: date, what: str) -> Application:
    """Sent back to be completed (rule 2)."""
    if app.state != "applied":
        raise Refused("已经受理的申请不能再退回补正。")
    if app.asked:
        raise Refused("补正只能一次性告知，这件已经告知过。")
    _said(what, "请写明要更改、补充什么。")
    return replace(app, asked=day.isoformat())


def accepted(app: Application, day: date, joint: str = "") -> Application:
    """Taken up; what had been sent back is complete on this day (rules 1 and 2); `joint`: rule 6."""
    if app.state != "applied":
        raise Refused("这件申请已经受理。")
    started = day.isoformat() if app.asked else app.started
    return replace(app, state="accepted", started=started, joint=joint.strip())


def extended(
    app: Application, day: date, profile: Profile, approver: str, notice: str, calendar: Calendar
) -> Application:
    """Given more time (rule 3)."""
    _must_run(app)
    if app.extended:
        raise Refused("这件申请已经延长过一次，不能再延长。")
    _said(approver, "延长要写明哪一位负责人同意的。")
    _said(notice, "延长要书面告知申请人：请写明怎样告知的。")
    last = due(app, calendar).day
    if last is not None and day > last:
        raise Refused("答复期限已经过了，不能再延长。")
    more = profile.extension.value or 0
    if not more:
        raise Refused("适用的规则没有写可以延长。")
    return replace(app, extended=more, days=app.days + more, approver=approver.strip())


def paused(app: Application, day: date, cause: str, why: str, calendar: Calendar) -> Application:
    """Suspended (rule 4). Raises NoTable when the days that ran cannot be counted."""
    _must_run(app)
    if cause not in causes:
        raise Refused("中止只能因为不可抗力或法定事由：请选择一种。")
    _said(why, "请写明中止的具体原因。")
    ran = working_days_between(date.fromisoformat(app.started), day, calendar)
    return replace(app, paused=day.isoformat(), cause=cause, days=max(0, app.days - ran))


def resumed(app: Application, day: date) -> Application:
    """Goes on with the days that were left (rule 4)."""
    if not app.paused:
        raise Refused("这件申请没有中止。")
    return replace(app, paused="", cause="", started=day.isoformat())


def replied(app: Application, day: date, kind: str, said: dict[str, str]) -> Application:
    """Replied to; what it says was checked by domain.cases.replies (rule 5)."""
    _must_run(app)
    if app.joint and kind == "elsewhere":  # rule 6
        raise Refused(f"这项信息是和{app.joint}联合制作的：请由本机关答复，不能答复“不属于本机关”。")
    return replace(app, state="replied", reply=kind, reply_said=tuple(said.items()), replied=day.isoformat())


def delivered(app: Application, day: date, form: str, reason: str, wanted: str) -> Application:
    """Handed over to the applicant, who had asked for it in the form `wanted` (rule 5)."""
    if app.state != "replied":
        raise Refused("先作出答复，再反馈给申请人。")
    _said(form, "请选择怎样交给申请人的。")
    if wanted and form != wanted:
        _said(reason, "没有按申请人要求的形式提供：请写明理由。")
    return replace(app, state="delivered", form=form, form_reason=reason.strip(), delivered=day.isoformat())


def archived(app: Application, day: date) -> Application:
    """Filed (rule 5)."""
    if app.state != "delivered":
        raise Refused("反馈给申请人以后才能建档。")
    return replace(app, state="archived", archived=day.isoformat())


def _must_run(app: Application) -> None:
    if app.state == "applied":
        raise Refused("请先受理这件申请。")
    if app.state != "accepted":
        raise Refused("这件申请已经答复。")
    if app.paused:
        raise Refused("这件申请正在中止，恢复以后再办。")


def _said(text: str, refusal: str) -> None:
    if not text.strip():
        raise Refused(refusal)
