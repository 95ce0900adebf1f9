"""The published tree as static files (ARCHITECTURE §3).

1. Only files; no listing, no hidden name (a file being written has one), nothing outside the tree. Nor is a name looked
   for that is longer than any of ours: a disk takes it for a fault, and every fault is logged.
2. A name that contains its hash never changes and may be kept; everything else is asked for again each time. What holds
   text or pictures is kept for a day only, because a withdrawal cannot reach into caches that are not ours.
3. Range and If-None-Match are obeyed, so that a cut transfer goes on where it stopped.
4. A head says what a device or a cache in between needs, and nothing else.
"""

import hashlib
from pathlib import Path

from flask import Blueprint, Response, abort, send_from_directory
from werkzeug.utils import safe_join

from content_sync.domain import limits
from display_server.web.current import database

blueprint = Blueprint("tree", __name__)
_by_hash = {
    "/packs/": limits.kept_text_seconds,
    "/targets/": limits.kept_file_seconds,
    "/blobs/": limits.kept_text_seconds,
}
_etag_chars = 12


@blueprint.get("/repo/<path:path>")
def file(path: str) -> Response:
    """A file of the tree. :raise 404: there is none by that name."""
    too_long = len(path.encode()) > limits.tree_path_bytes_max
    if too_long or any(part.startswith(".") or not part for part in path.split("/")):  # rule 1
        abort(404)
    kept = next((seconds for folder, seconds in _by_hash.items() if folder in path), None)  # rule 2
    root = database().config.repo.absolute()  # Flask takes a relative folder as below its own package
    response = send_from_directory(
        root,
        path,
        mimetype="application/octet-stream",
        conditional=True,
        etag=not kept and _etag(root, path),
        max_age=kept,
    )
    for name in ("Content-Disposition", "Last-Modified", "Expires"):  # rule 4
        response.headers.pop(name, None)
    return response


def _etag(root: Path, path: str) -> str:
    """Another one whenever the file was replaced."""
    found = safe_join(str(root), path)
    if found is None or not Path(found).is_file():
        abort(404)
    stat = Path(found).stat()
    return hashlib.sha256(f"{stat.st_mtime_ns} {stat.st_size}".encode()).hexdigest()[:_etag_chars]
