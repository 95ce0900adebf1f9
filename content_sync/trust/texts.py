"""The texts behind the targets that publishers sign, so that a signer knows what stands in the edition.

1. A request carries every text that is new to its signers, and the hashes of the others. Together they give the root
   that will be signed; otherwise nothing is signed.
2. What is not carried was signed before: the edition before is carried as it was signed, and must bear the signature of
   the very key that signs now. Whoever did not sign that one is shown every text.
3. Only an edition, the ways to it and the withdrawal's key are signed; a request that slips in more is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from securesystemslib.exceptions import UnverifiedSignatureError
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, Targets

from content_sync.domain.edition import Edition, body_hash, root_of_hashes
from content_sync.domain.errors import BadInput, Refused
from content_sync.trust.carried import fingerprint
from content_sync.trust.tree import withdrawal_role, withdrawn_target
from content_sync.wire.editions import parse_custom
from content_sync.wire.items import parse_item

_edition, _known = "edition", {"edition", "catchup"}


@dataclass(frozen=True)
class Texts:
    """The edition before as it was signed with the hashes of its items, ids that leave, and the texts that are new."""

    held: Metadata[Targets] | None
    hashes: Mapping[str, str]
    removed: tuple[str, ...]
    bodies: Mapping[str, bytes]


@dataclass(frozen=True)
class Shown:
    """What an edition changes, as (id, title): `came` is new to the edition or to its signer; `left` are ids."""

    edition: Edition
    before: int
    came: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str], ...]
    left: tuple[str, ...]


def texts_of(held: Metadata[Targets] | None, hashes: Mapping[str, str], bodies: Mapping[str, bytes]) -> Texts:
    """What must be carried of `bodies`, where signers signed `held` with these hashes; None: they signed nothing."""
    known = {} if held is None else dict(hashes)
    new = {item: body for item, body in bodies.items() if known.get(item) != body_hash(body)}
    return Texts(held if known else None, known, tuple(sorted(known.keys() - bodies.keys())), new)


def shown(channel: str, signed: Targets, texts: Texts) -> Shown:
    """What a signature would put on screens (rules 1, 3). Raises BadInput when the request does not hold together."""
    _check_form(signed)
    edition = _edition_of(channel, signed)
    hashes = {item: value for item, value in texts.hashes.items() if item not in texts.removed}
    titles = {item: _title(channel, item, body) for item, body in texts.bodies.items()}
    hashes |= {item: body_hash(body) for item, body in texts.bodies.items()}
    if (root_of_hashes(hashes), len(hashes)) != (edition.root, edition.items):
        raise BadInput("The texts in the request are not those of the edition to be signed; have it made again.")
    before = _edition_of(channel, texts.held.signed) if texts.held else None
    if texts.hashes and (before is None or before.root != root_of_hashes(texts.hashes)):
        raise BadInput("The edition before is not the one that was signed; have the request made again.")
    if before is not None and edition.number not in (before.number, before.number + 1):
        raise BadInput(f"Edition {edition.number} does not follow edition {before.number}; have it made again.")
    return Shown(
        edition,
        before.number if before else 0,
        tuple((item, title) for item, title in sorted(titles.items()) if item not in texts.hashes),
        tuple((item, title) for item, title in sorted(titles.items()) if item in texts.hashes),
        texts.removed,
    )


def check_signer(texts: Texts, signer: CryptoSigner) -> None:
    """Rule 2. Raises Refused."""
    if texts.held is None:
        return
    signature = texts.held.signatures.get(signer.public_key.keyid)
    try:
        if signature is not None:
            signer.public_key.verify_signature(signature, texts.held.signed_bytes)
            return
    except UnverifiedSignatureError:
        pass
    raise Refused(
        f"The key {fingerprint(signer.public_key)} did not sign the edition before, so it is not shown everything; "
        "ask for a request with all texts: keys pending CH OUT --whole."
    )


def withdrawal_key(signed: Targets) -> str:
    """The fingerprint of the key that may withdraw; empty when there is none."""
    keys = signed.delegations.keys.values() if signed.delegations else ()
    return ", ".join(fingerprint(key) for key in keys)


def _check_form(signed: Targets) -> None:
    """Rule 3."""
    delegations = signed.delegations
    roles: dict[str, Any] = dict(delegations.roles or {}) if delegations else {}
    role = roles.get(withdrawal_role)
    sound = (
        _edition in signed.targets
        and signed.targets.keys() <= _known
        and roles.keys() == {withdrawal_role}
        and role is not None
        and (role.paths, role.threshold, role.terminating) == ([withdrawn_target], 1, True)
        and delegations is not None
        and delegations.succinct_roles is None
        and role.keyids == list(delegations.keys)
        and len(role.keyids) == 1
    )
    if not sound:
        raise BadInput("The request would sign more than an edition; update this program, or sign nothing.")


def _edition_of(channel: str, signed: Targets) -> Edition:
    target = signed.targets.get(_edition)
    return parse_custom(channel, None if target is None else target.custom)


def _title(channel: str, item: str, body: bytes) -> str:
    found = parse_item(body)
    if (found.id, found.channel) != (item, channel):
        raise BadInput(f"The request holds {found.id} of {found.channel} as {item}; have it made again.")
    return found.title
