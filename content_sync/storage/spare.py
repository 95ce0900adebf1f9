"""A little room of our own on the disk, so that taking something off the screens does not need somebody to tidy up.

1. `<store>.spare` holds `limits.spare_bytes` that nobody reads. It is given away when a withdrawal finds the disk full,
   or when a store cannot even be opened, and laid by again as soon as there is room.
"""

import os
from contextlib import suppress
from pathlib import Path

from content_sync.domain import limits


class Spare:
    """The spare room of the store at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f"{path.name}.spare")

    def lay_by(self) -> None:
        """Keep the room, if there is any."""
        if self._path.exists():
            return
        try:
            with self._path.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, limits.spare_bytes)
        except OSError:
            self.give_away()

    def give_away(self) -> bool:
        """Let others have the room now; False when nothing was laid by."""
        with suppress(OSError):
            self._path.unlink()
            return True
        return False
