"""`/t/<ticket>`: a visitor's own ticket on a phone: where it stands, giving it back, judging the service.

1. The address cannot be guessed, and whoever has it may do what the holder of the paper may. The page knows no person,
   is kept by no cache and found by no search.
2. It works without a script, which then renews the whole page; the script asks for the changing part only, and is told
   304 while nothing changes. Where everybody stands is read once for all who ask (queue.waits).
3. Who asks for one ticket too often is refused for a moment. Phones may share one address on the network, the whole
   county behind a proxy, so asking for many tickets is no offence, and nobody's guessing shuts out somebody else.
4. Whether a ticket was rated cannot be read here: the page asks as before, and only the first answer counts. A clerk
   who copied the address of a visitor learns nothing from it (promise 11). Thanks go to the browser that answered.
"""

import hashlib
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from content_sync.domain import limits
from content_sync.domain.errors import Refused
from content_sync.domain.hall.ratings import levels_of
from content_sync.domain.ids import is_id
from display_server.database import sites
from display_server.desk import asking_to_rate
from display_server.queue import issuing, log, positions, queries
from display_server.web import limiting
from display_server.web.current import database

blueprint = Blueprint("ticket", __name__, template_folder="templates")
_over = frozenset({"finished", "voided", "cancelled"})
_not_found = 404


@blueprint.get("/t/<ticket>")
def page(ticket: str) -> ResponseReturnValue:
    """Number, state in plain words, how many are ahead, what may be done. :raise 404: no such ticket."""
    found = _found(ticket)
    if found is None:
        return _private(make_response(render_template("ticket/none.html"), _not_found))
    return _private(make_response(render_template("ticket/page.html", **found)))


@blueprint.get("/t/<ticket>/now")
def now(ticket: str) -> ResponseReturnValue:
    """The part that changes, or 304 (rule 2). :raise 404: no such ticket."""
    found = _found(ticket)
    if found is None:
        return _private(make_response("", _not_found))
    about = (found["row"].state, found["position"], found["row"].call, found["past"])
    tag = hashlib.sha256(str(about).encode()).hexdigest()[:16]
    same = request.if_none_match.contains_weak(tag)  # then nothing is drawn
    response = _private(make_response("" if same else render_template("ticket/now.html", **found)))
    response.set_etag(tag)
    return response.make_conditional(request)


@blueprint.post("/t/<ticket>/cancel")
def cancel(ticket: str) -> ResponseReturnValue:
    """Give the ticket back; a second time changes nothing."""
    try:
        issuing.cancel(database(), ticket if is_id(ticket) else "")
    except Refused as error:
        flash(str(error))
    return redirect(url_for("ticket.page", ticket=ticket), 303)


@blueprint.post("/t/<ticket>/rate")
def rate(ticket: str) -> ResponseReturnValue:
    """Judge the handling; nothing is assumed, and only the first answer counts (rule 4)."""
    form = request.form
    try:
        with database().write() as connection:
            row = queries.by_id(connection, ticket) if is_id(ticket) else None
            if row is None or row.state != "finished" or row.day != log.stamp(database())[1]:
                raise Refused("这个号现在不能评价。")
            level = asking_to_rate.level_of(sites.site(connection, row.site), form.get("level", ""))
            contact = form.get("contact", "").strip()
            asking_to_rate.keep(database(), connection, row, level, form.getlist("reason"), contact)
    except Refused as error:
        flash(str(error))
        return redirect(url_for("ticket.page", ticket=ticket), 303)
    return redirect(url_for("ticket.page", ticket=ticket, thanks=1), 303)


def _found(ticket: str) -> dict[str, Any] | None:
    at, today = log.stamp(database())
    with database().read() as connection:
        row = queries.by_id(connection, ticket) if is_id(ticket) else None
        if row is None:
            return None
        site = sites.site(connection, row.site)
        position = positions.of_row(database(), connection, site, row, at)
        void_reason = queries.void_reason(connection, row.id) if row.state == "voided" else ""
    past = row.day != today
    return {
        "row": row,
        "at": at,
        "site": site,
        "position": position,
        "service": next((one.name for one in site.services if one.id == row.service), ""),
        "window": next((one for one in site.windows if one.id == row.window), None),
        "past": past,
        "void_reason": void_reason,
        "over": past or row.state in _over,
        "may_cancel": not past and row.state in {"waiting", "called", "held", "missed"},
        "may_rate": row.state == "finished" and not past,
        "thanks": row.state == "finished" and request.args.get("thanks") == "1",
        "levels": levels_of(site.rules.rating_levels),
        "good": asking_to_rate.reasons_of(5),
        "bad": asking_to_rate.reasons_of(1),
    }


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.record
def _limit_asking(state: BlueprintSetupState) -> None:
    from flask_limiter.util import get_remote_address

    app: Any = state.app  # Flask's own hints say the base class of Flask here
    of_one = limiting.of(app).limit(
        f"{limits.ticket_asks_per_minute}/minute",
        key_func=lambda: f"{get_remote_address()} {(request.view_args or {}).get('ticket', '')}",
    )
    for name in ("page", "now", "cancel", "rate"):
        view = app.view_functions[f"ticket.{name}"]
        app.view_functions[f"ticket.{name}"] = of_one(view)
