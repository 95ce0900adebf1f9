"""Keys changing hands, as real devices see it: they follow, however long they were off, and meet no gap."""

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

from content_sync import durable
from content_sync.domain import limits
from content_sync.trust import keys
from content_sync.trust.rotation import rotated_roles
from tests.content_sync.trust.scene import Scene
from tests.content_sync.world import bodies


@pytest.mark.parametrize("role", rotated_roles)
def test_a_device_follows_every_rotation(scene: Scene, role: str) -> None:
    """After the key of a role is replaced the device is up to date at once, and the next edition reaches it."""
    before = set((scene.folder / "keys" / "qinghe").glob("*.key"))
    seeds = {path: path.read_bytes() for path in before}
    scene.rotate(role)
    assert scene.step() == []
    scene.county.publish("qinghe", bodies(b="春季造林"), ("a",))
    assert scene.step() == []
    assert scene.shown() == 2
    after = {path: path.read_bytes() for path in (scene.folder / "keys" / "qinghe").rglob("*.key")}
    assert after.keys() == seeds.keys()
    assert [path.stem for path in after if after[path] != seeds[path]] == [role]


def test_a_device_that_was_off_climbs_over_every_root(scene: Scene) -> None:
    """Online, targets, withdrawal and all root keys replaced meanwhile: one step, and it shows the newest edition."""
    for number, role in enumerate((*rotated_roles, "online", "root-2")):
        scene.rotate(role)
        scene.county.clock.pass_time(days=20)
        scene.county.publisher.resign()
        scene.county.publish("qinghe", bodies(**{f"n{number}": "之后"}))
    assert scene.step() == []
    assert scene.shown() == 1 + len(rotated_roles) + 2
    roots = {path.name for path in (scene.county.repo / "qinghe" / "metadata").glob("*.root.json")}
    assert roots == {f"{version}.root.json" for version in range(1, 9)}


def _each_write(monkeypatch: pytest.MonkeyPatch, below: Path, then: Callable[[], None]) -> None:
    real = durable.write

    def write(path: Path, data: bytes, mode: int = 0o644) -> None:
        real(path, data, mode)
        if path.is_relative_to(below):
            then()

    monkeypatch.setattr(durable, "write", write)


@pytest.mark.parametrize("role", rotated_roles)
def test_no_device_meets_a_state_that_its_root_refuses(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    """After every single file that a rotation writes, a device that asks is served without a failure."""
    steps: list[list[str]] = []
    _each_write(monkeypatch, scene.county.repo, lambda: steps.append(scene.step()))
    scene.rotate(role)
    assert len(steps) > 2
    assert [failed for failed in steps if failed] == []


@pytest.mark.parametrize("cut", range(1, 9))
def test_a_rotation_that_was_cut_is_in_no_doubt(scene: Scene, monkeypatch: pytest.MonkeyPatch, cut: int) -> None:
    """Wherever a rotation stops, the channel goes on with the old key or with the new one, and can be rotated again."""
    written, real = iter(range(1, 100)), durable.write

    def dying(path: Path, data: bytes, mode: int = 0o644) -> None:
        if next(written) >= cut:
            raise OSError("power cut")
        real(path, data, mode)

    monkeypatch.setattr(durable, "write", dying)
    with contextlib.suppress(OSError):
        scene.rotate("online")
    monkeypatch.undo()
    assert scene.step() == []
    scene.county.publish("qinghe", bodies(b="春季造林"))
    assert scene.step() == []
    scene.rotate("online")
    assert scene.step() == []
    assert list((scene.folder / "keys" / "qinghe" / "next").glob("*")) == []


def test_what_did_not_change_is_not_signed_again(scene: Scene) -> None:
    """Daily signing leaves targets and withdrawal alone until half their life is over; so does a new edition."""

    def versions() -> dict[str, int]:
        return {name: meta.version for name, meta in scene.repository().tree.snapshot().signed.meta.items()}

    before = versions()
    for _ in range(3):
        scene.county.clock.pass_time(hours=limits.refresh_hours_max + 1)
        scene.county.publisher.resign()
        assert versions() == before
    scene.county.publish("qinghe", bodies(b="春季造林"))
    assert versions() == {"targets.json": before["targets.json"] + 1, "withdrawal.json": before["withdrawal.json"]}
    scene.county.clock.pass_time(days=limits.targets_days / 2 + 1)
    scene.county.publisher.resign()
    assert versions() == {name: version + 1 for name, version in before.items()} | {"targets.json": 4}
    assert scene.step() == []


def test_daily_signing_needs_neither_root_nor_targets_keys(scene: Scene) -> None:
    """With only the online key left, screens stay fresh past every half-life."""
    scene.away(*keys.root_roles, "targets")
    for _ in range(limits.targets_days // 20 + 1):
        scene.county.clock.pass_time(days=20)
        scene.county.publisher.resign()
    assert scene.county.clock.now() == scene.repository().as_of()
    assert scene.repository().tree.root().signed.version == 1
    assert scene.step() == ["qinghe"]  # its targets expired after a year: somebody must sign
    assert scene.shown() == 1


@pytest.mark.parametrize("role", rotated_roles)
def test_one_small_question_tells_of_a_rotation(scene: Scene, role: str) -> None:
    """A device that only asks for news hears of new keys, and of a withdrawal that waited for no edition."""
    device = scene.county.device(scene.folder / "second", news=True)
    assert device.step().failures == []
    scene.rotate(role)
    assert device.step().failures == []
    kept = scene.folder / "second" / "trust" / "qinghe"
    version = scene.repository().tree.root().signed.version
    assert version == 1 or (kept / "root_history" / f"{version}.root.json").exists()
    scene.repository().put(scene.county.clock.now(), {}, b'["a"]')
    assert device.step().failures == []
    assert device.store.item("a", scene.county.clock.now()) is None
    device.close()
