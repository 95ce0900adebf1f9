"""Nothing is asked for that the signed state does not name, whatever else lies in a tree or is said to.

Every path that the fetcher is asked for is held against the metadata of TUF's own walk and against the hashes that the
verified files name. So a tree cannot make a device load, or even look at, anything of its own choosing.
"""

import json
from collections.abc import Iterator

import pytest

from content_sync.net.folder import FolderFetcher
from tests.attacks.scene import Scene, first, second
from tests.content_sync.world import bodies


class Recorder(FolderFetcher):
    """A tree that remembers what it was asked for."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene.county.repo)
        self.asked: list[str] = []

    def fetch(self, path: str, bytes_max: int) -> bytes:
        self.asked.append(path)
        return super().fetch(path, bytes_max)

    def stream(self, path: str, start: int, bytes_max: int) -> Iterator[bytes]:
        self.asked.append(path)
        return super().stream(path, start, bytes_max)


def _named(scene: Scene, channel: str) -> set[str]:
    """The files that TUF's walk and the newest signed state of a channel name."""
    forger = scene.forger(channel)
    root = forger.newest("root").version
    snapshot = forger.newest("snapshot")
    found = {f"metadata/{number}.root.json" for number in range(2, root + 2)}
    found |= {"metadata/timestamp.json", f"metadata/{snapshot.version}.snapshot.json"}
    found |= {f"metadata/{meta.version}.{name}" for name, meta in snapshot.meta.items()}
    for role in (name.removesuffix(".json") for name in snapshot.meta):
        for name, target in forger.newest(role).targets.items():
            found.add(path := f"targets/{target.hashes['sha256']}.{name}")
            if name in ("edition", "catchup"):
                plain = json.loads((forger.tree / path).read_bytes())
                found |= {f"packs/{one['sha256']}.delta" for one in plain.get("deltas", ())}
                found |= {f"packs/{plain['base']['sha256']}.zst"} if "base" in plain else set()
    return {f"{channel}/{path}" for path in found}


def _strew(scene: Scene) -> None:
    """Things that nobody signed, in the places where signed things lie."""
    for folder in ("metadata", "targets", "packs", "blobs", ""):
        (scene.tree / folder).mkdir(exist_ok=True)
        for name in ("autorun.inf", "setup.exe", "index.html", "99.root.json", "edition", "f" * 64 + ".zst"):
            (scene.tree / folder / name).write_bytes(b"x")
    (scene.tree / "metadata" / "9.targets.json").write_bytes(scene.metadata("targets").read_bytes())
    (scene.county.repo / "qinghe2").mkdir()


@pytest.mark.parametrize("complete", [False, True])
@pytest.mark.parametrize("held", ["nothing", "edition 1"])
def test_only_what_is_named_is_asked_for(scene: Scene, held: str, complete: bool) -> None:
    """A device that holds nothing or edition 1 asks for named files of its channel and of the directory only."""
    if complete:
        scene.county.complete("qinghe")
    named = _named(scene, "qinghe") | _named(scene, "_directory")
    _strew(scene)
    recorder = Recorder(scene)
    device = scene.another("qinghe", fetcher=recorder, name="device" if held == "edition 1" else "another")
    assert device.step(force=True).failures == []
    assert device.store.held()["qinghe"].number == 2
    asked = set(recorder.asked)
    assert len(recorder.asked) == len(asked), "nothing is asked for twice"
    assert asked <= named


def test_a_renamed_file_is_not_found(scene: Scene) -> None:
    """The right bytes under another name are not looked for."""
    pack = scene.only("packs")
    pack.rename(pack.with_name("edition-2" + pack.suffix))
    scene.refused("the tree lacks|The tree lacks")
    scene.heals()


def test_a_step_asks_for_the_delta_alone(scene: Scene) -> None:
    """Whoever holds the edition before never asks for a base pack, though one lies there."""
    scene.county.complete("qinghe")
    scene.step()
    scene.county.publish("qinghe", {**second, **bodies(d="秋收")})
    recorder = Recorder(scene)
    scene.device.close()
    device = scene.another("qinghe", fetcher=recorder, name="device")
    assert device.step(force=True).failures == []
    assert [path.rsplit(".", 1)[1] for path in recorder.asked if "/packs/" in path] == ["delta"]
    assert {row.id for row in device.store.rows(scene.county.clock.now())} == {"b", "c", "d"}
    assert first.keys() - second.keys() == {"a"}
