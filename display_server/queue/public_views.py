"""`/t/<ticket>`: a visitor's own ticket on a phone. The address cannot be guessed; the page knows no person."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template
from flask.typing import ResponseReturnValue

from content_sync.domain.hall.queue import states
from content_sync.domain.ids import is_id
from display_server.database import sites
from display_server.queue import log, queries, waits
from display_server.web.current import database

blueprint = Blueprint("ticket", __name__, template_folder="templates")


@blueprint.get("/t/<ticket>")
def page(ticket: str) -> ResponseReturnValue:
    """The ticket's number, its state in plain words, how many are ahead. :raise 404: no such ticket."""
    found = _found(ticket) if is_id(ticket) else None
    if found is None:
        return _private(make_response(render_template("queue/no_ticket.html"), 404))
    return _private(make_response(render_template("queue/ticket.html", **found)))


def _found(ticket: str) -> dict[str, Any] | None:
    at, today = log.stamp(database())
    with database().read() as connection:
        row = queries.by_id(connection, ticket)
        if row is None:
            return None
        site = sites.site(connection, row.site)
        ahead = queries.ahead(connection, row) if row.state == "waiting" else 0
        window = next((one for one in site.windows if one.id == row.window), None)
        wait = waits.wait(connection, site, row, at)
    return {
        "row": row,
        "site": site,
        "service": next((one.name for one in site.services if one.id == row.service), ""),
        "state": states[row.state],
        "ahead": ahead,
        "window": window,
        "past": row.day != today,
        "wait": wait,
    }


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
