"""A relay's copy of a county's tree: every byte, verified first, whole at every moment for its own readers."""

import os
import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import timedelta
from pathlib import Path

import pytest

from content_sync.domain import limits
from content_sync.domain.errors import Unreachable
from content_sync.domain.ids import directory_channel
from content_sync.mirror.folder import MirrorFolder
from content_sync.mirror.rounds import Mirror, Round
from content_sync.net.folder import FolderFetcher
from content_sync.publish import Publisher
from content_sync.trust.rotation import rotate
from content_sync.trust.signing import Repository
from content_sync.trust.verifying import pin
from tests.attacks.forging import Forger
from tests.content_sync.world import County, HandClock, bodies, start

first, second = bodies(a="冬季取暖补贴", b="春季造林"), bodies(b="春季造林", c="夏季防汛")


class Line:
    """A way to the upstream that can be cut at every path with a word, and counts what was asked."""

    def __init__(self, repo: Path) -> None:
        self._inner, self.cut, self.asked = FolderFetcher(repo), "", list[str]()

    def fetch(self, path: str, bytes_max: int) -> bytes:
        self._ask(path)
        return self._inner.fetch(path, bytes_max)

    def stream(self, path: str, start: int, bytes_max: int) -> Iterator[bytes]:
        self._ask(path)
        return self._inner.stream(path, start, bytes_max)

    def _ask(self, path: str) -> None:
        self.asked.append(path)
        if self.cut and self.cut in path:
            raise Unreachable("cut off")


class Relay:
    """A relay below a tree, with a mirror of its own."""

    def __init__(self, folder: Path, county: County, above: Path | None = None) -> None:
        self.county, self.line = county, Line(above or county.repo)
        self.repo, home = folder / "relay" / "repo", folder / "relay" / "upstream"
        pin(home / "trust" / directory_channel, county.publisher.directory_root())
        self.mirror = Mirror(home, self.repo, self.line, county.clock)

    def round(self, *channels: str, thorough: bool = False) -> Round:
        return self.mirror.round(channels or (directory_channel, "qinghe", "liuhe"), thorough=thorough)

    def sound(self) -> Round:
        """A round in which nothing failed."""
        done = self.round()
        assert done.failures == {}
        return done


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> County:
    """Two channels, one of them at edition 1, and a relay that followed everything; built once, tests take copies."""
    folder = tmp_path_factory.mktemp("stage")
    (folder / "county").mkdir()
    made = County(folder / "county", "qinghe", "liuhe")
    made.publish("qinghe", first)
    assert set(Relay(folder, made).sound().changed) == {directory_channel, "qinghe", "liuhe"}
    return made


@pytest.fixture
def county(tmp_path: Path, stage: County) -> County:
    """A copy of the stage's county."""
    shutil.copytree(stage.repo.parents[1], tmp_path, dirs_exist_ok=True)
    made = deepcopy(stage)
    made.repo = tmp_path / "county" / "repo"
    made.publisher = Publisher(made.repo, tmp_path / "county" / "keys", made.clock)
    return made


@pytest.fixture
def relay(tmp_path: Path, county: County) -> Relay:
    """The stage's relay over the copied county."""
    return Relay(tmp_path, county)


def files(repo: Path, *names: str) -> dict[str, bytes]:
    """Every file below the named repositories, all of them when none is named."""
    found = (path for path in repo.rglob("*") if path.is_file())
    by_path = {str(path.relative_to(repo)): path.read_bytes() for path in found}
    return {path: data for path, data in by_path.items() if not names or path.split("/")[0] in names}


def current(repo: Path, *names: str) -> dict[str, bytes]:
    """What the newest states name, read as a stick's bundle is loaded."""
    from content_sync.bundle.loading import load

    loads = {path.name: load(path) for path in repo.iterdir() if not names or path.name in names}
    return {f"{name}/{path}": (repo / name / path).read_bytes() for name, one in loads.items() for path in one.files}


def test_the_copy_is_the_tree_byte_for_byte(county: County, relay: Relay) -> None:
    """Metadata with every root, targets, packs and deltas: what the county's newest state names is here, unchanged."""
    county.publish("qinghe", second)
    county.complete("qinghe")
    rotate(Repository(county.repo / "qinghe", county.repo.parent / "keys" / "qinghe"), "qinghe", start, "online")
    county.publisher.resign(hours=0)
    relay.sound()
    assert current(relay.repo) == current(county.repo)
    assert (relay.repo / "qinghe" / "metadata" / "1.root.json").exists()


def test_a_round_without_news_shows_nothing_new_and_fetches_no_content(relay: Relay) -> None:
    """A second round asks each repository for its next root and its timestamp, and that is all."""
    before = files(relay.repo)
    relay.line.asked.clear()
    assert relay.sound().changed == []
    assert {path.split("/")[2].split(".", 1)[1] for path in relay.line.asked} == {"root.json", "json"}
    assert len(relay.line.asked) == 6
    assert files(relay.repo) == before


