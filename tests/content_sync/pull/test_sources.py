"""Several sources of one signed tree: whoever fails, lies or sleeps is stood in for, and told of."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from content_sync.domain import limits
from content_sync.domain.errors import Unreachable
from content_sync.net.folder import FolderFetcher
from content_sync.ports import Fetcher
from content_sync.pull.step import Puller
from tests.content_sync.world import County, bodies

_mirror = "http://192.0.2.7"


class Silent:
    """ports.Fetcher of a source that does not answer, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def fetch(self, path: str, bytes_max: int) -> bytes:
        self.asked += 1
        raise Unreachable("It does not answer.")

    def stream(self, path: str, start: int, bytes_max: int) -> Iterator[bytes]:
        yield self.fetch(path, bytes_max)


class Scene:
    """A county, a copy of its first tree, and a device that knows the county's tree and the copy as its sources."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.county, self.copy = folder, County(folder, "qinghe"), folder / "copy"
        self.county.publish("qinghe", bodies(a="冬季取暖补贴"))
        shutil.copytree(self.county.repo, self.copy)

    def device(self, home: Fetcher, mirror: Fetcher) -> Puller:
        """A device with these ways to the tree."""
        return self.county.device(self.folder / "device", fetcher=home, mirrors={_mirror: mirror})

    def honest(self) -> Fetcher:
        """The county's own tree."""
        return FolderFetcher(self.county.repo)

    def copied(self) -> Fetcher:
        """The copy, as it was left or spoiled."""
        return FolderFetcher(self.copy)


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """The copy is of edition 1."""
    return Scene(tmp_path)


def _edition(device: Puller) -> int:
    return device.store.held()["qinghe"].number


def test_home_alone_is_asked_when_it_is_good(scene: Scene) -> None:
    """Mirrors cost nothing as long as nobody needs them."""
    mirror = Silent()
    device = scene.device(scene.honest(), mirror)
    assert device.step().failures == []
    assert (_edition(device), mirror.asked, device.store.problems()) == (1, 0, {})


@pytest.mark.parametrize("how", ["forged pack", "forged metadata", "missing files", "silence"])
def test_a_mirror_stands_in_for_a_home_that_denies(scene: Scene, how: str) -> None:
    """What home holds back or falsifies comes from elsewhere, and status says who failed and why."""
    scene.county.publish("qinghe", bodies(a="春季造林"))
    for path in [path for path in (scene.copy / "qinghe").rglob("*") if path.is_file()]:
        if how == "missing files" or (how, path.parent.name) in {
            ("forged pack", "packs"),
            ("forged metadata", "metadata"),
        }:
            path.write_bytes(b"{}") if how != "missing files" else path.unlink()
    home = Silent() if how == "silence" else scene.copied()
    device = scene.device(home, scene.honest())
    assert device.step().failures == []
    assert _edition(device) == 2
    told = device.store.problems()["qinghe from the home server"]
    assert "another stood in" in told
    device.close()
    better = scene.device(scene.honest(), Silent())
    better.step(force=True)
    assert better.store.problems() == {}


def test_a_source_that_sleeps_is_found_out(scene: Scene) -> None:
    """Old but valid metadata for ever is denial too: after three days without a word another one is asked."""
    device = scene.device(scene.copied(), scene.honest())
    device.step()
    scene.county.publish("qinghe", bodies(a="春季造林"))
    scene.county.clock.pass_time(days=limits.fresh_days_warn - 1)
    device.step(force=True)
    assert _edition(device) == 1
    scene.county.clock.pass_time(days=2)
    scene.county.publisher.resign()
    assert device.step(force=True).failures == []
    assert _edition(device) == 2
    assert "knows nothing" in device.store.problems()["qinghe from the home server"]


def test_a_sleeping_publisher_is_nobodys_lie(scene: Scene) -> None:
    """When no source has anything newer, the old state stands and nobody is blamed."""
    device = scene.device(scene.copied(), scene.honest())
    scene.county.clock.pass_time(days=limits.fresh_days_warn + 1)
    assert device.step().failures == []
    assert (_edition(device), device.store.problems()) == (1, {})


def test_no_mirror_leads_back(scene: Scene) -> None:
    """A mirror of last week cannot bring an old edition onto the screen, whatever home does."""
    scene.county.publish("qinghe", bodies(a="春季造林"))
    device = scene.device(scene.honest(), scene.copied())
    device.step()
    device.close()
    left = scene.device(Silent(), scene.copied())
    assert [failure.channel for failure in left.step(force=True).failures] == ["qinghe"]
    assert _edition(left) == 2


def test_without_home_mirrors_are_asked_by_the_hour(scene: Scene) -> None:
    """Home is gone with its hints; new editions still come, and home is not waited for channel by channel."""
    home = Silent()
    device = scene.device(home, scene.honest())
    device.step()
    device._hints._server.lost = ["before"] * 999  # type: ignore[attr-defined]
    scene.county.publish("qinghe", bodies(a="春季造林"))
    asked = home.asked
    assert [failure.channel for failure in device.step().failures] == ["_server"]
    assert _edition(device) == 1
    scene.county.clock.pass_time(hours=limits.mirror_hours)
    assert [failure.channel for failure in device.step().failures] == ["_server"]
    assert (_edition(device), home.asked) == (2, asked)


def test_when_all_fail_home_has_the_word(scene: Scene) -> None:
    """The sentence is about the server that somebody looks after; nothing on screen changes."""
    shutil.rmtree(scene.copy / "qinghe")
    device = scene.device(scene.copied(), Silent())
    (failure,) = device.step().failures
    assert failure.channel == "qinghe"
    assert "does not answer" not in failure.sentence
