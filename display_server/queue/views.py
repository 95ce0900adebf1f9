"""Pages of a window (B5): choosing one, calling, and what waits. They work without a script; it only refreshes."""

import hashlib
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from content_sync.domain.errors import Refused
from content_sync.domain.hall.queue import at_window, states
from display_server.access import check
from display_server.database import sites
from display_server.queue import log, queries, service
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint(
    "queue", __name__, template_folder="templates", static_folder="static", static_url_path="/desk-static"
)


@blueprint.get("/desk")
@signed_in
def halls() -> ResponseReturnValue:
    """Every window this account may sit at."""
    check(actor(), "call")
    with database().read() as connection:
        found = [site for site in sites.every(connection) if actor().may("call", site.unit)]
        seats = {site.id: queries.taken_seats(connection, site.id) for site in found}
        paused = {site.id: queries.paused_services(connection, site.id) for site in found}
    return render_template("queue/halls.html", sites=found, seats=seats, paused=paused, me=actor())


@blueprint.post("/desk/<site>/<window>/sit")
@signed_in
def sit(site: str, window: str) -> ResponseReturnValue:
    """Sit down at a window."""
    service.sit(database(), actor(), site, window, request.form.get("plate", ""))
    return redirect(url_for("queue.desk", site=site, window=window), 303)


@blueprint.post("/desk/<site>/<window>/leave")
@signed_in
def leave(site: str, window: str) -> ResponseReturnValue:
    """Leave the window."""
    try:
        service.leave(database(), actor(), site, window)
    except Refused as error:
        return _back(site, window, str(error))
    return redirect(url_for("queue.halls"), 303)


@blueprint.post("/desk/<site>/pause")
@signed_in
def pause(site: str) -> ResponseReturnValue:
    """Stop or resume giving tickets for a service."""
    stop = request.form.get("stop") == "1"
    service.pause(database(), actor(), site, request.form.get("service", ""), stop=stop)
    return redirect(url_for("queue.halls"), 303)


@blueprint.get("/desk/<site>/<window>")
@signed_in
def desk(site: str, window: str) -> ResponseReturnValue:
    """The window's page: whom it serves, the big button, the line."""
    return render_template("queue/desk.html", **_state(site, window))


@blueprint.get("/desk/<site>/<window>/line")
@signed_in
def line(site: str, window: str) -> ResponseReturnValue:
    """The part of the page that changes by itself, or 304."""
    state = _state(site, window)
    response: Response = make_response(render_template("queue/line.html", **state))
    response.set_etag(str(state["version"]))
    response.cache_control.no_cache = True
    return response.make_conditional(request)


@blueprint.post("/desk/<site>/<window>/next")
@signed_in
def call_next(site: str, window: str) -> ResponseReturnValue:
    """Call whose turn it is."""
    try:
        found = service.call_next(database(), actor(), site, window)
    except Refused as error:
        return _back(site, window, str(error))
    if not found:
        flash("现在没有人等候。有人取号，右边的人数会变。", "told")
    return _back(site, window, "")


@blueprint.post("/desk/<site>/<window>/<kind>")
@signed_in
def act(site: str, window: str, kind: str) -> ResponseReturnValue:
    """Any other step with one ticket."""
    form = request.form
    try:
        service.act(database(), actor(), site, window, kind, form.get("ticket", ""), form.get("service", ""))
    except Refused as error:
        return _back(site, window, str(error))
    return _back(site, window, "")


def _back(site: str, window: str, message: str) -> ResponseReturnValue:
    if message:
        flash(message)
    return redirect(url_for("queue.desk", site=site, window=window), 303)


def _state(site_id: str, window_id: str) -> dict[str, Any]:
    _, day = log.stamp(database())
    with database().read() as connection:
        site = sites.site(connection, site_id)
        check(actor(), "call", site.unit)
        window = sites.window_of(site, window_id)
        seat = queries.taken_seats(connection, site.id).get(window.id)
        rows = queries.listed(connection, site.id, day, ["held", "missed", *at_window])
        waiting = queries.waiting(connection, site.id, day)
    current = next((row for row in rows if row.window == window.id and row.state in at_window), None)
    aside = [row for row in rows if row.state not in at_window]
    facts = (seat, current, aside, sorted(waiting.items()))
    return {
        "site": site,
        "window": window,
        "mine": seat is not None and seat.account == actor().name,
        "current": current,
        "aside": aside,
        "waiting": waiting,
        "states": states,
        "names": {one.id: one.name for one in site.services},
        "windows": {one.id: one.number for one in site.windows},
        "version": hashlib.sha256(str(facts).encode()).hexdigest()[:16],
    }
