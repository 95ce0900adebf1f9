"""A relay that lies to its own devices: they take only what the units signed, and tell how old it is.

Each device here is enrolled at the relay and has no other way; the relay has every old and new file of the county, and
no key.
"""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from content_sync.domain import limits
from content_sync.domain.ids import directory_channel
from content_sync.mirror.rounds import Mirror
from content_sync.net.folder import FolderFetcher
from content_sync.trust.verifying import pin
from tests.attacks.forging import Forger
from tests.attacks.scene import Scene, second
from tests.content_sync.world import start

Lie = Callable[[Scene, Path], object]


def _relay(scene: Scene, repo: Path | None = None) -> Mirror:
    """A relay of the scene's county; its readers' tree is `repo`."""
    home = scene.folder / "upstream"
    pin(home / "trust" / directory_channel, scene.county.publisher.directory_root())
    return Mirror(home, repo or scene.folder / "relayed", FolderFetcher(scene.county.repo), scene.county.clock)


def _old_snapshot(scene: Scene, tree: Path) -> None:
    """Mix and match: the older snapshot under the name of the newer one."""
    old = Forger(scene.folder / "old" / "qinghe", scene.folder).path("snapshot")
    shutil.copy(old, Forger(tree, scene.folder).path("snapshot"))


def _other_channel(scene: Scene, tree: Path) -> None:
    shutil.copytree(scene.county.repo / "liuhe" / "metadata", tree / "metadata", dirs_exist_ok=True)


def _altered(kind: str) -> Lie:
    def lie(_: Scene, tree: Path) -> None:
        for path in (tree / kind).iterdir():
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 1
            path.write_bytes(data)

    return lie


_lies: dict[str, Lie] = {
    "altered packs": _altered("packs"),
    "altered manifests": _altered("targets"),
    "altered metadata": _altered("metadata"),
    "an old snapshot below a new timestamp": _old_snapshot,
    "another channel's metadata in this one's place": _other_channel,
    "packs taken away": lambda _, tree: shutil.rmtree(tree / "packs"),
}


@pytest.mark.parametrize("story", _lies)
def test_a_lie_of_the_relay_changes_nothing_on_its_devices(scene: Scene, story: str) -> None:
    """The device at edition 1 meets the lie with edition 2: it shows edition 1 or 2, never anything else, and heals."""
    shutil.rmtree(scene.folder / "keys")  # a relay has none
    relay = _relay(scene)
    assert relay.round([directory_channel, "qinghe"]).failures == {}
    tree = scene.folder / "relayed"
    honest = scene.folder / "honest"
    shutil.copytree(tree, honest)
    _lies[story](scene, tree / "qinghe")
    device = scene.county.device(scene.folder / "device", "qinghe", fetcher=FolderFetcher(tree))
    before = (device.store.held(), device.store.rows(start))
    failures = device.step(force=True).failures
    assert [failure.channel for failure in failures] == ["qinghe"]
    assert (device.store.held(), device.store.rows(start)) == before
    assert device.store.verify().bad == ()
    shutil.rmtree(tree)
    honest.rename(tree)
    assert device.step(force=True).failures == []
    assert device.store.held()["qinghe"].number == 2


def test_a_withheld_withdrawal_shows_by_its_age(scene: Scene) -> None:
    """A relay that keeps back a withdrawal must keep back every later time: the device goes on and says as of when."""
    relay = _relay(scene)
    assert relay.round([directory_channel, "qinghe"]).failures == {}
    frozen = FolderFetcher(scene.folder / "relayed")
    device = scene.county.device(scene.folder / "device", "qinghe", fetcher=frozen)
    assert device.step(force=True).failures == []
    scene.county.publish("qinghe", {"c": second["c"]}, ("b",))
    scene.county.clock.pass_time(days=40)
    scene.county.publisher.resign(hours=0)
    assert device.step(force=True).failures == []
    assert device.store.item("b", start) is not None  # what it was told last
    age = scene.county.clock.now() - datetime.fromisoformat(device.store.held()["qinghe"].as_of)
    assert age > timedelta(days=limits.fresh_days_alarm)  # the banner over every page
    assert relay.round([directory_channel, "qinghe"]).failures == {}
    assert device.step(force=True).failures == []
    assert device.store.item("b", start) is None


def test_a_relay_without_its_upstream_keeps_its_devices_going(scene: Scene) -> None:
    """40 days cut off: a new device still takes the relay's tree whole; later nothing new is taken, all is shown."""
    relay = _relay(scene)
    assert relay.round([directory_channel, "qinghe"]).failures == {}
    fetcher = FolderFetcher(scene.folder / "relayed")
    new = scene.county.device(scene.folder / "another", "qinghe", fetcher=fetcher)
    shutil.rmtree(scene.county.repo)
    scene.county.clock.pass_time(days=40)
    assert relay.round([directory_channel, "qinghe"]).failures != {}
    assert new.step(force=True).failures == []
    assert new.store.held()["qinghe"].number == 2
    scene.county.clock.pass_time(days=limits.timestamp_days)
    assert new.step(force=True).failures != []
    assert [row.id for row in new.store.rows(start)] != []
