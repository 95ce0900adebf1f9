"""A file that a signed state names by its content."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Named:
    """Where a file stands below the tree, the SHA-256 (lower-case hex) it must have, and its length in bytes."""

    path: str
    sha256: str
    length: int
