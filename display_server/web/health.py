"""Whether the server can work: the question a supervisor asks."""

from flask import Blueprint, Response
from sqlalchemy import text

from display_server.web.current import database

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 when the database answers. :raise 500: it does not."""
    with database().read() as connection:
        connection.execute(text("SELECT count(*) FROM settings"))
    return Response("ok\n", mimetype="text/plain", headers={"Cache-Control": "no-store"})
