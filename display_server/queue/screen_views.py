"""The display above a window (`/show`), and how a screen becomes a window's own (`/pad` and `/show`)."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from content_sync.domain import limits
from content_sync.domain.errors import Refused
from display_server.queue import log, pairing, window_face
from display_server.queue.screen_doors import admit, asking, screen_page, screen_part
from display_server.web import limiting
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("screens", __name__, template_folder="templates")


@blueprint.get("/show/<site>/<window>")
@screen_page("show")
def show(site: str, window: str) -> ResponseReturnValue:
    """The display above a window."""
    return render_template("queue/show.html", **_shown(site, window))


@blueprint.get("/show/<site>/<window>/now")
@screen_part("show")
def now(site: str, window: str) -> ResponseReturnValue:
    """Its changing part, or 304."""
    shown = _shown(site, window)
    response: Response = make_response(render_template("queue/show_now.html", **shown))
    response.set_etag(shown["face"].version)
    return response.make_conditional(request)


@blueprint.get("/show/<site>/<window>/events")
@screen_part("show")
def events(site: str, window: str) -> ResponseReturnValue:
    """Hints for the display."""
    return hints("show", site, window)


def hints(kind: str, site: str, window: str) -> ResponseReturnValue:
    """The stream of a screen: that something of its hall changed."""
    from display_server.serving.frames import frame
    from display_server.serving.handover import Listener, hand_over

    return hand_over(request.environ, frame("hello", {}), Listener(f"{kind}:{site}:{window}", site, ()))


@blueprint.post("/pad/<site>/<window>/pair", defaults={"kind": "pad"})
@blueprint.post("/show/<site>/<window>/pair", defaults={"kind": "show"})
def pair(kind: str, site: str, window: str) -> ResponseReturnValue:
    """A code for a cookie; `limits.screen_pairings_per_minute` tries from one address."""
    try:
        token = pairing.pair(database(), site, window, kind, request.form.get("code", "").replace(" ", ""))
    except Refused as error:
        return asking(kind, site, window, str(error))
    response = make_response(redirect(f"/{kind}/{site}/{window}", 303))
    admit(response, kind, site, window, token)
    return response


@blueprint.post("/desk/<site>/<window>/screens/<kind>")
@signed_in
def connect(site: str, window: str, kind: str) -> ResponseReturnValue:
    """From the window's page: a code for a screen, or the end of one."""
    address = f"{request.host_url}{kind}/{site}/{window}"
    try:
        if request.form.get("off"):
            pairing.revoke(database(), actor(), site, window, kind)
            flash(f"{pairing.kinds[kind]}已经断开。", "told")
        else:
            code = pairing.offer(database(), actor(), site, window, kind)
            told = (pairing.kinds[kind], f"{code[:3]} {code[3:]}", str(limits.screen_code_minutes), address)
            flash("\n".join(told), "code")
    except Refused as error:
        flash(str(error))
    return redirect(url_for("queue.desk", site=site, window=window), 303)


def _shown(site: str, window: str) -> dict[str, Any]:
    at, day = log.stamp(database())
    with database().read() as connection:
        return {"face": window_face.of(connection, site, window, day), "at": at}


@blueprint.record
def _limit_pairing(state: BlueprintSetupState) -> None:
    app: Any = state.app  # Flask's own hints say the base class of Flask here
    limited = limiting.of(app).limit(f"{limits.screen_pairings_per_minute}/minute")
    app.view_functions["screens.pair"] = limited(app.view_functions["screens.pair"])
