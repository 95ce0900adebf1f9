"""The root of a repository: which keys sign what, and how one root follows another.

1. A root has three root keys of which two sign, one online key for snapshot and timestamp, and the keys that sign
   editions with their threshold. No key stands twice; every key is Ed25519 under its own id.
2. `root-1`, `root-2` and `root-3` are the root keys in the order in which the root lists them; a replaced key takes the
   place of the one before.
3. The next root has the next number and is signed by enough keys of the present one and by enough of its own.
4. A root lives two years. A root that was asked for and signed late has lived part of them already.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from securesystemslib.signer import Key
from tuf.api.metadata import Metadata, Root
from tuf.api.serialization import DeserializationError

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from content_sync.trust import keys
from content_sync.trust.carried import fingerprint, is_plain
from content_sync.trust.metadata import expiry, is_worn

online_roles = ("snapshot", "timestamp")


@dataclass(frozen=True)
class Keyring:
    """What a root says, for people: fingerprints by role; `expires` is an ISO instant."""

    version: int
    expires: str
    root: tuple[str, ...]
    root_threshold: int
    targets: tuple[str, ...]
    targets_threshold: int
    online: str


def keyring(root: Root) -> Keyring:
    """The keys of a root. Raises BadInput when it is not of our form (rule 1)."""
    check_form(root)
    prints = {role: tuple(fingerprint(root.keys[keyid]) for keyid in root.roles[role].keyids) for role in root.roles}
    return Keyring(
        root.version,
        root.expires.isoformat(),
        prints["root"],
        root.roles["root"].threshold,
        prints["targets"],
        root.roles["targets"].threshold,
        prints["timestamp"][0],
    )


def check_form(root: Root) -> None:
    """Rule 1; BadInput otherwise."""
    names = {role: root.roles[role].keyids for role in root.roles}
    every = [*names["root"], *names["targets"], *names["timestamp"]]
    sound = (
        root.consistent_snapshot is True
        and len(names["root"]) == len(keys.root_roles)
        and root.roles["root"].threshold == keys.root_threshold
        and names["snapshot"] == names["timestamp"]
        and len(names["timestamp"]) == 1 == root.roles["snapshot"].threshold == root.roles["timestamp"].threshold
        and 1 <= root.roles["targets"].threshold <= len(names["targets"]) <= limits.targets_keys_max
        and len(set(every)) == len(every)
        and set(every) == root.keys.keys()
        and all(keyid == key.keyid and is_plain(key) for keyid, key in root.keys.items())
    )
    if not sound:
        raise BadInput(
            "This root is not of our form (three root keys of which two sign, one online key, no key twice)."
        )


def check_first(data: bytes) -> None:
    """Whether these are the bytes of a first root that its own keys signed. Raises BadInput."""
    try:
        metadata = Metadata[Root].from_bytes(data)
    except DeserializationError as error:
        raise BadInput(f"The file holds no root ({error}); have it exported again.") from error
    root = metadata.signed
    if not isinstance(root, Root) or root.version != 1:
        raise BadInput("The file holds something else than a first root; have it exported again.")
    check_form(root)
    if not root.get_verification_result("root", metadata.signed_bytes, metadata.signatures).verified:
        raise BadInput("The first root is not signed by its own keys; have it exported again.")


def check_chain(roots: Sequence[Metadata[Root]]) -> None:
    """Whether these are the roots from the first one on, each signed as rule 3 says. Raises BadInput."""
    for number, root in enumerate(roots, 1):
        check_form(root.signed)
        before = roots[number - 2] if number > 1 else root
        if root.signed.version != number or lacking(before.signed, root):
            raise BadInput(
                f"Root {number} in the request is not signed by those before it; have the request made again."
            )


def mark(first: Metadata[Root]) -> str:
    """What a carried root key remembers of the first root of its repository, so that no other one is put before it."""
    return hashlib.sha256(first.signed_bytes).hexdigest()


def replaced(
    root: Root, now: datetime, new: Mapping[str, Key], targets: Sequence[Key] = (), threshold: int = 1
) -> Root:
    """The next root (rules 2–4) with `new` keys by role, and with these `targets` keys when there are any."""
    following = Root.from_dict(root.to_dict())
    following.version, following.expires = root.version + 1, expiry(now, limits.root_days)
    following.keys = dict(root.keys) | {key.keyid: key for key in (*new.values(), *targets)}
    for role, key in new.items():
        if role in keys.root_roles:
            names = [*following.roles["root"].keyids]  # a copy: tuf hands out the present root's own list
            names[keys.root_roles.index(role)] = key.keyid
            following.roles["root"].keyids = names
        for name in online_roles if role == "online" else ("targets",) if role == "targets" else ():
            following.roles[name].keyids, following.roles[name].threshold = [key.keyid], 1
    if targets:
        following.roles["targets"].keyids = [key.keyid for key in targets]
        following.roles["targets"].threshold = threshold
    named = {keyid for role in following.roles.values() for keyid in role.keyids}
    following.keys = {keyid: key for keyid, key in following.keys.items() if keyid in named}
    check_form(following)
    return following


def lacking(present: Root, following: Metadata[Root]) -> dict[str, str]:
    """Who could still sign where signatures are lacking: fingerprints with names; empty when rule 3 is obeyed."""
    root, payload = following.signed, following.signed_bytes
    found: dict[str, str] = {}
    for delegator in (present, root):
        result = delegator.get_verification_result("root", payload, following.signatures)
        for number, keyid in enumerate(delegator.roles["root"].keyids):
            if not result.verified and keyid in result.unsigned:
                found[fingerprint(delegator.keys[keyid])] = keys.root_roles[number]
    return found


def check_following(present: Root, following: Metadata[Root], now: datetime) -> None:
    """Whether this root may follow the present one (rules 1, 3 and 4). Raises Refused, BadInput."""
    check_form(following.signed)
    if following.signed.version != present.version + 1:
        raise Refused(
            f"This is root {following.signed.version}, but the channel is at root {present.version}; ask for a new one."
        )
    if waiting := lacking(present, following):
        raise Refused(
            f"Root {following.signed.version} lacks signatures: two keys of the present root and two of the new one "
            f"must sign. Who can still sign: {', '.join(f'{name} ({mark})' for mark, name in waiting.items())}."
        )
    if is_worn(following.signed, now, limits.root_days):
        raise Refused("This root was made too long ago, or by a clock that is wrong; ask for a new one.")
