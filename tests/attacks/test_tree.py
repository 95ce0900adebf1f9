"""What somebody between publisher and device can do to a tree, and what must happen: nothing (promises 1–4).

Each attack meets a device that holds edition 1 while the tree holds edition 2. Afterwards the screen shows exactly
edition 1 (or, when the attack missed what the device needs, exactly edition 2), and an honest tree heals everything.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from content_sync.pull.step import Puller
from tests.content_sync.world import County, bodies, start

_first, _second = bodies(a="冬季取暖补贴", b="春季造林"), bodies(b="春季造林", c="夏季防汛")


class Scene:
    """A device on edition 1, a tree on edition 2, and copies of the tree at both."""

    def __init__(self, folder: Path) -> None:
        self.county = County(folder, "qinghe", "liuhe")
        self.county.publish("qinghe", _first)
        self.county.publish("liuhe", bodies("liuhe", x="六合"))
        self.county.publish("liuhe", bodies("liuhe", x="六合", y="镇政府"))
        self.device: Puller = self.county.device(folder / "device", "qinghe")
        assert self.device.step().failures == []
        shutil.copytree(self.county.repo, folder / "old")
        self.county.publish("qinghe", _second)
        shutil.copytree(self.county.repo, folder / "new")
        self.folder, self.tree = folder, self.county.repo / "qinghe"

    def seen(self) -> tuple[object, ...]:
        store = self.device.store
        return (
            store.held(),
            store.rows(start),
            [store.item(name, start) for name in "abcxy"],
            store.search("季", start),
        )

    def metadata(self, role: str) -> Path:
        found = (self.tree / "metadata").glob(f"*{role}.json")
        return max(found, key=lambda path: (len(path.name), path.name))

    def only(self, folder: str, pattern: str = "*") -> Path:
        """The newest file of a kind."""
        return max((self.tree / folder).glob(pattern), key=lambda path: path.stat().st_mtime_ns)


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """Before the attack."""
    return Scene(tmp_path)


def _flip(path: Path, place: float) -> None:
    data = bytearray(path.read_bytes())
    data[int(place * (len(data) - 1))] ^= 1
    path.write_bytes(data)


def _swap_channel(scene: Scene) -> None:
    shutil.rmtree(scene.tree)
    shutil.copytree(scene.county.repo / "liuhe", scene.tree)


def _roll_back_part(*roles: str) -> Callable[[Scene], None]:
    def attack(scene: Scene) -> None:
        for role in roles:
            old = max((scene.folder / "old" / "qinghe" / "metadata").glob(f"*{role}.json"))
            shutil.copy(old, scene.metadata(role))

    return attack


def _unsign(role: str) -> Callable[[Scene], None]:
    def attack(scene: Scene) -> None:
        plain = json.loads(scene.metadata(role).read_bytes())
        plain["signatures"] = []
        scene.metadata(role).write_text(json.dumps(plain))

    return attack


def _link_out(scene: Scene) -> None:
    outside = scene.folder / "outside.json"
    (scene.tree / "metadata" / "timestamp.json").rename(outside)
    (scene.tree / "metadata" / "timestamp.json").symlink_to(outside)


def _endless(scene: Scene) -> None:
    with (scene.tree / "metadata" / "timestamp.json").open("ab") as file:
        file.truncate(1 << 40)


_attacks: dict[str, Callable[[Scene], None]] = {
    "another channel's valid repository is served": _swap_channel,
    "the timestamp is taken away": lambda scene: scene.metadata("timestamp").unlink(),
    "the pack is taken away": lambda scene: scene.only("packs").unlink(),
    "the manifest is taken away": lambda scene: scene.only("targets", "*.edition").unlink(),
    "targets of the edition before": _roll_back_part("targets"),
    "snapshot of the edition before": _roll_back_part("snapshot"),
    "snapshot and targets of the edition before": _roll_back_part("snapshot", "targets"),
    "an unsigned timestamp": _unsign("timestamp"),
    "an unsigned snapshot": _unsign("snapshot"),
    "unsigned targets": _unsign("targets"),
    "a timestamp that is a link out of the tree": _link_out,
    "a timestamp without end": _endless,
    "metadata that is a deep hole": lambda scene: scene.metadata("targets").write_bytes(b"[" * 100_000),
    "another pack under the right name": lambda scene: shutil.copy(
        next((scene.folder / "old" / "qinghe" / "packs").iterdir()), scene.only("packs")
    ),
}


@pytest.mark.parametrize("story", _attacks)
def test_an_attack_changes_nothing(scene: Scene, story: str) -> None:
    """The attack is refused with a sentence, the screen stays as it was, and the honest tree heals it."""
    before = scene.seen()
    _attacks[story](scene)
    [failure] = scene.device.step(force=True).failures
    assert failure.channel == "qinghe"
    assert failure.sentence
    assert scene.seen() == before
    assert scene.device.store.verify().bad == ()
    shutil.rmtree(scene.county.repo)
    shutil.copytree(scene.folder / "new", scene.county.repo)
    assert scene.device.step(force=True).failures == []
    assert scene.device.store.held()["qinghe"].number == 2


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
    before = scene.seen()
    scene.county.publish("qinghe", bodies("liuhe", z="别的单位的事项"))
    assert [failure.integrity for failure in scene.device.step(force=True).failures] == [True]
    assert scene.seen() == before
    scene.county.publish("qinghe", _second)
    assert scene.device.step().failures == []


def test_an_old_tree_is_a_rollback(scene: Scene) -> None:
    """After edition 2 a whole, honest tree of edition 1 (an old stick, an old relay) is refused."""
    assert scene.device.step().failures == []
    before = scene.seen()
    shutil.rmtree(scene.county.repo)
    shutil.copytree(scene.folder / "old", scene.county.repo)
    assert {failure.integrity for failure in scene.device.step(force=True).failures} == {True}
    assert scene.seen() == before


def test_an_old_tree_is_refused_also_by_an_empty_store(scene: Scene) -> None:
    """A device that lost its content but not its trust takes nothing older than it had, so nothing withdrawn."""
    assert scene.device.step().failures == []
    scene.device.close()
    (scene.folder / "device" / "content.db").unlink()
    shutil.rmtree(scene.county.repo)
    shutil.copytree(scene.folder / "old", scene.county.repo)
    device = scene.county.device(scene.folder / "device", "qinghe")
    assert {failure.integrity for failure in device.step(force=True).failures} == {True}
    assert device.store.rows(start) == []


def test_a_withdrawal_cannot_be_emptied(scene: Scene) -> None:
    """An empty list in the place of the signed one is refused; with the signed one the item is gone."""
    scene.county.publish("qinghe", {"c": _second["c"]}, ("b",))
    path = scene.only("targets", "*.withdrawn.json")
    signed = path.read_bytes()
    path.write_bytes(b"[]".ljust(len(signed)))
    assert [failure.integrity for failure in scene.device.step().failures] == [True]
    assert scene.device.store.item("b", start) is not None
    path.write_bytes(signed)
    assert scene.device.step().failures == []
    assert scene.device.store.item("b", start) is None


def test_another_county_is_refused(scene: Scene, tmp_path: Path) -> None:
    """A whole tree of a county with other keys teaches a device nothing, not even a channel it never had."""
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    other = County(stranger, "qinghe", "liuhe")
    other.publish("qinghe", bodies(e="冒名"))
    before = scene.seen()
    shutil.rmtree(scene.county.repo)
    shutil.copytree(other.repo, scene.county.repo)
    assert {failure.channel for failure in scene.device.step(force=True).failures} == {"_directory", "qinghe"}
    assert scene.seen() == before
