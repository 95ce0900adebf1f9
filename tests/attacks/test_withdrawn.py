"""What was withdrawn never comes back: not by an old stick, a relay's cache, a store built anew, nor by its unit.

The property is tried over random histories: an item that left the screens by a withdrawal is on none of them again,
whatever is published, offered, cut off or lost afterwards (promise 3).
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content_sync.domain.errors import Unreachable
from content_sync.net.folder import FolderFetcher
from content_sync.pull.step import Puller
from tests.attacks.scene import Scene, second
from tests.content_sync.world import County, bodies

_ids = "abcd"


class Cut(FolderFetcher):
    """A tree whose packs can be out of reach."""

    packs = True

    def fetch(self, path: str, bytes_max: int) -> bytes:
        self._check(path)
        return super().fetch(path, bytes_max)

    def stream(self, path: str, start: int, bytes_max: int) -> Iterator[bytes]:
        self._check(path)
        return super().stream(path, start, bytes_max)

    def _check(self, path: str) -> None:
        if "/packs/" in path and not self.packs:
            raise Unreachable("cut off")


class History:
    """A channel, every tree it ever had, and one device; `gone` is what the device was told to hide."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.county = folder, County(folder, "qinghe")
        self.fetcher = Cut(self.county.repo)
        self.withdrawn: set[str] = set()
        self.gone: set[str] = set()
        self.trees: list[Path] = []
        self.publish("")
        self.device = self._device()
        self.step("")

    def _device(self) -> Puller:
        return self.county.device(self.folder / "device", fetcher=self.fetcher)

    def publish(self, word: str, withdrawn: tuple[str, ...] = ()) -> None:
        self.withdrawn |= set(withdrawn)
        titles = {item: f"公告{item}{word}{len(self.trees)}" for item in _ids if item not in self.withdrawn}
        self.county.publish("qinghe", bodies(**titles), withdrawn)
        tree = self.folder / f"tree-{len(self.trees)}"
        shutil.copytree(self.county.repo, tree)
        self.trees.append(tree)

    def withdraw(self, word: str) -> None:
        self.publish(word, (_ids[len(word) % len(_ids)],))

    def step(self, _: str) -> None:
        self.device.step(force=True)
        self.gone |= self.withdrawn

    def step_without_packs(self, word: str) -> None:
        self.fetcher.packs = False
        self.step(word)
        self.fetcher.packs = True

    def meet_an_old_tree(self, word: str) -> None:
        self._offer(self.trees[len(word) % len(self.trees)])
        self.device.step(force=True)
        self._offer(self.trees[-1])

    def lose_the_store(self, _: str) -> None:
        self.device.close()
        (self.folder / "device" / "content.db").unlink()
        self.device = self._device()

    def _offer(self, tree: Path) -> None:
        shutil.rmtree(self.county.repo)
        shutil.copytree(tree, self.county.repo)

    def check(self) -> None:
        """The property."""
        now, store = self.county.clock.now(), self.device.store
        shown = {row.id for row in store.rows(now)} | {row.id for row in store.search("公告", now)}
        shown |= {item for item in _ids if store.item(item, now) is not None}
        assert not shown & self.gone
        assert store.verify().bad == ()


_acts = ("publish", "withdraw", "step", "step_without_packs", "meet_an_old_tree", "lose_the_store")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    acts=st.lists(st.tuples(st.sampled_from(_acts), st.sampled_from(["", "x", "xx", "xxx"])), min_size=3, max_size=7)
)
def test_whatever_happens_it_stays_away(tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, str]]) -> None:
    """After every act of a random history nothing that was withdrawn is on screen; at the end the newest edition is."""
    history = History(tmp_path_factory.mktemp("history"))
    for act, word in acts:
        getattr(history, act)(word)
        history.check()
    history.step("")
    history.check()
    assert history.device.store.held()["qinghe"].number == len(history.trees)
    shown = {row.id for row in history.device.store.rows(history.county.clock.now())}
    assert shown == set(_ids) - history.withdrawn
    history.device.close()


def test_the_unit_itself_cannot_bring_it_back(scene: Scene) -> None:
    """Signed into an edition again, and even struck from the signed list: the device that hid it goes on hiding it."""
    now = scene.county.clock.now()
    scene.county.publish("qinghe", {"c": second["c"]}, ("b",))
    assert scene.step().failures == []
    thief = scene.forger()
    thief.publish(second, number=4)
    assert scene.step().failures == []
    assert scene.device.store.held()["qinghe"].number == 4
    assert scene.device.store.item("b", now) is None
    thief.edit("withdrawal", thief.target("withdrawn.json", b"[]"))
    thief.publish(second, number=5)
    assert scene.step().failures == []
    assert scene.device.store.held()["qinghe"].number == 5
    assert scene.device.store.item("b", now) is None
    assert "b" not in {row.id for row in scene.device.store.rows(now)}
    assert scene.device.store.verify().bad == ()
