"""Records ↔ bytes: a batch is a JSON array; each record at most `limits.record_bytes_max` bytes."""

from typing import Any

from content_sync.domain import limits, records
from content_sync.domain.errors import BadInput
from content_sync.domain.ids import checked_id
from content_sync.domain.records import Record
from content_sync.wire import canonical


def plain_record(record: Record) -> dict[str, Any]:
    """The plain form of a record."""
    made = {"id": record.id, "kind": record.kind, "device": record.device, "made_at": record.made_at}
    return {**made, "body": dict(record.body)}


def record_from_plain(plain: Any) -> Record:
    """The record of a plain value, or BadInput naming what is wrong with it."""
    if not isinstance(plain, dict) or set(plain) != {"id", "kind", "device", "made_at", "body"}:
        raise BadInput("A record has exactly id, kind, device, made_at and body.")
    bytes_max = limits.record_bytes_max + limits.passed_bytes_more * ("/" in str(plain["device"]))  # came by relays
    if len(canonical.dump(plain)) > bytes_max:
        raise BadInput(f"A record has at most {bytes_max} bytes.")
    if plain["kind"] not in records.kinds:
        raise BadInput(records.refusal_of_kind(plain["kind"]))
    body = plain["body"]
    if not isinstance(body, dict) or not all(type(value) in (str, int) for value in body.values()):
        raise BadInput("A record's body holds only text and whole numbers.")
    if not isinstance(plain["made_at"], str) or not isinstance(plain["device"], str):
        raise BadInput("A record's device and made_at are text.")
    return Record(checked_id(plain["id"], "record"), plain["kind"], plain["device"], plain["made_at"], body)
