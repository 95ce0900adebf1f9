"""What can be wrong with a stick, and what must happen: that channel is refused whole, and nothing else (OFF-01).

Each story meets a device that holds edition 1 of two channels while the stick brings edition 2 of both.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from content_sync.domain import limits
from content_sync.domain.errors import GongkailanError
from content_sync.storage.content import ContentStore
from tests.content_sync.sticks import Kiosk, enrolled, files_of, list_anew, logical, relist, write
from tests.content_sync.world import County, HandClock, bodies


@dataclass
class Scene:
    """A device on edition 1 of both channels, a stick with edition 2 of both."""

    folder: Path
    clock: HandClock

    @property
    def stick(self) -> Path:
        return self.folder / "stick"

    @property
    def kiosk(self) -> Kiosk:
        return Kiosk(self.folder / "k1", self.clock)

    @property
    def tree(self) -> Path:
        [tree] = (self.stick / "gongkailan").glob("*/repo")
        return tree

    @property
    def listing(self) -> Path:
        return self.tree.parent / "listing.txt"

    def only(self, pattern: str) -> Path:
        """The one file of qinghe that matches."""
        [path] = (self.tree / "qinghe").glob(pattern)
        return path


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """The scene, made once; `first` is a stick with edition 1."""
    folder = tmp_path_factory.mktemp("scene")
    county = County(folder / "county", "qinghe", "liuhe")
    for stick, title in (("first", "一"), ("stick", "二")):
        for channel in ("qinghe", "liuhe"):
            county.publish(channel, bodies(channel, **{f"{channel}-a": f"第{title}期"}))
        write(county, folder / stick)
    assert enrolled(county, folder / "k1").take(folder / "first").refused == {}
    return Scene(folder, county.clock)


@pytest.fixture
def scene(prepared: Scene, tmp_path: Path) -> Scene:
    """A copy of it for one story."""
    return Scene(Path(shutil.copytree(prepared.folder, tmp_path / "scene")), prepared.clock)


def test_a_flipped_byte_in_any_file_refuses_exactly_its_channel(scene: Scene) -> None:
    """One wrong byte in whichever file of a channel: that channel keeps its edition, the other one is taken."""
    before, refused = logical(scene.kiosk.folder), []
    for number, path in enumerate(files_of(scene.stick)):
        sound, device = path.read_bytes(), scene.folder / f"trial-{number}"
        place = (number * 37) % len(sound)
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :])
        shutil.copytree(scene.folder / "k1", device)
        kiosk = Kiosk(device, scene.clock)
        done = kiosk.take(scene.stick)
        hit = path.relative_to(scene.tree).parts[0] if "repo" in path.parts else "listing"
        channels = {"qinghe", "liuhe"}
        assert set(done.refused) == (channels if hit == "listing" else {hit}), path
        assert set(done.channels) == channels - set(done.refused), path
        assert kiosk.editions() == {name: 1 if name in done.refused else 2 for name in channels}, path
        store = ContentStore(device / "content.db")
        assert store.verify().bad == ()
        store.close()
        assert hit != "listing" or logical(device) == before
        refused.append(hit)
        path.write_bytes(sound)
        shutil.rmtree(device)
    assert {hit: refused.count(hit) > 5 for hit in refused} == {
        "_directory": True,
        "qinghe": True,
        "liuhe": True,
        "listing": False,
    }


def _link(scene: Scene) -> None:
    outside = scene.folder / "outside"
    scene.only("metadata/timestamp.json").rename(outside)
    (scene.tree / "qinghe" / "metadata" / "timestamp.json").symlink_to(outside)


def _linked_folder(scene: Scene) -> None:
    outside = scene.folder / "outside"
    (scene.tree / "qinghe").rename(outside)
    (scene.tree / "qinghe").symlink_to(outside)


def _pipe(scene: Scene) -> None:
    path = scene.only("packs/*.zst")
    path.unlink()
    os.mkfifo(path)


def _folder(scene: Scene) -> None:
    path = scene.only("packs/*.zst")
    path.unlink()
    path.mkdir()


def _sparse(scene: Scene) -> None:
    with scene.only("packs/*.zst").open("ab") as file:
        file.truncate(1 << 40)


def _longer(scene: Scene) -> None:
    with scene.only("metadata/timestamp.json").open("ab") as file:
        file.write(b" ")


def _swapped(scene: Scene) -> None:
    shutil.rmtree(scene.tree / "qinghe")
    shutil.copytree(scene.tree / "liuhe", scene.tree / "qinghe")
    list_anew(scene.stick)


def _mixed(scene: Scene) -> None:
    [old] = (scene.folder / "first" / "gongkailan").glob("*/repo/qinghe/metadata/*.snapshot.json")
    shutil.copy(old, scene.only("metadata/*.snapshot.json"))
    list_anew(scene.stick)


def _unlisted(part: bytes) -> Callable[[Scene], None]:
    def silent(text: bytes) -> bytes:
        return b"".join(line for line in text.splitlines(keepends=True) if b" qinghe/" + part not in line)

    return lambda scene: relist(scene.stick, silent)


_of_one_channel: dict[str, Callable[[Scene], None]] = {
    "a file is missing": lambda scene: scene.only("packs/*.zst").unlink(),
    "a folder is missing": lambda scene: shutil.rmtree(scene.tree / "qinghe" / "targets"),
    "the channel is missing": lambda scene: shutil.rmtree(scene.tree / "qinghe"),
    "a file is cut": lambda scene: os.truncate(scene.only("packs/*.zst"), 10),
    "a file has one byte more": _longer,
    "a file is a link out of the stick": _link,
    "the channel is a link out of the stick": _linked_folder,
    "a file is a pipe": _pipe,
    "a file is a folder": _folder,
    "a file of a terabyte, most of it a hole": _sparse,
    "another channel's signed tree, honestly listed": _swapped,
    "an older state's snapshot, honestly listed": _mixed,
    "a timestamp that the listing keeps silent about": _unlisted(b"metadata/timestamp.json"),
    "packs that the listing keeps silent about": _unlisted(b"packs/"),
}


@pytest.mark.parametrize("story", _of_one_channel)
def test_a_sick_channel_is_refused_and_the_other_taken(scene: Scene, story: str) -> None:
    """Exactly that channel is refused, in one sentence; the sound stick heals it."""
    shutil.copytree(scene.stick, scene.folder / "sound")
    _of_one_channel[story](scene)
    done = scene.kiosk.take(scene.stick)
    assert (list(done.refused), done.channels) == (["qinghe"], {"liuhe": (1, 2)})
    assert "\n" not in done.refused["qinghe"]
    assert scene.kiosk.editions() == {"qinghe": 1, "liuhe": 2}
    assert not (scene.kiosk.folder / "stick").exists()
    assert scene.kiosk.take(scene.folder / "sound").channels["qinghe"] == (1, 2)


def _lie(old: bytes, new: bytes) -> Callable[[Scene], None]:
    def attack(scene: Scene) -> None:
        def change(text: bytes) -> bytes:
            assert old in text
            return text.replace(old, new)

        relist(scene.stick, change)

    return attack


def _added(*lines: str) -> Callable[[Scene], None]:
    return lambda scene: relist(scene.stick, lambda text: text + "".join(lines).encode())


def _endless_listing(scene: Scene) -> None:
    with scene.listing.open("ab") as file:
        file.truncate(1 << 40)


def _linked_listing(scene: Scene) -> None:
    scene.listing.rename(scene.folder / "listing")
    scene.listing.symlink_to(scene.folder / "listing")


def _crowded(scene: Scene) -> None:
    for number in range(limits.stick_names_max + 1):
        os.mknod(scene.stick / "gongkailan" / f"x{number}")


_of_the_stick: dict[str, Callable[[Scene], None]] = {
    "no listing": lambda scene: scene.listing.unlink(),
    "half a listing": lambda scene: os.truncate(scene.listing, 500),
    "an empty listing": lambda scene: os.truncate(scene.listing, 0),
    "a listing without end": _endless_listing,
    "a listing that is a link": _linked_listing,
    "a listing with a way up": _lie(b" qinghe/packs/", b" qinghe/../"),
    "a listing with an absolute path": _lie(b" qinghe/packs/", b" /etc/passwd/"),
    "a listing of names that differ by case only": _lie(b" qinghe/packs/", b" QINGHE/packs/"),
    "a listing that promises a terabyte": _added(f"{'0' * 64} 999999999999 qinghe/packs/0\n"),
    "a listing of too many files": _added(
        *(f"{'0' * 64} 0 qinghe/packs/{n}\n" for n in range(limits.bundle_files_max))
    ),
    "ten thousand files too many in our folder": _crowded,
}


@pytest.mark.parametrize("story", _of_the_stick)
def test_a_sick_stick_is_refused(scene: Scene, story: str) -> None:
    """Every followed channel is refused with a sentence, nothing on the device changes, nothing is left behind."""
    before = logical(scene.kiosk.folder)
    _of_the_stick[story](scene)
    done = scene.kiosk.take(scene.stick)
    assert (set(done.refused), done.channels) == ({"qinghe", "liuhe"}, {})
    assert all(reason and "\n" not in reason for reason in done.refused.values())
    assert logical(scene.kiosk.folder) == before
    assert not (scene.kiosk.folder / "stick").exists()


def test_our_folder_as_a_link_out_of_the_stick_is_not_followed(scene: Scene) -> None:
    """A stick whose folder leads into the device is refused, for reading and for writing."""
    (scene.stick / "gongkailan").rename(scene.folder / "outside")
    (scene.stick / "gongkailan").symlink_to(scene.folder / "outside")
    with pytest.raises(GongkailanError, match="not a plain file or folder"):
        scene.kiosk.take(scene.stick)
    county = County(scene.folder / "other", "qinghe", own_keys=True)
    with pytest.raises(GongkailanError, match="not a plain file or folder"):
        write(county, scene.stick)
    assert len(list((scene.folder / "outside").iterdir())) == 1


def test_what_else_lies_on_the_stick_is_not_looked_at(scene: Scene) -> None:
    """Thousands of photos cost nothing, and neither they nor strange names in the bundle are in the way."""
    photos = scene.stick / "DCIM"
    photos.mkdir()
    for number in range(2 * limits.stick_names_max):
        os.mknod(photos / f"{number}.jpg")
    (scene.tree / "qinghe" / "metadata" / "Timestamp.JSON").write_bytes(b"x")
    (scene.stick / "gongkailan" / "System Volume Information").mkdir()
    (scene.stick / "gongkailan" / "\udcff").mkdir()
    assert scene.kiosk.take(scene.stick).channels == {"qinghe": (1, 2), "liuhe": (1, 2)}
