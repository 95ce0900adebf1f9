"""The news is not signed: whoever answers can put into it what he likes. It can cost a step, and that is all.

Whatever comes is verified as if it came from the tree; what is false is refused, the next question goes to the tree
itself, and there the device finds the truth, also while the liar goes on lying.
"""

from collections.abc import Callable, Mapping

import pytest

from content_sync.domain import limits
from content_sync.domain.ids import directory_channel
from content_sync.net.http import Reply
from content_sync.offer import names_of
from content_sync.pull.step import Puller
from content_sync.wire.compression import squeezed
from content_sync.wire.news import news_bytes
from content_sync.wire.numbers import number_bytes
from tests.attacks.scene import Scene
from tests.content_sync.world import Hall

Files = dict[str, bytes]
Lie = Callable[[Scene, Files], Mapping[str, bytes]]


class Liar(Hall):
    """An honest server but for its news."""

    def __init__(self, scene: Scene, lie: Callable[[list[bytes]], bytes]) -> None:
        super().__init__(scene.county, follows=("qinghe",), has_news=True)
        self.lie, self.roots = lie, [_root(scene, name) for name in names_of(("qinghe",))]

    def _news(self, _question: str) -> Reply:
        return Reply(200, {}, None, self.lie(self.roots))


def _root(scene: Scene, name: str) -> bytes:
    return (scene.county.repo / name / "metadata" / "1.root.json").read_bytes()


def _honest(scene: Scene) -> Files:
    """Every file of the channel and the directory, as the tree has them."""
    found = (path for path in scene.county.repo.rglob("*") if path.is_file() and "liuhe/" not in str(path))
    return {str(path.relative_to(scene.county.repo)): path.read_bytes() for path in found}


def _device(scene: Scene, lie: Callable[[list[bytes]], bytes]) -> Puller:
    scene.device.close()
    scene.device = Puller(
        scene.folder / "device", ("qinghe",), scene.device._larder.fetcher, Liar(scene, lie), scene.county.clock
    )
    return scene.device


def _change(word: str, change: Callable[[bytes], bytes]) -> Lie:
    return lambda _, files: {path: change(data) if word in path else data for path, data in files.items()}


def _old(scene: Scene, files: Files) -> Files:
    """The state of edition 1 for the state of edition 2."""
    old = scene.folder / "old"
    return {path: (old / path).read_bytes() for path in files if (old / path).exists()}


def _strange(_: Scene, files: Files) -> Files:
    names = [
        "../../x",
        "/etc/passwd",
        "",
        "qinghe",
        "qinghe/../liuhe/metadata/timestamp.json",
        "liuhe/metadata/x",
        "\x00",
    ]
    return (
        files | dict.fromkeys(names, b"x") | {f"qinghe/blobs/{'f' * 64}": b"x", "nobody/metadata/timestamp.json": b"x"}
    )


def _swapped(scene: Scene, files: Files) -> Files:
    """Another channel's files under this one's name."""
    other = (path for path in (scene.county.repo / "liuhe").rglob("*") if path.is_file())
    return files | {
        str(path.relative_to(scene.county.repo)).replace("liuhe", "qinghe"): path.read_bytes() for path in other
    }


def _flip(data: bytes) -> bytes:
    return bytes([data[0] ^ 1]) + data[1:]


_lies: dict[str, tuple[Lie, int]] = {
    "the whole truth": (lambda _, files: files, 2),
    "the truth and strange files": (_strange, 2),
    "a part of the truth": (lambda _, files: {path: files[path] for path in files if "timestamp" in path}, 2),
    "nothing of the channel": (lambda _, files: {path: files[path] for path in files if directory_channel in path}, 1),
    "a false timestamp": (_change("qinghe/metadata/timestamp", _flip), 1),
    "a false snapshot": (_change("qinghe/metadata/3.snapshot", _flip), 1),
    "false targets": (_change("qinghe/metadata/3.targets", _flip), 1),
    "a false manifest": (_change(".edition", _flip), 2),
    "a false pack": (_change("qinghe/packs", _flip), 2),
    "a pack without end": (_change("qinghe/packs", lambda data: data * 9_000), 2),
    "a timestamp without end": (_change("qinghe/metadata/timestamp", lambda data: data + b" " * 100_000), 1),
    "empty files": (_change("", lambda _: b""), 1),
    "a false root": (lambda _, files: files | {"qinghe/metadata/2.root.json": files["qinghe/metadata/1.root.json"]}, 1),
    "the state of before": (_old, 1),
    "another channel's state": (_swapped, 1),
}


