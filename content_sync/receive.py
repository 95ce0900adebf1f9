"""A batch of records as it arrives at a server.

1. A batch is a JSON array within `limits.request_bytes_max` and `limits.record_batch_max` (a stick's is longer);
   otherwise it is refused.
2. A signature, when there is one, is Ed25519 by the device's key over the body; a wrong one refuses the batch. (The
   agent always signs. Without one, HTTP with a valid token stands for the device; on a stick nothing does.)
3. Each record stands for itself: a bad one is refused with its reason and the others are taken.
"""

import base64
import binascii
from typing import Any

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Unverified
from content_sync.domain.records import Record
from content_sync.wire import canonical
from content_sync.wire.records import record_from_plain

Refusal = tuple[str, str]


def check_batch(
    data: bytes, public_key: bytes | None, signature: str | None, records_max: int = limits.record_batch_max
) -> list[Record | Refusal]:
    """The records of a request body, each parsed or as (id, reason).

    Raises BadInput (rule 1) or Unverified (rule 2) for the whole batch.
    """
    if len(data) > limits.request_bytes_max:
        raise BadInput(f"A batch has at most {limits.request_bytes_max} bytes; send fewer records at once.")
    if signature is not None:
        _check_signature(data, public_key, signature)
    batch = canonical.load(data, "batch of records")
    if not isinstance(batch, list) or len(batch) > records_max:
        raise BadInput(f"A batch is a list of at most {records_max} records.")
    return [_record(plain) for plain in batch]


def _check_signature(data: bytes, public_key: bytes | None, signature: str) -> None:
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    if public_key is None:
        raise Unverified(
            "This device gave no key when it was enrolled, so its signature proves nothing; enrol it again."
        )
    try:
        VerifyKey(public_key).verify(data, base64.b64decode(signature, validate=True))
    except (CryptoError, binascii.Error, ValueError) as error:
        raise Unverified("The batch is not signed by this device's key; nothing of it was taken.") from error


def _record(plain: Any) -> Record | Refusal:
    try:
        return record_from_plain(plain)
    except BadInput as error:
        named = plain.get("id") if isinstance(plain, dict) else None
        return (named if isinstance(named, str) else "", str(error))
