"""The page on which editors turn answered opinions into public answers."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from content_sync.domain.errors import Refused
from display_server.desk import answering
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("answers", __name__, template_folder="templates")


@blueprint.get("/answers")
@signed_in
def listing() -> ResponseReturnValue:
    """Answered opinions that are not public yet."""
    return render_template("answers/listing.html", rows=answering.waiting(database(), actor()))


@blueprint.post("/answers/<number>")
@signed_in
def draft(number: str) -> ResponseReturnValue:
    """Make a draft of one answer."""
    try:
        item = answering.draft(database(), actor(), number)
    except Refused as error:
        flash(str(error))
        return redirect(url_for("answers.listing"), 303)
    return redirect(url_for("authoring.edit", item=item), 303)
