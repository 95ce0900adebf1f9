"""What devices wrote on a stick for this server, and the receipts it leaves for them.

1. Every sealed file stands for itself: one that is damaged, strange, too long or sealed for another server is named
   with its reason, and the others are read.
2. A file lies in the folder of the device that signed it. Whether it is that device's signature is the server's to ask.
3. At most `limits.sealed_files_max` files are looked at. Nothing on the stick is removed: a device clears up its own.
4. A receipt tells everything that became of the files now on the stick, so it may take the place of the one before.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from content_sync.bundle import places
from content_sync.domain import limits
from content_sync.domain.errors import GongkailanError, Unverified
from content_sync.domain.ids import is_id
from content_sync.net.stick import StickFolder
from content_sync.wire.sealed import Opened, Receipt, receipt_bytes, unseal

_unfinished = ".new"


@dataclass(frozen=True)
class Arrived:
    """A file that was sealed for this server, opened."""

    file: str
    opened: Opened


@dataclass(frozen=True)
class Strange:
    """A file or folder that was not used, and why."""

    file: str
    reason: str


def arrived(base: StickFolder, records_seed: bytes) -> Iterator[Arrived | Strange]:
    """Everything in the stick's folder for records, device by device (rules 1 to 3)."""
    try:
        records = base.sub(places.records_name)
    except FileNotFoundError:
        return
    looked_at = 0
    with closing(records):
        for device in records.names():
            for one in _of_device(records, device, records_seed):
                yield one
                looked_at += 1
                if looked_at >= limits.sealed_files_max:
                    yield Strange(_shown(places.records_name), f"only {looked_at} files of a stick are looked at")
                    return


def leave_receipts(base: StickFolder, receipts: Sequence[Receipt], records_seed: bytes) -> None:
    """Write each device's receipt (rule 4). Raises Refused when the stick is full or read-only, Unreachable."""
    if not receipts:
        return
    with closing(base.made(places.receipts_name)) as folder:
        base.settle()
        for receipt in receipts:
            folder.write(places.receipt_name(receipt.device, receipt.mark), receipt_bytes(receipt, records_seed))


def _of_device(records: StickFolder, device: str, records_seed: bytes) -> Iterator[Arrived | Strange]:
    shown = _shown(device)
    if not is_id(device):
        yield Strange(shown, "It is not the folder of a device.")
        return
    try:
        with closing(records.sub(device)) as folder:
            for name in folder.names():
                if not name.endswith(_unfinished):  # the stick was pulled out while it was written
                    yield _read(folder, device, name, records_seed)
    except (GongkailanError, FileNotFoundError) as error:
        yield Strange(shown, str(error))


def _read(folder: StickFolder, device: str, name: str, records_seed: bytes) -> Arrived | Strange:
    shown = f"{device}/{_shown(name)}"
    try:
        if not name.endswith(places.sealed_suffix):
            return Strange(shown, "It is not a file of records.")
        opened = unseal(folder.read(name, limits.sealed_bytes_max), records_seed)
        if opened.device != device:  # rule 2
            raise Unverified(f"It is of device {opened.device} and lies in another one's folder.")
    except (GongkailanError, FileNotFoundError) as error:
        return Strange(shown, str(error))
    return Arrived(shown, opened)


def _shown(name: str) -> str:
    """A name from a stick as it may be printed."""
    return ascii(name)[1:-1][:80]
