"""Pages of cases: what waits for an answer, and answering it."""

from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from content_sync.domain.cases import channels, complaints
from content_sync.domain.cases.clocks import signal_words
from content_sync.domain.errors import Refused
from display_server.access import check
from display_server.cases import lateness, queries, receipts, reports, service, verdicts
from display_server.cases.readings import Readings
from display_server.database import sites
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("cases", __name__, template_folder="templates")


@blueprint.get("/cases")
@signed_in
def listing() -> ResponseReturnValue:
    """Every case this account may answer, unanswered ones first."""
    check(actor(), "answer")
    now = database().config.clock.now()
    with database().read() as connection:
        rows = queries.listed(connection, actor().units, service.kinds_for(actor()))
        readings = Readings(database(), connection)
        read = {row.number: readings.of_case(row) for row in rows}
        counts = verdicts.counts(connection, actor().units)
        twice = [row for row in verdicts.twice_unsatisfied(connection) if actor().may("answer", row.unit)]
    waited = {row.number: (now - datetime.fromisoformat(row.opened_at)).days for row in rows}
    facts: dict[str, Any] = {
        "states": service.states,
        "kinds": service.kinds,
        "signals": signal_words,
        "channels": channels.every,
    }
    facts |= {"may_write": actor().may("call"), "verdicts": verdicts.words, "counts": counts, "twice": twice}
    return render_template("cases/listing.html", rows=rows, waited=waited, read=read, **facts)


@blueprint.get("/cases/<number>")
@signed_in
def detail(number: str) -> ResponseReturnValue:
    """One case and the form to answer it."""
    return _detail(number)


@blueprint.post("/cases/<number>")
@signed_in
def answer(number: str) -> ResponseReturnValue:
    """Answer the case; what was written stays on the page when it is refused."""
    form = request.form
    found = service.Finding(form.get("finding", ""), form.get("reasons", ""))
    try:
        said = (form.get("state", ""), form.get("answer", ""), found, form.get("due", ""))
        service.answer(database(), actor(), number, *said)
    except Refused as error:
        return _detail(number, str(error)), 403
    return redirect(url_for("cases.detail", number=number), 303)


@blueprint.get("/cases/<number>/receipt")
@signed_in
def receipt(number: str) -> ResponseReturnValue:
    """The receipt of an opinion, on paper for whoever came in person or called."""
    row = service.visible(database(), actor(), number)
    if row.kind != "opinion" or not row.receipt:
        raise Refused("这一件没有可以打印的回执。")
    with database().read() as connection:
        site = sites.site(connection, row.site) if row.site else None
    facts = {"row": row, "site": site, "title": "意见和投诉", "back": url_for("cases.detail", number=number)}
    return render_template("cases/slip.html", has_digits=False, ended=row.answered_at, **facts)


@blueprint.post("/cases/<number>/late")
@signed_in
def late(number: str) -> ResponseReturnValue:
    """State why the case is late."""
    try:
        row = service.visible(database(), actor(), number)
        lateness.state(database(), actor(), row.number, request.form.get("reason", ""))
    except Refused as error:
        return _detail(number, str(error)), 403
    return redirect(url_for("cases.detail", number=number), 303)


def _detail(number: str, message: str = "") -> str:
    row = service.visible(database(), actor(), number)
    with database().read() as connection:
        read = Readings(database(), connection).of_case(row)
        stated = lateness.reasons(connection, number)
        after = verdicts.newest(connection, row)
        clashes = receipts.is_clashing(connection, row.receipt, with_reports=reports.may_see(actor(), row.unit))
    return render_template(
        "cases/detail.html",
        row=row,
        read=read,
        stated=stated,
        after=after if after.number != number else None,
        clashes=clashes,
        verdicts=verdicts.words,
        signals=signal_words,
        findings=service.findings,
        states=service.states,
        kinds=service.kinds,
        channels=channels.every,
        situations=complaints.situations,
        codes=complaints.codes(row.taps.split(",")) if row.kind == "opinion" else (),
        closed=row.state in service.closed,
        message=message,
        chosen=request.form.get("state", ""),
        written=request.form.get("answer", ""),
        found=request.form.get("finding", ""),
        reasons=request.form.get("reasons", ""),
        due=request.form.get("due", ""),
    )