@pytest.mark.parametrize("story", _lies)
def test_a_lie_costs_a_step(scene: Scene, story: str) -> None:
    """At once there is the old edition or the true new one; a step later the true one, though the lying goes on."""
    lie, at_once = _lies[story]
    files, before = dict(lie(scene, _honest(scene))), scene.seen()
    device = _device(scene, lambda roots: news_bytes(files, roots))
    device.step()
    assert device.store.held()["qinghe"].number == at_once
    assert at_once == 2 or scene.seen() == before
    assert device.store.verify().bad == ()
    scene.county.clock.pass_time(hours=limits.refresh_hours_max + 1)
    for _ in range(2):
        device.step()
    assert device.store.held()["qinghe"].number == 2
    assert device.store.verify().bad == ()


def _measured(files: Mapping[str, bytes]) -> bytes:
    parts = ((path.encode(), data) for path, data in files.items())
    return b"".join(number_bytes(len(part)) + part for pair in parts for part in pair)


_garbage: dict[str, Callable[[list[bytes]], bytes]] = {
    "noise": lambda _: bytes(range(256)),
    "another dictionary": lambda roots: news_bytes({"qinghe/metadata/timestamp.json": b"x"}, [*roots, b"another" * 99]),
    "a bomb": lambda _: squeezed(bytes(limits.news_raw_bytes_max + 1), b"", 3),
    "a file that is longer than the rest": lambda _: squeezed(b"\x01x" + number_bytes(1 << 40), b"", 3),
    "a number that never ends": lambda _: squeezed(b"\xff" * 400, b"", 3),
    "too many files": lambda _: squeezed(_measured({str(n): b"" for n in range(limits.news_files_max + 1)}), b"", 3),
}


@pytest.mark.parametrize("story", _garbage)
def test_news_that_cannot_be_read_keeps_nobody_from_the_tree(scene: Scene, story: str) -> None:
    """However long it goes on, the device asks in the other way and takes the new edition from the tree."""
    device = _device(scene, _garbage[story])
    for _ in range(2):
        device.step()
    assert device.store.held()["qinghe"].number == 2
    assert device.store.verify().bad == ()


_silences: dict[str, Callable[[list[bytes]], bytes]] = {
    "nothing": lambda _: b"",
    "half of it": lambda roots: news_bytes({"qinghe/metadata/timestamp.json": b"x" * 900}, roots)[:-3],
    "names that are no text": lambda _: squeezed(b"\x02\xff\xfe\x00", b"", 3),
}


@pytest.mark.parametrize("story", _silences)
def test_news_that_says_nothing_is_believed_for_a_day(scene: Scene, story: str) -> None:
    """Then the tree is asked all the same."""
    device = _device(scene, _silences[story])
    assert device.step().failures == []
    scene.county.clock.pass_time(hours=limits.refresh_hours_max + 1)
    assert device.step().failures == []
    assert device.store.held()["qinghe"].number == 2


def test_a_root_that_the_news_hides_is_found_in_the_tree(scene: Scene) -> None:
    """The channel's online key was replaced; news without the new root is refused, and the tree has it."""
    scene.forger().rotate("online", "root-1", "root-2")
    scene.county.publish("qinghe", {**scene.county.editions["qinghe"][-1]})
    files = {path: data for path, data in _honest(scene).items() if "2.root" not in path}
    device = _device(scene, lambda roots: news_bytes(files, roots))
    [failure] = device.step().failures
    assert "timestamp was signed by 0/1 keys" in failure.sentence
    assert device.step().failures == []
    assert device.store.held()["qinghe"].number == 3
