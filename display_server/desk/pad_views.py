"""The pages of the pad beside a window (`/pad`). Each works without a script: forms, and a page that renews itself."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from content_sync.domain import limits
from content_sync.domain.errors import Refused
from content_sync.domain.hall.ratings import levels_of
from display_server.desk import asking_to_rate, pad
from display_server.queue import log, window_face
from display_server.queue.screen_doors import screen_page, screen_part
from display_server.queue.screen_views import hints
from display_server.web.current import database

blueprint = Blueprint("pad", __name__, template_folder="templates")


@blueprint.get("/pad/<site>/<window>")
@screen_page("pad")
def page(site: str, window: str) -> ResponseReturnValue:
    """The pad: a question when there is one, thanks after an answer, otherwise whose window it is."""
    shown = _shown(site, window)
    if request.args.get("done") == "1":
        shown["thanks_until"] = (
            datetime.fromisoformat(shown["at"]) + timedelta(seconds=limits.pad_thanks_seconds)
        ).isoformat()
    return render_template("pad/page.html", **shown)


@blueprint.get("/pad/<site>/<window>/now")
@screen_part("pad")
def now(site: str, window: str) -> ResponseReturnValue:
    """Its changing part, or 304."""
    shown = _shown(site, window)
    response: Response = make_response(render_template("pad/now.html", **shown))
    about = (shown["face"].version, shown["asked"] and shown["asked"].number)
    response.set_etag(hashlib.sha256(str(about).encode()).hexdigest()[:16])
    return response.make_conditional(request)


@blueprint.get("/pad/<site>/<window>/events")
@screen_part("pad")
def events(site: str, window: str) -> ResponseReturnValue:
    """Hints for the pad."""
    return hints("pad", site, window)


@blueprint.post("/pad/<site>/<window>/level")
@screen_part("pad")
def level(site: str, window: str) -> ResponseReturnValue:
    """A face was tapped: why, if they like. Nothing is stored."""
    shown = _shown(site, window)
    if shown["asked"] is None or shown["asked"].number != request.form.get("of"):
        return redirect(f"/pad/{site}/{window}", 303)
    shown["level"] = asking_to_rate.level_of(shown["face"].site, request.form.get("level", ""))
    shown["reasons"] = asking_to_rate.reasons_of(shown["level"])
    return render_template("pad/page.html", **shown)


@blueprint.post("/pad/<site>/<window>/rate")
@screen_part("pad")
def rate(site: str, window: str) -> ResponseReturnValue:
    """Send it."""
    face = _shown(site, window)["face"]
    tapped = asking_to_rate.level_of(face.site, request.form.get("level", ""))
    try:
        pad.rate(database(), face, request.form.get("of", ""), tapped, request.form.getlist("reason"))
    except Refused:
        return redirect(f"/pad/{site}/{window}", 303)
    return redirect(f"/pad/{site}/{window}?done=1", 303)


def _shown(site: str, window: str) -> dict[str, Any]:
    at, day = log.stamp(database())
    with database().read() as connection:
        face = window_face.of(connection, site, window, day)
        asked = pad.asked_about(connection, face, at, day)
    return {
        "face": face,
        "at": at,
        "asked": asked,
        "until": pad.until(asked) if asked is not None else "",
        "levels": levels_of(face.site.rules.rating_levels),
        "level": 0,
    }
