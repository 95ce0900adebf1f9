"""The hall manager's pages (B6.1): the hall now, its figures, what a board showed. They only read.

1. Whoever may watch sees the halls of their own units; with one hall its page comes at once.
2. What changes by itself costs a 304 while nothing changed.
3. What is late or soon due stands on the page; a bad rating only for supervision, for the hall is what was rated.
"""

import hashlib
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from content_sync.clock import place
from content_sync.domain.cases.clocks import signal_words
from content_sync.domain.county import Site
from content_sync.domain.hall.statistics import summary
from display_server.access import check
from display_server.cases import clocks, enquiry_queries
from display_server.database import sites
from display_server.supervision import cards, days, figures, hall_now, machines, matters
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint(
    "hall", __name__, template_folder="templates", static_folder="static", static_url_path="/hall-static"
)
_telling = ("red", "yellow")


@blueprint.get("/hall")
@signed_in
def halls() -> ResponseReturnValue:
    """Every hall this account may watch (rule 1)."""
    check(actor(), "watch")
    with database().read() as connection:
        found = [site for site in sites.every(connection) if actor().may("watch", site.unit)]
    if len(found) == 1:
        return redirect(url_for("hall.page", site=found[0].id))
    return render_template("hall/halls.html", sites=found)


@blueprint.get("/hall/<site>")
@signed_in
def page(site: str) -> ResponseReturnValue:
    """The hall now: lines, windows, what is wrong, and the day so far as charts."""
    with database().read() as connection:
        found = watched(connection, site)
        state = _now(connection, found)
    today = state.pop("visits")
    pictures = [figures.waiting_chart(today), figures.arrivals_chart(today)]
    return render_template("hall/page.html", charts=pictures, **state)


@blueprint.get("/hall/<site>/now")
@signed_in
def now(site: str) -> ResponseReturnValue:
    """The part of the page that changes by itself, or 304 (rule 2)."""
    with database().read() as connection:
        state = _now(connection, watched(connection, site))
    state.pop("visits")
    response = make_response(render_template("hall/now.html", **state))
    response.set_etag(hashlib.sha256(response.data).hexdigest()[:16])
    response.cache_control.no_cache = True
    return response.make_conditional(request)


def watched(connection: Connection, site_id: str) -> Site:
    """The hall, for somebody who may watch it. Raises Refused."""
    check(actor(), "watch")
    site = sites.site(connection, site_id)
    check(actor(), "watch", site.unit)
    return site


def _now(connection: Connection, site: Site) -> dict[str, Any]:
    moment = database().config.clock.now().astimezone(place)
    day = moment.date().isoformat()
    visits = days.of_days(connection, site.id, day, day).get(day, [])
    lines = hall_now.lines(connection, site, day, moment)
    seen = cards.seen_by(actor(), site.unit)
    running = clocks.running(database(), connection, frozenset({site.unit}))
    devices = machines.machines(connection, site.id, moment)
    return {
        "site": site,
        "at": f"{moment:%H:%M}",
        "day": moment.date(),
        "lines": lines,
        "waiting": sum(line.waiting for line in lines),
        "longest": max((line.longest for line in lines), default=0),
        "windows": hall_now.windows(connection, site, day, moment, visits),
        "sums": summary(visits),
        "minutes": figures.minutes,
        "bells": enquiry_queries.ringing(connection, [site.id], day),
        "devices": devices,
        "lacking": machines.lacking(devices, site),
        "due": [one for one in running if one.site == site.id and one.state in _telling and one.kind in seen],
        "may_inspect": actor().may("inspect", site.unit),
        "names": matters.names(connection),
        "signals": signal_words,
        "kinds": cards.kinds,
        "visits": visits,
    }
