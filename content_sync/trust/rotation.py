"""Keys changing hands in a repository: what is asked, and carrying it out.

1. Nothing is written before every signature that the next root needs is there: those of the old and of the new root
   keys, and those of the new keys under what they must sign.
2. Where the old keys are at hand, the state is first signed by old and new keys together, then the next root is
   published: no device ever meets a state that its root does not accept. Where they are lost, the next root goes first.
3. Keys that sign nothing any more are ended, last of all. A rotation that was cut is carried out by applying it again.
4. The withdrawal key is named by the targets, not by the root: its rotation needs the keys that sign editions.
5. Targets that were signed elsewhere must be the next version of what stands; an edition published in between refuses
   them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from securesystemslib.signer import Key
from tuf.api.metadata import Metadata, Root

from content_sync.domain import limits
from content_sync.domain.edition import body_hash
from content_sync.domain.errors import BadInput, Broken, Refused
from content_sync.trust import keys
from content_sync.trust.metadata import expiry
from content_sync.trust.requests import Request, is_asked, lacking_targets, sign
from content_sync.trust.roots import check_following, replaced
from content_sync.trust.signing import Files, Repository
from content_sync.trust.texts import texts_of
from content_sync.trust.tree import delegate_withdrawal, withdrawal_role

rotated_roles = ("online", "targets", withdrawal_role, *keys.root_roles)


@dataclass(frozen=True)
class Change:
    """What is to change: by role a new key that was made elsewhere, or None for one that this machine makes."""

    new: Mapping[str, Key | None]
    targets: Sequence[Key] = ()
    threshold: int = 1


def asked(
    repository: Repository, channel: str, now: datetime, change: Change, bodies: Mapping[str, bytes] | None = None
) -> Request:
    """The request for a change; with nothing to change, for a root that lives two more years.

    `bodies` are the texts of the standing edition, for whoever is to sign it.
    """
    _check(change)
    present = repository.tree.root().signed
    made = {role: key or keys.prepared(repository.keys_folder).public_key for role, key in change.new.items()}
    on_root = {role: key for role, key in made.items() if role != withdrawal_role}
    root = None
    if on_root or change.targets or not made:
        root = Metadata(replaced(present, now, on_root, change.targets, change.threshold))
    targets = None
    if change.targets or change.new.get("targets") or withdrawal_role in made:
        targets = Metadata(repository.tree.targets("targets").signed)
        targets.signed.version, targets.signed.expires = targets.signed.version + 1, expiry(now, limits.targets_days)
        if withdrawal_role in made:  # rule 4
            delegate_withdrawal(targets.signed, made[withdrawal_role])
    texts = None
    if targets is not None and bodies is not None:
        new_signers = bool(change.targets or change.new.get("targets"))
        hashes = {item: body_hash(body) for item, body in bodies.items()}
        texts = texts_of(None if new_signers else repository.tree.targets("targets"), hashes, bodies)
    return Request(channel, repository.tree.roots(), root, targets, texts)


def rotate(repository: Repository, channel: str, now: datetime, role: str) -> None:
    """Replace the key of a role at once, where the keys that must agree are on this machine. Raises Refused."""
    must = "targets" if role == withdrawal_role else "root"  # rule 4
    if repository.lacks(must):
        wish = f"{role}=NEW.pub" if role in keys.root_roles else role
        raise Refused(
            f"The {must} keys of {channel} are not on this server, so they must be asked: "
            f"display-server keys request {channel} REQUEST.json --replace {wish}"
        )
    request = asked(repository, channel, now, Change({role: None}))
    for _, signer in list(keys.every(repository.keys_folder)):
        if is_asked(request, signer):
            sign(request, signer)
    carry_out(repository, now, request)


def carry_out(repository: Repository, now: datetime, request: Request) -> None:
    """Publish what was signed (rules 1–3, 5). Raises Refused, BadInput, Broken; then nothing was changed."""
    present, root = repository.tree.root(), request.root
    if root is not None and root.signed_bytes == present.signed_bytes:
        root = None  # it stands already: an earlier try was cut
    if root is not None:
        check_following(present.signed, root, now)
    _check_targets(repository, request)
    both, root_first = [present.signed, (root or present).signed], False
    try:
        files = _files(repository, now, request, both)
    except Broken:
        files, root_first = _files(repository, now, request, both[1:]), True
    if root is not None and root_first:  # rule 2
        repository.write_root(root)
    repository.release(files)
    if root is not None and not root_first:
        repository.write_root(root)
    keys.settled(repository.keys_folder, repository.key_ids())  # rule 3


def _files(repository: Repository, now: datetime, request: Request, roots: Sequence[Root]) -> Files:
    signed, hidden = repository.state()
    return repository.signed(now, request.targets.signed if request.targets else signed, hidden, roots, request.targets)


def _check_targets(repository: Repository, request: Request) -> None:
    """Rule 5."""
    if request.targets is None:
        return
    standing, asked_for = repository.state()[0], request.targets.signed
    follows = asked_for.version == standing.version + 1 and asked_for.targets == standing.targets
    if not follows and asked_for != standing:
        raise Refused(
            f"{request.channel} was published or signed again after this request was made; ask for a new one, and "
            "publish nothing in the channel until it is applied."
        )
    here = repository.lacks("targets", request.governing)
    if here and (waiting := lacking_targets(request)):
        raise Refused(f"The targets of {request.channel} lack signatures. Who can still sign: {', '.join(waiting)}.")


def _check(change: Change) -> None:
    unknown = [role for role in change.new if role not in rotated_roles]
    if unknown:
        raise BadInput(f"{', '.join(unknown)} is no role; replace {', '.join(rotated_roles)}.")
    if change.targets and "targets" in change.new:
        raise BadInput("Name the new targets keys once: either --replace targets or --targets.")
    if not 1 <= change.threshold <= max(1, len(change.targets)):
        raise BadInput(f"{change.threshold} of {len(change.targets)} keys can never sign; name more keys or fewer.")
