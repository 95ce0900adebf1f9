"""The first page after signing in: what waits for this account, each with the page where it is done.

1. One sentence for one place to go; what waits for others is not told here. Nothing waiting is said in words.
2. What stands in somebody's way comes first: returned texts before drafts, whoever asks for help and one's own window
   before everything.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from display_server import access
from display_server.access import Actor
from display_server.cases import clocks, reports
from display_server.cases import enquiry_queries as enquiries
from display_server.cases import queries as cases
from display_server.cases import service as case_rules
from display_server.database import sites
from display_server.database.engine import Database
from display_server.desk import answering, applications, channel_waits, emergency, keys, polling, reporting
from display_server.devices import health
from display_server.devices import queries as devices
from display_server.queue import log
from display_server.queue import queries as queue
from display_server.web.current import actor, database, signed_in

_unanswered = frozenset({"applied", "accepted"})

blueprint = Blueprint("home", __name__, template_folder="templates")


@dataclass(frozen=True)
class Task:
    """What waits: where, what, and the address of the page where it is done."""

    where: str
    words: str
    address: str


@blueprint.get("/")
@signed_in
def page() -> ResponseReturnValue:
    """What waits for this account, and the places it may go to."""
    return render_template("home/page.html", role_names=access.roles, tasks=list(_tasks(database(), actor())))


def _tasks(db: Database, who: Actor) -> Iterator[Task]:
    with db.read() as connection:
        if who.may("call"):
            yield from _bell(db, connection, who)  # rule 2
            yield from _windows(db, connection, who)
        if any(who.may(action) for action in access.content_actions):
            yield from _content(connection, who)
        if who.may("audit") and (count := len(emergency.due_audits(db, connection, who))):
            yield Task("", f"{count} 件紧急发布的信息等您事后审核", url_for("emergency.audits"))
        if who.may("answer"):
            yield from _cases(connection, who)
        yield from _clocks(db, connection, who)
        if who.may("inspect"):
            yield from _late(db, connection, who)
        if who.may("devices"):
            yield from _devices(db, connection)
    if who.may("structure") and (count := len(keys.all_worries(db.config))):
        yield Task("", f"密钥有 {count} 件事要办", url_for("keys.listing"))
    if who.may("apply.step") and (count := sum(one.state in _unanswered for one in applications.listed(db, who))):
        yield Task("", f"{count} 件依申请公开等着答复", url_for("applications.listing"))
    if who.may("reports") and (count := sum(one.state in ("open", "doing") for one in reports.listed(db, who))):
        yield Task("", f"{count} 件不实举报等着核查", url_for("reports.listing"))
    if who.may("author") and (count := sum(len(one.waiting(db, who)) for one in (answering, reporting, polling))):
        yield Task("", f"{count} 件答复还没有公开", url_for("answers.listing"))


def _bell(db: Database, connection: Connection, who: Actor) -> Iterator[Task]:
    _, today = log.stamp(db)
    mine = [site.id for site in sites.every(connection) if who.may("call", site.unit)]
    if count := enquiries.ringing(connection, mine, today):
        yield Task("", f"{count} 人在大厅求助，等人过去", url_for("bell.listing"))


def _windows(db: Database, connection: Connection, who: Actor) -> Iterator[Task]:
    _, day = log.stamp(db)
    seated = False
    for site in sites.every(connection):
        seats = queue.taken_seats(connection, site.id)
        waiting = queue.waiting(connection, site.id, day)
        for window in site.windows:
            if window.id in seats and seats[window.id].account == who.name:
                seated = True
                count = sum(waiting.get(service, (0, 0))[0] for service in window.services)
                address = url_for("queue.desk", site=site.id, window=window.id)
                yield Task(site.name, f"您坐在 {window.number} 号窗口，有 {count} 人在等", address)
    if not seated:
        yield Task("", "您还没有坐到窗口：请先选窗口", url_for("queue.halls"))


def _content(connection: Connection, who: Actor) -> Iterator[Task]:
    every = channel_waits.every(connection, who)
    mine = [waits for waits in every if who.may("author", waits.place.unit.id)]
    for waits in mine:  # rule 2
        if waits.returned:
            yield _task(waits, f"{waits.returned} 件被退回，等着修改", "authoring.listing", "returned")
    for waits in every:
        if waits.mine:
            yield _task(waits, f"{waits.mine} 件等您审查", "review.listing")
        if waits.waiting and who.may("publish", waits.place.unit.id):
            yield _task(waits, f"第 {waits.waiting} 期已备好，等发布人签名", "publishing.history")
        if waits.ready and who.may("publish", waits.place.unit.id):
            yield _task(waits, f"{waits.ready} 件等着发布", "publication.preview")
    for waits in mine:
        if waits.drafts:
            yield _task(waits, f"{waits.drafts} 件草稿还没有提交审查", "authoring.listing", "draft")


def _task(waits: channel_waits.Waits, words: str, endpoint: str, state: str | None = None) -> Task:
    return Task(waits.place.unit.name, words, url_for(endpoint, channel=waits.place.id, state=state))


def _cases(connection: Connection, who: Actor) -> Iterator[Task]:
    rows = cases.listed(connection, who.units, case_rules.kinds_for(who))
    if count := sum(1 for row in rows if row.state not in case_rules.closed):
        yield Task("", f"{count} 件意见等着答复", url_for("cases.listing"))
    if count := sum(1 for row in rows if row.escalated_at and row.state not in case_rules.closed):
        yield Task("", f"{count} 件“办不成事”超期，待负责人督办", url_for("cases.listing"))


def _clocks(db: Database, connection: Connection, who: Actor) -> Iterator[Task]:
    """What is late or soon due among the cases of windows; and which year's table is lacking, for who can add it."""
    if not (who.may("call") or who.may("structure")):
        return
    found = clocks.running(db, connection, who.units)
    ours = [clock.state for clock in found if clock.kind in {"handling", "reply"}]
    late, soon = ours.count("red"), ours.count("yellow")
    if who.may("call") and late + soon:
        yield Task("", f"办件：{late} 件已超期，{soon} 件快到期", url_for("handlings.listing"))
    if who.may("structure") and (unknown := [clock.why for clock in found if clock.state == "unknown"]):
        yield Task("", f"{len(unknown)} 件的期限算不出来。{unknown[0]}", url_for("handlings.listing"))


def _late(db: Database, connection: Connection, who: Actor) -> Iterator[Task]:
    signals = [clock.state for clock in clocks.running(db, connection, who.units)]
    if count := signals.count("red"):
        yield Task("", f"{count} 件超期，{signals.count('yellow')} 件快到期", url_for("supervision.page"))


def _devices(db: Database, connection: Connection) -> Iterator[Task]:
    now = db.config.clock.now()
    rows = [row for row in devices.every(connection) if row.state != "revoked"]
    if count := sum(1 for row in rows if health.problems(row, now)):
        yield Task("", f"{count} 台设备有问题", url_for("devices.listing"))
