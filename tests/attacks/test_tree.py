"""What somebody between publisher and device can do to a tree, and what must happen: nothing (promises 1–4).

Each attack meets a device that holds edition 1 while the tree holds edition 2. Afterwards the screen shows exactly
edition 1 (or, when the attack missed what the device needs, exactly edition 2), and an honest tree heals everything.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.attacks.forging import Forger
from tests.attacks.scene import Scene, second
from tests.content_sync.world import County, bodies, start

Attack = Callable[[Scene], object]


def _flip(path: Path, place: float) -> None:
    data = bytearray(path.read_bytes())
    data[int(place * (len(data) - 1))] ^= 1
    path.write_bytes(data)


def _unsign(role: str) -> Attack:
    def attack(scene: Scene) -> None:
        plain = json.loads(scene.metadata(role).read_bytes())
        plain["signatures"] = []
        scene.metadata(role).write_text(json.dumps(plain))

    return attack


def _sign_as(role: str, *thief: str) -> Attack:
    """Signed by keys that are this channel's, but not this role's."""
    return lambda scene: scene.forger().edit(role, lambda _: None, *thief)


def _sign_by_stranger(role: str) -> Attack:
    """Signed by the keys of another channel of the same county."""

    def attack(scene: Scene) -> None:
        Forger(scene.tree, scene.folder / "keys" / "liuhe").edit(role, lambda _: None)

    return attack


def _borrow_signature(scene: Scene) -> None:
    """The signature of the old timestamp under the new one's content."""
    old, new = scene.folder / "old" / "qinghe" / "metadata" / "timestamp.json", scene.metadata("timestamp")
    plain = json.loads(new.read_bytes())
    plain["signatures"] = json.loads(old.read_bytes())["signatures"]
    new.write_text(json.dumps(plain))


def _replace(role: str, data: bytes) -> Attack:
    return lambda scene: scene.metadata(role).write_bytes(data)


_unsigned = r"signed by 0/\d keys"
_attacks: dict[str, tuple[Attack, str]] = {
    "the timestamp is taken away": (lambda scene: scene.metadata("timestamp").unlink(), "incomplete"),
    "the snapshot is taken away": (lambda scene: scene.metadata("snapshot").unlink(), "incomplete"),
    "the targets are taken away": (lambda scene: scene.metadata("targets").unlink(), "incomplete"),
    "the manifest is taken away": (lambda scene: scene.only("targets", "*.edition").unlink(), "incomplete"),
    "an unsigned timestamp": (_unsign("timestamp"), _unsigned),
    "an unsigned snapshot": (_unsign("snapshot"), "longer|expected length|signed by 0/1"),
    "unsigned targets": (_unsign("targets"), "longer|expected length|signed by 0/1"),
    "a timestamp under the signature of the one before": (_borrow_signature, _unsigned),
    "a timestamp signed by the key of the targets": (_sign_as("timestamp", "targets"), _unsigned),
    "a snapshot signed by the key of the targets": (_sign_as("snapshot", "targets"), _unsigned),
    "targets signed by the online key": (_sign_as("targets", "online"), _unsigned),
    "targets signed by the withdrawal key": (_sign_as("targets", "withdrawal"), _unsigned),
    "a timestamp signed by another channel": (_sign_by_stranger("timestamp"), _unsigned),
    "a root signed by one root key": (_sign_as("root", "root-1"), "signed by 1/2 keys"),
    "a root signed twice by one root key": (_sign_as("root", "root-1", "root-1"), "signed by 1/2 keys"),
    "a root signed by every other key": (_sign_as("root", "targets", "online", "withdrawal"), _unsigned),
    "metadata that is a deep hole": (_replace("timestamp", b"[" * 16_000), "JSON"),
    "metadata that is no JSON": (_replace("timestamp", b"\xff\x00"), "JSON"),
    "metadata that is JSON of nothing": (_replace("timestamp", b"null"), "JSON"),
    "a number without end": (_replace("timestamp", b'{"signed":{"version":' + b"9" * 9_000 + b"}}"), "JSON"),
}


@pytest.mark.parametrize("story", _attacks)
def test_an_attack_changes_nothing(scene: Scene, story: str) -> None:
    """The attack is refused with a sentence, the screen stays as it was, and the honest tree heals it."""
    attack, says = _attacks[story]
    attack(scene)
    scene.refused(says)
    scene.heals()


@pytest.mark.parametrize("place", [0, 0.2, 0.5, 0.8, 1])
def test_one_wrong_bit_anywhere_changes_nothing(scene: Scene, place: float) -> None:
    """With one bit of any file flipped, exactly the old or exactly the new edition is on screen (OFF-01)."""
    before, refused = scene.seen(), 0
    for path in sorted(path for path in scene.county.repo.rglob("*") if path.is_file() and "liuhe/" not in str(path)):
        sound = path.read_bytes()
        _flip(path, place)
        trial = scene.folder / "trial"
        shutil.copytree(scene.folder / "device", trial)
        device = scene.county.device(trial, "qinghe")
        failures = device.step(force=True).failures
        held = device.store.held()["qinghe"].number
        scene_of_trial = (device.store.held(), device.store.rows(start))
        assert (held == 1) == any(failure.channel == "qinghe" for failure in failures)
        assert held == 2 or scene_of_trial == before[:2]
        assert device.store.verify().bad == ()
        refused += held == 1
        device.store.close()
        shutil.rmtree(trial)
        path.write_bytes(sound)
    assert refused == 5  # timestamp, snapshot, targets, manifest, pack; the withdrawal is the one held already


def test_a_signed_item_of_another_channel_is_refused(scene: Scene) -> None:
    """A unit that signs another unit's item gets nothing onto a screen; its next honest edition is taken."""
    scene.county.publish("qinghe", bodies("liuhe", z="别的单位的事项"))
    before = scene.seen()
    [failure] = scene.step().failures
    assert (failure.channel, failure.integrity, scene.seen()) == ("qinghe", True, before)
    scene.county.publish("qinghe", second)
    assert scene.device.step().failures == []


def test_a_withdrawal_cannot_be_emptied(scene: Scene) -> None:
    """An empty list in the place of the signed one is refused; with the signed one the item is gone."""
    scene.county.publish("qinghe", {"c": second["c"]}, ("b",))
    path = scene.only("targets", "*.withdrawn.json")
    signed = path.read_bytes()
    path.write_bytes(b"[]".ljust(len(signed)))
    scene.refused("hash")
    assert scene.device.store.item("b", start) is not None
    path.write_bytes(signed)
    assert scene.device.step().failures == []
    assert scene.device.store.item("b", start) is None


def test_another_county_is_refused(scene: Scene, tmp_path: Path) -> None:
    """A whole tree of a county with other keys teaches a device nothing, not even a channel it never had."""
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    other = County(stranger, "qinghe", "liuhe", own_keys=True)
    other.publish("qinghe", bodies(e="冒名"))
    before = scene.seen()
    scene.offer(other.repo)
    assert {failure.channel for failure in scene.step().failures} == {"_directory", "qinghe"}
    assert scene.seen() == before
    scene.heals()
