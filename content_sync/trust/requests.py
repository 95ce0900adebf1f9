"""A request: what keys that lie elsewhere are asked to sign, as one file that travels and collects signatures.

1. It carries every root up to the present one, and the next one, or the next targets, or both. What it says is read out
   of what will be signed; the words beside it are for people who open the file, and no program believes them.
2. A key signs the parts in which the present or the next root names it, and nothing else. Targets of a channel come
   with their texts (trust.texts), and nobody signs an edition that does not hold together.
3. A carried root key knows the first root of its repository, and signs nothing that does not descend from it: whoever
   owns the server cannot show a present root of his own.
4. Copies of one request that were signed in different places are put together; copies of two requests are refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, Root, Targets
from tuf.api.serialization import DeserializationError

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.ids import checked_id, directory_channel
from content_sync.trust.carried import fingerprint
from content_sync.trust.roots import check_chain, check_form, mark
from content_sync.trust.texts import Texts, check_signer, shown
from content_sync.wire import canonical

_kind = "gongkailan signing request"
_T = TypeVar("_T", Root, Targets)


@dataclass(frozen=True)
class Request:
    """What is to be signed for a channel: the root after the last of `roots`, the targets that go with it, or both."""

    channel: str
    roots: tuple[Metadata[Root], ...]
    root: Metadata[Root] | None
    targets: Metadata[Targets] | None
    texts: Texts | None = None

    @property
    def present(self) -> Metadata[Root]:
        """The root that stands."""
        return self.roots[-1]

    @property
    def governing(self) -> Root:
        """The root that says who signs the targets."""
        return (self.root or self.present).signed


def request_bytes(request: Request, words: Sequence[str]) -> bytes:
    """The file, with words for whoever opens it."""
    parts = {"root": request.root, "targets": request.targets}
    plain: dict[str, Any] = {name: part.to_dict() for name, part in parts.items() if part is not None}
    plain["roots"] = [root.to_dict() for root in request.roots]
    if request.texts is not None:
        plain["texts"] = {
            "held": None if request.texts.held is None else request.texts.held.to_dict(),
            "hashes": dict(request.texts.hashes),
            "removed": list(request.texts.removed),
            "bodies": {item: body.decode() for item, body in request.texts.bodies.items()},
        }
    return canonical.dump({"kind": _kind, "channel": request.channel, "words": list(words), **plain})


def parsed_request(data: bytes) -> Request:
    """The request of a file. Raises BadInput when it is none."""
    if len(data) > limits.request_file_bytes_max:
        raise BadInput("The file is longer than any request; name the right one.")
    plain = canonical.load(data, "The request")
    if not isinstance(plain, dict) or plain.get("kind") != _kind:
        raise BadInput("This is not a signing request; make one with display-server keys request or keys pending.")
    if plain.get("channel") != directory_channel:
        checked_id(plain.get("channel"), "channel")
    roots = plain.get("roots")
    if not isinstance(roots, list) or not 0 < len(roots) <= limits.roots_max or None in roots:
        raise BadInput("The request brings no roots; have it made again.")
    chain = tuple(root for plain_root in roots if (root := _metadata(Root, plain_root)) is not None)
    root, targets = _metadata(Root, plain.get("root")), _metadata(Targets, plain.get("targets"))
    if root is None and targets is None:
        raise BadInput("The request asks for no signature; have it made again.")
    check_chain(chain)
    if root is not None:
        check_form(root.signed)
    texts = _texts(plain.get("texts")) if targets is not None else None
    if targets is not None and plain["channel"] != directory_channel:
        if texts is None:
            raise BadInput("The request brings no texts, so nobody could know what he signs; have it made again.")
        shown(plain["channel"], targets.signed, texts)
    return Request(plain["channel"], chain, root, targets, texts)


def is_asked(request: Request, signer: CryptoSigner) -> bool:
    """Whether the signature of this key is asked for (rule 2)."""
    return bool(_parts(request, signer))


def sign(request: Request, signer: CryptoSigner, first_root: str = "") -> tuple[str, ...]:
    """Add the signatures of a key (rule 2); which parts it signed. Raises Refused when it is asked for none.

    `first_root` is what a carried key remembers (rule 3), empty when it remembers nothing.
    """
    parts = _parts(request, signer)
    if not parts:
        raise Refused(
            f"The key {fingerprint(signer.public_key)} is not asked for in this request of {request.channel}; "
            "take the right key, or the right request."
        )
    if first_root and first_root != mark(request.roots[0]):
        raise Refused(
            f"The key {fingerprint(signer.public_key)} was made for another channel than this request is of, or for "
            "another server; nothing was signed. Ask the administrator where the request comes from."
        )
    if "targets" in parts and request.texts is not None:
        check_signer(request.texts, signer)
    for part in parts.values():
        part.sign(signer, append=True)
    return tuple(parts)


def _parts(request: Request, signer: CryptoSigner) -> dict[str, Metadata[Any]]:
    keyid, parts = signer.public_key.keyid, dict[str, Metadata[Any]]()
    roots = [request.present.signed, request.governing]
    if request.root is not None and any(keyid in root.roles["root"].keyids for root in roots):
        parts["root"] = request.root
    if request.targets is not None and keyid in request.governing.roles["targets"].keyids:
        parts["targets"] = request.targets
    return parts


def together(requests: Sequence[Request]) -> Request:
    """One request with the signatures of all its copies (rule 4)."""
    first = requests[0]
    for other in requests[1:]:
        for mine, theirs in ((first.root, other.root), (first.targets, other.targets)):
            if (mine and mine.signed_bytes) != (theirs and theirs.signed_bytes) or other.channel != first.channel:
                raise Refused("These files are not copies of one request; take the newest one and sign that.")
            if mine is not None and theirs is not None:
                mine.signatures.update(theirs.signatures)
    return first


def lacking_targets(request: Request) -> dict[str, str]:
    """Who could still sign the targets, by fingerprint; empty when enough have signed or none is asked."""
    if request.targets is None:
        return {}
    payload = request.targets.signed_bytes
    result = request.governing.get_verification_result("targets", payload, request.targets.signatures)
    return {} if result.verified else {fingerprint(key): "targets" for key in result.unsigned.values()}


def _texts(plain: Any) -> Texts | None:
    if plain is None:
        return None
    try:
        bodies = {str(item): body.encode() for item, body in plain["bodies"].items()}
        hashes = {str(item): str(value) for item, value in plain["hashes"].items()}
        return Texts(_metadata(Targets, plain["held"]), hashes, tuple(map(str, plain["removed"])), bodies)
    except (KeyError, TypeError, AttributeError) as error:
        raise BadInput("The texts in the request cannot be read; have it made again.") from error


def _metadata(kind: type[_T], plain: Any) -> Metadata[_T] | None:
    if plain is None:
        return None
    try:
        metadata = Metadata[_T].from_bytes(canonical.dump(plain))
    except DeserializationError as error:
        raise BadInput(f"The request cannot be read ({error}); have it made again.") from error
    if not isinstance(metadata.signed, kind):
        raise BadInput(f"The request holds something else as {kind.type}; have it made again.")
    return metadata
