"""Deltas that lie: whatever a delta does, the root over all bodies decides, and the base pack stands behind it.

The thief here holds the unit's key: he signs an edition with an honest base pack and a false delta, or a manifest that
no publisher would make. And bits rot on the device itself, where nobody signs anything.
"""

from collections.abc import Callable

import pytest

from content_sync.domain import limits
from content_sync.wire.compression import squeezed
from content_sync.wire.deltas import encode
from content_sync.wire.editions import Delta
from tests.attacks.forging import Forger
from tests.attacks.scene import Scene, first, second
from tests.content_sync.world import bodies

third = {**second, **bodies(d="秋收")}
_honest = encode({"a": first["a"], "c": None, "d": None}, third)
_endless = bytes([0xFF] * 5 + [0x01])
_false: dict[str, bytes] = {
    "no form": b"\x00",
    "a form that nobody knows": b"\xff" + _honest[1:],
    "rows that are not there": bytes([_honest[0], 1, 99 << 2 & 0x7F, *_honest[3:]]),
    "a mark that is none": bytes([_honest[0], 1, 3]),
    "rows without end": bytes([_honest[0]]) + _endless,
    "a place without end": bytes([_honest[0], 1]) + _endless,
    "a number that never ends": bytes([_honest[0]]) + b"\xff" * 400,
    "half a delta": _honest[: len(_honest) // 2],
    "a delta and more": _honest + b"x" * 9,
    "nothing but noise": bytes([_honest[0]]) + bytes(range(7, 200)),
    "the change of another edition": encode({"a": first["a"], "c": None}, second),
    "the change of another channel": encode({"x": None}, bodies("liuhe", x="六合")),
    "other old rows": encode({"a": first["a"], "b": first["a"], "c": None, "d": None}, third),
    "another unit's item": encode({"z": None}, {**first, **bodies("liuhe", z="别的")}),
    "a bomb": bytes([_honest[0], 0]) + squeezed(bytes(limits.delta_raw_bytes_max + 1), b"", 3),
    "a deep hole": bytes([_honest[0], 0]) + squeezed(b'{"id":"z","x":' + b"[" * 200_000 + b"\n", b"", 3),
}


@pytest.mark.parametrize("story", _false)
def test_a_false_delta_costs_a_base_pack(scene: Scene, story: str) -> None:
    """It is tried, found wrong, undone, and the base pack brings exactly what was signed."""
    thief = scene.forger()
    thief.publish(third, [thief.delta(1, 3, _false[story])], number=3)
    assert scene.step().failures == []
    store = scene.device.store
    assert {row.id for row in store.rows(scene.county.clock.now())} == set(third)
    assert (store.held()["qinghe"].number, store.verify().bad) == (3, ())


@pytest.mark.parametrize("story", [story for story in _false if story != "a delta and more"])
def test_a_false_delta_without_a_base_changes_nothing(scene: Scene, story: str) -> None:
    """Where the mirror keeps the base pack back as well, the screen stays at what it was."""
    thief = scene.forger()
    thief.publish(third, [thief.delta(1, 3, _false[story])], number=3)
    for path in (scene.tree / "packs").glob("*.zst"):
        path.unlink()
    scene.refused("lacks")


def _named(*deltas: tuple[int, int]) -> Callable[[Forger], list[Delta]]:
    return lambda thief: [thief.delta(since, to, _honest) for since, to in deltas]


_manifests: dict[str, Callable[[Forger], list[Delta]]] = {
    "a delta that leads back": _named((3, 1)),
    "a circle": _named((1, 2), (2, 1), (2, 3)),
    "a delta to nowhere": _named((1, 1)),
    "a delta past the edition": _named((1, 4)),
    "a delta from before all": _named((-1, 3)),
    "a number no store can hold": _named((1, 2**63)),
    "a delta of no length": lambda thief: [Delta(1, 3, "f" * 64, 0)],
    "a delta of less than no length": lambda thief: [Delta(1, 3, "f" * 64, -9)],
    "a delta longer than any pack": lambda thief: [Delta(1, 3, "f" * 64, 10**30)],
    "ten thousand deltas": lambda thief: [thief.delta(1, 3, _honest)] * 10_000,
    "one delta too many": lambda thief: [thief.delta(1, 3, _honest)] * (limits.deltas_max + 1),
}


@pytest.mark.parametrize("story", _manifests)
def test_a_manifest_that_leads_nowhere_is_refused(scene: Scene, story: str) -> None:
    """It is no manifest: nothing of it is fetched."""
    thief = scene.forger()
    thief.publish(third, _manifests[story](thief), number=3)
    scene.refused("signed manifest cannot be read|is signed longer than")


def _rot(scene: Scene, change: str, item: str) -> None:
    with scene.device.store._connection.write() as db:
        db.execute(change, [item])


_rots = {
    "a bit of the row that a delta reads": "UPDATE items SET body = body || x'20' WHERE id = ?",
    "a bit of a row that no delta touches": "UPDATE items SET body = x'7b7d' WHERE id != ?",
}


@pytest.mark.parametrize("story", _rots)
def test_rot_under_a_delta_is_mended_by_the_base(scene: Scene, story: str) -> None:
    """An honest delta meets a row that rotted: the root differs, all is undone, and the base pack mends the store."""
    scene.step()
    _rot(scene, _rots[story], "b")
    scene.county.publish("qinghe", {**second, **bodies(b="春季造林，改了")})
    assert scene.step().failures == []
    assert scene.device.store.held()["qinghe"].number == 3
    assert scene.device.store.verify().bad == ()
    assert [row.title for row in scene.device.store.rows(scene.county.clock.now()) if row.id == "b"] == [
        "春季造林，改了"
    ]


def test_a_false_way_of_merged_deltas_costs_a_base_pack(scene: Scene) -> None:
    """A device far behind finds a chain; one false link, and the base pack is taken instead."""
    thief = scene.forger()
    links = [thief.delta(1, 2, encode({"a": first["a"], "c": None}, second)), thief.delta(2, 3, b"\x01\x00")]
    thief.publish(third, links, number=3)
    assert scene.step().failures == []
    assert {row.id for row in scene.device.store.rows(scene.county.clock.now())} == set(third)
