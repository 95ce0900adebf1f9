"""The published tree as static files (ARCHITECTURE §3).

1. Only files; no listing, no hidden name (a file being written has one), nothing outside the tree.
2. A name that contains its hash never changes and may be kept for ever; everything else is asked for again each time.
3. Range and If-None-Match are obeyed, so that a cut transfer goes on where it stopped.
"""

from flask import Blueprint, Response, abort, send_from_directory

from content_sync.domain import limits
from display_server.web.current import database

blueprint = Blueprint("tree", __name__)


@blueprint.get("/repo/<path:path>")
def file(path: str) -> Response:
    """A file of the tree. :raise 404: there is none by that name."""
    if any(part.startswith(".") or not part for part in path.split("/")):  # rule 1
        abort(404)
    kept = "/packs/" in path or "/targets/" in path  # rule 2
    response = send_from_directory(
        database().config.repo.absolute(),  # Flask takes a relative folder as below its own package
        path,
        mimetype="application/octet-stream",
        conditional=True,
        etag=True,
        max_age=limits.kept_file_seconds if kept else 0,
    )
    if not kept:
        response.cache_control.no_cache = True
    return response
