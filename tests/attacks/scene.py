"""The stage of every attack: a device at edition 1, a tree at edition 2, and copies of the tree at both.

What must hold afterwards is said once, here: one sentence that names the channel and who must act, nothing changed on
screen, nothing damaged, the trouble told in `status` — and an honest tree heals everything at the next step.
"""

import re
import shutil
from copy import deepcopy
from pathlib import Path

from content_sync.ports import Fetcher
from content_sync.publish import Publisher
from content_sync.pull.step import Pulled, Puller
from tests.attacks.forging import Forger
from tests.content_sync.world import County, bodies, start

first, second = bodies(a="冬季取暖补贴", b="春季造林"), bodies(b="春季造林", c="夏季防汛")
who_must_act = re.compile(r"publisher|relay|county|stick|server|program|clock")


def built(folder: Path) -> County:
    """The stage: `repo` and `new` at edition 2, `old` and `device` at edition 1. Every attack plays on a copy of it."""
    county = County(folder, "qinghe", "liuhe")
    county.publish("qinghe", first)
    county.publish("liuhe", bodies("liuhe", x="六合"))
    county.publish("liuhe", bodies("liuhe", x="六合", y="镇政府"))
    device = county.device(folder / "device", "qinghe")
    assert device.step().failures == []
    device.close()
    shutil.copytree(county.repo, folder / "old")
    county.publish("qinghe", second)
    shutil.copytree(county.repo, folder / "new")
    return county


class Scene:
    """Before the attack: a copy of the stage in `folder`."""

    def __init__(self, stage: County, folder: Path) -> None:
        shutil.copytree(stage.repo.parent, folder, dirs_exist_ok=True)
        self.county, self.folder = deepcopy(stage), folder
        self.county.repo = folder / "repo"
        self.county.publisher = Publisher(self.county.repo, folder / "keys", self.county.clock)
        self.device: Puller = self.county.device(folder / "device", "qinghe")
        self.tree = self.county.repo / "qinghe"

    def seen(self) -> tuple[object, ...]:
        """All that a visitor of the device could see."""
        store = self.device.store
        return (
            store.held(),
            store.rows(start),
            [store.item(name, start) for name in "abcxy"],
            store.search("季", start),
        )

    def refused(self, says: str = "", channel: str = "qinghe") -> str:
        """One step meets the attack and takes nothing of it; returns the sentence, which `says` must match."""
        before = self.seen()
        [failure] = self.device.step(force=True).failures
        assert failure.channel == channel
        assert channel in failure.sentence
        assert who_must_act.search(failure.sentence), failure.sentence
        assert re.search(says, failure.sentence), failure.sentence
        assert self.seen() == before
        assert self.device.store.verify().bad == ()
        assert self.device.store.problems() == {channel: failure.sentence}
        return failure.sentence

    def heals(self, tree: str = "new", number: int = 2) -> None:
        """The honest tree is back, and the very next step takes it."""
        self.offer(self.folder / tree)
        assert self.device.step(force=True).failures == []
        assert self.device.store.held()["qinghe"].number == number
        assert self.device.store.problems() == {}

    def offer(self, tree: Path) -> None:
        """The server has exactly this tree now."""
        shutil.rmtree(self.county.repo)
        shutil.copytree(tree, self.county.repo)

    def forger(self, channel: str = "qinghe") -> Forger:
        """Somebody with this channel's keys, in its tree."""
        return Forger(self.county.repo / channel, self.folder / "keys" / channel)

    def step(self) -> Pulled:
        """One step of the device."""
        return self.device.step(force=True)

    def another(self, *channels: str, fetcher: Fetcher | None = None, name: str = "another") -> Puller:
        """A device that follows these channels and meets the tree for the first time."""
        return self.county.device(self.folder / name, *channels, fetcher=fetcher)

    def metadata(self, role: str) -> Path:
        """The newest file of a role."""
        return self.forger().path(role)

    def only(self, folder: str, pattern: str = "*") -> Path:
        """The newest file of a kind."""
        return max((self.tree / folder).glob(pattern), key=lambda path: path.stat().st_mtime_ns)