def test_two_hops_are_one(tmp_path: Path, county: County, relay: Relay) -> None:
    """A relay below a relay holds the same bytes, and a device below it the same store as one at the county."""
    county.publish("qinghe", second)
    relay.sound()
    village = Relay(tmp_path / "village", county, relay.repo)
    village.sound()
    assert current(village.repo) == current(county.repo)
    device = county.device(tmp_path / "device", fetcher=FolderFetcher(village.repo))
    assert device.step(force=True).failures == []
    assert device.store.held()["qinghe"].number == 2


@pytest.mark.parametrize("cut", ["timestamp", "snapshot", "targets.json", ".edition", "/packs/"])
def test_a_cut_line_leaves_a_whole_older_state(tmp_path: Path, county: County, relay: Relay, cut: str) -> None:
    """Wherever the line breaks, a device of the relay finds the whole older state, and later the newer."""
    county.publish("qinghe", second)
    relay.line.cut = cut
    relay.round()
    device = county.device(tmp_path / "device", fetcher=FolderFetcher(relay.repo))
    assert device.step(force=True).failures == []
    assert device.store.held()["qinghe"].number == 1
    relay.line.cut = "-"
    relay.sound()
    assert device.step(force=True).failures == []
    assert device.store.held()["qinghe"].number == 2


def test_readers_that_are_half_way_find_the_state_before_for_an_hour(county: County, relay: Relay) -> None:
    """Files of the state before stay for an hour, then they go; nothing that is named ever goes."""
    before = current(relay.repo)
    county.publish("qinghe", second)
    relay.sound()
    assert before.items() - files(relay.repo).items() == {
        (path, data) for path, data in before.items() if path.endswith("/timestamp.json") and "qinghe" in path
    }
    county.clock.pass_time(minutes=limits.mirror_before_minutes + 1)
    relay.sound()
    assert files(relay.repo) == current(relay.repo)


def test_withdrawn_text_is_gone_with_the_withdrawal_also_when_the_line_breaks(
    tmp_path: Path, county: County, relay: Relay
) -> None:
    """No pack that held the text is left, the withdrawal is told, and a device hides the item, base pack or not."""
    device = county.device(tmp_path / "device", fetcher=FolderFetcher(relay.repo))
    device.step(force=True)
    held = {path for path in files(relay.repo, "qinghe") if "/packs/" in path}
    county.publish("qinghe", {"b": first["b"]}, ("a",))
    relay.line.cut = "/packs/"
    assert list(relay.round().failures) == ["qinghe"]
    assert not held & files(relay.repo).keys()
    device.step(force=True)
    assert device.store.item("a", start) is None
    assert device.store.item("b", start) is not None
    relay.line.cut = ""
    assert device.step(force=True).failures != []  # the packs are not here yet
    relay.line.cut = "-"
    relay.sound()
    assert current(relay.repo) == current(county.repo)
    assert device.step(force=True).failures == []


