"""A device's records onto the stick, and the server's receipt for them back (promise 10).

1. What waits in the outbox is signed, sealed for the server and written whole, oldest first, in at most
   `limits.stick_batches_max` files. It stays in the outbox until a receipt says what became of it.
2. A device writes and removes only files that bear its own key's mark, in the folder of its own name. What it wrote
   before and is not among what waits now, was received otherwise and goes.
3. A receipt is believed when the server's records key signed it for this device and this key. What it says is true for
   ever, so an old one does no harm.
4. A stick that is full or cannot be written loses nothing: everything still waits here.
"""

import hashlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice

from content_sync.bundle import places
from content_sync.domain import limits
from content_sync.domain.errors import Unverified
from content_sync.domain.records import Record
from content_sync.net.stick import StickFolder
from content_sync.storage.desk import DeskStore
from content_sync.wire import canonical
from content_sync.wire.records import plain_record
from content_sync.wire.sealed import mark_of, parse_receipt, public_half, seal

_hash_chars = 16
_step = 200  # records in one short transaction of the desk


@dataclass(frozen=True)
class Sender:
    """This device, and the server's records key as the county's directory says it."""

    device: str
    seed: bytes
    server_key: bytes

    @property
    def mark(self) -> str:
        """The mark of the device's key."""
        return mark_of(public_half(self.seed))


def read_receipt(base: StickFolder, device: str, seed: bytes) -> bytes | None:
    """The receipt for this device, unproved, None when there is none. Raises Unverified, Unreachable."""
    try:
        with closing(base.sub(places.receipts_name)) as folder:
            return folder.read(places.receipt_name(device, mark_of(public_half(seed))), limits.receipt_bytes_max)
    except FileNotFoundError:
        return None


def heed_receipt(data: bytes, desk: DeskStore, sender: Sender) -> tuple[int, int]:
    """Drop what the server took, mark what it refused (rule 3); how many of either left the line."""
    receipt = parse_receipt(data, sender.server_key)
    if (receipt.device, receipt.mark) != (sender.device, sender.mark):
        raise Unverified("The receipt on the stick is another device's; it was not used.")
    begun = desk.outbox_size()
    for at in range(0, len(receipt.taken), _step):
        desk.acknowledge(receipt.taken[at : at + _step])
    taken = begun - desk.outbox_size()
    for record, reason in receipt.refused:
        desk.refuse_record(record, reason)
    return taken, begun - taken - desk.outbox_size()


def write_records(base: StickFolder, desk: DeskStore, sender: Sender) -> int:
    """Write what waits (rules 1 and 2); how many records are on the stick now.

    Raises Refused when the stick is full or cannot be written, Unverified when something of it is no plain folder.
    """
    written, names = 0, set[str]()
    if not desk.outbox_size() and not _own_files(base, sender):
        return 0
    with closing(base.made(places.records_name)) as records, closing(records.made(sender.device)) as folder:
        base.settle()
        records.settle()
        for batch, count in islice(_batches(desk, sender.device), limits.stick_batches_max):
            digest = hashlib.sha256(batch).hexdigest()[:_hash_chars]
            names.add(name := f"{sender.mark}-{digest}{places.sealed_suffix}")
            folder.write(name, seal(batch, sender.device, sender.seed, sender.server_key))
            written += count
        for name in _own_files(base, sender):
            if name not in names:
                folder.remove(name)
        folder.settle()
    return written


def _own_files(base: StickFolder, sender: Sender) -> list[str]:
    try:
        with closing(base.sub(places.records_name)) as records, closing(records.sub(sender.device)) as folder:
            return [name for name in folder.names() if name.startswith(f"{sender.mark}-")]
    except FileNotFoundError:
        return []


def _batches(desk: DeskStore, device: str) -> Iterator[tuple[bytes, int]]:
    """Arrays of records as they are signed, with the number of records in each."""
    held, size = list[bytes](), len("[]")
    for record in _waiting(desk):
        data = canonical.dump(plain_record(replace(record, device=record.device or device)))
        if held and (len(held) == limits.stick_batch_records_max or size + len(data) > limits.stick_batch_bytes_max):
            yield _array(held), len(held)
            held, size = [], len("[]")
        held.append(data)
        size += len(data) + len(",")
    if held:
        yield _array(held), len(held)


def _waiting(desk: DeskStore) -> Iterator[Record]:
    place = 0
    while found := desk.waiting_after(place, _step):
        yield from (record for _, record in found)
        place, _ = found[-1]


def _array(records: list[bytes]) -> bytes:
    return b"[" + b",".join(records) + b"]"
