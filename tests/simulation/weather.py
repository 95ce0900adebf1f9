"""A network in every weather, over a published tree.

Fine; lost (no answer); cut (a long file breaks off, a short one never comes); old (a timestamp of some time ago is
repeated); rotten (one bit of the answer is wrong).
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from content_sync.domain.errors import Unreachable
from content_sync.net.folder import FolderFetcher
from tests.simulation.power import Power

Weather = Literal["fine", "lost", "cut", "old", "rotten"]
weathers: tuple[Weather, ...] = ("fine", "fine", "lost", "cut", "old", "rotten")


class Past:
    """Every timestamp a tree ever had."""

    def __init__(self, repo: Path) -> None:
        self._repo, self.timestamps = repo, dict[str, list[bytes]]()

    def remember(self) -> None:
        """Keep the present ones."""
        for path in self._repo.glob("*/metadata/timestamp.json"):
            known = self.timestamps.setdefault(str(path.relative_to(self._repo)), [])
            if (data := path.read_bytes()) not in known:
                known.append(data)


class Air:
    """ports.Fetcher in a weather; every now and then the weather strikes, and power may end before each answer."""

    def __init__(self, repo: Path, weather: Weather, past: Past, power: Power, chance: random.Random) -> None:
        self._inner, self._weather, self._past = FolderFetcher(repo), weather, past
        self._power, self._chance = power, chance

    def fetch(self, path: str, bytes_max: int) -> bytes:
        self._power.moment()
        if self._weather == "old" and path in self._past.timestamps:
            return self._chance.choice(self._past.timestamps[path])
        data = self._inner.fetch(path, bytes_max)
        if not self._strikes():
            return data
        if self._weather == "rotten" and data:
            at = self._chance.randrange(len(data))
            return data[:at] + bytes([data[at] ^ 1 << self._chance.randrange(8)]) + data[at + 1 :]
        raise Unreachable("nobody answers")

    def stream(self, path: str, start: int, bytes_max: int) -> Iterator[bytes]:
        whole = self.fetch(path, bytes_max)[start:]
        cut = self._chance.randrange(len(whole) + 1) if self._weather == "cut" and self._strikes() else len(whole)
        yield whole[:cut]
        if cut < len(whole):
            raise Unreachable("the line broke")

    def _strikes(self) -> bool:
        return self._weather not in ("fine", "old") and self._chance.random() < 0.4
