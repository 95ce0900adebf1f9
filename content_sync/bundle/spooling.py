"""From the stick into a local spool: copied, checked, and only then looked at (SYNC pitfall: never run from the stick).

1. Only what the listing names and the device follows is read; a file is opened only when it has the listed length.
2. One wrong byte, one missing file: the whole repository is refused, and none of it stays in the spool.
3. Attached files are checked like the others, but not copied: which of them the device needs and has room for, its
   texts say later, and then each comes by itself (bundle.on_stick).
4. Before the first byte it is known that the copy fits and `limits.spool_room_bytes_min` stay free.
5. The spool is for one import: whatever an earlier one left is removed first, and this one's at the end.
"""

import hashlib
import shutil
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from content_sync.bundle import places
from content_sync.domain import limits
from content_sync.domain.errors import Broken, Refused, Unreachable, Unverified
from content_sync.net.stick import StickFolder
from content_sync.wire.listing import Listed, Listing

Report = Callable[[str, int, int], None]


class Spool:
    """The local copy, in `folder`; `report` hears what is being done, bytes done and bytes in all."""

    def __init__(self, folder: Path, report: Report, free: Callable[[Path], int]) -> None:
        self.folder, self._report, self._free = folder, report, free
        self._done = self._all = 0

    def clear(self) -> None:
        """Remove everything (rule 5)."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def take(self, base: StickFolder, bundle: str, listing: Listing, names: Sequence[str]) -> dict[str, str]:
        """Copy these repositories of a bundle; returns why each damaged one was refused.

        Raises Broken when this device has no room.
        """
        self.clear()
        refused: dict[str, str] = {}
        wanted = [one for name in names for one in listing.of(name)]
        self._done, self._all = 0, sum(one.length for one in wanted)
        self._check_room(sum(one.length for one in wanted if not _stays(one)))
        for name in names:
            begun, files = self._done, listing.of(name)
            try:
                with closing(base.sub(bundle)) as folder, closing(folder.sub(places.tree_name)) as tree:
                    self._repository(tree, name, files)
            except (Refused, Unverified, Unreachable, FileNotFoundError) as error:
                refused[name] = _sentence(name, error)
                shutil.rmtree(self.folder / name, ignore_errors=True)  # rule 2
                self._done = begun + sum(one.length for one in files)
        return refused

    def _repository(self, tree: StickFolder, name: str, files: Sequence[Listed]) -> None:
        with closing(tree.sub(name)) as folder:
            for kind in sorted({one.path.split("/")[1] for one in files}):
                with _on_this_device():
                    (self.folder / name / kind).mkdir(parents=True, exist_ok=True)
                with closing(folder.sub(kind)) as place:
                    for one in files:
                        if one.path.startswith(f"{name}/{kind}/"):
                            self._copy(place, one)

    def _copy(self, place: StickFolder, one: Listed) -> None:
        digest = hashlib.sha256()
        pieces = self._counted(place.stream(one.path.rpartition("/")[2], one.length), digest.update)
        if _stays(one):  # rule 3
            deque(pieces, maxlen=0)
        else:
            with _on_this_device(), (self.folder / one.path).open("wb") as file:
                file.writelines(pieces)
        if digest.hexdigest() != one.sha256:
            raise Unverified(f"{one.path} is damaged")

    def _counted(self, pieces: Iterator[bytes], tell: Callable[[bytes], None]) -> Iterator[bytes]:
        for data in pieces:
            tell(data)
            yield data
            self._done += len(data)
            self._report("read from the stick", self._done, self._all)

    def _check_room(self, copied: int) -> None:
        """Rule 4."""
        free, needed = self._free(self.folder.parent.parent), copied + limits.spool_room_bytes_min
        if free < needed:
            raise Broken(
                f"This device has {free // 1_000_000} MB free and {-(-needed // 1_000_000)} MB are needed to copy from "
                "the stick. Free some space; the screen keeps what it has."
            )


def _stays(one: Listed) -> bool:
    return one.path.split("/")[1] == places.blobs_name


@contextmanager
def _on_this_device() -> Iterator[None]:
    """What fails here is not the stick's fault: its own failures have a sentence already, or are FileNotFoundError."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Broken(f"The stick cannot be copied to this device ({error.strerror}); free some space.") from error


def _sentence(name: str, error: Exception) -> str:
    if isinstance(error, Unreachable):
        return f"{name}: {error} Nothing of it was taken."
    why = "a file is missing" if isinstance(error, FileNotFoundError) else str(error)
    return f"{name}: the bundle is damaged ({why}). Nothing of it was taken; have the stick written again."
