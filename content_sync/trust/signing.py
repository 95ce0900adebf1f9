"""The publisher's side of one TUF repository (a channel's, or the directory's).

1. Everything of a step is signed before anything is written: where a key is not at hand, nothing changes.
2. Files are written in the order in which readers ask for them last: targets, then targets.json and withdrawal.json,
   then snapshot.json, and timestamp.json at the very end. Until then readers see the state before.
3. What comes next is always derived from timestamp.json, so a step that was cut is simply done again.
4. Snapshot and timestamp are signed anew each time, for 60 days. Targets and withdrawal (a year) and the root (two) are
   signed anew when their content changed or half their life is over: what did not change costs devices nothing.
5. A role whose half-life is over while its key is elsewhere stands as it is; trust.standing tells whom to ask.
6. timestamp.json carries `as_of`, the signed instant at which this state was true, and `channel`, whose state it is.
7. While keys change hands, what is signed satisfies the present root and the next one (trust.rotation).
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from tuf.api.metadata import Metadata, MetaFile, Root, Signed, Targets

from content_sync.domain import limits
from content_sync.trust import keys
from content_sync.trust.metadata import compact, expiry, is_signed, is_worn
from content_sync.trust.tree import (
    Target,
    Tree,
    delegate_withdrawal,
    described,
    withdrawal_role,
    withdrawn_target,
)

_key_files = {"snapshot": "online", "timestamp": "online"}
_Delegator = Root | Targets
Files = Sequence[tuple[str, bytes]]


class Repository:
    """The repository in `folder`, signed by the keys in `keys_folder`."""

    def __init__(self, folder: Path, keys_folder: Path) -> None:
        self.folder, self.keys_folder, self.tree = folder, keys_folder, Tree(folder)

    def exists(self) -> bool:
        """Whether a first state was published."""
        return self.tree.exists()

    def can_sign(self) -> bool:
        """Whether this machine holds the online key; a relay does not."""
        return not self.lacks("timestamp")

    def can_sign_targets(self) -> bool:
        """Whether this machine holds the keys that sign editions; otherwise they wait for their signers."""
        return not self.lacks("targets")

    def lacks(self, role: str, delegator: _Delegator | None = None) -> bool:
        """Whether too few keys of a role are on this machine, by the present root when none is given."""
        wanted = (delegator or self.tree.root().signed).get_delegated_role(role)
        return sum(keys.found(self.keys_folder, keyid) is not None for keyid in wanted.keyids) < wanted.threshold

    def first_root(self) -> bytes:
        """The root that devices pin."""
        return self.tree.first_root()

    def as_of(self) -> datetime:
        """The signed instant of the state that readers see."""
        return datetime.fromisoformat(self.tree.timestamp().signed.unrecognized_fields["as_of"])

    def custom(self, name: str) -> Mapping[str, Any] | None:
        """What is signed beside a target, None when there is no such target."""
        target = self.tree.target(name)
        return None if target is None else target.custom or {}

    def read(self, name: str) -> bytes | None:
        """The current bytes of a target."""
        return self.tree.read(name)

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
        self.write_root(self._signed_for("root", root, [root]))
        self.put(now, targets, withdrawn)

    def put(
        self,
        now: datetime,
        targets: Mapping[str, Target],
        withdrawn: bytes | None = None,
        drop: Collection[str] = (),
    ) -> None:
        """Publish these targets beside the ones that stand already, and the withdrawn ids when given.

        Targets named in `drop` stand no more.
        """
        signed, hidden = self.state()
        kept = {name: target for name, target in signed.targets.items() if name not in drop}
        signed.targets = kept | {name: described(name, target) for name, target in targets.items()}
        new = dict(targets)
        if withdrawn is not None:
            new[withdrawn_target] = Target(withdrawn)
            hidden.targets = {withdrawn_target: described(withdrawn_target, new[withdrawn_target])}
            if signed.delegations is None:
                delegate_withdrawal(signed, keys.made(self.keys_folder, withdrawal_role).public_key)
        files = self.signed(now, signed, hidden, [self.tree.root().signed])
        for name, target in new.items():
            self.tree.store(name, target)
        self.release(files)

    def resign(self, now: datetime) -> None:
        """Sign the same state as true now (rules 4 and 5)."""
        root = self.tree.root().signed
        if is_worn(root, now, limits.root_days) and not self.lacks("root", root):
            root.version, root.expires = root.version + 1, expiry(now, limits.root_days)
            self.write_root(self._signed_for("root", root, [root]))
        self.put(now, {})

    def state(self) -> tuple[Targets, Targets]:
        """The targets that stand, and the withdrawal's; version 0 where there are none."""
        return self.tree.targets("targets").signed, self.tree.targets(withdrawal_role).signed

    def key_ids(self) -> dict[str, str]:
        """Which key signs what now, by the name of its file; editions only where one key alone signs them."""
        root, signed = self.tree.root().signed, self.state()[0]
        named = dict(zip(keys.root_roles, root.roles["root"].keyids, strict=True))
        named["online"] = root.roles["timestamp"].keyids[0]
        if len(root.roles["targets"].keyids) == 1:
            named["targets"] = root.roles["targets"].keyids[0]
        if signed.delegations is not None:
            named[withdrawal_role] = signed.get_delegated_role(withdrawal_role).keyids[0]
        return named

    def signed(
        self,
        now: datetime,
        signed: Targets,
        hidden: Targets,
        roots: Sequence[Root],
        ready: Metadata[Targets] | None = None,
    ) -> Files:
        """The files of this state, in the order of rule 2, signed to the satisfaction of every one of `roots`.

        `ready` is `signed` with signatures that were made elsewhere. Raises Broken when a key is not at hand.
        """
        files: list[tuple[str, bytes]] = []
        snapshot, timestamp = self.tree.snapshot().signed, self.tree.timestamp().signed
        parts: list[tuple[str, Targets, Sequence[_Delegator]]] = [("targets", signed, roots)]
        if signed.delegations is not None:
            parts.append((withdrawal_role, hidden, [signed]))
        for role, content, delegators in parts:
            if ready is None or content is hidden:
                if not self._is_due(now, role, content, delegators):
                    continue
                content.version, content.expires = content.version + 1, expiry(now, limits.targets_days)
            data = compact(self._signed_for(role, content, delegators, ready if content is signed else None))
            files.append((f"{content.version}.{role}.json", data))
            snapshot.meta[f"{role}.json"] = MetaFile(content.version, len(data))
        snapshot.version, snapshot.expires = snapshot.version + 1, expiry(now, limits.snapshot_days)
        data = compact(self._signed_for("snapshot", snapshot, roots))
        files.append((f"{snapshot.version}.snapshot.json", data))
        timestamp.version, timestamp.expires = timestamp.version + 1, expiry(now, limits.timestamp_days)
        timestamp.snapshot_meta = MetaFile(snapshot.version, len(data))
        timestamp.unrecognized_fields |= {"as_of": now.isoformat(timespec="seconds"), "channel": self.folder.name}
        files.append(("timestamp.json", compact(self._signed_for("timestamp", timestamp, roots))))
        return files

    def write_root(self, root: Metadata[Root]) -> None:
        """Publish a root that is signed."""
        self.tree.write(f"{root.signed.version}.root.json", compact(root))

    def release(self, files: Files) -> None:
        """Let readers see what was signed (rule 2)."""
        for name, data in files:
            self.tree.write(name, data)
        self.tree.prune()

    def _is_due(self, now: datetime, role: str, content: Targets, delegators: Sequence[_Delegator]) -> bool:
        """Rules 4 and 5."""
        standing = self.tree.targets(role)
        if content != standing.signed or not all(is_signed(standing, role, one) for one in delegators):
            return True
        return is_worn(content, now, limits.targets_days) and not any(self.lacks(role, one) for one in delegators)

    def _signed_for(
        self,
        role: str,
        content: Signed,
        delegators: Sequence[_Delegator],
        ready: Metadata[Any] | None = None,
    ) -> Metadata[Any]:
        """The content signed to the satisfaction of each delegator, by the keys that are here (rule 1)."""
        metadata: Metadata[Any] = Metadata(content, dict(ready.signatures) if ready else {})
        for delegator in delegators:
            if is_signed(metadata, role, delegator):
                continue
            for keyid in delegator.get_delegated_role(role).keyids:
                if (signer := keys.found(self.keys_folder, keyid)) is not None:
                    metadata.sign(signer, append=True)
            if not is_signed(metadata, role, delegator):
                raise keys.missing(self.keys_folder, _key_files.get(role, role))
        return metadata
