"""Receipt numbers: what a visitor keeps of what they said, and asks by later (APP-08, SUP-02).

1. A receipt is made on the device, unique without the server, and travels in the record; the server never changes it.
2. It is compared without spaces, lines and letter case: people copy it by hand.
3. A record of an older device has none; then its receipt is the beginning of its id.
"""

import re

from content_sync.domain import limits
from content_sync.domain.errors import BadInput

_parting = re.compile(r"[\s\-·.]")
_plain = re.compile(rf"[A-Z0-9]{{4,{limits.receipt_chars_max}}}")
_of_id_chars = 8


def folded(text: str) -> str:
    """A receipt as it is compared (rule 2). Raises BadInput for what is none."""
    found = _parting.sub("", text).upper()
    if not _plain.fullmatch(found):
        raise BadInput("这不是回执号：请照着回执上的字母和数字输入。")
    return found


def of_record(body_receipt: str, record: str) -> str:
    """The receipt of a record as it was shown to the visitor (rules 1 and 3). Raises BadInput for a wrong one."""
    if not body_receipt:
        return record[:_of_id_chars].upper()
    folded(body_receipt)
    if len(body_receipt) > limits.receipt_chars_max:
        raise BadInput(f"A receipt has at most {limits.receipt_chars_max} characters.")
    return body_receipt
