"""The printed enrolment code (CONTRACT of `content-sync init`).

1. Its first 16 characters are a secret of 80 bits; the other 26 are the fingerprint of the directory root, by which the
   device refuses any other server. Base32 in groups of four; hyphens, spaces and case do not matter.
2. The server needs only the secret; the fingerprint is the device's business. A whole code with another fingerprint is
   a slip of the finger: it is refused before the code is used up.
"""

import base64
import re

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused

_secret_chars = limits.enrol_code_bytes * 8 // 5
_characters = re.compile(r"[A-Z2-7]+")


def printed(secret: bytes, fingerprint: bytes) -> str:
    """The code to print (rule 1)."""
    text = _spelled(secret) + _spelled(fingerprint)
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4))


def secret_of(code: str) -> bytes:
    """The secret of a whole code or of its secret part alone; BadInput when it cannot be one (rule 2)."""
    text = _plain(code)
    if len(text) < _secret_chars or not _characters.fullmatch(text):
        raise BadInput("An enrolment code has 16 or 42 letters A-Z and digits 2-7; copy it from the printed slip.")
    return base64.b32decode(text[:_secret_chars])


def check_fingerprint(code: str, fingerprint: bytes) -> None:
    """Raises Refused when a whole code carries another fingerprint than this server's (rule 2)."""
    carried, own = _plain(code)[_secret_chars:], _spelled(fingerprint)
    if len(carried) == len(own) and carried != own:
        raise Refused("登记码后面几组与这台服务器不符：请对照打印的登记码重新输入。这个登记码还没有用掉。")


def _plain(code: str) -> str:
    return re.sub(r"[\s-]", "", code).upper()


def _spelled(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=")
