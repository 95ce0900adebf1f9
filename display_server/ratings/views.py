"""The page of ratings: sums by service for supervisors; no ticket, window or person stands on it (promise 11)."""

from datetime import date, timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from content_sync.clock import place
from content_sync.domain.errors import BadInput
from content_sync.domain.hall import ratings as rules
from display_server.access import check
from display_server.database import sites
from display_server.ratings import queries
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("ratings", __name__, template_folder="templates")
_days_shown = 30


@blueprint.get("/ratings")
@signed_in
def listing() -> ResponseReturnValue:
    """Levels by service, of the last month or the days asked for."""
    check(actor(), "inspect")
    today = database().config.clock.now().astimezone(place).date()
    first = _day("first", today - timedelta(days=_days_shown - 1))
    last = _day("last", today)
    with database().read() as connection:
        found = [site for site in sites.every(connection) if actor().may("inspect", site.unit)]
        sums = {site.id: queries.summaries(connection, site.id, first, last) for site in found}
        followed = {site.id: queries.follow_up(connection, site.id, first, last) for site in found}
    facts = {"sums": sums, "followed": followed, "levels_of": rules.levels_of, "grades": rules.grades}
    return render_template("ratings/listing.html", sites=found, first=first, last=last, **facts)


def _day(name: str, default: date) -> str:
    text = request.args.get(name) or default.isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise BadInput(f"{text} 不是日期，请写成 2026-11-23 的样子。") from error
