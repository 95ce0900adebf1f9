"""Trees with keys that hundreds of tests begin with: made once in every process and copied.

Whoever founds the same channels at the same moment finds the same keys: a county that is a stranger to another one, or
that has keys already, makes its own.
"""

import atexit
from datetime import datetime
from functools import cache
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp

from content_sync.publish import Publisher


def founded(repo: Path, keys: Path, at: datetime, *channels: str) -> None:
    """The keys and the empty trees of a directory and its channels, copied."""
    made = _made(at, channels)
    copytree(made / "repo", repo, dirs_exist_ok=True)
    copytree(made / "keys", keys, dirs_exist_ok=True)


def found(publisher: Publisher, *channels: str) -> None:
    """Likewise, made anew."""
    publisher.create_directory()
    for channel in channels:
        publisher.create_channel(channel)


@cache
def _made(at: datetime, channels: tuple[str, ...]) -> Path:
    folder = Path(mkdtemp())
    atexit.register(rmtree, folder, ignore_errors=True)
    found(Publisher(folder / "repo", folder / "keys", _Standing(at)), *channels)
    return folder


class _Standing:
    """ports.Clock of that moment."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at
