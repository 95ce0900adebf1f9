"""Attached files of published texts: in the tree before an edition names them, gone with the last text that does.

1. A withdrawal removes them before it is signed, and waits for no file: what can be had is brought, what cannot is left
   to `check`. Any other edition is not signed before every file is in the tree, hashed on its way there.
2. What an edition names no more is removed when it is visible; after a crash by whoever finishes the edition.
3. The private file stays: the submitted version that names it is the archive. Nobody is given it any more.
"""

from collections.abc import Mapping
from contextlib import suppress

from content_sync.blobs import PublishedBlobs
from content_sync.domain.errors import Refused
from content_sync.wire.attachments import named_blobs
from display_server.config import Config


def prepare(config: Config, channel_id: str, bodies: Mapping[str, bytes], *, withdrawing: bool) -> None:
    """Make the tree ready for an edition with these bodies (rule 1). Raises Refused when a file is not to be had."""
    tree, named = _tree(config, channel_id), named_blobs(bodies.values())
    if not withdrawing:
        tree.bring(named, config.blobs.joinpath)
        return
    tree.prune(named)
    with suppress(Refused):
        tree.bring(named, config.blobs.joinpath)


def prune(config: Config, channel_id: str, bodies: Mapping[str, bytes]) -> None:
    """Remove what these bodies do not name (rule 2)."""
    _tree(config, channel_id).prune(named_blobs(bodies.values()))


def _tree(config: Config, channel_id: str) -> PublishedBlobs:
    return PublishedBlobs(channel_id, config.repo / channel_id / "blobs")
