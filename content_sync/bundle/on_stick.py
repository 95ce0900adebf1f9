"""The attached files of a bundle where they lie: they are not spooled with the texts, but fetched one by one by need.

Each is copied, verified by its hash and only then used (pull.blobs), as from the network. What the listing does not
name is not there.
"""

from collections.abc import Collection, Iterator
from contextlib import closing

from content_sync.bundle import places
from content_sync.domain.errors import Unverified
from content_sync.net.paths import parts_of
from content_sync.net.stick import StickFolder
from content_sync.wire.listing import Listing


class OnStick:
    """ports.Fetcher over the tree of one bundle, for files whose length is known."""

    def __init__(self, base: StickFolder, bundle: str, listing: Listing) -> None:
        self._base, self._bundle = base, bundle
        self._lengths = {one.path: one.length for one in listing.files}

    def has_files(self, channels: Collection[str]) -> bool:
        """Whether the bundle holds attached files of any of these channels."""
        parts = (path.split("/") for path in self._lengths)
        return any(part[0] in channels and part[1] == places.blobs_name for part in parts)

    def fetch(self, path: str, bytes_max: int) -> bytes:
        """The whole file at `path`."""
        return b"".join(self.stream(path, 0, bytes_max))

    def stream(self, path: str, start: int, bytes_max: int) -> Iterator[bytes]:
        """The file at `path` from `start` on. Raises Unreachable when the stick was pulled out."""
        channel, kind, name = parts_of(path)
        length = self._lengths.get(path)
        if length is None:
            raise FileNotFoundError(path)
        if length > bytes_max:
            raise Unverified(f"{path} is longer than the {bytes_max} bytes it may have.")
        with (
            closing(self._base.sub(self._bundle)) as bundle,
            closing(bundle.sub(places.tree_name)) as tree,
            closing(tree.sub(channel)) as repository,
            closing(repository.sub(kind)) as place,
        ):
            yield from place.stream(name, length, start)
