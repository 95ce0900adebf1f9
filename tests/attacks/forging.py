"""What somebody who holds a channel's keys can sign: any metadata, whatever the publisher's own code would refuse.

The files are written as a publisher would, with tuf's own API, so that a device meets exactly what a thief would make.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.serialization.json import JSONSerializer

from content_sync.domain.edition import root_of
from content_sync.trust import keys
from content_sync.wire.editions import Delta, pack_items

Change = Callable[[Any], None]
_signed_by = {
    "root": ("root-1", "root-2"),
    "targets": ("targets",),
    "withdrawal": ("withdrawal",),
    "snapshot": ("online",),
    "timestamp": ("online",),
}
_above = {"targets": "snapshot", "withdrawal": "snapshot", "snapshot": "timestamp"}


class Forger:
    """Signs in the repository `tree` with keys of `folder`, stolen or not."""

    def __init__(self, tree: Path, folder: Path) -> None:
        self.tree, self.folder = tree, folder

    def newest(self, role: str) -> Root | Snapshot | Targets | Timestamp:
        """What is signed now for a role."""
        return Metadata[Any].from_bytes(self.path(role).read_bytes()).signed

    def path(self, role: str) -> Path:
        """The newest file of a role."""
        if role == "timestamp":
            return self.tree / "metadata" / "timestamp.json"
        found = (self.tree / "metadata").glob(f"*.{role}.json")
        return max(found, key=lambda path: int(path.name.split(".")[0]))

    def edit(self, role: str, change: Change, *signers: str, follow: bool = True) -> None:
        """The next version of a role, changed and signed; with `follow` also what names it, up to the timestamp."""
        signed = self.newest(role)
        signed.version += 1
        change(signed)
        length = self.write(role, signed, *signers)
        if follow and role in _above:
            meta = MetaFile(signed.version, length)

            def name(above: Any) -> None:
                if role == "snapshot":
                    above.snapshot_meta = meta
                else:
                    above.meta[f"{role}.json"] = meta

            self.edit(_above[role], name)

    def write(self, role: str, signed: Any, *signers: str) -> int:
        """One signed file; returns its length."""
        metadata: Metadata[Any] = Metadata(signed)
        for signer in signers or _signed_by[role]:
            metadata.sign(keys.loaded(self.folder, signer), append=True)
        data = metadata.to_bytes(JSONSerializer(compact=True))
        name = "timestamp.json" if role == "timestamp" else f"{signed.version}.{role}.json"
        (self.tree / "metadata" / name).write_bytes(data)
        return len(data)

    def target(self, name: str, data: bytes, **custom: Any) -> Change:
        """A change of targets: this file under this name, with `custom` over what was signed beside it."""
        described = TargetFile(len(data), {"sha256": hashlib.sha256(data).hexdigest()}, name)
        (self.tree / "targets" / f"{described.hashes['sha256']}.{name}").write_bytes(data)

        def change(targets: Any) -> None:
            before = targets.targets.get(name)
            described.unrecognized_fields["custom"] = {**((before and before.custom) or {}), **custom}
            targets.targets[name] = described

        return change

    def manifest(self) -> bytes:
        """The manifest of the newest edition."""
        described = self.newest("targets").targets["edition"]
        return (self.tree / "targets" / f"{described.hashes['sha256']}.edition").read_bytes()

    def pack(self, data: bytes, **said: object) -> bytes:
        """Put a base pack into the tree, whatever it is; returns the manifest that names it, with `said` over it."""
        sha256 = hashlib.sha256(data).hexdigest()
        (self.tree / "packs" / f"{sha256}.zst").write_bytes(data)
        return json.dumps({"base": {"sha256": sha256, "length": len(data), "raw_length": len(data), **said}}).encode()

    def publish(self, bodies: Mapping[str, bytes], deltas: Sequence[Delta] = (), **custom: object) -> None:
        """An edition with these bodies and a pack of its own, and with whatever `custom` says of it."""
        base, data = pack_items(0, bodies)
        manifest = json.loads(self.pack(data, raw_length=base.raw_length))
        manifest["deltas"] = [asdict(delta) for delta in deltas]
        said = {"items": len(bodies), "root": root_of(bodies), **custom}
        self.edit("targets", self.target("edition", json.dumps(manifest).encode(), **said))

    def delta(self, since: int, to: int, data: bytes) -> Delta:
        """Put a delta into the tree, whatever it is."""
        sha256 = hashlib.sha256(data).hexdigest()
        (self.tree / "packs" / f"{sha256}.delta").write_bytes(data)
        return Delta(since, to, sha256, len(data))

    def rotate(self, role: str, *signers: str) -> None:
        """The next root, with a new key for `online` or `targets` in the place of the old one."""
        (self.folder / f"{role}.key").unlink()
        fresh = keys.made(self.folder, role).public_key
        named = ("snapshot", "timestamp") if role == "online" else (role,)

        def change(root: Any) -> None:
            for name in named:
                for keyid in list(root.roles[name].keyids):
                    root.revoke_key(keyid, name)
                root.add_key(fresh, name)

        self.edit("root", change, *signers)
