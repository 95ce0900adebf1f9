"""Keys on a machine that need not be a server: making a pair, reading a request, signing it.

1. No server folder, no database, no network: a laptop in a locked drawer is enough.
2. What is signed is told from the signed bytes, never from the words that travel with them, and a person says yes.
3. A file is replaced whole: a stick that is pulled keeps the request as it was.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from content_sync import durable
from content_sync.domain.errors import BadInput, Refused
from display_server.desk.key_words import lacking_of, words_of

if TYPE_CHECKING:
    from content_sync.trust.requests import Request


def read_requests(files: Sequence[Path]) -> list["Request"]:
    """The requests of these files. Raises BadInput, OSError."""
    from content_sync.trust.requests import parsed_request

    return [parsed_request(path.read_bytes()) for path in files]


def sign(
    path: Path, key: Path, passphrase: Callable[[], str], agreed: Callable[[list[str]], bool]
) -> tuple[list[str], list[str]]:
    """Sign a request with a key file; what it says, and who still must sign. Raises Refused, BadInput (rules 2, 3)."""
    from content_sync.trust import requests
    from content_sync.trust.carried import opened

    [made] = read_requests([path])
    words = words_of(made)
    if not agreed(words):
        raise Refused("没有签名。")
    found = opened(key.read_bytes(), passphrase)
    requests.sign(made, found.signer, found.first_root)
    durable.write(path, requests.request_bytes(made, words))
    return words, lacking_of(made)


def told(path: Path) -> list[str]:
    """What a request says, and who still must sign."""
    [made] = read_requests([path])
    return [*words_of(made), *lacking_of(made)]


def text(path: Path, item: str) -> str:
    """A text of a request, as it would be published. Raises BadInput when the request does not carry it."""
    [made] = read_requests([path])
    body = made.texts.bodies.get(item) if made.texts else None
    if body is None:
        raise BadInput(f"请求里没有带“{item}”的文字：它没有变化，或者编号不对。")
    return json.dumps(json.loads(body), ensure_ascii=False, indent=2)


def new_pair(place: Path, name: str, passphrase: str) -> tuple[Path, Path, str]:
    """Make a key pair `place.key` and `place.pub`; both files and the fingerprint. Raises Refused when one is there."""
    from content_sync.trust import keys
    from content_sync.trust.carried import fingerprint, public_file, sealed

    private, public = place.with_name(f"{place.name}.key"), place.with_name(f"{place.name}.pub")
    if private.exists() or public.exists():
        raise Refused(f"{private if private.exists() else public} 已经有了：请换一个名字。")
    seed = keys.new_seed()
    key = keys.signer_of(seed).public_key
    durable.write(private, sealed(seed, name, passphrase), mode=0o600)
    durable.write(public, public_file(key, name))
    return private, public, fingerprint(key)
