"""Records that came by stick, each counted exactly once (promise 10, OFF-03).

1. A batch is taken when it was sealed for this server and signed by the present key of an enrolled device; nothing else
   stands for the device here. Then its records are counted by desk.reception, like those of the live line.
2. What cannot be taken is named, file by file, and the rest goes on.
3. First everything is counted and on the disk, then the receipts are written: a device drops nothing too early. The
   same stick again, a copy of it, another stick with the same records: all of them change nothing and get receipts.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from content_sync.domain import limits
from content_sync.domain.errors import GongkailanError, Refused
from content_sync.domain.records import Record
from display_server.access import Actor, check
from display_server.database import audit
from display_server.database.engine import Database
from display_server.desk import reception, records_key
from display_server.devices import queries, service
from display_server.devices.queries import Device

if TYPE_CHECKING:
    from content_sync.bundle.incoming import Arrived
    from content_sync.wire.sealed import Receipt


@dataclass
class OfDevice:
    """What became of one device's records: ids taken, and refused ones with the reason of each."""

    device: Device
    taken: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Stick:
    """What was on the stick: by device, files that were not used and why, and why no receipts could be left."""

    devices: dict[str, OfDevice] = field(default_factory=dict)
    refused: list[tuple[str, str]] = field(default_factory=list)
    fault: str = ""


def receive(db: Database, actor: Actor, path: Path) -> Stick:
    """Take the records of the stick mounted at `path`. Raises Refused when it is no stick of ours, Unreachable."""
    from content_sync.bundle import incoming, places

    check(actor, "devices")
    records_key.ensure(db.config)
    seed, stick = records_key.seed(db.config), Stick()
    with closing(places.opened(path)) as base:
        for found in incoming.arrived(base, seed):
            if isinstance(found, incoming.Strange):
                stick.refused.append((found.file, found.reason))
                continue
            try:
                _take(db, stick, found)
            except GongkailanError as error:  # rule 2
                stick.refused.append((found.file, str(error)))
        with db.write() as connection:
            now, detail = db.config.clock.now().isoformat(), _summary(stick)
            audit.append(connection, now, actor.name, actor.via, "receive", str(path)[:120], detail)
        try:
            incoming.leave_receipts(base, [_receipt(one) for one in stick.devices.values()], seed)  # rule 3
        except GongkailanError as error:
            stick.fault = str(error)
    return stick


def _take(db: Database, stick: Stick, found: "Arrived") -> None:
    from content_sync.receive import check_batch

    device, opened = _device(db, found.opened.device), found.opened
    batch = check_batch(
        opened.batch, service.key_of(device) or None, opened.signature, limits.stick_batch_records_max
    )  # rule 1
    of_device = stick.devices.setdefault(device.id, OfDevice(device))
    for at in range(0, len(batch), limits.record_batch_max):  # a hall's tickets wait for one short transaction only
        part: Sequence[Record | tuple[str, str]] = batch[at : at + limits.record_batch_max]
        received = reception.receive(db, device, part)
        of_device.taken += received.accepted
        of_device.refused += received.refused


def _device(db: Database, name: str) -> Device:
    with db.read() as connection:
        row = queries.by_id(connection, name)
    if row is None:
        raise Refused(f"没有设备 {name}：这些记录不是本县在册设备的。")
    if row.state != "enrolled":
        raise Refused(f"设备 {name} 没有登记或已停用：它的记录没有接收。")
    return queries.as_device(row)


def _receipt(one: OfDevice) -> "Receipt":
    from content_sync.wire.sealed import Receipt, mark_of

    refused = {record: reason for record, reason in one.refused if record}
    taken = list(dict.fromkeys(one.taken))[: limits.receipt_records_max - len(refused)]  # the rest comes again
    return Receipt(one.device.id, mark_of(service.key_of(one.device)), tuple(taken), tuple(refused.items()))


def _summary(stick: Stick) -> str:
    taken = [f"{name}:{len(one.taken)}+{len(one.refused)}" for name, one in stick.devices.items()]
    return f"{' '.join(taken)} refused files: {len(stick.refused)}"
