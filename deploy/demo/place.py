"""A demonstration's folder: empty at the beginning, and nobody else's while it runs."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.demo.processes import DemoError


@contextmanager
def own(folder: Path) -> Iterator[Path]:
    """`folder`, emptied, until the end of the block. Raises DemoError while another process has it."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DemoError(f"another demonstration runs in {folder}: end that one first") from error
        for path in folder.iterdir():
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        yield folder
    finally:
        os.close(handle)
