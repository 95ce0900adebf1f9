"""`/n/<number>-<code>`: how far a case is, on a phone (HAL-14). The address cannot be guessed; no name stands on it."""

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from content_sync.domain.errors import BadInput
from content_sync.domain.hall import papers
from content_sync.domain.ids import is_id
from display_server.cases import handling_queries
from display_server.cases.slips import slip_of
from display_server.database import sites
from display_server.web.current import database

blueprint = Blueprint("progress", __name__, template_folder="templates")


@blueprint.get("/n/<address>")
def page(address: str) -> ResponseReturnValue:
    """Step, due date and whom to ask. :raise 404: no such case, or a number that was voided."""
    number, _, code = address.rpartition("-")
    with database().read() as connection:
        row = handling_queries.by_id(connection, code) if is_id(code) else None
        found = handling_queries.by_paper(connection, row.site, _parsed(number)) if row is not None else None
        if row is None or found is None or found.id != row.id:
            facts, status = {}, 404
        else:
            told, slip = handling_queries.progress(database(), connection, row), slip_of(row.detail)
            site = sites.site(connection, row.site)
            facts, status = {"told": told, "row": row, "slip": slip, "site": site}, 200
    page = make_response(render_template("handlings/progress.html", **facts), status)
    page.headers["Cache-Control"], page.headers["X-Robots-Tag"] = "no-store", "noindex"
    return page


def _parsed(number: str) -> str:
    try:
        return papers.parse(number)
    except BadInput:
        return ""
