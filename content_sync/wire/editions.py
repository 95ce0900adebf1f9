"""An edition ↔ bytes: its pack of canonical items, and the small manifest that is signed.

1. A base pack is one canonical item per line, sorted by id, compressed with zstd.
2. The manifest (target `edition`) names the pack by hash and length; its signed `custom` carries the edition itself.
3. Length and hash are checked before decompression, and the output is bounded by the signed raw length.
4. Every item of a pack belongs to its channel; an id stands once. Anything else refuses the whole edition.
5. A newer publisher may say more in the manifest and in `custom`: what is unknown is passed over. What cannot be left
   out it names by a higher `reader`; then nothing else of it is read (domain.edition).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import zstandard

from content_sync.domain import limits
from content_sync.domain.edition import Edition, check_reader
from content_sync.domain.errors import BadInput, Unverified
from content_sync.wire import canonical, shapes
from content_sync.wire.items import read_item


@dataclass(frozen=True)
class Pack:
    """A pack by its content: file name `packs/<sha256>.zst`, compressed length and raw length in bytes."""

    sha256: str
    length: int
    raw_length: int


def pack_items(bodies: Mapping[str, bytes]) -> tuple[Pack, bytes]:
    """The base pack of an edition and its description (rule 1)."""
    raw = b"".join(bodies[item] + b"\n" for item in sorted(bodies))
    data = zstandard.ZstdCompressor(level=limits.zstd_level_base, write_content_size=True).compress(raw)
    return Pack(hashlib.sha256(data).hexdigest(), len(data), len(raw)), data


def unpack_items(pack: Pack, data: bytes, channel: str) -> dict[str, bytes]:
    """The bodies of a pack by id, verified against its description (rules 3 and 4)."""
    if len(data) != pack.length or hashlib.sha256(data).hexdigest() != pack.sha256:
        raise Unverified(f"The pack of {channel} is not the signed one; nothing of it was used.")
    if pack.raw_length > limits.pack_raw_bytes_max:
        raise Unverified(f"The pack of {channel} is larger than {limits.pack_raw_bytes_max} bytes.")
    try:
        if zstandard.frame_content_size(data) != pack.raw_length:  # believed by the reader before any output limit
            raise Unverified(f"The pack of {channel} announces another length than signed.")
        raw = zstandard.ZstdDecompressor(max_window_size=1 << limits.zstd_window_log_max).decompress(data)
    except zstandard.ZstdError as error:
        raise Unverified(f"The pack of {channel} cannot be unpacked.") from error
    if len(raw) != pack.raw_length:
        raise Unverified(f"The pack of {channel} has another length than signed.")
    return _by_id(raw, channel)


def _by_id(raw: bytes, channel: str) -> dict[str, bytes]:
    bodies: dict[str, bytes] = {}
    for body in raw.split(b"\n")[:-1]:
        try:
            item = read_item(body)
        except BadInput as error:
            raise Unverified(f"The pack of {channel} holds an unreadable item: {error}") from error
        if item.channel != channel or item.id in bodies:  # rule 4
            raise Unverified(f"The pack of {channel} holds {item.id}, which is not its own or stands twice.")
        bodies[item.id] = body
    return bodies


def manifest_bytes(base: Pack) -> bytes:
    """The content of the target `edition`."""
    return canonical.dump({"base": shapes.to_plain(base)})


def parse_manifest(data: bytes) -> Pack:
    """The pack that a verified manifest names."""
    plain = canonical.load(data, "edition manifest")
    return shapes.from_plain(Pack, plain.get("base") if isinstance(plain, dict) else None, "edition.base", lenient=True)


def edition_custom(edition: Edition) -> dict[str, Any]:
    """The signed `custom` of the target `edition`."""
    plain: dict[str, Any] = shapes.to_plain(edition)
    return {name: value for name, value in plain.items() if name != "channel"}


def parse_custom(channel: str, custom: Any) -> Edition:
    """The edition of a verified `custom` (rule 5). Raises BadInput, or Outdated when this program is too old for it."""
    if isinstance(custom, dict):
        check_reader(channel, custom.get("reader", 1))
    return shapes.from_plain(Edition, custom, f"{channel}.edition", given={"channel": channel}, lenient=True)
