"""The bell of a hall (GUI-06): who asks for help, who goes, who answers for it. Works without a script; it only rings.

1. A clerk sees the halls of their own units; a hall manager sees and settles everything in theirs.
2. What rings stands first and has the focus: one key takes it.
"""

import hashlib
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from content_sync.domain.county import Site
from content_sync.domain.errors import Refused
from content_sync.domain.hall import enquiries as rules
from display_server.cases import enquiries, enquiry_queries
from display_server.cases.bell_words import Bell, bells, story
from display_server.database import audit, sites
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint(
    "bell", __name__, template_folder="templates", static_folder="static", static_url_path="/bell-static"
)


@blueprint.get("/bell")
@signed_in
def listing() -> ResponseReturnValue:
    """Everything that is open, then what was closed lately."""
    with database().read() as connection:
        mine = _halls(connection)
        closed = bells(mine, enquiry_queries.closed_at(connection, list(mine)), database().config.clock.now())
        return render_template("bell/listing.html", closed=closed, outcomes=rules.outcomes, **_open(connection, mine))


@blueprint.get("/bell/open")
@signed_in
def still_open() -> ResponseReturnValue:
    """The part of the page that changes by itself, or 304."""
    with database().read() as connection:
        found = _open(connection, _halls(connection))
    response = make_response(render_template("bell/open.html", **found))
    response.set_etag(hashlib.sha256(repr((found["ringing"], found["coming"])).encode()).hexdigest()[:16])
    response.cache_control.no_cache = True
    return response.make_conditional(request)


@blueprint.get("/bell/strip")
@signed_in
def strip() -> ResponseReturnValue:
    """One sentence for the strip on other pages of a clerk: who rings first; 204 while nobody does."""
    with database().read() as connection:
        ringing = _open(connection, _halls(connection))["ringing"]
    if not ringing:
        return "", 204
    more = f"，另有 {len(ringing) - 1} 人" if len(ringing) > 1 else ""
    waited = f"，等了 {ringing[0].waited} 分钟" if ringing[0].waited else ""
    return Response(f"{ringing[0].where} 有人求助{waited}{more}：去应答", mimetype="text/plain")


@blueprint.get("/bell/<enquiry>")
@signed_in
def detail(enquiry: str) -> ResponseReturnValue:
    """One enquiry's whole story from the audit log, with handing over and closing."""
    with database().read() as connection:
        row, mine = enquiry_queries.by_id(connection, enquiry), _halls(connection)
        if row is None or row.site not in mine:
            raise Refused("没有这次求助，可能已经清理。")
        (bell,) = bells(mine, [row], database().config.clock.now())
        clerks = enquiry_queries.clerks(connection, mine[row.site].unit)
        events = [story(event, clerks) for event in audit.of(connection, row.id)]
    clerks.pop(row.holder, None)
    return render_template("bell/detail.html", bell=bell, events=events, clerks=clerks, outcomes=rules.outcomes)


@blueprint.post("/bell")
@signed_in
def ask() -> ResponseReturnValue:
    """A visitor asked the clerk in person."""
    form = request.form
    made = enquiries.asked_at_desk(database(), actor(), form.get("site", ""), form.get("about", ""))
    return redirect(url_for("bell.detail", enquiry=made), 303)


@blueprint.post("/bell/<enquiry>/take")
@signed_in
def take(enquiry: str) -> ResponseReturnValue:
    """One key: I go."""
    try:
        enquiries.take(database(), actor(), enquiry)
    except Refused as error:  # a colleague was quicker
        flash(str(error))
    return redirect(url_for("bell.listing"), 303)


@blueprint.post("/bell/<enquiry>/hand")
@signed_in
def hand(enquiry: str) -> ResponseReturnValue:
    """Give it to a colleague."""
    return _done(enquiry, lambda: enquiries.hand_over(database(), actor(), enquiry, request.form.get("to", "")))


@blueprint.post("/bell/<enquiry>/close")
@signed_in
def close(enquiry: str) -> ResponseReturnValue:
    """Close it with what became of it."""
    return _done(enquiry, lambda: enquiries.close(database(), actor(), enquiry, request.form.get("outcome", "")))


def _done(enquiry: str, step: Any) -> ResponseReturnValue:
    try:
        step()
    except Refused as error:
        flash(str(error))
        return redirect(url_for("bell.detail", enquiry=enquiry), 303)
    return redirect(url_for("bell.listing"), 303)


def _halls(connection: Connection) -> dict[str, Site]:
    """Rule 1. Raises Refused for somebody without a hall."""
    mine = {s.id: s for s in sites.every(connection) if actor().may("call", s.unit) or actor().may("hall", s.unit)}
    if not mine:
        raise Refused("您的账号没有可以应答的大厅，请联系系统管理员。")
    return mine


def _open(connection: Connection, mine: dict[str, Site]) -> dict[str, Any]:
    now = database().config.clock.now()
    found: list[Bell] = bells(mine, enquiry_queries.open_at(connection, list(mine)), now)
    return {
        "ringing": [bell for bell in found if bell.rings],
        "coming": [bell for bell in found if not bell.rings],
        "halls": {site.id: site.name for site in mine.values()},
    }
