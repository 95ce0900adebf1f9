"""A small disk of its own that can be filled up to its last block."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import pytest


class Disk:
    """The disk mounted at `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._filler, self._many = folder, folder / "filler", folder / "many"

    def leave(self, free: int) -> None:
        """Fill it up but for so many bytes."""
        self._filler.unlink(missing_ok=True)
        state = os.statvfs(self.folder)
        with self._filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, state.f_bavail * state.f_frsize - free))

    def take_files(self) -> None:
        """Make empty files until there may be no other; blocks are left."""
        self._many.mkdir()
        with suppress(OSError):
            for number in count():
                (self._many / str(number)).touch()

    def give_files(self) -> None:
        """Somebody tidied them away."""
        shutil.rmtree(self._many)

    def fill(self) -> None:
        """Take what is left, also the last block of a file that grew meanwhile."""
        state = os.statvfs(self.folder)
        if left := state.f_bavail * state.f_frsize:
            with self._filler.open("ab") as file:
                os.posix_fallocate(file.fileno(), file.tell(), left)

    def tidy(self) -> None:
        """Somebody made room."""
        self._filler.unlink()


@contextmanager
def mounted(folder: Path, size: int, files: int = 4_000) -> Iterator[Disk]:
    """A disk of so many bytes and files; skips where nobody may mount one."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},nr_inodes={files}", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
