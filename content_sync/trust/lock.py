"""One process signs for a channel at a time: a file lock beside its keys, which ends with whoever holds it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(keys_folder: Path, name: str = "lock") -> Iterator[None]:
    """Wait for the channel with these keys, and hold it; by another name, only what is done under that name."""
    keys_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (keys_folder / name).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
