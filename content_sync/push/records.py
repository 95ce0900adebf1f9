"""Outbox → server, each record counted once however often it is sent (promise 10).

1. Batches in true order, within the server's bounds, signed by the device's key over the exact bytes sent.
2. What the server accepted leaves the outbox; what it refused stays with the reason; the rest waits.
"""

import base64
import http.client
from typing import Any

from content_sync.domain import limits
from content_sync.domain.records import Record
from content_sync.net.replies import refusal
from content_sync.ports import Server
from content_sync.storage.desk import DeskStore
from content_sync.wire import canonical
from content_sync.wire.records import plain_record

_room = 1_000  # brackets and commas


def send_records(desk: DeskStore, server: Server, device: str, seed: bytes) -> int:
    """Send everything that waits; returns how many the server took. Raises Unreachable, Refused."""
    sent = 0
    while batch := _batch(desk, device):
        accepted, refused = _send(server, batch, seed)
        known = {plain["id"] for plain in batch}
        taken = [record for record in accepted if record in known]
        desk.acknowledge(taken)
        for record, reason in refused:
            desk.refuse_record(record, reason)
        sent += len(taken)
        if not taken and not any(record in known for record, _ in refused):
            break  # the server says nothing about them: later
    return sent


def send_one(record: Record, server: Server, device: str, seed: bytes) -> None:
    """Send a record that no outbox keeps. Raises Unreachable, Refused."""
    _send(server, [_plain(record, device)], seed)


def _batch(desk: DeskStore, device: str) -> list[dict[str, Any]]:
    batch: list[dict[str, Any]] = []
    size = _room
    for record in desk.waiting_records(limits.record_batch_max):
        plain = _plain(record, device)
        size += len(canonical.dump(plain)) + 1
        if size > limits.request_bytes_max:
            break
        batch.append(plain)
    return batch


def _plain(record: Record, device: str) -> dict[str, Any]:
    return plain_record(Record(record.id, record.kind, record.device or device, record.made_at, record.body))


def _send(server: Server, batch: list[dict[str, Any]], seed: bytes) -> tuple[list[str], list[tuple[str, str]]]:
    from nacl.signing import SigningKey

    data = canonical.dump(batch)
    signature = base64.b64encode(SigningKey(seed).sign(data).signature).decode()
    reply = server.call("POST", "/records", data, {"X-Signature": signature})
    if reply.status != http.client.OK or not isinstance(reply.value, dict):
        raise refusal(reply)
    accepted = [record for record in reply.value.get("accepted", []) if isinstance(record, str)]
    refused = [
        (str(part.get("id", "")), str(part.get("reason", "")))
        for part in reply.value.get("refused", [])
        if isinstance(part, dict)
    ]
    return accepted, refused
