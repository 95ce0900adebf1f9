"""A stick that is pulled out after so many operations, and forgets what was not synced.

1. Operations are what `content_sync.net.stick` asks of the system; from the n-th on every one fails.
2. At that moment it is as if the power had gone: bytes of files that were not synced are lost, and so are names made,
   replaced or removed in a folder that was not synced.
"""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from content_sync.net import stick


class Failing:
    """A module of which some functions are watched."""

    def __init__(self, real: Any, **watched: Callable[..., Any]) -> None:
        self._real, self._watched = real, watched

    def __getattr__(self, name: str) -> Any:
        return self._watched.get(name) or getattr(self._real, name)


class PulledOut:
    """Stands between the stick and its code; `pulled` says whether operation `at` was reached, `left` how many not."""

    def __init__(self, monkeypatch: Any, at: int) -> None:
        self.left, self.pulled = at, False
        self._unsynced: dict[int, Path] = {}
        self._undo: list[tuple[int, Callable[[], None]]] = []
        names = ("open", "mkdir", "write", "fsync", "replace", "unlink", "stat", "scandir", "fdopen", "fstatvfs")
        monkeypatch.setattr(stick, "os", Failing(os, **{name: self._step(name) for name in names}))
        monkeypatch.setattr(stick, "shutil", Failing(shutil, rmtree=self._step("rmtree")))

    def _step(self, name: str) -> Callable[..., Any]:
        return lambda *given, **named: self._do(name, *given, **named)

    def _do(self, name: str, *given: Any, **named: Any) -> Any:
        self.left -= 1
        if self.left <= 0:
            self._pull()
            raise OSError(errno.EIO, "Input/output error")
        return getattr(self, f"_{name}", getattr(os, name, None))(*given, **named)

    def _pull(self) -> None:
        """Rule 2."""
        if self.pulled:
            return
        self.pulled = True
        for path in self._unsynced.values():
            path.write_bytes(b"")
        for _, undo in reversed(self._undo):
            undo()

    def _open(self, name: str, flags: int, *more: int, dir_fd: int | None = None) -> int:
        handle = os.open(name, flags, *more, dir_fd=dir_fd)
        if flags & os.O_CREAT:
            path = _path(handle)
            self._unsynced[handle] = path
            self._later(path, lambda: path.unlink(missing_ok=True))
        return handle

    def _mkdir(self, name: str, dir_fd: int) -> None:
        os.mkdir(name, dir_fd=dir_fd)
        path = _path(dir_fd) / name
        self._later(path, lambda: shutil.rmtree(path, ignore_errors=True))

    def _fsync(self, handle: int) -> None:
        os.fsync(handle)
        self._unsynced.pop(handle, None)
        place = os.fstat(handle).st_ino
        self._undo = [one for one in self._undo if one[0] != place]

    def _replace(self, old: str, new: str, src_dir_fd: int, dst_dir_fd: int) -> None:
        source, target = _path(src_dir_fd) / old, _path(dst_dir_fd) / new
        before, came = target.read_bytes() if target.exists() else None, source.read_bytes()
        source.replace(target)

        def undo() -> None:
            source.write_bytes(came)
            target.unlink() if before is None else target.write_bytes(before)

        self._later(target, undo)

    def _unlink(self, name: str, dir_fd: int) -> None:
        path = _path(dir_fd) / name
        before = path.read_bytes() if path.exists() else b""
        path.unlink()
        self._later(path, lambda: path.write_bytes(before) and None)

    def _rmtree(self, name: str, dir_fd: int) -> None:
        """Half of the files go, and if the stick is not pulled out then, the rest: removing is not one operation."""
        path = _path(dir_fd) / name
        if not path.exists():
            raise FileNotFoundError(path)
        files = sorted(one for one in path.rglob("*") if one.is_file())
        for one in files[: len(files) // 2]:
            one.unlink()
        self.left -= 1
        if self.left <= 0:
            self._pull()
            raise OSError(errno.EIO, "Input/output error")
        shutil.rmtree(path)

    def _later(self, path: Path, undo: Callable[[], None]) -> None:
        self._undo.append((path.parent.stat().st_ino, undo))


def _path(handle: int) -> Path:
    return Path(f"/proc/self/fd/{handle}").readlink()
