"""A stick in a device: its bundle is taken, the device's records are written onto it.

1. First everything is copied and checked (bundle.spooling); the screen and the network go on meanwhile. Then what is
   whole is verified and applied like anything from the network, in a turn of its own on the folder.
2. Then the attached files that those texts need are fetched from the stick, one by one; they stop nothing.
3. Each channel stands for itself: one that is damaged, old, expired or strange changes nothing and stops no other.
4. Records go onto every stick of this county, whatever became of its bundle, and never onto another county's.
"""

import shutil
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from content_sync.agent.attached import attached_from_stick
from content_sync.agent.device import Device, one_at_a_time, read_device
from content_sync.agent.steps import puller
from content_sync.agent.stick_records import Records, exchange, read_receipt
from content_sync.agent.stick_spool import stick_spool
from content_sync.bundle import finding, places
from content_sync.bundle.judging import Judge, nothing_to_do
from content_sync.bundle.on_stick import OnStick
from content_sync.bundle.spooling import Report, Spool
from content_sync.domain.errors import Broken, Unreachable, Unverified
from content_sync.domain.ids import directory_channel, fingerprint
from content_sync.net.folder import FolderFetcher
from content_sync.net.stick import StickFolder
from content_sync.ports import Clock, Reply
from content_sync.pull.blobs import Kept
from content_sync.pull.step import Pulled
from content_sync.storage.content import ContentStore
from content_sync.storage.facts import directory_fact
from content_sync.trust.verifying import is_pinned, pinned_name

_first_root = f"{directory_channel}/metadata/1.root.json"


