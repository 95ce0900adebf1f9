"""The page of ratings: sums by service for supervisors; no ticket, window or person stands on it (promise 11).

At most `limits.statistics_days_max` days at once.
"""

from datetime import timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from content_sync.clock import place
from content_sync.domain.hall import ratings as rules
from display_server.access import check
from display_server.database import sites
from display_server.ratings import queries
from display_server.web import span
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("ratings", __name__, template_folder="templates")
_days_shown = 30


@blueprint.get("/ratings")
@signed_in
def listing() -> ResponseReturnValue:
    """Levels by service, of the last month or the days asked for."""
    check(actor(), "inspect")
    today = database().config.clock.now().astimezone(place).date()
    last = span.day("last", today)
    first, last = span.checked(span.day("first", last - timedelta(days=_days_shown - 1)), last)
    with database().read() as connection:
        found = [site for site in sites.every(connection) if actor().may("inspect", site.unit)]
        sums = {site.id: queries.summaries(connection, site.id, str(first), str(last)) for site in found}
        followed = {site.id: queries.follow_up(connection, site.id, str(first), str(last)) for site in found}
    facts = {"sums": sums, "followed": followed, "levels_of": rules.levels_of, "grades": rules.grades}
    return render_template("ratings/listing.html", sites=found, first=first, last=last, **facts)
