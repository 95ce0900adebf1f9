"""The files of one TUF repository on the publisher's side: `metadata/` and `targets/`, read and written.

1. The state is what timestamp.json leads to; files that nothing current names are left-overs of a cut step.
2. Every version of the root stays for ever: a device that was off for years climbs from one to the next.
3. Of everything else this state and the one before stay, which a reader may just be reading.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from securesystemslib.signer import Key
from tuf.api.metadata import DelegatedRole, Delegations, Metadata, Root, Snapshot, TargetFile, Targets, Timestamp

from content_sync import durable
from content_sync.trust.metadata import first, target_name, whole

withdrawal_role = "withdrawal"
withdrawn_target = "withdrawn.json"


@dataclass(frozen=True)
class Target:
    """A file to publish, with what is signed beside its hash and length."""

    data: bytes
    custom: Mapping[str, Any] | None = None


def described(name: str, target: Target) -> TargetFile:
    """What is to be signed of a target."""
    file = TargetFile(len(target.data), {"sha256": hashlib.sha256(target.data).hexdigest()}, name)
    if target.custom is not None:
        file.unrecognized_fields["custom"] = dict(target.custom)
    return file


class Tree:
    """The repository in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def exists(self) -> bool:
        """Whether a first state was published."""
        return (self.folder / "metadata" / "timestamp.json").exists()

    def first_root(self) -> bytes:
        """The root that devices pin."""
        return self._metadata("1.root.json")

    def root(self) -> Metadata[Root]:
        """The newest root."""
        return whole(Root, self._metadata(f"{self._newest_root()}.root.json"))

    def roots(self) -> tuple[Metadata[Root], ...]:
        """Every root from the first one on."""
        versions = range(1, self._newest_root() + 1)
        return tuple(whole(Root, self._metadata(f"{version}.root.json")) for version in versions)

    def timestamp(self) -> Metadata[Timestamp]:
        """The current timestamp; version 0 before the first state, here and below."""
        return whole(Timestamp, self._metadata("timestamp.json")) if self.exists() else Metadata(first(Timestamp()))

    def snapshot(self) -> Metadata[Snapshot]:
        """The current snapshot."""
        if not self.exists():
            return Metadata(first(Snapshot()))
        return whole(Snapshot, self._metadata(f"{self.timestamp().signed.snapshot_meta.version}.snapshot.json"))

    def targets(self, role: str) -> Metadata[Targets]:
        """The current targets of a role."""
        meta = self.snapshot().signed.meta.get(f"{role}.json") if self.exists() else None
        if meta is None:
            return Metadata(first(Targets()))
        return whole(Targets, self._metadata(f"{meta.version}.{role}.json"))

    def target(self, name: str) -> TargetFile | None:
        """What is signed of a target, None when there is no such target."""
        role = withdrawal_role if name == withdrawn_target else "targets"
        return self.targets(role).signed.targets.get(name) if self.exists() else None

    def read(self, name: str) -> bytes | None:
        """The current bytes of a target."""
        target = self.target(name)
        return None if target is None else (self.folder / "targets" / target_name(target, name)).read_bytes()

    def store(self, name: str, target: Target) -> None:
        """Write the bytes of a target."""
        durable.write(self.folder / "targets" / target_name(described(name, target), name), target.data)

    def write(self, name: str, data: bytes) -> None:
        """Write a metadata file."""
        durable.write(self.folder / "metadata" / name, data)

    def prune(self) -> None:
        """Remove what no reader may still be reading (rules 2 and 3)."""
        snapshot, standing = self.snapshot().signed, set()
        newest = {"snapshot": snapshot.version, **{name[:-5]: meta.version for name, meta in snapshot.meta.items()}}
        for path in (self.folder / "metadata").glob("*.*.json"):
            version, role = path.name.split(".")[:2]
            if role in newest and int(version) < newest[role] - 1:
                path.unlink()
            elif role in ("targets", withdrawal_role):
                targets = whole(Targets, path.read_bytes()).signed.targets
                standing |= {target_name(target, name) for name, target in targets.items()}
        for path in (self.folder / "targets").glob("*"):
            if path.name not in standing:
                path.unlink()

    def _newest_root(self) -> int:
        return max(int(path.name.split(".")[0]) for path in (self.folder / "metadata").glob("*.root.json"))

    def _metadata(self, name: str) -> bytes:
        return (self.folder / "metadata" / name).read_bytes()


def delegate_withdrawal(signed: Targets, key: Key) -> None:
    """Let this key alone say what is withdrawn, and nothing else."""
    role = DelegatedRole(withdrawal_role, [key.keyid], 1, terminating=True, paths=[withdrawn_target])
    signed.delegations = Delegations({key.keyid: key}, {withdrawal_role: role})
