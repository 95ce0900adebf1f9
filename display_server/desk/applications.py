"""What an office does with an application for information (APP-01 to APP-08); the rules are domain.cases.applications.

1. Each step is one transaction with its line in the audit log, which names the application and no person.
2. A step that the applicant must be told of in writing makes its letter in the same transaction (domain.cases.letters).
3. What a clerk writes down for somebody is sealed like what a kiosk sends, before it is stored.
4. A late application is replied to all the same, with the reason, and stays late on file.
5. What is partly given goes out as redacted pages (desk.redacted): without one there is no such reply (APP-03).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select

from content_sync.clock import place
from content_sync.domain import limits, profiles
from content_sync.domain.calendar import NoTable
from content_sync.domain.cases import applications as rules
from content_sync.domain.cases import askings, channels, letters, replies
from content_sync.domain.cases.applications import Application
from content_sync.domain.errors import BadInput, Refused
from content_sync.wire import applications as seals
from content_sync.wire.sealed import public_half
from display_server.access import Actor, check
from display_server.cases import applying, by_hand, receipts
from display_server.database import audit, calendars, instants, sites
from display_server.database.engine import Database
from display_server.database.tables.visitors import application_letters, applications
from display_server.desk import records_key, redacted, saying, unsealing

Said = Mapping[str, str]
_written = {"name": "姓名或名称", "id_proof": "身份证明", "contact": "联系方式", "text": "要公开的内容"}


@dataclass(frozen=True)
class _Done:
    """What a step leads to: the new state, the kind and the text of its letter, if it makes one."""

    app: Application
    letter: str = ""
    text: str = ""
    late: str = ""


def write_down(db: Database, actor: Actor, record: str, site: str, channel: str, plain: Mapping[str, str]) -> str:
    """Take in what somebody applies for in person or by letter; its number, also when it was sent twice (rule 3)."""
    by_hand.check_id(record)
    check_written(channel, plain)
    asking, seed = askings.checked(dict(plain)), records_key.seed(db.config)
    now = instants.text_of(db.config.clock.now())
    with db.write() as connection:
        unit = sites.site(connection, site).unit
        check(actor, "apply.step", unit)
        known = connection.execute(select(applications.c.number).where(applications.c.record == record)).scalar()
        if known:
            return str(known)
        sealed, last4 = seals.seal(asking, public_half(seed)), saying.last4_hash(seed, record, askings.last4(asking))
        receipt = receipts.new(connection, db.config.ids)
        came = applying.Arrival(record, receipt, channel, site, unit, sealed, last4)
        number = applying.open_application(db, connection, came, actor.name, actor.via)
        receipts.note(connection, record, "application", receipt, now)
    return number


def check_written(channel: str, plain: Mapping[str, str]) -> None:
    """Raises Refused, in a sentence for the clerk, when something lacks or is too long."""
    if channel not in channels.by_hand:
        raise BadInput("请选择申请是怎样来的。")
    if plain.get("kind") not in askings.kinds or plain.get("form") not in askings.forms:
        raise BadInput("请选择申请人是谁，要哪一种形式。")
    if not all(plain.get(name, "").strip() for name in ("name", "contact", "text")):
        raise Refused("请写明申请人姓名或名称、联系方式和要公开的内容。")
    for name, label in _written.items():
        if len(plain.get(name, "")) > askings.chars[name]:
            raise BadInput(f"“{label}”最多 {askings.chars[name]} 字，现在有 {len(plain[name])} 字。")


def listed(db: Database, actor: Actor) -> list[Row[Any]]:
    """Applications of this account's units: what runs first, the one due first of it first."""
    check(actor, "apply")
    with db.read() as connection:
        rows = connection.execute(select(applications).order_by(applications.c.opened_at)).all()
    mine = [row for row in rows if actor.may("apply", row.unit)]
    runs = [row for row in mine if row.state in ("applied", "accepted")]
    return sorted(runs, key=lambda row: row.due or "9") + [row for row in reversed(mine) if row not in runs]


def visible(db: Database, actor: Actor, number: str) -> Row[Any]:
    """One application. Raises Refused, in the same words as for no such one."""
    check(actor, "apply")
    with db.read() as connection:
        row = connection.execute(select(applications).where(applications.c.number == number)).first()
    if row is None or not actor.may("apply", row.unit):
        raise Refused(f"没有编号为 {number} 的申请。")
    return row


def letters_of(db: Database, number: str) -> list[Row[Any]]:
    """Its letters, the first one first."""
    asked = select(application_letters).where(application_letters.c.application == number)
    with db.read() as connection:
        return list(connection.execute(asked.order_by(application_letters.c.seq)))


