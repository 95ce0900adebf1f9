"""A bundle onto a stick (places: where; wire.listing: the listing; loading: what).

1. Before anything is written it is known that everything fits, with `limits.stick_room_bytes_min` to spare.
2. Every file is written and synced, then every folder, then all of it is read back from the stick: what a worn or a
   counterfeit one has lost is found here, not in the village.
3. Then the listing is written, and with it the bundle is there. Only then older bundles of this county go, the listing
   first; another county's bundles and everything else on the stick stay.
4. What an earlier attempt left unfinished is cleared away first. One that fails clears up after itself, if it can.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from content_sync.bundle import places
from content_sync.bundle.loading import Load, load
from content_sync.domain import limits
from content_sync.domain.errors import GongkailanError, Refused, Unverified
from content_sync.domain.ids import directory_channel, fingerprint
from content_sync.net.stick import StickFolder
from content_sync.trust.state import State
from content_sync.wire.listing import Listed, Listing, is_safe, listing_bytes

Report = Callable[[str, int, int], None]
_block_bytes_max = 65_536  # FAT32's largest; a network folder may name a far larger one


@dataclass(frozen=True)
class Written:
    """A finished bundle: its folder's name, how many files of how many bytes, and the state of each repository."""

    name: str
    files: int
    bytes: int
    states: dict[str, State]


def write_bundle(
    out: Path, repo: Path, channels: Sequence[str], made: datetime, report: Report, *, texts_only: bool = False
) -> Written:
    """Write the directory and these channels of the tree `repo` onto the stick mounted at `out`.

    `texts_only` leaves attached files out. `report` hears what is being done, bytes done and bytes in all. Raises
    Refused when the stick is not there, full or read-only, Unreachable when it fails, Broken when the tree is damaged.
    """
    reload = partial(_loaded, texts_only=texts_only)
    loads = {name: reload(repo / name) for name in (directory_channel, *channels)}
    county = fingerprint((repo / directory_channel / "metadata" / "1.root.json").read_bytes())
    _check_loads(loads)
    with closing(StickFolder.at(out)) as stick:
        _check_room(stick, loads)  # rule 1
        with closing(stick.made(places.folder_name)) as base, base.alone():
            stick.settle()
            before = places.bundles(base, county)
            number = 1 + max(map(places.number_of, before), default=0)
            for name in before:
                if not _has_listing(base, name):
                    base.remove_tree(name)  # rule 4
            return _Bundle(base, places.bundle_name(county, number), report, reload).write(loads, made, county)


