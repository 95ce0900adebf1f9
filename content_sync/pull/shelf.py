"""What a device has of the attached files now, and what it lets go (domain.holding; the files: storage.blobs).

1. The room is the budget, and less when the disk would keep less than `limits.blob_free_bytes_min` free. What is on its
   way is bounded by its spool and not counted here: nothing leaves for what may never come.
2. A file stands in its place before it is asked whether an item still names it: a withdrawal that is obeyed meanwhile
   finds it there, or is found here.
3. What no held item names leaves when every followed channel is held: in a store that is being built anew it is not
   known yet what they name. (Files of withdrawn items went with them: storage.content_attached.)
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from pathlib import Path

from content_sync.domain.disclosure.attachments import Blob
from content_sync.domain.holding import Needed, Wishes, lacking, leaving, order, room, shown
from content_sync.storage.blobs import BlobFolder, overwrite
from content_sync.storage.content import ContentStore


class Shelf:
    """The files of a device as its store names them at `now`; `free` gives the bytes free on the disk."""

    def __init__(
        self,
        files: BlobFolder,
        store: ContentStore,
        wishes: Wishes,
        now: datetime,
        budget: int,
        free: Callable[[], int],
    ) -> None:
        self._files, self._store, self._budget, self._free = files, store, budget, free
        self._needed, self._on_screen, self._held = order(store.uses(), wishes, now), shown(wishes), files.held()

    def lacking(self) -> tuple[Needed, ...]:
        """What is to be fetched, in order."""
        return lacking(self._needed, self._held, self._on_screen, self._room())

    def counts(self) -> dict[str, int]:
        """How many files items name, how many are here with how many bytes, and how many are to be fetched."""
        size = sum(self._held.values())
        return {"named": len(self._needed), "held": len(self._held), "bytes": size, "wanted": len(self.lacking())}

    def tidy(self) -> None:
        """Let go what is not whole, what no item names (rule 3) and what the room does not allow any more."""
        named = {one.blob.sha256 for one in self._needed}
        whole = {one.blob.sha256 for one in self._needed if self._held.get(one.blob.sha256) == one.blob.length}
        self._remove(self._held.keys() & named - whole, self._files.drop)
        if all(one.root for one in self._store.held().values()):
            self._remove(self._held.keys() - named, self._files.wipe)
        self._remove(leaving(self._needed, self._held, self._on_screen, self._room()) or (), self._files.drop)

    def clear_spool(self, wanted: Collection[str]) -> None:
        """Let go what was begun and is not wanted any more."""
        for part in self._files.coming.glob("*/*"):
            if part.name.split(".")[0] not in wanted:
                overwrite(part)
                part.unlink(missing_ok=True)

    def put(self, arrived: Path, blob: Blob) -> bool:
        """Give a verified file its place; False when there is none for it, or no item names it any more (rule 2)."""
        gone = leaving(self._needed, self._held, self._on_screen, self._room(), blob)
        if gone is None:
            return False
        self._remove(gone, self._files.drop)
        self._files.take_in(arrived, blob)
        self._held[blob.sha256] = blob.length
        if self._store.names_blob(blob.sha256):
            return True
        self._remove([blob.sha256], self._files.wipe)
        return False

    def _room(self) -> int:
        return room(self._held, self._free(), self._budget)

    def _remove(self, names: Iterable[str], how: Callable[[str], None]) -> None:
        for name in list(names):
            how(name)
            del self._held[name]
        self._files.settle()
