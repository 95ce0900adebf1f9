"""Receipt numbers: what a visitor keeps of what they said, and asks by later (APP-08, SUP-02).

1. A receipt is made on the device, unique without the server, and travels in the record; the server never changes it.
2. It is compared without spaces, lines and letter case: people copy it by hand.
3. An opinion from an older device has none; then its receipt is the beginning of its id.
"""

import re

from content_sync.domain import limits
from content_sync.domain.errors import BadInput

_parting = re.compile(r"[\s\-·.]")
_plain = re.compile(rf"[A-Z0-9]{{4,{limits.receipt_chars_max}}}")
of_id_chars = 8


def folded(text: str) -> str:
    """A receipt as it is compared (rule 2). Raises BadInput for what is none."""
    found = _parting.sub("", text).upper()
    if not _plain.fullmatch(found):
        raise BadInput("这不是回执号：请照着回执上的字母和数字输入。")
    return found