class _Bundle:
    """One bundle while it is written."""

    def __init__(self, base: StickFolder, name: str, report: Report, reload: Callable[[Path], Load]) -> None:
        self._base, self._name, self._report, self._reload = base, name, report, reload
        self._done = self._all = 0

    def write(self, loads: dict[str, Load], made: datetime, county: str) -> Written:
        try:
            with closing(self._base.made(self._name)) as folder:
                with closing(folder.made(places.tree_name)) as tree:
                    self._all = sum(sum(one.files.values()) for one in loads.values())
                    files = [listed for name in loads for listed in self._channel(tree, name, loads)]
                    tree.settle()
                    folder.settle()
                    self._base.settle()
                    self._check(tree, files)
                listing = Listing(made.isoformat(timespec="seconds"), county, tuple(files))
                folder.write(places.listing_name, listing_bytes(listing))  # rule 3
        except BaseException:
            with suppress(GongkailanError, OSError):
                self._base.remove_tree(self._name)  # rule 4
            raise
        self._drop_older(county)
        size = sum(one.length for one in files)
        return Written(self._name, len(files), size, {name: one.state for name, one in loads.items()})

    def _channel(self, tree: StickFolder, name: str, loads: dict[str, Load]) -> list[Listed]:
        before = self._done
        for _ in range(limits.bundle_tries_max):
            self._done = before
            try:
                with closing(tree.made(name)) as folder:
                    listed = list(self._copied(folder, name, loads[name]))
                    folder.settle()
                    return listed
            except FileNotFoundError:  # loading rule 3
                tree.remove_tree(name)
                loads[name] = self._reload(loads[name].folder)
        raise _busy(name)

    def _copied(self, folder: StickFolder, channel: str, found: Load) -> Iterator[Listed]:
        for kind in sorted({path.split("/")[0] for path in found.files}):
            with closing(folder.made(kind)) as place:
                for path in (path for path in found.files if path.startswith(f"{kind}/")):
                    digest = hashlib.sha256()
                    place.put(path.removeprefix(f"{kind}/"), self._counted(found.pieces(path), digest.update))
                    yield Listed(f"{channel}/{path}", found.files[path], digest.hexdigest())
                place.settle()

    def _check(self, tree: StickFolder, files: list[Listed]) -> None:
        """Rule 2: ask the stick for everything again."""
        self._done, self._all = 0, sum(one.length for one in files)
        for one in files:
            channel, kind, name = one.path.split("/")
            digest = hashlib.sha256()
            with closing(tree.sub(channel)) as folder, closing(folder.sub(kind)) as place:
                for _ in self._counted(
                    place.stream(name, one.length, afresh=True), digest.update, "checked on the stick"
                ):
                    pass
            if digest.hexdigest() != one.sha256:
                raise Unverified(f"{tree.shown} does not give back what was written on it; take another stick.")

    def _counted(
        self, pieces: Iterator[bytes], tell: Callable[[bytes], None], what: str = "written to the stick"
    ) -> Iterator[bytes]:
        for data in pieces:
            tell(data)
            yield data
            self._done += len(data)
            self._report(what, self._done, self._all)

    def _drop_older(self, county: str) -> None:
        for name in places.bundles(self._base, county):
            if name != self._name:
                with closing(self._base.sub(name)) as folder:
                    folder.remove(places.listing_name)
                    folder.settle()
                self._base.remove_tree(name)
        self._base.settle()


def _loaded(folder: Path, *, texts_only: bool) -> Load:
    for _ in range(limits.bundle_tries_max):
        with suppress(FileNotFoundError):
            return load(folder, texts_only=texts_only)
    raise _busy(folder.name)


def _busy(channel: str) -> Refused:
    return Refused(f"{channel} is being published again and again, or its tree lacks files; try again, or run check.")


def _has_listing(base: StickFolder, name: str) -> bool:
    with closing(base.sub(name)) as folder:
        return places.listing_name in folder.names()


def _check_loads(loads: dict[str, Load]) -> None:
    sizes = [size for found in loads.values() for size in found.files.values()]
    if len(sizes) > limits.bundle_files_max or sum(sizes) > limits.bundle_bytes_max:
        raise Refused(
            f"These are {len(sizes)} files of {sum(sizes) // 1_000_000} MB; a bundle has at most "
            f"{limits.bundle_files_max} of {limits.bundle_bytes_max // 1_000_000} MB. Take fewer channels, or leave "
            "attached files out (--texts-only)."
        )
    for channel, found in loads.items():
        if bad := next((path for path in found.files if not is_safe(f"{channel}/{path}")), None):
            raise Refused(f"{channel}/{bad} is no name that every stick and system can hold; leave {channel} out.")


def _check_room(stick: StickFolder, loads: dict[str, Load]) -> None:
    free, block = stick.room()
    block = min(block, _block_bytes_max)
    sizes = [size for one in loads.values() for size in one.files.values()]
    needed = sum(-(-size // block) * block for size in sizes) + len(loads) * 5 * block + limits.stick_room_bytes_min
    if free < needed:
        raise Refused(
            f"{stick.shown} has {free // 1_000_000} MB free and {-(-needed // 1_000_000)} MB are needed; free some "
            "space on the stick, take another one, or leave attached files out (--texts-only). Nothing was written."
        )
