"""The published tree as a device that meets it for the first time would judge it.

1. The directory is trusted from its own first root, each channel from the first root that the directory names.
2. All current metadata is verified and every current target is read whole; what nothing current names harms no device.
3. One fault a repository: a device stops there too.
4. A channel that stands `alone`, a relay's own one before the county adopts it, may be missing in the directory.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from content_sync.domain import limits
from content_sync.domain.errors import GongkailanError
from content_sync.domain.ids import directory_channel
from content_sync.net.folder import FolderFetcher


def tree_faults(repo: Path, channels: Sequence[str], now: datetime, alone: Sequence[str] = ()) -> Iterator[str]:
    """A sentence for each repository of `repo` that devices would refuse at `now`."""
    from content_sync.publish import county_target, edition_target, records_target
    from content_sync.trust.signing import withdrawn_target

    with TemporaryDirectory() as folder:
        kept, root = Path(folder), repo / directory_channel / "metadata" / "1.root.json"
        try:
            roots = [f"{channel}.root.json" for channel in channels]
            names = [*roots, county_target, records_target]
            first = _targets(repo, kept, directory_channel, root.read_bytes(), names, now)
        except (GongkailanError, OSError) as error:
            yield f"Devices would refuse the directory: {error}"
            return
        for channel, name in zip(channels, roots, strict=True):  # rule 1
            try:
                root = repo / channel / "metadata" / "1.root.json"
                named = first.get(name, root.read_bytes()) if channel in alone else first[name]  # rule 4
                if root.read_bytes() != named:
                    yield f"Channel {channel}: its first root is not the one that the directory names."
                _targets(repo, kept, channel, named, [edition_target, withdrawn_target], now)
            except (GongkailanError, OSError, KeyError) as error:
                yield f"Devices would refuse channel {channel}: {error}"


def _targets(
    repo: Path, kept: Path, channel: str, root: bytes, names: Sequence[str], now: datetime
) -> dict[str, bytes]:
    """The verified bytes of those of the named targets that there are (rule 2)."""
    from content_sync.trust.verifying import pin, refreshed

    pin(kept / channel, root)
    with refreshed(kept / channel, channel, FolderFetcher(repo), now) as trusted:
        found = {name: trusted.find(name) for name in names}
        return {name: trusted.read(one, limits.directory_bytes_max) for name, one in found.items() if one is not None}
