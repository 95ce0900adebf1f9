"""Pages of a window (B5): choosing one, calling, and what waits. They work without a script; it only helps.

1. A step names the page's last seen step (queue.repeats): a double click, a form sent again and a retry after a lost
   answer do their work once.
2. A hint that something changed comes as an event; the state itself is always fetched, never guessed.
"""

import re
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall.claims import refusal
from content_sync.domain.hall.queue import states
from display_server.access import check
from display_server.database import sites
from display_server.queue import desk_state, log, pairing, queries, service
from display_server.queue.lasting import lasted
from display_server.queue.repeats import DoneAlready
from display_server.queue.seats import reasons
from display_server.web.current import actor, database, signed_in

_step_number = re.compile(r"[0-9]{1,18}")
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
    for words in service.sit(database(), actor(), site, window, request.form.get("plate", "")):
        flash(words)
    return _back(site, window)


@blueprint.post("/desk/<site>/<window>/leave")
@signed_in
def leave(site: str, window: str) -> ResponseReturnValue:
    """Leave the window."""
    try:
        unserved = service.leave(database(), actor(), site, window, request.form.get("why", "away"))
    except Refused as error:
        return _back(site, window, str(error))
    if unserved:
        names = "、".join(one.name for one in unserved)
        flash(f"还有人在等“{names}”，现在没有窗口办理：请告诉大厅管理，安排别的窗口代办。")
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
    return render_template("queue/desk.html", **_shown(site, window))


@blueprint.get("/desk/<site>/<window>/now")
@signed_in
def now(site: str, window: str) -> ResponseReturnValue:
    """The parts of the page that change by themselves, or 304 (rule 2)."""
    shown = _shown(site, window)
    response: Response = make_response(render_template("queue/parts.html", **shown))
    response.set_etag(shown["desk"].version)
    response.cache_control.no_cache = True
    return response.make_conditional(request)


@blueprint.get("/desk/events")
@signed_in
def events() -> ResponseReturnValue:
    """Hints for a signed-in page as server-sent events, of the hall named by `site` (rule 2)."""
    from display_server.serving.frames import frame
    from display_server.serving.handover import Listener, hand_over

    with database().read() as connection:
        site = sites.site(connection, request.args.get("site", ""))
    check(actor(), "call", site.unit)
    return hand_over(request.environ, frame("hello", {}), Listener(f"account:{actor().name}", site.id, ()))


@blueprint.post("/desk/<site>/<window>/next")
@signed_in
def call_next(site: str, window: str) -> ResponseReturnValue:
    """Call whose turn it is."""
    try:
        found = service.call_next(database(), actor(), site, window, _seen())
    except DoneAlready:
        return _back(site, window)
    except Refused as error:
        return _back(site, window, str(error))
    if not found:
        flash("现在没有人等候。有人取号，右边的人数会变。", "told")
    return _back(site, window)


@blueprint.post("/desk/<site>/<window>/<kind>")
@signed_in
def act(site: str, window: str, kind: str) -> ResponseReturnValue:
    """Any other step with one ticket."""
    ticket = request.form.get("ticket", "")
    where, _, to = request.form.get("to", "").partition(":")
    to_service, to_window = (to if where == name else "" for name in ("service", "window"))
    try:
        found = service.act(database(), actor(), site, window, kind, ticket, to_service, _seen(), to_window=to_window)
    except DoneAlready:
        return _back(site, window)
    except Refused as error:
        return _back(site, window, str(error))
    if kind == "claim_refused":
        flash(f"请对办事人说：“{refusal(found.number)}”", "told")
    return _back(site, window)


def _seen() -> int | None:
    """What the page saw last (rule 1); a caller that names nothing has no page."""
    text = request.form.get("seen")
    if text is None:
        return None
    if not _step_number.fullmatch(text):
        raise BadInput("这个页面不完整：请刷新后再点。")
    return int(text)


def _back(site: str, window: str, message: str = "") -> ResponseReturnValue:
    if message:
        flash(message)
    return redirect(url_for("queue.desk", site=site, window=window), 303)


def _shown(site: str, window: str) -> dict[str, Any]:
    at, day = log.stamp(database())
    with database().read() as connection:
        desk = desk_state.of(connection, actor(), site, window, at, day)
    return {
        "desk": desk,
        "states": states,
        "reasons": reasons,
        "screens": pairing.kinds,
        "claim_words": desk_state.claim_words,
        "lasted": lasted,
        "names": {one.id: one.name for one in desk.site.services},
        "numbers": {one.id: one.number for one in desk.site.windows},
    }
