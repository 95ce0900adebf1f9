"""Opening and answering cases (SUP-02, EVA-05, promise 15).

1. A record opens exactly one case, however often it is sent; the case has a number of its day. Bad ratings have a
   series of their own (P…): a gap among opinions would tell a clerk that, and about when, somebody was dissatisfied.
2. A case is answered only with words: done or cannot be done. 事事有回音. It is closed when its answer is public
   (cases.closing); a bad rating, whose answer is not made public, is closed by the answer.
3. Opinions are answered by clerks and supervisors of the unit. A bad rating is seen and answered by supervisors only,
   and not by one who may also sit at a window. It names neither ticket nor window: the rated clerk cannot tell who
   rated (promise 11).
4. What the rule profile gives a limit is due: counted in working days when the case is opened. Without a limit, or
   without the year's table, it has no due date and says so (promise 14). An opinion about service is a complaint
   (domain.cases.complaints rule 3) and has the limit of one; of every other the seed says 规定时限 and no number (D08).
5. Of a bad rating supervision says what it found, with reasons, before it closes: upheld, explained, or malicious. What
   was found malicious stays on file and counts in no share.
6. What is late closes only when the reason was stated (cases.lateness); its opening, with its due date, and every step
   are in the audit log, so that no clock can be turned back unseen (HAL-10).
7. Whatever is in hand has a handler and a due date (SUP-02). Where the profile gives none, whoever takes the case up
   says by when it will be answered, once, and the audit log holds it; what is answered at once was due at once.
8. What an unsatisfied visitor made follow (cases.verdicts) is answered by somebody else than the first time.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row

from content_sync.clock import place
from content_sync.domain import limits
from content_sync.domain.cases import channels, complaints
from content_sync.domain.cases.clocks import due_after
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.profiles import Number, Profile
from display_server.access import Actor, check
from display_server.cases import lateness, queries
from display_server.database import audit, calendars, instants, sites
from display_server.database.engine import Database
from display_server.database.tables.records import cases, ratings

kinds: dict[str, str] = {"opinion": "群众意见", "rating": "差评整改"}
states: dict[str, str] = {"open": "待办", "doing": "正在办", "done": "已办好", "cannot": "暂时办不了"}
closed = frozenset({"done", "cannot"})
_series = {"rating": "P"}  # rule 1
findings: dict[str, str] = {
    "upheld": "属实，已整改",
    "explained": "有原因，已向群众说明",
    "malicious": "恶意评价，不计入",
}


@dataclass(frozen=True)
class Opening:
    """What a case is opened from: `record` is its source, `about` what it is about, `taps` the reasons tapped.

    `contact`: how its author can be reached, when they left it. `channel`: how it came (domain.cases.channels).
    `receipt`: as the visitor was shown it; `strokes`: what they wrote by hand. `device`: where it was said. `follows`:
    the case whose answer did not satisfy.
    """

    record: str
    kind: str
    site: str
    unit: str
    about: str
    taps: str
    text: str = ""
    item: str = ""
    contact: str = ""
    channel: str = channels.box
    receipt: str = ""
    strokes: str = ""
    device: str = ""
    follows: str = ""


@dataclass(frozen=True)
class Finding:
    """What supervision found of a bad rating, and why (rule 5)."""

    kind: str = ""
    reasons: str = ""


def open_case(db: Database, connection: Connection, opening: Opening) -> str:
    """Open a case inside the caller's transaction and return its number (rules 1 and 4)."""
    now = db.config.clock.now().astimezone(place)
    days = _limit(sites.profile(connection, opening.site, opening.unit), opening).value
    due = due_after(now.date(), days, "working_day", calendars.known(db.config)).day  # rule 4
    series = _series.get(opening.kind, "") + now.date().isoformat().replace("-", "")
    number = f"{series}-{queries.opened_on(connection, series) + 1:03d}"
    values = {**vars(opening), "number": number, "opened_at": now.isoformat(), "state": "open"}
    values |= {"limit_days": days, "due": due.isoformat() if due else ""}
    connection.execute(cases.insert().values(**values))
    opened = f"{opening.kind} {values['due'] or '-'}"
    audit.append(connection, now.isoformat(), "record", "device", "case.open", number, opened)
    return number


def kinds_for(actor: Actor) -> tuple[str, ...]:
    """The kinds of cases this account may see (rule 3)."""
    return ("opinion", "rating") if actor.may_judge() else ("opinion",)