@dataclass
class Imported:
    """Editions before and after by channel, reasons of refused ones, followed channels that the bundle lacks."""

    channels: dict[str, tuple[int, int]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    files: Kept = field(default_factory=Kept)
    records: Records = field(default_factory=Records)

    def as_plain(self) -> dict[str, Any]:
        """The JSON of `content-sync import-bundle`."""
        counts = {"taken": self.records.taken, "refused": self.records.refused, "written": self.records.written}
        return {
            "channels": {name: {"from": before, "edition": now} for name, (before, now) in self.channels.items()},
            "refused": [{"channel": name, "reason": reason} for name, reason in self.refused.items()],
            "absent": list(self.absent),
            "blobs": {"fetched": self.files.fetched, "bytes": self.files.bytes},
            "records": counts,
            "problems": self.faults(),
        }

    def faults(self) -> list[str]:
        """What went wrong beside the channels; none of it undoes what was done."""
        return [*([self.files.sentence] if self.files.sentence else []), *self.records.faults]

    def is_trouble(self) -> bool:
        """Whether somebody must act: a bundle that is only older than the screen is no trouble."""
        return any(not reason.endswith(nothing_to_do) for reason in self.refused.values())

    def sentences(self) -> list[str]:
        """What was done, a sentence each; what was refused has its own."""
        lines = [
            f"{name}: edition {before} → {now}." if before < now else f"{name}: edition {now} is on the screen already."
            for name, (before, now) in self.channels.items()
        ]
        lines += [f"{name}: not on this stick; the screen keeps what it has." for name in self.absent]
        lines += [f"Attached files: {self.files.fetched}, {self.files.bytes} bytes."] if self.files.fetched else []
        if self.records.taken or self.records.refused:
            lines.append(f"Records the server took: {self.records.taken}; refused: {self.records.refused}.")
        return [*lines, f"Records on the stick for the server: {self.records.written}. It may be pulled out now."]


def import_stick(folder: Path, path: Path, clock: Clock, report: Report, read: Callable[[], None]) -> Imported:
    """Take the bundle of the stick at `path` into the device `folder`, and write its records onto the stick.

    `report` hears what is being done, bytes done and bytes in all; `read` is called when the stick has been read.
    Raises Refused when there is no bundle, Broken when the device is at fault.
    """
    device = read_device(folder)
    with closing(places.opened(path)) as base, stick_spool(folder) as place:
        spool = Spool(place / places.tree_name, report, lambda near: shutil.disk_usage(near).free)
        return _Import(folder, device, base, clock, report).run(spool, read)


def carry_out(folder: Path, path: Path) -> Records:
    """Write the records of the device `folder` onto the stick at `path`, also an empty one; take nothing from it.

    Raises OtherCounty for a stick that holds another county's bundles only (rule 4), Refused, Unverified, Unreachable.
    """
    device = read_device(folder)
    county = fingerprint(_pinned(folder / "trust"))
    with closing(places.opened(path, make=True)) as base:
        if places.other_bundles(base, county) and not places.bundles(base, county):
            raise finding.another_countys(base.shown)
        return exchange(base, folder, device, read_receipt(base, folder, device))


class _NoServer:
    """ports.Server of a stick: there is nobody to ask."""

    def call(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Reply:  # noqa: ARG002
        raise Unreachable("A stick has no server.")


class _Import:
    """One stick and one device."""

    def __init__(self, folder: Path, device: Device, base: StickFolder, clock: Clock, report: Report) -> None:
        self._folder, self._device, self._base, self._clock, self._report = folder, device, base, clock, report
        self._trust, self._wanted = folder / "trust", tuple[str, ...]()
        self._root = _pinned(self._trust)
        self._done = Imported()

    def run(self, spool: Spool, read: Callable[[], None]) -> Imported:
        held: OnStick | None = None
        try:
            held = self._copied(spool)
        except finding.OtherCounty as error:  # rule 4
            self._done.refused = dict.fromkeys(self._device.channels, str(error))
            return self._done
        except Unverified as error:
            self._done.refused = dict.fromkeys(self._device.channels, str(error))
        receipt = read_receipt(self._base, self._folder, self._device)
        if held is None:
            read()
        elif held.has_files(self._wanted):
            self._take(spool.folder)
            self._done.files = attached_from_stick(self._folder, self._device, held, self._clock, self._report)
            read()
        else:
            read()
            self._take(spool.folder)
        self._done.records = exchange(self._base, self._folder, self._device, receipt)
        return self._done

    def _copied(self, spool: Spool) -> OnStick:
        """The followed channels of the bundle, each in the spool or refused; and the bundle's attached files."""
        bundle, listing = finding.newest(self._base, fingerprint(self._root))
        self._wanted = finding.followed(listing, self._device.channels)
        self._done.absent = tuple(name for name in self._device.channels if name not in self._wanted)
        self._done.refused = spool.take(self._base, bundle, listing, (directory_channel, *self._wanted))
        root = spool.folder / _first_root
        if root.exists() and root.read_bytes() != self._root:
            raise finding.another_countys(self._base.shown)
        return OnStick(self._base, bundle, listing)

    def _take(self, tree: Path) -> None:
        whole = [name for name in self._wanted if name not in self._done.refused]
        with (
            one_at_a_time(self._folder),
            closing(puller(self._folder, self._device, FolderFetcher(tree), _NoServer(), self._clock)) as pull,
        ):
            pulled = pull.take(whole)
            self._done.channels = {name: (one.before, one.edition) for name, one in pulled.taken.items()}
            self._judge(tree, pulled, pull.store)

    def _judge(self, tree: Path, pulled: Pulled, store: ContentStore) -> None:
        """Say of everything that failed why (rule 3); what is held already did not fail."""
        now = max(self._clock.now(), store.floor() or self._clock.now())
        judge, held, refused = Judge(tree, self._trust, now), store.held(), self._done.refused
        for failure in pulled.failures:
            name, sentence = failure.channel, failure.sentence
            if name == directory_channel:
                fault = refused.get(name) or judge.directory(store.fact(directory_fact), sentence)
            elif directory_channel in refused and not is_pinned(self._trust / name):
                fault = f"{name}: {refused[directory_channel]}"
            else:
                fault = judge.channel(name, held[name].number, held[name].as_of, sentence)
            if fault:
                refused[name] = fault
            elif name != directory_channel:
                self._done.channels[name] = (held[name].number, held[name].number)


def _pinned(trust: Path) -> bytes:
    try:
        return (trust / directory_channel / pinned_name).read_bytes()
    except FileNotFoundError as error:
        raise Broken(f"{trust} is missing or empty; enrol the device again.") from error
