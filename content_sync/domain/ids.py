"""Names that are safe in an address, a file name and a signed tree.

1. An item, unit, channel, site, service or window id has 1–40 characters: lower-case letters, digits, `-` and `_`,
   starting with a letter or digit. `_directory` is reserved, so no id starts with `_`.
2. A county is named by the fingerprint of its directory's first root: as printed codes carry it, and as sticks do.
3. An id that may be guessed must not open anything; ids that open something (tickets) are made from 80 random bits.
"""

import base64
import hashlib
import re

from content_sync.domain import limits
from content_sync.domain.errors import BadInput

_ID = re.compile(rf"[a-z0-9][a-z0-9_-]{{0,{limits.item_id_chars_max - 1}}}")
directory_channel = "_directory"


def is_id(text: object) -> bool:
    """Whether `text` may be used as an id (rule 1)."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None


def checked_id(text: object, what: str) -> str:
    """`text` itself, or BadInput naming `what` it was meant for."""
    if isinstance(text, str) and _ID.fullmatch(text):
        return text
    raise BadInput(f"{what} {text!r} is not usable as an id: use 1 to 40 of a-z, 0-9, - and _.")


def fingerprint(root: bytes) -> str:
    """The name of the county whose directory begins with this root (rule 2)."""
    return spelled(hashlib.sha256(root).digest()[: limits.fingerprint_bytes])


def spelled(random: bytes) -> str:
    """Random bytes as lower-case base32 without padding: safe everywhere, no two letters that differ by case only."""
    return base64.b32encode(random).decode().rstrip("=").lower()
