"""A channel's own valid repository is served in the place of another one's (SYNC pitfall 1).

TUF's metadata does not say whose it is; only the keys do. With a key of its own for each channel the swap is refused at
the first file. Where two channels carelessly share their online key, it is refused at the targets; and where these do
not differ in version and length, by our timestamp, which says whose it is. Each time nothing of the refused refresh is
kept, so that the version numbers of one channel can never lock out the other.
"""

import shutil
from pathlib import Path

import pytest

from content_sync.trust import keys
from tests.attacks.forging import Forger
from tests.attacks.scene import Scene
from tests.content_sync.world import County, bodies


def _swap(scene: Scene) -> None:
    shutil.rmtree(scene.tree)
    shutil.copytree(scene.county.repo / "liuhe", scene.tree)


def test_with_keys_of_their_own(scene: Scene) -> None:
    """The swap is refused at the timestamp; the honest mirror is taken at once."""
    _swap(scene)
    scene.refused("timestamp was signed by 0/1 keys")
    scene.heals()


@pytest.fixture
def shared(tmp_path: Path) -> County:
    """A careless county: one online key for two channels."""
    key = tmp_path / "keys" / "qinghe"
    keys.made(key, "online")
    shutil.copytree(key, tmp_path / "keys" / "liuhe")
    county = County(tmp_path, "qinghe", "liuhe", own_keys=True)
    county.publish("qinghe", bodies(a="冬季取暖补贴"))
    county.publish("liuhe", bodies("liuhe", x="六合"))
    return county


_shared = {
    "targets of another version": (2, "targets was signed by 0/1 keys"),
    "targets of the same version and length": (1, "another channel's repository stands in its place"),
}


@pytest.mark.parametrize("story", _shared)
def test_with_shared_online_keys_no_harm_lasts(shared: County, tmp_path: Path, story: str) -> None:
    """The other channel's timestamp and snapshot 900 verify, and are forgotten again: the honest mirror is taken."""
    device = shared.device(tmp_path / "device", "qinghe")
    assert device.step(force=True).failures == []
    before = (device.store.held(), device.store.rows(shared.clock.now()))
    shared.publish("qinghe", bodies(a="冬季取暖补贴", b="春季造林"))
    shutil.copytree(shared.repo / "qinghe", tmp_path / "honest")
    editions, says = _shared[story]
    for _ in range(1, editions):
        shared.publish("liuhe", bodies("liuhe", x="六合", y="镇政府"))
    other = Forger(shared.repo / "liuhe", tmp_path / "keys" / "liuhe")
    for role in ("snapshot", "timestamp"):
        other.edit(role, lambda signed: setattr(signed, "version", 900))
    shutil.rmtree(shared.repo / "qinghe")
    shutil.copytree(shared.repo / "liuhe", shared.repo / "qinghe")
    [failure] = device.step(force=True).failures
    assert (failure.channel, failure.integrity, says in failure.sentence) == ("qinghe", True, True), failure.sentence
    assert (device.store.held(), device.store.rows(shared.clock.now())) == before
    shutil.rmtree(shared.repo / "qinghe")
    shutil.copytree(tmp_path / "honest", shared.repo / "qinghe")
    assert device.step(force=True).failures == []
    assert device.store.held()["qinghe"].number == 2


def test_a_first_sync_learns_nothing_wrong(scene: Scene) -> None:
    """A device that never had the channel pins its root from the directory, so a swapped first tree is refused too."""
    _swap(scene)
    device = scene.another("qinghe")
    [failure] = device.step(force=True).failures
    assert "timestamp was signed by 0/1 keys" in failure.sentence
    assert device.store.held()["qinghe"].number == 0
    scene.offer(scene.folder / "new")
    assert device.step(force=True).failures == []
    assert device.store.held()["qinghe"].number == 2
