"""The publisher's side of one TUF repository (a channel's, or the directory's).

1. Files are written in the order in which readers ask for them last: targets, then targets.json and withdrawal.json,
   then snapshot.json, and timestamp.json at the very end. Until then readers see the state before.
2. What comes next is always derived from timestamp.json, so a step that was cut is simply done again.
3. Every publication signs everything anew: timestamp and snapshot for 60 days, targets for a year. Root is signed
   anew at its half-life.
4. timestamp.json carries `as_of`: the signed instant at which this state was true.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.api.serialization.json import JSONSerializer

from content_sync import durable
from content_sync.domain import limits
from content_sync.trust import keys
from content_sync.trust.metadata import expiry, first, parsed, target_name

withdrawal_role = "withdrawal"
withdrawn_target = "withdrawn.json"


@dataclass(frozen=True)
class Target:
    """A file to publish, with what is signed beside its hash and length."""

    data: bytes
    custom: Mapping[str, Any] | None = None


class Repository:
    """The repository in `folder`, signed by the keys in `keys_folder`."""

    def __init__(self, folder: Path, keys_folder: Path) -> None:
        self.folder, self.keys_folder = folder, keys_folder

    def exists(self) -> bool:
        """Whether a first state was published."""
        return (self.folder / "metadata" / "timestamp.json").exists()

    def can_sign(self) -> bool:
        """Whether this machine holds the online key; a relay does not."""
        return (self.keys_folder / "online.key").exists()

    def first_root(self) -> bytes:
        """The root that devices pin."""
        return (self.folder / "metadata" / "1.root.json").read_bytes()

    def as_of(self) -> datetime:
        """The signed instant of the state that readers see."""
        return datetime.fromisoformat(self._timestamp().unrecognized_fields["as_of"])

    def custom(self, name: str) -> Mapping[str, Any] | None:
        """What is signed beside a target, None when there is no such target."""
        target = self._targets("targets").targets.get(name) if self.exists() else None
        return None if target is None else target.custom or {}

    def read(self, name: str) -> bytes | None:
        """The current bytes of a target."""
        role = withdrawal_role if name == withdrawn_target else "targets"
        target = self._targets(role).targets.get(name) if self.exists() else None
        return None if target is None else (self.folder / "targets" / target_name(target, name)).read_bytes()

    def create(self, now: datetime, targets: Mapping[str, Target], withdrawn: bytes | None) -> None:
        """Make keys, root and the first state; `withdrawn` None means there is no withdrawal role."""
        signers = [keys.made(self.keys_folder, role) for role in keys.root_roles]
        root = Root(version=1, expires=expiry(now, limits.root_days), consistent_snapshot=True)
        for signer in signers:
            root.add_key(signer.public_key, "root")
        root.roles["root"].threshold = keys.root_threshold
        root.add_key(keys.made(self.keys_folder, "targets").public_key, "targets")
        for role in ("snapshot", "timestamp"):
            root.add_key(keys.made(self.keys_folder, "online").public_key, role)
        self._write("1.root.json", root, *signers)
        if withdrawn is not None:
            keys.made(self.keys_folder, withdrawal_role)
        self.put(now, targets, withdrawn)

    def put(self, now: datetime, targets: Mapping[str, Target], withdrawn: bytes | None = None) -> None:
        """Publish these targets beside the ones that stand already, and the withdrawn ids when given (rule 1)."""
        signed = self._targets("targets")
        signed.targets |= {name: self._store(name, target) for name, target in targets.items()}
        has_withdrawal = (self.keys_folder / f"{withdrawal_role}.key").exists()
        hidden = self._targets(withdrawal_role) if has_withdrawal else None
        if hidden is not None:
            signed.delegations = self._delegation()
            if withdrawn is not None:
                hidden.targets = {withdrawn_target: self._store(withdrawn_target, Target(withdrawn))}
        self._sign_all(now, signed, hidden)

    def resign(self, now: datetime) -> None:
        """Sign the same state as true now (rule 3)."""
        self._renew_root(now)
        self.put(now, {})

    def _sign_all(self, now: datetime, signed: Targets, hidden: Targets | None) -> None:
        snapshot, timestamp = self._snapshot(), self._timestamp()
        for role, content in (("targets", signed), (withdrawal_role, hidden)):
            if content is not None:
                content.version += 1
                content.expires = expiry(now, limits.targets_days)
                length = self._write(f"{content.version}.{role}.json", content, keys.loaded(self.keys_folder, role))
                snapshot.meta[f"{role}.json"] = MetaFile(content.version, length)
        online = keys.loaded(self.keys_folder, "online")
        snapshot.version += 1
        snapshot.expires = expiry(now, limits.snapshot_days)
        length = self._write(f"{snapshot.version}.snapshot.json", snapshot, online)
        timestamp.version += 1
        timestamp.expires = expiry(now, limits.timestamp_days)
        timestamp.snapshot_meta = MetaFile(snapshot.version, length)
        timestamp.unrecognized_fields["as_of"] = now.isoformat(timespec="seconds")
        self._write("timestamp.json", timestamp, online)
        self._prune()

    def _delegation(self) -> Delegations:
        key = keys.loaded(self.keys_folder, withdrawal_role).public_key
        role = DelegatedRole(withdrawal_role, [key.keyid], 1, terminating=True, paths=[withdrawn_target])
        return Delegations({key.keyid: key}, {withdrawal_role: role})

    def _renew_root(self, now: datetime) -> None:
        version = max(int(path.name.split(".")[0]) for path in (self.folder / "metadata").glob("*.root.json"))
        root = parsed(Root, (self.folder / "metadata" / f"{version}.root.json").read_bytes())
        if root.expires - now.astimezone(UTC) < timedelta(days=limits.root_days / 2):
            root.version, root.expires = version + 1, expiry(now, limits.root_days)
            signers = [keys.loaded(self.keys_folder, role) for role in keys.root_roles]
            self._write(f"{root.version}.root.json", root, *signers)

    def _timestamp(self) -> Timestamp:
        return parsed(Timestamp, self._metadata("timestamp.json")) if self.exists() else first(Timestamp())

    def _snapshot(self) -> Snapshot:
        version = self._timestamp().snapshot_meta.version
        return parsed(Snapshot, self._metadata(f"{version}.snapshot.json")) if self.exists() else first(Snapshot())

    def _targets(self, role: str) -> Targets:
        meta = self._snapshot().meta.get(f"{role}.json") if self.exists() else None
        return parsed(Targets, self._metadata(f"{meta.version}.{role}.json")) if meta is not None else first(Targets())

    def _metadata(self, name: str) -> bytes:
        return (self.folder / "metadata" / name).read_bytes()

    def _store(self, name: str, target: Target) -> TargetFile:
        described = TargetFile(len(target.data), {"sha256": hashlib.sha256(target.data).hexdigest()}, name)
        if target.custom is not None:
            described.unrecognized_fields["custom"] = dict(target.custom)
        durable.write(self.folder / "targets" / target_name(described, name), target.data)
        return described

    def _write(self, name: str, content: Root | Snapshot | Targets | Timestamp, *signers: CryptoSigner) -> int:
        metadata: Metadata[Any] = Metadata(content)
        for signer in signers:
            metadata.sign(signer, append=True)
        data = metadata.to_bytes(JSONSerializer(compact=True))
        durable.write(self.folder / "metadata" / name, data)
        return len(data)

    def _prune(self) -> None:
        """Keep this state and the one before, which a reader may just be reading; roots stay for ever."""
        snapshot, standing = self._snapshot(), set()
        newest = {"snapshot": snapshot.version, **{name[:-5]: meta.version for name, meta in snapshot.meta.items()}}
        for path in (self.folder / "metadata").glob("*.*.json"):
            version, role = path.name.split(".")[:2]
            if role in newest and int(version) < newest[role] - 1:
                path.unlink()
            elif role in ("targets", withdrawal_role):
                targets = parsed(Targets, path.read_bytes()).targets
                standing |= {target_name(target, name) for name, target in targets.items()}
        for path in (self.folder / "targets").glob("*"):
            if path.name not in standing:
                path.unlink()
