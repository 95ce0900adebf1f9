"""An edition ↔ bytes: its pack of canonical items, and the small manifests that are signed.

1. A base pack is one canonical item per line, sorted by id, compressed with zstd.
2. The manifest (target `edition`) names the base pack and the delta of the last step by hash and length; its signed
   `custom` carries the edition itself. The target `catchup` names merged deltas, for whoever is further behind.
3. Length and hash are checked before decompression, and the output is bounded by the signed raw length.
4. An id stands once in a pack. What a line holds is judged where it is stored, so that an item which no edition holds
   any more harms nobody on the way.
5. A newer publisher may say more in the manifest and in `custom`: what is unknown is passed over. What cannot be left
   out it names by a higher `reader`; then nothing else of it is read (domain.edition).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import zstandard

from content_sync.domain import limits
from content_sync.domain.edition import Edition, check_reader
from content_sync.domain.errors import BadInput, Unverified
from content_sync.domain.ids import is_id
from content_sync.wire import canonical, shapes


@dataclass(frozen=True)
class Base:
    """The base pack of edition `number`, file `packs/<sha256>.zst`; lengths in bytes.

    `number` 0: that of the edition which names it (so the first release wrote it). `quick` 1: to be packed denser.
    """

    sha256: str
    length: int
    raw_length: int
    number: int = 0
    quick: int = 0


@dataclass(frozen=True)
class Delta:
    """The delta from edition `since` to edition `to`, file `packs/<sha256>.delta`; `length` in bytes."""

    since: int
    to: int
    sha256: str
    length: int


@dataclass(frozen=True)
class Manifest:
    """The content of the target `edition`."""

    base: Base
    deltas: tuple[Delta, ...] = ()


@dataclass(frozen=True)
class Catchup:
    """The content of the target `catchup`: every way to edition `number` that was worth making."""

    number: int
    deltas: tuple[Delta, ...] = ()


def pack_items(number: int, bodies: Mapping[str, bytes], *, quick: bool = False) -> tuple[Base, bytes]:
    """The base pack of edition `number` and its description (rule 1); `quick` for the moment, at more bytes."""
    raw = b"".join(bodies[item] + b"\n" for item in sorted(bodies))
    level = limits.zstd_level_quick if quick else limits.zstd_level_base
    data = zstandard.ZstdCompressor(level=level, write_content_size=True).compress(raw)
    return Base(hashlib.sha256(data).hexdigest(), len(data), len(raw), number, int(quick)), data


def unpack_items(pack: Base, data: bytes, channel: str) -> dict[str, bytes]:
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
    return bodies_by_id(raw)


def bodies_by_id(raw: bytes) -> dict[str, bytes]:
    """The bodies of lines by id (rule 4); whoever stores one reads it whole and judges it."""
    *lines, rest = raw.split(b"\n")
    if rest:
        raise Unverified("A pack breaks off within a line.")
    bodies: dict[str, bytes] = {}
    for body in lines:
        try:
            item = json.loads(body)["id"]
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise Unverified(f"A pack holds a line that is no item ({error}).") from error
        if not is_id(item) or item in bodies:
            raise Unverified(f"A pack holds {item!r}, which is no id or stands twice.")
        bodies[item] = body
    return bodies


def manifest_bytes(manifest: Manifest | Catchup) -> bytes:
    """The content of the target `edition` or `catchup`."""
    return canonical.dump(shapes.to_plain(manifest))


def parse_manifest(data: bytes, number: int) -> Manifest:
    """What the verified manifest of edition `number` names."""
    manifest = shapes.from_plain(Manifest, canonical.load(data, "edition manifest"), "edition", lenient=True)
    if not manifest.base.number:
        manifest = replace(manifest, base=replace(manifest.base, number=number))
    _check_deltas(manifest.deltas, number)
    if not 0 < manifest.base.length <= limits.pack_bytes_max or manifest.base.number > number:
        raise BadInput("edition.base is no pack that this edition could begin from.")
    return manifest


def parse_catchup(data: bytes, number: int) -> Catchup:
    """The ways that the verified target `catchup` beside edition `number` names."""
    found = shapes.from_plain(Catchup, canonical.load(data, "catchup manifest"), "catchup", lenient=True)
    _check_deltas(found.deltas, number)
    return found


def hashes_in(data: bytes) -> set[str]:
    """The packs that a manifest or catchup of our own names, of whatever edition."""
    plain = canonical.load(data, "manifest")
    return {part["sha256"] for part in (*plain.get("deltas", ()), *([plain["base"]] if "base" in plain else ()))}


def _check_deltas(deltas: tuple[Delta, ...], number: int) -> None:
    if len(deltas) > limits.deltas_max:
        raise BadInput(f"A manifest has at most {limits.deltas_max} deltas.")
    for one in deltas:
        if not 0 <= one.since < one.to <= number or not 0 < one.length <= limits.pack_bytes_max:
            raise BadInput(f"A delta from edition {one.since} to {one.to} is none.")


def edition_custom(edition: Edition) -> dict[str, Any]:
    """The signed `custom` of the target `edition`."""
    plain: dict[str, Any] = shapes.to_plain(edition)
    return {name: value for name, value in plain.items() if name != "channel"}


def parse_custom(channel: str, custom: Any) -> Edition:
    """The edition of a verified `custom` (rule 5). Raises BadInput, or Outdated when this program is too old for it."""
    if isinstance(custom, dict):
        check_reader(channel, custom.get("reader", 1))
    edition = shapes.from_plain(Edition, custom, f"{channel}.edition", given={"channel": channel}, lenient=True)
    if not 0 <= edition.number <= limits.edition_number_max:
        raise BadInput(f"the number of its edition is not one from 0 to {limits.edition_number_max}.")
    return edition
