"""Names below a published tree: relative, plain, without a way out."""

import re

from content_sync.domain.errors import Unverified

_part = re.compile(r"(?!\.)[A-Za-z0-9._-]{1,160}")


def parts_of(path: str) -> list[str]:
    """The folders and the file of a path; Unverified when it could lead anywhere else than below the tree."""
    parts = path.split("/")
    if not all(_part.fullmatch(part) for part in parts):
        raise Unverified(f"The path {path[:80]!r} leads out of the published tree; it was not followed.")
    return parts
