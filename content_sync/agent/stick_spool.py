"""Where a stick is copied to in the device folder, by one import at a time.

What a killed import left is removed by the next import and by the agent's next step: it may hold text that was
withdrawn since.
"""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from content_sync.domain.errors import Broken

_name = "stick"


@contextmanager
def stick_spool(folder: Path) -> Iterator[Path]:
    """The empty place for one import, removed at the end; Broken while another import is at work."""
    place = folder / _name
    with (folder / f"{_name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Broken(f"Another stick is being taken into {folder}; wait for its end.") from error
        shutil.rmtree(place, ignore_errors=True)
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)


def clear_leftovers(folder: Path) -> None:
    """Remove what a killed import left, unless one is at work now."""
    if (folder / _name).exists():
        with suppress(Broken), stick_spool(folder):
            pass
