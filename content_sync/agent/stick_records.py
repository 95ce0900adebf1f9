"""The records of a device and the stick in it: what a receipt settles, and what is written onto it.

Nothing here can undo an import: a stick that is full, read-only or pulled out is a sentence, and everything waits on.
"""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from content_sync.agent.device import Device, read_key
from content_sync.bundle import outgoing
from content_sync.bundle.outgoing import Sender
from content_sync.domain.errors import GongkailanError, Unreachable
from content_sync.net.stick import StickFolder
from content_sync.net.stick_faults import Full, Locked
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from content_sync.storage.facts import records_key_fact

_key_bytes = 32
_words: dict[type[GongkailanError], str] = {Full: "full", Locked: "locked", Unreachable: "pulled"}


@dataclass(frozen=True)
class Records:
    """Records that a receipt took off the line or marked as refused, those on the stick now, and what went wrong.

    `stick` says why they could not be written: full, locked or pulled; empty when that was not the stick's fault.
    """

    taken: int = 0
    refused: int = 0
    written: int = 0
    faults: tuple[str, ...] = ()
    stick: str = ""


@dataclass(frozen=True)
class Receipt:
    """What was read of the server's answer, not yet proved."""

    data: bytes | None = None
    faults: tuple[str, ...] = ()


def read_receipt(base: StickFolder, folder: Path, device: Device) -> Receipt:
    """The receipt on the stick for this device, if there is one."""
    try:
        return Receipt(outgoing.read_receipt(base, device.device, read_key(folder)))
    except GongkailanError as error:
        return Receipt(None, (str(error),))


def exchange(base: StickFolder, folder: Path, device: Device, receipt: Receipt) -> Records:
    """Heed the receipt, then write what still waits."""
    try:
        sender = Sender(device.device, read_key(folder), _server_key(folder))
    except GongkailanError as error:
        return Records(faults=(str(error),))
    taken = refused = written = 0
    faults, stick = list(receipt.faults), ""
    with closing(DeskStore(folder / "desk.db")) as desk:
        if not sender.server_key:
            unknown = "This county's server does not say yet for whom records are sealed; they wait on this device."
            return Records(faults=(*faults, unknown) if desk.outbox_size() else tuple(faults))
        try:
            if receipt.data is not None:
                taken, refused = outgoing.heed_receipt(receipt.data, desk, sender)
        except GongkailanError as error:
            faults.append(str(error))
        try:
            written = outgoing.write_records(base, desk, sender)
        except GongkailanError as error:
            faults.append(f"{error} Records waiting on this device: {desk.outbox_size()}; none is lost.")
            stick = next((word for kind, word in _words.items() if isinstance(error, kind)), "")
    return Records(taken, refused, written, tuple(faults), stick)


def _server_key(folder: Path) -> bytes:
    with closing(ContentStore(folder / "content.db", readonly=True)) as store:
        key = bytes.fromhex(store.fact(records_key_fact))
    return key if len(key) == _key_bytes else b""  # of a later form: records wait until this device is newer
