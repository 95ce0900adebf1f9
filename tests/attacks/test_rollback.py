"""Old but honest: what was signed once is offered again, whole or in parts. A number never goes down (promise 1)."""

import shutil
from collections.abc import Callable
from typing import Any

import pytest

from tests.attacks.scene import Scene, second
from tests.content_sync.world import bodies, start

Attack = Callable[[Scene], object]


def _old(*roles: str) -> Attack:
    """The content of edition 1 under the names of edition 2."""

    def attack(scene: Scene) -> None:
        for role in roles:
            old = (scene.folder / "old" / "qinghe" / "metadata").glob(f"*{role}.json")
            shutil.copy(max(old), scene.metadata(role))

    return attack


def _old_manifest(scene: Scene) -> None:
    shutil.copy(
        next((scene.folder / "old" / "qinghe" / "targets").glob("*.edition")), scene.only("targets", "*.edition")
    )


def _old_pack(scene: Scene) -> None:
    shutil.copy(next((scene.folder / "old" / "qinghe" / "packs").iterdir()), scene.only("packs"))


def _name_old_targets(scene: Scene) -> None:
    def change(snapshot: Any) -> None:
        snapshot.meta["targets.json"].version = 1

    scene.forger().edit("snapshot", change)


def _forget_the_withdrawals(scene: Scene) -> None:
    scene.forger().edit("snapshot", lambda snapshot: snapshot.meta.pop("withdrawal.json"))


def _edition(number: int, **custom: object) -> Attack:
    """The unit itself, or a thief of its key, signs an edition with this number."""
    return lambda scene: scene.forger().publish(second, number=number, **custom)


_mixed: dict[str, tuple[Attack, str]] = {
    "the snapshot of before": (_old("snapshot"), "longer|expected length|Expected snapshot version"),
    "the targets of before": (_old("targets"), "longer|expected length|Expected targets v"),
    "snapshot and targets of before": (_old("snapshot", "targets"), "longer|expected length|Expected snapshot v"),
    "the manifest of before": (_old_manifest, "hash|length|longer"),
    "the pack of before": (_old_pack, "pack|packs/"),
}
_signed: dict[str, tuple[Attack, str]] = {
    "the timestamp of before": (_old("timestamp"), "older than what this device has"),
    "a new timestamp that names an old snapshot": (
        lambda scene: scene.forger().edit("timestamp", lambda signed: setattr(signed.snapshot_meta, "version", 1)),
        "older than what this device has",
    ),
    "a new snapshot that names old targets": (_name_old_targets, "Expected targets.json version"),
    "a new snapshot that forgets the withdrawals": (_forget_the_withdrawals, "missing info for"),
    "new targets with an old edition": (_edition(1), "edition 1 is older than 2"),
    "new targets with an edition before all": (_edition(-1), "is not one from 0 to"),
    "a second edition of the same number": (_edition(2, root="0" * 64), "a second, different edition 2"),
}


@pytest.mark.parametrize("story", _mixed)
def test_parts_of_two_editions_are_refused(scene: Scene, story: str) -> None:
    """Mix and match: a file of edition 1 under today's name never becomes part of edition 2."""
    attack, says = _mixed[story]
    attack(scene)
    scene.refused(says)
    scene.heals()


@pytest.mark.parametrize("story", _signed)
def test_an_old_part_is_refused(scene: Scene, story: str) -> None:
    """A device at edition 2 meets a signed state that leads back: it takes nothing, and later what is honest."""
    assert scene.step().failures == []
    attack, says = _signed[story]
    attack(scene)
    scene.refused(says)
    scene.offer(scene.folder / "new")
    for title in ("秋收", "冬藏"):  # two, to be past the version that the thief has used
        scene.county.publish("qinghe", bodies(d=title))
    assert scene.step().failures == []
    assert scene.device.store.held()["qinghe"].number == 4


def test_an_old_stick_is_told_in_plain_words(scene: Scene) -> None:
    """A whole, honest tree of edition 1 is no forgery: the sentence says that it is old, and to take a newer stick."""
    scene.step()
    scene.offer(scene.folder / "old")
    sentence = scene.refused("older than what this device has")
    assert "take a newer stick" in sentence
    before = scene.seen()
    [failure] = scene.device.take(["qinghe"]).failures
    assert (failure.sentence, scene.seen()) == (sentence, before)
    scene.heals()


def test_an_old_tree_is_refused_also_by_an_empty_store(scene: Scene) -> None:
    """A device that lost its content but not its trust takes nothing older than it had, so nothing withdrawn."""
    scene.step()
    scene.device.close()
    (scene.folder / "device" / "content.db").unlink()
    scene.offer(scene.folder / "old")
    device = scene.county.device(scene.folder / "device", "qinghe")
    assert {failure.integrity for failure in device.step(force=True).failures} == {True}
    assert device.store.rows(start) == []
    scene.offer(scene.folder / "new")
    assert device.step(force=True).failures == []
    assert {row.id for row in device.store.rows(start)} == {"b", "c"}