def visible(db: Database, actor: Actor, number: str) -> Row[Any]:
    """The case, for somebody who may answer it. Raises Refused otherwise, in the same words as for no such case."""
    with db.read() as connection:
        row = queries.by_number(connection, number)
    if row is None or row.kind not in kinds_for(actor):
        raise Refused(f"没有编号为 {number} 的事项。")
    check(actor, "answer", row.unit)
    return row


def answer(
    db: Database, actor: Actor, number: str, state: str, text: str, finding: Finding = Finding(), due: str = ""
) -> None:
    """Set how far a case is; `done` and `cannot` end it with the answer (rules 2, 3 and 5).

    `due`: by which day (ISO) it will be answered, of a case that has no limit of a rule (rule 7).
    """
    row, text, reasons = visible(db, actor, number), text.strip(), finding.reasons.strip()
    _check_said(row, state, text, reasons)
    if row.kind == "rating" and state in closed:  # rule 5
        _check_found(finding.kind, reasons)
    now = instants.text_of(db.config.clock.now())
    values = {"state": state, "handler": actor.name, "answer": text, "answered_at": now if state in closed else ""}
    values |= _own_due(db, row, state, due)
    if row.kind == "rating":
        values |= {"finding": finding.kind if state in closed else "", "reasons": reasons}
        values |= {"closed_at": values["answered_at"]}  # rule 2
    with db.write() as connection:
        if state in closed:  # rule 6
            lateness.refuse_unexplained(db, connection, row)
            _check_other(connection, actor, row)
        still = (cases.c.number == number, cases.c.state.not_in(sorted(closed)), cases.c.due == row.due)  # rule 7
        if connection.execute(cases.update().where(*still).values(**values)).rowcount == 0:
            raise Refused(f"{number} 刚刚由别人接手或办结了，请刷新。")
        if values.get("finding") == "malicious":
            connection.execute(ratings.update().where(ratings.c.record == row.record).values(set_aside=1))
        if "due" in values:
            audit.append(connection, now, actor.name, actor.via, "case.due", number, values["due"])
        told = f"{findings[finding.kind]}：{reasons}\n{text}" if values.get("finding") else text
        audit.append(connection, now, actor.name, actor.via, f"case.{state}", number, told)


def _limit(profile: Profile, opening: Opening) -> Number:
    if opening.kind == "rating":
        return profile.bad_rating
    return profile.complaint if opening.about in complaints.about_service or opening.follows else profile.opinion


def _own_due(db: Database, row: Row[Any], state: str, due: str) -> dict[str, str]:
    """Rule 7."""
    if row.due or row.limit_days is not None:
        return {}
    today = db.config.clock.now().astimezone(place).date()
    if state in closed:
        return {"due": today.isoformat()}
    try:
        day = date.fromisoformat(due)
    except ValueError:
        raise Refused("这类意见法规没有写期限：请定一个答复日期，再接手。") from None
    if not today <= day <= today + timedelta(days=limits.own_due_days_max):
        raise Refused(f"答复日期要在从今天起 {limits.own_due_days_max} 天以内。")
    return {"due": day.isoformat()}


def _check_other(connection: Connection, actor: Actor, row: Row[Any]) -> None:
    """Rule 8."""
    first = queries.by_number(connection, row.follows) if row.follows else None
    if first is not None and first.handler == actor.name:
        raise Refused(f"群众对 {first.number} 的答复不满意：这一次由别人或监察来答复。")


def _check_said(row: Row[Any], state: str, text: str, reasons: str) -> None:
    if state not in states or state == "open":
        raise BadInput("请选择办到哪一步：正在办、已办好，或暂时办不了。")
    if row.state in closed:
        raise Refused(f"{row.number} 已经答复，不能再改。")
    if state in closed and not text:  # rule 2
        raise Refused("没有答复不能办结：请写明办理结果，或办不了的原因。")
    if (most := max(len(text), len(reasons))) > limits.answer_chars_max:
        raise BadInput(f"答复和理由各最多 {limits.answer_chars_max} 字，现在有 {most} 字。")


def _check_found(kind: str, reasons: str) -> None:
    if kind not in findings:
        raise Refused("请选择核实结果：属实、有原因，或恶意评价。没有核实不能办结。")
    if not reasons:
        raise Refused("请写明核实的经过和理由，才能办结。")
