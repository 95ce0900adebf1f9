"""A write that fails, at every place where one can: the old edition or the new one, whole, and the next step heals."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from content_sync import durable
from content_sync.pull.step import Puller
from content_sync.storage import content_write
from tests.content_sync.world import County, bodies, start

_first = bodies(a="冬季取暖补贴", b="春季造林", c="夏季防汛")
_second = bodies(a="冬季取暖补贴（更正）", b="春季造林", d="秋季征兵")
_writes_max = 60


class _Failing:
    """Lets `left` writes through and fails the next one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, left: int) -> None:
        self.left, self.failed = left, False
        monkeypatch.setattr(durable, "write", self._counted(durable.write))
        monkeypatch.setattr(content_write, "_insert", self._counted(content_write._insert))

    def _counted(self, write: Callable[..., None]) -> Callable[..., None]:
        def counted(*given: object, **named: object) -> None:
            self.left -= 1
            if self.left < 0 and not self.failed:
                self.failed = True
                raise OSError(errno.ENOSPC, "No space left on device")
            write(*given, **named)

        return counted


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> tuple[County, Path]:
    """A county at edition 2 and a device at edition 1."""
    folder = tmp_path_factory.mktemp("stage")
    county = County(folder, "qinghe")
    county.publish("qinghe", _first)
    device = county.device(folder / "device", news=True)
    assert device.step().failures == []
    device.close()
    county.publish("qinghe", _second, ("c",))
    return county, folder / "device"


def _seen(device: Puller) -> tuple[int, set[str]]:
    return device.store.held()["qinghe"].number, {row.title for row in device.store.rows(start)}


_whole = {
    1: {"冬季取暖补贴", "春季造林", "夏季防汛"},
    2: {"冬季取暖补贴（更正）", "春季造林", "秋季征兵"},
}


@pytest.mark.parametrize("beginning", ["an edition behind", "new"])
def test_wherever_a_write_fails_one_edition_is_whole(
    stage: tuple[County, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beginning: str
) -> None:
    """The first write, the second, and so on until none fails: never a mixture; the next step has the new edition."""
    county, old = stage
    for left in range(_writes_max):
        folder = tmp_path / f"{left}"
        if beginning != "new":
            shutil.copytree(old, folder, symlinks=True)
        device = county.device(folder, news=bool(left % 2))
        with monkeypatch.context() as failing:
            writes = _Failing(failing, left)
            device.step(force=True)
        number, titles = _seen(device)
        assert titles in (_whole.get(number, set()), _whole.get(number, set()) - {"夏季防汛"})  # hidden before all else
        assert device.store.verify().bad == ()
        device.close()
        device = county.device(folder)
        assert device.step(force=True).failures == []
        assert _seen(device) == (2, _whole[2])
        device.close()
        if not writes.failed:
            break
    assert not writes.failed
    assert left > 5