def step(db: Database, actor: Actor, number: str, name: str, said: Said) -> None:
    """Take one step (rules 1 and 2). Raises Refused, in a sentence for the clerk, when it cannot be."""
    row = visible(db, actor, number)
    check(actor, "apply.step", row.unit)
    now = db.config.clock.now().astimezone(place)
    app = applying.parsed(row.detail)
    wanted = unsealing.opened(db, actor, row, "deliver").form if name == "deliver" else ""
    try:
        done = _stepped(db, app, name, {**said, "wanted": wanted}, now.date())
    except NoTable as finding:
        raise Refused(str(finding)) from finding
    due = rules.due(done.app, calendars.known(db.config)).day
    values = {"state": done.app.state, "handler": actor.name, "detail": applying.text_of(done.app)}
    values |= {"due": due.isoformat() if due else ""}
    with db.write() as connection:
        if name == "reply" and done.app.reply == "partial" and not redacted.has_any(connection, number):  # rule 5
            raise Refused("部分公开要附上遮挡后的文件：请先把遮挡好的页附上，再答复。")
        still = (applications.c.number == number, applications.c.detail == row.detail)
        if connection.execute(applications.update().where(*still).values(**values)).rowcount == 0:
            raise Refused(f"{number} 刚刚由别人办过，请刷新。")
        if done.letter:
            _write_letter(connection, number, done, actor.name, instants.text_of(now))
        subject = f"application-{number}"
        by = (instants.text_of(now), actor.name, actor.via)
        audit.append(connection, *by, f"application.{name}", subject, done.app.reply)
        if done.late:
            audit.append(connection, *by, "application.late", subject, done.late)


def _stepped(db: Database, app: Application, name: str, said: Said, day: date) -> _Done:
    calendar, profile = calendars.known(db.config), profiles.every[app.profile]
    match name:
        case "accept":
            return _Done(rules.accepted(app, day, said.get("joint", "")[: limits.contact_chars_max]))
        case "ask":
            what = said.get("what", "")
            return _Done(rules.asked_more(app, day, what), "supplement", letters.supplement(what))
        case "extend":
            approver, notice = said.get("approver", ""), said.get("notice", "")
            longer = rules.extended(app, day, profile, approver, notice, calendar)
            text = f"{letters.extension(longer, _due(db, longer))}\n告知方式：{notice.strip()}"
            return _Done(longer, "extension", text)
        case "pause":
            stopped = rules.paused(app, day, said.get("cause", ""), said.get("why", ""), calendar)
            return _Done(stopped, "suspension", letters.suspension(stopped, said.get("why", "")))
        case "resume":
            runs = rules.resumed(app, day)
            return _Done(runs, "resumption", letters.resumption(runs, _due(db, runs)))
        case "reply":
            kind = said.get("kind", "")
            late = _reason(said) if rules.is_late(app, day, calendar) else ""
            replied = rules.replied(app, day, kind, replies.checked(profile, kind, _of_kind(kind, said)))
            return _Done(replied, "reply", letters.reply(replied, profile), late)
        case "deliver":
            reason = said.get("form_reason", "")
            return _Done(rules.delivered(app, day, said.get("form", ""), reason, said["wanted"]))
        case "archive":
            return _Done(rules.archived(app, day))
        case _:
            raise BadInput("没有这一步。")


def _reason(said: Said) -> str:
    """Why it is late (rule 4)."""
    reason = said.get("late", "").strip()
    if not reason:
        raise Refused("这件申请已经超过答复期限：请写明超期的原因，再答复。")
    if len(reason) > limits.answer_chars_max:
        raise BadInput(f"超期的原因最多 {limits.answer_chars_max} 字，现在有 {len(reason)} 字。")
    return reason


def _of_kind(kind: str, said: Said) -> dict[str, str]:
    """The fields of one kind of reply: the page has those of every kind, each under its kind's name."""
    start = f"{kind}."
    return {name.removeprefix(start): value for name, value in said.items() if name.startswith(start)}


def _due(db: Database, app: Application) -> str:
    day = rules.due(app, calendars.known(db.config)).day
    return day.isoformat() if day else ""


def _write_letter(connection: Connection, number: str, done: _Done, account: str, at: str) -> None:
    asked = select(func.count()).where(application_letters.c.application == number)
    seq = int(connection.execute(asked).scalar_one()) + 1
    values = {"application": number, "seq": seq, "kind": done.letter, "text": done.text}
    connection.execute(application_letters.insert().values(**values, account=account, made_at=at))