def test_packs_go_before_the_withdrawal_is_told(county: County, relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relay that dies in between shows the old state without its packs; it never shows the new one beside them."""
    held = {path for path in files(relay.repo, "qinghe") if "/packs/" in path}
    county.publish("qinghe", {"b": first["b"]}, ("a",))

    def dies(self: MirrorFolder, *_: object) -> bool:
        if self.folder.name == "qinghe":
            raise KeyboardInterrupt
        return False

    with monkeypatch.context() as patch:
        patch.setattr(MirrorFolder, "release", dies)
        with pytest.raises(KeyboardInterrupt):
            relay.round("qinghe")
    assert not held & files(relay.repo).keys()
    relay.sound()
    assert current(relay.repo) == current(county.repo)


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _newest(tree: Path, kind: str) -> Path:
    return max(tree.glob(kind), key=lambda path: path.stat().st_mtime_ns)


_attacks: dict[str, Callable[[Path, Path], object]] = {
    "a flipped bit in a delta": lambda tree, _: _flip(_newest(tree, "packs/*")),
    "a flipped bit in the manifest": lambda tree, _: _flip(_newest(tree, "targets/*.edition")),
    "a flipped bit in the timestamp": lambda tree, _: _flip(tree / "metadata" / "timestamp.json"),
    "a flipped bit in the targets": lambda tree, _: _flip(_newest(tree, "metadata/*.targets.json")),
    "a pack that is missing": lambda tree, _: _newest(tree, "packs/*").unlink(),
    "signed by another channel": lambda tree, keys: Forger(tree, keys / "liuhe").edit("timestamp", lambda _: None),
    "signed by the wrong key": lambda tree, keys: Forger(tree, keys / "qinghe").edit(
        "targets", lambda _: None, "online"
    ),
    "a root signed by one": lambda tree, keys: Forger(tree, keys / "qinghe").edit("root", lambda _: None, "root-1"),
    "another channel's tree": lambda tree, _: (shutil.rmtree(tree), shutil.copytree(tree.parent / "liuhe", tree)),
}


@pytest.mark.parametrize("story", _attacks)
def test_a_broken_or_forged_upstream_changes_nothing_for_readers(county: County, relay: Relay, story: str) -> None:
    """What readers see stays the state before to the byte, the refusal names the channel, an honest tree heals it."""
    before, seen = current(relay.repo), files(relay.repo)
    county.publish("qinghe", second)
    honest = county.repo.parent / "honest"
    shutil.copytree(county.repo, honest)
    _attacks[story](county.repo / "qinghe", county.repo.parent / "keys")
    done = relay.round()
    assert list(done.failures) == ["qinghe"]
    assert "qinghe" in done.failures["qinghe"]
    assert current(relay.repo) == before
    assert seen.items() <= files(relay.repo).items()
    shutil.rmtree(county.repo)
    honest.rename(county.repo)
    relay.sound()
    assert current(relay.repo) == current(county.repo)


def test_a_rolled_back_upstream_changes_nothing(tmp_path: Path, county: County, relay: Relay) -> None:
    """An older tree is refused as older, also when the newer one had only been verified and not yet fetched."""
    old = tmp_path / "old"
    shutil.copytree(county.repo, old)
    county.publish("qinghe", second)
    relay.line.cut = "/packs/"
    relay.round()
    relay.line.cut = "-"
    shutil.copytree(county.repo, tmp_path / "new")
    shutil.rmtree(county.repo)
    shutil.copytree(old, county.repo)
    assert "older than what this device has" in relay.round().failures["qinghe"]
    shutil.rmtree(county.repo)
    shutil.copytree(tmp_path / "new", county.repo)
    relay.sound()
    assert current(relay.repo) == current(county.repo)


def test_an_edition_for_newer_programs_waits_but_its_withdrawal_does_not(
    tmp_path: Path, county: County, relay: Relay
) -> None:
    """An old relay keeps what it shows of a newer edition's channel; what was withdrawn is hidden all the same."""
    device = county.device(tmp_path / "device", fetcher=FolderFetcher(relay.repo))
    device.step(force=True)
    forger = Forger(county.repo / "qinghe", county.repo.parent / "keys" / "qinghe")
    forger.edit("targets", forger.target("edition", forger.manifest(), reader=9, number=2))
    assert "needs reader 9" in relay.round().failures["qinghe"]
    device.step(force=True)
    assert device.store.problems() == {}
    forger.edit("withdrawal", forger.target("withdrawn.json", b'["a"]'))
    relay.round()
    device.step(force=True)
    assert device.store.item("a", start) is None
    assert device.store.item("b", start) is not None


def test_rotted_packs_are_fetched_again_by_a_thorough_round(county: County, relay: Relay) -> None:
    """A bit that rots on the relay's disk is found and mended when it looks thoroughly, without an edition."""
    _flip(_newest(relay.repo / "qinghe", "packs/*"))
    assert relay.round(thorough=True).failures == {}
    assert current(relay.repo) == current(county.repo)


def test_a_long_pack_goes_on_where_it_was_set_down(tmp_path: Path, county: County) -> None:
    """A hint sets a transfer down between two pieces; the next round goes on from there and fetches nothing twice."""
    relay, hinted = Relay(tmp_path / "fresh", county), True
    county.publish("qinghe", bodies(**{f"i{n}": os.urandom(400).hex()[:190] for n in range(400)}))
    mirror = Mirror(relay.mirror.home, relay.repo, relay.line, county.clock, set_down=lambda: hinted)
    done = mirror.round(["qinghe"])
    assert (done.failures, done.unreached) == ({}, {"qinghe"})
    assert not (relay.repo / "qinghe" / "metadata" / "timestamp.json").exists()
    hinted = False
    assert mirror.round(["qinghe"]).failures == {}
    assert current(relay.repo).items() <= current(county.repo).items()


def test_an_unknown_channel_is_named(relay: Relay) -> None:
    """A channel that the directory does not name is refused with who must act."""
    assert "the county must adopt it first" in relay.round("shiqiao").failures["shiqiao"]


def test_a_relay_whose_clock_ran_ahead_goes_on(county: County, relay: Relay) -> None:
    """At 2099 all metadata looks expired; what is newer than before is mirrored all the same."""
    clock = HandClock(county.clock.now())
    county.publish("qinghe", second)
    county.publisher.resign(hours=0)
    clock.at += timedelta(days=26_000)
    ahead = Mirror(relay.mirror.home, relay.repo, relay.line, clock)
    assert ahead.round(["qinghe"]).failures == {}
    assert (
        current(relay.repo)["qinghe/metadata/timestamp.json"] == current(county.repo)["qinghe/metadata/timestamp.json"]
    )
