"""Where the keys of a repository are, and who must be asked soon.

1. A key is here when its private half lies on this machine, whole; what is elsewhere is known by its fingerprint.
2. Root and targets whose half-life is over, while too few of their keys are here to sign them anew, need people
   (`worn`); everything else is signed by itself (trust.signing).
3. The online key and the withdrawal key must be here: without them nothing is fresh and nothing is withdrawn (`lost`).
4. As long as enough root keys to agree are here, whoever owns this machine can replace every key.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from securesystemslib.signer import Key
from tuf.api.metadata import Role

from content_sync.domain import limits
from content_sync.trust import keys
from content_sync.trust.carried import fingerprint
from content_sync.trust.metadata import is_worn
from content_sync.trust.signing import Repository
from content_sync.trust.tree import withdrawal_role


@dataclass(frozen=True)
class KeyAt:
    """A key by its name and fingerprint, and whether its private half is on this machine."""

    name: str
    fingerprint: str
    here: bool


@dataclass(frozen=True)
class RoleAt:
    """A role: how many of its keys must sign, and the version and expiry (an ISO instant) of what they signed."""

    role: str
    version: int
    expires: str
    threshold: int
    keys: tuple[KeyAt, ...]

    @property
    def can_sign(self) -> bool:
        """Whether enough keys are here."""
        return sum(key.here for key in self.keys) >= self.threshold


@dataclass(frozen=True)
class Inventory:
    """The keys of one repository; `worn` and `lost` are roles (rules 2 and 3)."""

    channel: str
    roles: tuple[RoleAt, ...]
    worn: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def root_here(self) -> bool:
        """Rule 4."""
        return self.roles[0].can_sign


def inventory(repository: Repository, channel: str, now: datetime) -> Inventory:
    """The keys of a repository. Raises Broken for a damaged tree."""
    tree, (signed, hidden) = repository.tree, repository.state()
    root = tree.root().signed
    parts: list[tuple[str, Any, Role, dict[str, Key]]] = [
        ("root", root, root.roles["root"], root.keys),
        ("targets", signed, root.roles["targets"], root.keys),
        ("online", tree.timestamp().signed, root.roles["timestamp"], root.keys),
    ]
    if signed.delegations is not None:
        parts.append(
            (withdrawal_role, hidden, signed.get_delegated_role(withdrawal_role), dict(signed.delegations.keys))
        )
    here = {signer.public_key.keyid for _, signer in keys.every(repository.keys_folder)}
    roles = tuple(
        RoleAt(role, content.version, content.expires.isoformat(), by.threshold, _keys(here, role, by, named))
        for role, content, by, named in parts
    )
    elsewhere = {role.role for role in roles if not role.can_sign}
    worn = (("root", root, limits.root_days), ("targets", signed, limits.targets_days))
    return Inventory(
        channel,
        roles,
        tuple(role for role, content, days in worn if role in elsewhere and is_worn(content, now, days)),
        tuple(role for role in ("online", withdrawal_role) if role in elsewhere),
    )


def _keys(here: set[str], role: str, by: Role, named: dict[str, Key]) -> tuple[KeyAt, ...]:
    count = len(by.keyids)
    names = keys.root_roles if role == "root" else [role] if count == 1 else [f"{role}-{n + 1}" for n in range(count)]
    return tuple(
        KeyAt(name, fingerprint(named[keyid]), keyid in here) for name, keyid in zip(names, by.keyids, strict=True)
    )
