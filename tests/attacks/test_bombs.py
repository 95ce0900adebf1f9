"""Small files that mean to become large, and packs whose lines are no items: signed by a unit that was broken into.

Nothing that a frame says of itself is believed: not its length, not its window. A pack is as long as it was signed, and
then every line of it must be an item of the channel, once.
"""

import json
import resource
from collections.abc import Callable

import pytest
import zstandard

from content_sync.domain import limits
from tests.attacks.forging import Forger
from tests.attacks.scene import Scene, second
from tests.content_sync.world import bodies

_magic = bytes.fromhex("28b52ffd")
_empty_block = bytes([1, 0, 0])
_extra_kilobytes_max = 100_000
Bomb = Callable[[Forger], bytes]


def _packed(raw: bytes, **options: bool) -> bytes:
    return zstandard.ZstdCompressor(level=3, **options).compress(raw)


def _lines(*lines: bytes) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def _of(data: bytes, raw_length: int) -> Bomb:
    """The manifest of a pack with these bytes, signed as `raw_length` bytes when unpacked."""
    return lambda thief: thief.pack(data, raw_length=raw_length)


def _pack(raw: bytes) -> Bomb:
    return _of(_packed(raw), len(raw))


_b = second["b"]
_raw = _lines(*(second[item] for item in sorted(second)))
_huge = _magic + bytes([0b1100_0000, 0]) + (1 << 60).to_bytes(8, "little") + _empty_block
_wide = _magic + bytes([0, 21 << 3]) + _empty_block  # a window of 2 GB
_frames: dict[str, Bomb] = {
    "a frame that says it is endless": _of(_huge, len(_raw)),
    "a frame as endless as it was signed": _of(_huge, 1 << 60),
    "a frame that says it is what it is not": _of(
        _huge[:6] + (len(_raw)).to_bytes(8, "little") + _empty_block, len(_raw)
    ),
    "a window of 2 GB": _of(_wide, len(_raw)),
    "a frame without a length": _of(_packed(_raw, write_content_size=False), len(_raw)),
    "more than was signed": _of(_packed(_raw + b"\n" * 1_000_000), len(_raw)),
    "less than was signed": _of(_packed(_raw), len(_raw) + 1),
    "300 MB of nothing": _of(_packed(bytes(1_000)), 300_000_000),
    "half a frame": _of(_packed(_raw)[:-9], len(_raw)),
    "no frame": _of(b"x" * 300, len(_raw)),
    "a length below nothing": _of(_packed(_raw), -1),
    "a length that is no number": lambda thief: thief.pack(_packed(_raw), raw_length="9"),
}
_contents: dict[str, Bomb] = {
    "a line that is no JSON": _pack(_lines(b"x")),
    "a line that is no object": _pack(_lines(b"[]")),
    "a line without an id": _pack(_lines(b"{}")),
    "an id that is no text": _pack(_lines(b'{"id":1}')),
    "an id that is a way out": _pack(_lines(b'{"id":"../x"}')),
    "an id of half a character": _pack(_lines(b'{"id":"\\ud800"}')),
    "a deep hole": _pack(_lines(b'{"id":"z","x":' + b"[" * 200_000)),
    "a number without end": _pack(_lines(b'{"id":"z","x":' + b"9" * 9_000 + b"}")),
    "a line cut off": _pack(_b[:-9]),
    "an item twice": _pack(_lines(_b, _b)),
    "an empty line": _pack(_lines(b"", _b)),
    "an item with more than an item may have": _pack(
        _lines(_b.replace("春季".encode(), b"x" * (limits.item_bytes_max + 1)))
    ),
    "another unit's item": _pack(_lines(bodies("liuhe", z="别的")["z"])),
}


@pytest.mark.parametrize("story", [*_frames, *_contents])
def test_a_bomb_does_not_go_off(scene: Scene, story: str) -> None:
    """Refused within bounded memory, nothing changes, and the unit's next honest edition is taken."""
    thief, before = scene.forger(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    manifest = {**_frames, **_contents}[story](thief)
    thief.edit("targets", thief.target("edition", manifest, number=3, root="0" * 64))
    scene.refused()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < _extra_kilobytes_max
    scene.offer(scene.folder / "new")
    for title in ("秋收", "冬藏"):  # two, to be past the version that the thief has used
        scene.county.publish("qinghe", bodies(d=title))
    assert scene.step().failures == []


def test_what_follows_a_frame_is_not_looked_at(scene: Scene) -> None:
    """A second frame behind the signed one adds nothing: the edition is exactly what its root says."""
    thief = scene.forger()
    trailing = _packed(_raw) + _packed(_lines(bodies(z="夹带")["z"]))
    manifest = json.loads(thief.pack(trailing, raw_length=len(_raw)))
    thief.edit("targets", thief.target("edition", json.dumps(manifest).encode(), number=3))
    scene.step()
    assert scene.device.store.item("z", scene.county.clock.now()) is None
    assert scene.device.store.verify().bad == ()
