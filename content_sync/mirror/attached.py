"""Attached files of a mirrored channel: what its texts name, after the texts.

1. Which files there are is read from the packs that are here already (wire.attachments). Texts wait for no file:
   readers see them first, and ask again for what they do not find.
2. A file is taken in when it is the named one; one that cannot be had stops no other, and is told.
3. What the newest texts do not name is removed. Files of withdrawn items go before the withdrawal is told; where it
   cannot be said any more which those are, all go, and those that are still named are fetched again.
4. An edition whose files are all here is not looked at again, but by a thorough look.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from content_sync import durable
from content_sync.current import bodies_in, edition_in
from content_sync.domain.disclosure.attachments import Blob
from content_sync.domain.errors import GongkailanError, Unreachable
from content_sync.mirror.folder import MirrorFolder
from content_sync.pull.named import blob_of, missing
from content_sync.pull.spool import Spool
from content_sync.trust.tree import Tree
from content_sync.wire.attachments import named_blobs


@dataclass(frozen=True)
class MirroredFiles:
    """The files of one channel; `mark` notes the edition whose files are all here."""

    channel: str
    folder: MirrorFolder
    spool: Spool
    mark: Path

    def take(self, *, thorough: bool) -> None:
        """Bring the files of the edition that readers see. Raises what the first file failed by, after the others."""
        tree = Tree(self.folder.folder)
        if not tree.exists():
            return
        root = edition_in(tree).root
        if not thorough and self.mark.exists() and self.mark.read_text() == root:  # rule 4
            return
        named = named_blobs(bodies_in(tree).values())
        hashes = {one.sha256 for one in named}
        self.folder.drop_blobs(hashes)
        self.spool.keep(self.channel, hashes)
        fault: GongkailanError | None = None
        for one in named:
            try:
                self._bring(one, thorough=thorough)
            except Unreachable:
                raise
            except GongkailanError as error:
                fault = fault or error
        if fault is not None:
            raise fault
        durable.write(self.mark, root.encode())

    def _bring(self, blob: Blob, *, thorough: bool) -> None:
        path, named = f"blobs/{blob.sha256}", blob_of(self.channel, blob)
        if self.folder.has(path, blob.length, blob.sha256, thorough=thorough):
            return
        try:
            self.folder.take_in(path, self.spool.take(named))
        except FileNotFoundError as error:
            raise missing(named) from error


def hide(folder: MirrorFolder, withdrawn: Collection[str]) -> None:
    """Remove the files that only withdrawn items of the state before name (rule 3)."""
    try:
        bodies = bodies_in(Tree(folder.folder))
    except (GongkailanError, OSError):
        bodies = {}
    left = named_blobs(body for item, body in bodies.items() if item not in withdrawn)
    folder.drop_blobs({one.sha256 for one in left})
