"""Packs: what was signed comes out, anything else comes out as a refusal."""

import hashlib
from dataclasses import replace

import pytest
import zstandard

from content_sync.domain.edition import root_of
from content_sync.domain.errors import Unverified
from content_sync.wire.editions import Base, Manifest, manifest_bytes, pack_items, parse_manifest, unpack_items
from content_sync.wire.items import item_bytes
from tests.content_sync.making import item

_bodies = {name: item_bytes(item(id=name)) for name in ("a", "b", "c")}
_pack, _data = pack_items(1, _bodies)


def _packed(raw: bytes) -> tuple[Base, bytes]:
    data = zstandard.ZstdCompressor().compress(raw)
    return Base(hashlib.sha256(data).hexdigest(), len(data), len(raw)), data


def test_a_pack_gives_back_its_bodies() -> None:
    """Packing and unpacking keeps every byte of every item; the manifest keeps the pack's description."""
    assert unpack_items(_pack, _data, "qinghe") == _bodies
    assert parse_manifest(manifest_bytes(Manifest(_pack)), 1) == Manifest(_pack)
    assert unpack_items(*pack_items(1, {}), "qinghe") == {}


def test_one_flipped_bit_anywhere_is_refused() -> None:
    """No flipped bit of a pack gets through (OFF-01)."""
    for place in range(len(_data)):
        with pytest.raises(Unverified):
            unpack_items(_pack, _data[:place] + bytes([_data[place] ^ 1]) + _data[place + 1 :], "qinghe")


_bomb = _packed(b"0" * 9_999_999)
_lying = {
    "a line that breaks off": _packed(item_bytes(item())),
    "an id that stands twice": _packed((item_bytes(item()) + b"\n") * 2),
    "something that is no item": _packed(b"{}\n"),
    "a bomb that announces less than it holds": (replace(_bomb[0], raw_length=10), _bomb[1]),
    "a raw length beyond all bounds": (replace(_pack, raw_length=1 << 40), _data),
}


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    """A frame that announces more than was signed is never given to the decompressor, which would believe it."""
    with pytest.raises(Unverified, match="announces another length"):
        unpack_items(replace(_bomb[0], raw_length=10), _bomb[1], "qinghe")


@pytest.mark.parametrize("story", _lying)
def test_a_signed_pack_that_lies_is_refused_whole(story: str) -> None:
    """Even with a right hash, a pack that breaks a rule gives nothing."""
    with pytest.raises(Unverified):
        unpack_items(*_lying[story], "qinghe")


def test_the_root_changes_with_any_body() -> None:
    """The root hash is made from bodies: one changed byte, one item more or less changes it (promise 4)."""
    roots = {
        root_of(_bodies),
        root_of({**_bodies, "a": _bodies["a"] + b" "}),
        root_of({"a": _bodies["a"], "b": _bodies["b"]}),
        root_of({}),
    }
    assert len(roots) == 4
