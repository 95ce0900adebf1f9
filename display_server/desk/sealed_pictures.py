"""Opening a picture that lies in the database sealed for the records key (desk.evidence, desk.redacted).

It is what was sealed, by the hash in its row, or it is not shown. That the row is the one that was attached, `check`
judges by the audit log (supervision.checking_said).
"""

import hashlib
from typing import Any

from sqlalchemy import Row

from content_sync.domain.errors import Refused, Unverified
from content_sync.wire import boxes
from display_server.config import Config
from display_server.desk import records_key


def opened(config: Config, row: Row[Any] | None, what: str) -> bytes:
    """The picture of a row with `sealed` and `hash`; `what` names it, as 这一页. Raises Refused, in words for staff."""
    if row is None:
        raise Refused(f"没有{what}。")
    try:
        data = boxes.unseal_bytes(row.sealed, records_key.seed(config))
    except Unverified as error:
        raise Refused(f"{what}打不开：可能已损坏，请重新附上。") from error
    if hashlib.sha256(data).hexdigest() != row.hash:
        raise Refused(f"{what}和附上的时候不一样了：请联系系统管理员。")
    return data
