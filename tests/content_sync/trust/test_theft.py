"""Keys lost and stolen: what a thief can do with each, and how the channel gets away from him."""

import shutil

import pytest
from tuf.api.metadata import Metadata, Snapshot, Targets, Timestamp

from content_sync.domain.errors import Broken
from content_sync.trust import keys
from content_sync.trust.metadata import compact
from tests.content_sync.trust.scene import Scene, fast_forward
from tests.content_sync.world import bodies


def test_a_lost_online_key_is_replaced(scene: Scene) -> None:
    """The key is gone from the disk: nothing can be signed, until two root keys name a new one."""
    (scene.folder / "keys" / "qinghe" / "online.key").unlink()
    with pytest.raises(Broken, match=r"online\.key"):
        scene.county.publish("qinghe", bodies(b="春季造林"))
    scene.county.numbers["qinghe"] = 1
    scene.rotate("online")
    scene.county.publish("qinghe", bodies(b="春季造林"))
    assert scene.step() == []
    assert scene.shown() == 2


def test_a_fast_forward_is_recovered_by_rotating_the_online_key(scene: Scene) -> None:
    """Devices that took version 900 refuse the honest tree as older, until the stolen key is replaced."""
    honest = scene.folder / "honest"
    shutil.copytree(scene.county.repo / "qinghe", honest)
    fast_forward(scene.county.repo / "qinghe", (scene.folder / "keys" / "qinghe" / "online.key").read_bytes())
    assert scene.step() == []
    shutil.rmtree(scene.county.repo / "qinghe")
    shutil.copytree(honest, scene.county.repo / "qinghe")
    assert scene.step() == ["qinghe"]
    assert scene.shown() == 1
    scene.rotate("online")
    assert scene.step() == []
    scene.county.publish("qinghe", bodies(b="春季造林"))
    assert scene.step() == []
    assert scene.shown() == 2


def test_what_the_old_online_key_signs_is_refused(scene: Scene) -> None:
    """After the rotation the stolen key moves nothing: neither forwards nor back."""
    stolen = (scene.folder / "keys" / "qinghe" / "online.key").read_bytes()
    shutil.copytree(scene.county.repo / "qinghe", scene.folder / "old")
    scene.rotate("online")
    assert scene.step() == []
    fast_forward(scene.county.repo / "qinghe", stolen)
    assert scene.step() == ["qinghe"]
    for name in ("timestamp.json", "1.snapshot.json"):
        shutil.copy(scene.folder / "old" / "metadata" / name, scene.county.repo / "qinghe" / "metadata" / name)
    assert scene.step() == ["qinghe"]
    assert scene.shown() == 1


def test_a_compromised_unit_touches_no_other_channel(scene: Scene) -> None:
    """Whoever has every key of one channel, and even the other's online key, gets no text onto the other one."""
    thief, tree = scene.folder / "keys" / "qinghe", scene.repository("liuhe").tree
    signed, snapshot, timestamp = tree.targets("targets").signed, tree.snapshot().signed, tree.timestamp().signed
    signed.version = snapshot.version = timestamp.version = timestamp.snapshot_meta.version = 50
    signed.targets["edition"].unrecognized_fields["custom"]["number"] = 9
    for name, content, key in (
        ("50.targets.json", signed, thief / "targets.key"),
        ("50.snapshot.json", snapshot, scene.folder / "keys" / "liuhe" / "online.key"),
        ("timestamp.json", timestamp, scene.folder / "keys" / "liuhe" / "online.key"),
    ):
        metadata: Metadata[Targets | Snapshot | Timestamp] = Metadata(content)
        metadata.sign(keys.signer_of(key.read_bytes()))
        data = compact(metadata)  # type: ignore[type-var]
        tree.write(name, data)
        snapshot.meta["targets.json"].version, snapshot.meta["targets.json"].length = 50, None
        timestamp.snapshot_meta.length = None
    scene.county.publish("qinghe", bodies(b="本频道照常"))
    assert scene.step() == ["liuhe"]
    assert (scene.shown("liuhe"), scene.shown("qinghe")) == (1, 2)
