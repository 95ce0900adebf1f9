"""A larder before the tree: files that came with the news are taken from it, all others are fetched.

1. What is in the larder is verified like anything fetched; a wrong file there is refused, and the next step, which asks
   without news, fetches what the tree has. A file that is not the hash it is named by is left out from the start: a lie
   about it must not count against the tree.
2. Of a repository in the news every new root is in it, so further ones are not asked for.
3. But daily the tree itself is asked for the timestamp and the next root of each repository (`doubted`): else news that
   tells yesterday's state for ever, or leaves out a root, would be believed until that state expires.
"""

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from content_sync.domain.errors import Unverified
from content_sync.ports import Fetcher

_root = re.compile(r"([^/]+)/metadata/\d+\.root\.json")
_by_hash = re.compile(r"[^/]+/(?:targets|packs)/([0-9a-f]{64})\..+")
_first_looks = re.compile(r"([^/]+)/metadata/(?:timestamp|\d+\.root)\.json")


@dataclass
class Larder:
    """ports.Fetcher over `fetcher`, with a larder. `came` counts bytes, those of the news included."""

    fetcher: Fetcher
    came: int = 0
    _files: dict[str, bytes] = field(default_factory=dict, init=False)
    _cost: dict[str, int] = field(default_factory=dict, init=False)
    _doubted: frozenset[str] = field(default=frozenset(), init=False)

    def stock(self, files: Mapping[str, bytes], cost: int, doubted: Collection[str] = ()) -> None:
        """Fill the larder anew with files by their path, which came in `cost` bytes (rule 3: `doubted`)."""
        self._doubted = frozenset(doubted)
        self._files, whole = _sound(files), sum(map(len, files.values())) or 1
        shares: dict[str, int] = {}
        for path, data in files.items():
            name = path.split("/")[0]
            shares[name] = shares.get(name, 0) + len(data)
        self._cost = {name: round(cost * share / whole) for name, share in shares.items()}

    def holds(self, name: str) -> bool:
        """Whether the news tells of this repository."""
        return name in self._cost

    def spend(self, name: str) -> None:
        """Count what the news of a repository cost, once."""
        self.came += self._cost.get(name, 0)

    def fetch(self, path: str, bytes_max: int) -> bytes:
        """The file from the larder, else from the tree."""
        if path in self._files and not self._is_doubted(path):
            if len(self._files[path]) > bytes_max:
                raise Unverified(f"{path} is longer than the {bytes_max} bytes it may have.")
            return self._files[path]
        root = _root.fullmatch(path)
        if root is not None and self.holds(root[1]) and not self._is_doubted(path):  # rule 2
            raise FileNotFoundError(path)
        data = self.fetcher.fetch(path, bytes_max)
        self.came += len(data)
        return data

    def _is_doubted(self, path: str) -> bool:
        """Rule 3."""
        found = _first_looks.fullmatch(path)
        return found is not None and found[1] in self._doubted

    def stream(self, path: str, start: int, bytes_max: int) -> Iterator[bytes]:
        """From the tree: long files are never in the larder."""
        for data in self.fetcher.stream(path, start, bytes_max):
            self.came += len(data)
            yield data


def _sound(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Rule 1."""
    hashes = {path: found[1] for path in files if (found := _by_hash.fullmatch(path))}
    false = {path for path, sha256 in hashes.items() if hashlib.sha256(files[path]).hexdigest() != sha256}
    return {path: data for path, data in files.items() if path not in false}
