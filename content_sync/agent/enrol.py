"""Enrolment: a printed code for a place in the county.

1. The code is 16 characters of secret and 26 of fingerprint, in base32; hyphens, spaces and case do not matter.
2. The fingerprint is of the directory's first root: another directory is refused, and no folder is left behind.
3. The device makes its own key; the server gets the public half.
4. The folder appears whole or not at all, and never over something that is there already. Whether it can be made is
   known before the server is asked: the answer uses the code up.
5. The directory's root is public, so whoever sits on the way can answer with it. The rest of the answer becomes names
   of files and a header of every request: only ids, and a token of plain characters, are taken.
"""

import base64
import http.client
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from content_sync import durable
from content_sync.agent.device import Device
from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Unreachable, Unverified
from content_sync.domain.ids import directory_channel, fingerprint, is_id
from content_sync.net.replies import refusal
from content_sync.ports import Ids, Server
from content_sync.trust.verifying import pin
from content_sync.wire import canonical, shapes

_secret_chars, _fingerprint_chars = 16, 26
_code = re.compile(rf"[a-z2-7]{{{_secret_chars}}}([a-z2-7]{{{_fingerprint_chars}}})")
_token = re.compile(r"[A-Za-z0-9._~-]{1,200}")
_kinds = ("touch", "lcd", "led", "relay")
_seed_bytes = 32


def enrol(folder: Path, address: str, code: str, server: Server, ids: Ids, mirrors: tuple[str, ...] = ()) -> Device:
    """Make the device folder; `server` is the one at `address`, `mirrors` are further addresses of its tree.

    Raises BadInput, Refused, Unverified, Unreachable.
    """
    plain = re.sub(r"[\s-]", "", code).lower()
    match = _code.fullmatch(plain)
    if match is None:  # rule 1
        raise BadInput("This is not an enrolment code; type all its groups of letters and digits 2 to 7, as printed.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):  # rule 4
        raise BadInput(f"{folder} is not empty; name a new folder for this device.")
    with _made(folder) as building:
        seed = ids.random(_seed_bytes)
        answer = _ask(server, code, _public_key(seed))
        root = answer.pop("directory_root")
        if not isinstance(root, str) or fingerprint(root.encode()) != match[1]:  # rule 2
            raise Unverified(
                f"{address} is not the server this code was printed for; nothing was kept. Check the address."
            )
        addresses = {"server": address.rstrip("/"), "mirrors": [mirror.rstrip("/") for mirror in mirrors]}
        device = shapes.from_plain(Device, {**addresses, **answer}, "the server's answer")
        if not _is_sound(device):  # rule 5
            raise Unverified(
                f"{address} answers with names that no server of ours gives; nothing was kept. Check the way."
            )
        durable.write(building / "key.bin", seed, mode=0o600)
        pin(building / "trust" / directory_channel, root.encode())
        durable.write(building / "device.json", canonical.dump(shapes.to_plain(device)), mode=0o600)
    return device


def _ask(server: Server, code: str, public_key: bytes) -> dict[str, Any]:
    body = {"code": code.strip(), "public_key": base64.b64encode(public_key).decode()}
    reply = server.call("POST", "/enrol", body)
    if reply.status != http.client.OK:
        raise refusal(reply)
    if not isinstance(reply.value, dict):
        raise Unreachable("The server's answer cannot be read; is this the address of a display server?")
    wanted = ("device", "token", "directory_root", "channels", "site", "kind")
    return {"site": "", "kind": "touch", "directory_root": None} | {
        name: value for name, value in reply.value.items() if name in wanted
    }


def _is_sound(device: Device) -> bool:
    """Rule 5."""
    ids = [device.device, *device.channels, *([device.site] if device.site else [])]
    known = device.kind in _kinds and _token.fullmatch(device.token) is not None
    return known and len(ids) <= limits.device_channels_max + 2 and all(map(is_id, ids))


def _public_key(seed: bytes) -> bytes:
    from nacl.signing import SigningKey

    return bytes(SigningKey(seed).verify_key)


@contextmanager
def _made(folder: Path) -> Iterator[Path]:
    """A folder that becomes `folder` at the end of the block, or never was (rule 4)."""
    folder = folder.absolute()
    building = folder.with_name(f".{folder.name}.new")
    new_parents = [parent for parent in folder.parents if not parent.exists()]
    try:
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(mode=0o700, parents=True)
    except OSError as error:
        raise BadInput(f"{folder} cannot be made ({error.strerror}); the code was not used. Name another.") from error
    try:
        yield building
        building.rename(folder)
        durable.settle(folder.parent)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        with suppress(OSError):  # one that somebody else has begun to use stays
            for parent in new_parents:
                parent.rmdir()
        raise
