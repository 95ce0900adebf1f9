"""One repository, from the upstream's tree to the relay's own, unchanged.

1. Everything is verified as a device verifies it: signatures, versions, expiries, every target and every pack by its
   hash. What does not prove itself changes nothing that readers see.
2. What was verified is kept, so that nothing older is ever taken, whatever becomes of the rest.
3. A state is shown to readers when all that it names is here.
4. A withdrawal waits for nothing: packs of before go at once, small packs come along where they can be had, and the new
   state is shown before its base pack is here. A reader that holds the channel hides the item; one that holds nothing
   finds no pack and asks again, as it would with the withdrawn text gone from the old state.
5. An edition made for newer programs than this one is not shown: nobody here could say what it names. Its withdrawals
   are passed on all the same.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from content_sync.current import catchup_target, edition_target
from content_sync.domain import limits
from content_sync.domain.edition import check_reader
from content_sync.domain.errors import BadInput, GongkailanError, Unreachable, Unverified
from content_sync.mirror import attached
from content_sync.mirror.folder import MirrorFolder, Standing
from content_sync.ports import Fetcher
from content_sync.pull.clocking import Time
from content_sync.pull.fresh import newest
from content_sync.pull.named import Named, pack_of
from content_sync.pull.spool import Spool
from content_sync.trust.carrying import Carried, carried
from content_sync.trust.tree import withdrawn_target
from content_sync.trust.verifying import Trusted
from content_sync.wire import canonical
from content_sync.wire.editions import parse_catchup, parse_manifest


@dataclass(frozen=True)
class Way:
    """Where a repository comes from: its verified metadata is kept in `trust`, long files arrive in the spool."""

    name: str
    trust: Path
    fetcher: Fetcher
    spool: Spool


def take(way: Way, folder: MirrorFolder, time: Time, *, thorough: bool) -> bool:
    """Bring the folder to the upstream's newest state; whether readers see another one now.

    `thorough` hashes what is here already. Raises Unverified, Unreachable, Outdated, Broken.
    """
    before = folder.standing()
    seen = before.as_of.isoformat() if before.as_of else ""
    with newest(way.trust, way.name, way.fetcher, time, seen) as trusted:
        return _Step(way, folder, before, trusted, carried(trusted), thorough).go()


@dataclass(frozen=True)
class _Step:
    way: Way
    folder: MirrorFolder
    before: Standing
    trusted: Trusted
    state: Carried
    thorough: bool

    def go(self) -> bool:
        self.trusted.keep()  # rule 2
        texts = self._targets()
        packs, fault = self._packs(texts)
        self.way.spool.keep(self.way.name, {pack.sha256 for pack in packs})  # what was on its way and is wanted no more
        shown = self._withdrawn(packs) if self._withdraws() else False
        if fault is not None:
            raise fault
        for pack in packs:
            self._pack(pack)
        shown = self._release() or shown  # rule 3
        self.folder.prune({path for path, _ in self.state.metadata} | self.state.targets.keys() | _paths(packs))
        return shown

    def _targets(self) -> dict[str, bytes]:
        """Fetch the targets that are not here; the texts of the manifests."""
        manifests: dict[str, bytes] = {}
        for path, described in self.state.targets.items():
            data = self.folder.read(path, described.target.length, described.sha256)
            if data is None:
                data = self.trusted.read(described, limits.directory_bytes_max)
                self.folder.put(path, data)
            if described.name in (edition_target, catchup_target):
                manifests[described.name] = data
        return manifests

    def _packs(self, manifests: dict[str, bytes]) -> tuple[Sequence[Named], GongkailanError | None]:
        """The packs that the manifests name, the smallest first, or why they cannot be told (rule 5)."""
        described = next((one for one in self.state.targets.values() if one.name == edition_target), None)
        if described is None:
            return (), None  # the directory
        try:
            check_reader(self.way.name, described.custom.get("reader", 1))
            number = described.custom.get("number")
            found = list(_named(self.way.name, number if type(number) is int else 0, manifests))
        except BadInput as error:
            return (), Unverified(f"{self.way.name}: its signed manifest cannot be read: {error}")
        except GongkailanError as error:
            return (), error
        return sorted(dict.fromkeys(found), key=lambda pack: pack.length), None

    def _withdraws(self) -> bool:
        path = next((path for path, one in self.state.targets.items() if one.name == withdrawn_target), "")
        return bool(path and self.before.paths) and path not in self.before.paths

    def _withdrawn(self, packs: Sequence[Named]) -> bool:
        """Rule 4."""
        for pack in packs:
            if pack.length <= limits.mirror_hasty_bytes_max:
                with suppress(Unreachable, Unverified):
                    self._pack(pack)
        attached.hide(self.folder, self._withdrawn_ids())
        self.folder.drop_packs(_paths(packs))
        return self._release()

    def _withdrawn_ids(self) -> frozenset[str]:
        one = next(one for one in self.state.targets.values() if one.name == withdrawn_target)
        ids = canonical.load(self.trusted.read(one, limits.directory_bytes_max), withdrawn_target)
        return frozenset(part for part in ids if isinstance(part, str)) if isinstance(ids, list) else frozenset()

    def _pack(self, pack: Named) -> None:
        path = pack.path.removeprefix(f"{self.way.name}/")
        if self.folder.has(path, pack.length, pack.sha256, thorough=self.thorough):
            return
        try:
            finished = self.way.spool.take(pack)
        except FileNotFoundError as error:
            raise Unverified(
                f"{self.way.name}: the tree lacks {pack.path}, which is signed; its publisher or relay must mend it."
            ) from error
        self.folder.take_in(path, finished)

    def _release(self) -> bool:
        return self.folder.release(self.state.metadata, self.before)


def _named(channel: str, number: int, manifests: dict[str, bytes]) -> Iterator[Named]:
    manifest = parse_manifest(manifests[edition_target], number)
    yield pack_of(channel, manifest.base)
    yield from (pack_of(channel, one) for one in manifest.deltas)
    if catchup_target in manifests:
        yield from (pack_of(channel, one) for one in parse_catchup(manifests[catchup_target], number).deltas)


def _paths(packs: Sequence[Named]) -> set[str]:
    return {f"packs/{pack.path.rpartition('/')[2]}" for pack in packs}
