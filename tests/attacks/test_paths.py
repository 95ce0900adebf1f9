"""Sticks and names: nothing leads out of the folder, nothing but plain files is read, and no name is another's twin.

Names come from two sides: from a folder that somebody made (links, pipes, devices, folders in the place of files), and
from signed files of a unit that was broken into (ways up, absolute paths, odd characters).
"""

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.attacks.scene import Scene

Trick = Callable[[Path, Path], object]


def _link_file(path: Path, outside: Path) -> None:
    path.rename(outside / path.name)
    path.symlink_to(outside / path.name)


def _link_folder(path: Path, outside: Path) -> None:
    path.parent.rename(outside / path.parent.name)
    path.parent.symlink_to(outside / path.parent.name)


def _link_within(path: Path, _outside: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def _pipe(path: Path, _outside: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _socket(path: Path, _outside: Path) -> None:
    path.unlink()
    os.mknod(path, stat.S_IFSOCK | 0o600)


def _device_file(path: Path, _outside: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def _folder(path: Path, _outside: Path) -> None:
    path.unlink()
    path.mkdir()


def _upper(path: Path, _outside: Path) -> None:
    path.rename(path.with_name(path.name.upper()))


_tricks: dict[str, Trick] = {
    "a link to a file outside": _link_file,
    "a folder that is a link": _link_folder,
    "a link to a file beside it": _link_within,
    "a pipe that nobody writes": _pipe,
    "a socket": _socket,
    "a device without end": _device_file,
    "a folder": _folder,
    "a name in capitals only": _upper,
}
_files = ("timestamp", "pack")


@pytest.mark.parametrize("file", _files)
@pytest.mark.parametrize("story", _tricks)
def test_only_plain_files_of_the_folder_are_read(scene: Scene, story: str, file: str) -> None:
    """The trick stands in the place of a file that is needed: refused, nothing changes, an honest stick heals."""
    outside = scene.folder / "outside"
    outside.mkdir()
    path = scene.metadata("timestamp") if file == "timestamp" else scene.only("packs")
    _tricks[story](path, outside)
    scene.refused("not a plain file|incomplete|lacks|was not the signed file")
    if (parent := path.parent).is_symlink():
        parent.unlink()
    scene.heals()


def test_a_twin_that_differs_by_case_is_not_mixed_up(scene: Scene) -> None:
    """Beside the signed file lies another of the same name in capitals; exactly the signed one is read."""
    for path in [scene.metadata("timestamp"), scene.only("packs"), scene.only("targets", "*.edition")]:
        path.with_name(path.name.upper()).write_bytes(b"forged")
    assert scene.step().failures == []
    assert scene.device.store.held()["qinghe"].number == 2


_ways_out = [
    "../../../etc/passwd",
    "/etc/passwd",
    "..",
    "",
    "a/../b",
    "a\\b",
    "c:x",
    "%2e%2e",
    "a\x00b",
    "\ud800",
    "f" * 300,
]


@pytest.mark.parametrize("sha256", _ways_out)
def test_a_unit_cannot_name_a_way_out(scene: Scene, sha256: str) -> None:
    """A signed manifest whose pack has such a hash is refused; no such path is ever opened."""
    secret = scene.folder / "etc" / "passwd.zst"
    secret.parent.mkdir()
    shutil.copy(scene.only("packs"), secret)
    thief = scene.forger()
    manifest = thief.pack(b"x", sha256=sha256, length=secret.stat().st_size)
    thief.edit("targets", thief.target("edition", manifest, number=3, root="0" * 64))
    scene.refused("leads out of the published tree|cannot be read as JSON")
