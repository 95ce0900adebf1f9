"""Pages of cases at a window: what waits, taking one in, its next steps, its paper (B5.3–6). They need no script.

1. Clerks of the hall take cases in and on; supervision reads the same pages and changes nothing.
2. What is refused leaves the form as it was filled in.
"""

import re
from datetime import date
from typing import Any, cast

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from content_sync.domain import limits
from content_sync.domain.cases.clocks import signal_words
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall import papers
from content_sync.domain.hall.handling import Kind, kinds, outcomes, states
from display_server.access import check
from display_server.cases import accepting, handling, handling_queries
from display_server.cases.accepting import Registration
from display_server.cases.new_form import blank, choices
from display_server.cases.paper import paper_of
from display_server.cases.readings import Readings
from display_server.cases.slips import slip_of
from display_server.database import county as kept
from display_server.database import instants, sites
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint(
    "handlings", __name__, template_folder="templates", static_folder="static", static_url_path="/handling-static"
)
_short_number = re.compile(r"[0-9]{1,3}")
_names: dict[str, Any] = {"kinds": kinds, "states": states, "outcomes": outcomes, "signals": signal_words}


@blueprint.get("/handlings")
@signed_in
def listing() -> ResponseReturnValue:
    """Cases of the halls of this account, what is due first before the others; or the newest that are over."""
    if not (actor().may("call") or actor().may("inspect")):
        check(actor(), "call")
    over = request.args.get("over") == "1"
    with database().read() as connection:
        if number := request.args.get("number", "").strip():
            return _found(connection, number)
        halls = [site for site in sites.every(connection) if _may_see(site.unit)]
        rows = {
            s.id: handling_queries.listed(connection, s.id, over=over, most=limits.handlings_shown_max) for s in halls
        }
        asked = handling_queries.asked_of(connection, actor().units) if actor().may("call") else []
        readings = Readings(database(), connection)
        read = {row.id: readings.of_handling(row) for found in rows.values() for row in found}
    if not over:
        for found in rows.values():
            found.sort(key=lambda row: (read[row.id].due or date.max, row.opened_at))
    facts = {"halls": halls, "rows": rows, "read": read, "over": over, "asked": asked, "may": actor().may("call")}
    return render_template("handlings/listing.html", **facts, **_names)


@blueprint.get("/handlings/new")
@signed_in
def new() -> ResponseReturnValue:
    """The form, for a ticket or without one: first the guide, then the situation, then the materials."""
    return _form(blank(database(), request.args), "")


@blueprint.post("/handlings/new")
@signed_in
def register() -> ResponseReturnValue:
    """Take the case in."""
    form = _sent()
    try:
        accepting.register(database(), actor(), form)
    except Refused as error:
        return _form(form, str(error)), 403
    return redirect(url_for("handlings.detail", case=form.id), 303)


@blueprint.get("/handlings/<case>")
@signed_in
def detail(case: str) -> ResponseReturnValue:
    """One case: its clock, its materials, its departments, and the steps that can be taken."""
    return render_template("handlings/detail.html", **_facts(case))


@blueprint.get("/handlings/<case>/paper")
@signed_in
def paper(case: str) -> ResponseReturnValue:
    """The paper of a case, to be printed on A5 or on an 80 mm roll: notice, list of what is missing, or return."""
    facts = _facts(case)
    with database().read() as connection:
        made = paper_of(database(), connection, facts["row"])
    return render_template("handlings/paper.html", paper=made, **facts)


@blueprint.post("/handlings/<case>/<step>")
@signed_in
def act(case: str, step: str) -> ResponseReturnValue:
    """Take one step with a case. A refusal is told on its page, and what was written stays there."""
    try:
        _act(case, step)
    except Refused as error:
        return render_template("handlings/detail.html", message=str(error), **_facts(case)), 403
    return redirect(url_for("handlings.detail", case=case), 303)


def _act(case: str, step: str) -> None:
    db, who = database(), actor()
    reason, remedy, late, outcome, department, reply = (
        request.form.get(name, "") for name in ("reason", "remedy", "late", "outcome", "department", "reply")
    )
    match step:
        case "complete":
            handling.complete(db, who, case, _places("came"), _places("unneeded"))
        case "reply":
            handling.reply(db, who, case, department, reply)
        case "forward":
            handling.forward(db, who, case, late)
        case "finish":
            handling.finish(db, who, case, outcome, reason, late)
        case "return":
            handling.send_back(db, who, case, reason, remedy, late)
        case "void":
            handling.void(db, who, case, reason)
        case _:
            raise BadInput("没有这一步。")


def _facts(case: str) -> dict[str, Any]:
    with database().read() as connection:
        row = handling.row_for(connection, actor(), case)
        replies, readings = handling_queries.replies_of(connection, case), Readings(database(), connection)
        names = {unit.id: unit.name for unit in kept.county(connection).units}
        given = handling_queries.papers_of(connection, case)
        site, read = sites.site(connection, row.site), readings.of_handling(row)
        replied = {one.department: readings.of_reply(one, row) for one in replies if one.asked_at}
    today = instants.text_of(database().config.clock.now())[:10]
    return {
        "row": row,
        "site": site,
        "slip": slip_of(row.detail),
        "read": read,
        "replies": replies,
        "replied": replied,
        "departments": names,
        "papers": given,
        "may": actor().may("call", row.unit),
        "mine": {one.department for one in replies if actor().may("call", one.department)},
        "today": row.opened_at[:10] == today,
        "written": request.form,
        **_names,
    }


def _form(form: Registration, message: str) -> str:
    check(actor(), "call")
    with database().read() as connection:
        words = request.args.get("words", "").strip()
        offered = choices(database(), connection, actor(), form, words)
    facts = {"form_values": form, "message": message, "words": words}
    return render_template("handlings/new.html", **facts, **offered, **_names)


def _sent() -> Registration:
    form = request.form
    names = ("id", "site", "item", "window", "applicant", "contact", "ticket", "situation", "superior")
    texts = {name: form.get(name, "") for name in (*names, "reason", "remedy")}
    days = form.get("forward_days", "")
    return Registration(
        **texts,
        kind=cast("Kind", form.get("kind", "")),
        received=_places("received"),
        unneeded=_places("unneeded"),
        asked=frozenset(form.getlist("asked")),
        forward_days=int(days) if _short_number.fullmatch(days) else 0,
    )


def _places(name: str) -> frozenset[int]:
    """Places ticked in the list of materials; what is no place is left out."""
    return frozenset(int(text) for text in request.form.getlist(name) if _short_number.fullmatch(text))


def _may_see(unit: str) -> bool:
    return actor().may("call", unit) or actor().may("inspect", unit)


def _found(connection: Connection, number: str) -> ResponseReturnValue:
    """The case of a number somebody typed, of any hall of this account."""
    wanted = papers.parse(number)
    for site in sites.every(connection):
        row = handling_queries.by_paper(connection, site.id, wanted) if _may_see(site.unit) else None
        if row is not None:
            return redirect(url_for("handlings.detail", case=row.id), 303)
    flash(f"没有编号为 {wanted} 的办件，或者它已经作废。")
    return redirect(url_for("handlings.listing"), 303)
