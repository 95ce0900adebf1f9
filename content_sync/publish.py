"""Published items → signed tree (ARCHITECTURE.md §6).

1. An edition is published whole: its packs, its manifest and the withdrawn ids are written before the metadata that
   names them, the timestamp last. Publishing the same edition again changes nothing, so a cut caller may repeat.
2. The number of an edition is the one after the last; a withdrawn id never comes back.
3. First only the delta of one step is made, so that a change is out at once; whoever holds nothing goes from the last
   base pack over the ways that were made before. Where there is no such way, a base pack is made in a hurry.
4. A withdrawal drops every file that may hold the text, the base pack and all deltas, and makes a new base at once.
   Otherwise what the edition before named stays for readers that are half-way.
5. Afterwards `complete` makes what takes time: merged deltas from the editions that devices may still hold, and a dense
   base pack when there is only a hasty one, or the way from the last one has become longer than
   `limits.base_way_percent_max` of it.
6. One process publishes a channel at a time (a lock file beside its keys).
7. The directory repository holds each channel's first root and the county; devices pin its first root.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from content_sync.current import (
    catchup_target,
    edition_in,
    edition_target,
    is_complete,
    manifest_in,
    named_in,
    packs_named,
    withdrawn_in,
)
from content_sync.domain import limits
from content_sync.domain.county import County
from content_sync.domain.edition import Edition, root_of
from content_sync.domain.errors import Broken, Refused
from content_sync.domain.ids import checked_id, directory_channel
from content_sync.packs import Packs, Past, nothing_known
from content_sync.ports import Clock
from content_sync.trust.lock import alone
from content_sync.trust.signing import Repository, Target
from content_sync.wire import canonical
from content_sync.wire.county import county_bytes
from content_sync.wire.editions import Manifest, edition_custom, manifest_bytes
from content_sync.wire.routes import cheapest

county_target = "county.json"
records_target = "records.key"


@dataclass(frozen=True)
class Published:
    """A finished publication; `bytes` is what a device one edition behind fetches of it, `time` an ISO instant."""

    channel: str
    number: int
    items: int
    bytes: int
    root: str
    time: str


class Publisher:
    """Publishes into the tree `repo` with the keys in `keys`."""

    def __init__(self, repo: Path, keys: Path, clock: Clock) -> None:
        self.repo, self.keys, self.clock = repo, keys, clock

    def create_directory(self) -> None:
        """Make the directory repository; does nothing when there is one."""
        with self._locked(directory_channel) as directory:
            if not directory.exists():
                directory.create(self.clock.now(), {}, None)

    def directory_root(self) -> bytes:
        """The directory's first root, as devices pin it."""
        return self._repository(directory_channel).first_root()

    def fingerprint(self) -> bytes:
        """What an enrolment code carries of the directory's first root."""
        return hashlib.sha256(self.directory_root()).digest()[: limits.fingerprint_bytes]

    def create_channel(self, channel: str) -> None:
        """Make a channel's keys, its repository with edition 0, and its entry in the directory, where that is ours."""
        checked_id(channel, "channel")
        with self._locked(channel) as repository:
            if not repository.exists():
                edition = _edition_of(channel, 0, {}, self.clock.now())
                manifest = Manifest(self._packs(channel).base(0, {}))
                repository.create(self.clock.now(), {edition_target: _target(edition, manifest)}, b"[]")
            root = repository.first_root()
        if not (self.keys / directory_channel).is_dir():
            return  # a relay's own channel: whoever signs the directory adopts it
        with self._locked(directory_channel) as directory:
            if directory.read(f"{channel}.root.json") != root:
                directory.put(self.clock.now(), {f"{channel}.root.json": Target(root)})

    def put_county(self, county: County) -> None:
        """Publish the county facts in the directory."""
        with self._locked(directory_channel) as directory:
            directory.put(self.clock.now(), {county_target: Target(county_bytes(county))})

    def tells(self, county: County) -> bool:
        """Whether the directory says exactly this of the county."""
        return self._repository(directory_channel).read(county_target) == county_bytes(county)

    def publish(
        self,
        channel: str,
        number: int,
        bodies: Mapping[str, bytes],
        withdrawn: Sequence[str],
        past: Past = nothing_known,
    ) -> Published:
        """Publish edition `number` with exactly these bodies; `withdrawn` adds to what was withdrawn before."""
        with self._locked(channel) as repository:
            held, now = edition_in(repository.tree), self.clock.now()
            edition = _edition_of(channel, number, bodies, now)
            if number == held.number > 0 and edition.root == held.root:  # rule 1: done, but the caller was cut off
                return _published(repository, held)
            if number != held.number + 1:  # rule 2
                raise Refused(
                    f"{channel} is at edition {held.number}; the next one is {held.number + 1}, not {number}."
                )
            before = withdrawn_in(repository.tree)
            hidden = sorted(before | set(withdrawn))
            if back := sorted(set(hidden) & bodies.keys()):
                raise Refused(f"{channel} withdrew {', '.join(back)}; publish the text under a new id.")
            packs, clean = self._packs(channel), set(hidden) == before and not _holds(past, held.number, hidden)
            known = named_in(repository.tree, held.number) if clean and held.number else None
            manifest = packs.step(edition, bodies, past, known)
            drop = () if clean else (catchup_target,)  # rule 4
            repository.put(now, {edition_target: _target(edition, manifest)}, canonical.dump(hidden), drop)
            packs.prune(packs_named(repository.tree, before=clean))
        return _published(repository, edition)

    def complete(self, channel: str, bodies: Mapping[str, bytes], past: Past, starts: Collection[int]) -> bool:
        """Make what takes time (rule 5); False when there is nothing to do, or another edition came meanwhile.

        `starts` are the editions from which devices may come. The channel is not held while the files are made: a
        withdrawal waits for nobody. But only one process makes them at a time.
        """
        with alone(self.keys / channel, "completing"):
            return self._complete(channel, bodies, past, starts)

    def _complete(self, channel: str, bodies: Mapping[str, bytes], past: Past, starts: Collection[int]) -> bool:
        repository, packs = self._repository(channel), self._packs(channel)
        edition = edition_in(repository.tree)
        if is_complete(repository.tree) or not repository.can_sign_targets():  # content_sync.waiting makes all at once
            return False
        if root_of(bodies) != edition.root:
            raise Broken(f"{channel}: the texts given are not those of edition {edition.number}; restore a backup.")
        try:
            manifest, catchup = packs.ways(edition, bodies, past, starts, manifest_in(repository.tree, edition.number))
        except FileNotFoundError:  # another edition came and took away what was being made
            return False
        with self._locked(channel) as repository:
            if current := edition_in(repository.tree) == edition:
                made = {edition_target: _target(edition, manifest), catchup_target: Target(manifest_bytes(catchup))}
                repository.put(self.clock.now(), made)
            packs.prune(packs_named(repository.tree, before=current))
        return current

    def is_complete(self, channel: str) -> bool:
        """Whether nothing is left to `complete`."""
        return is_complete(self._repository(channel).tree)

    def newest(self, channel: str) -> Published:
        """The edition the tree holds now; number 0 after `create_channel`. Raises Broken without a channel."""
        repository = self._repository(channel)
        return _published(repository, edition_in(repository.tree))

    def put_records_key(self, public: bytes) -> None:
        """Publish in the directory for whom records on sticks are sealed; does nothing when it stands there already."""
        with self._locked(directory_channel) as directory:
            if directory.read(records_target) != public:
                directory.put(self.clock.now(), {records_target: Target(public)})

    def resign(self, *, hours: float = limits.refresh_hours_max, only: Collection[str] | None = None) -> list[str]:
        """Sign anew what is ours and more than `hours` old, or signed by a clock ahead; returns the names."""
        done, now = [], self.clock.now()
        age = timedelta(hours=hours)
        found = sorted(path.name for path in self.repo.iterdir() if (self.keys / path.name).is_dir())  # not mirrored
        for channel in (name for name in found if only is None or name in only):
            with self._locked(channel) as repository:
                if repository.exists() and repository.can_sign() and not timedelta() <= now - repository.as_of() <= age:
                    repository.resign(now)
                    done.append(channel)
        return done

    def _packs(self, channel: str) -> Packs:
        return Packs(channel, self.repo / channel / "packs")

    def _repository(self, channel: str) -> Repository:
        return Repository(self.repo / channel, self.keys / channel)

    @contextmanager
    def _locked(self, channel: str) -> Iterator[Repository]:
        """Rule 6."""
        with alone(self.keys / channel):
            yield self._repository(channel)


def _edition_of(channel: str, number: int, bodies: Mapping[str, bytes], now: datetime) -> Edition:
    return Edition(channel, number, now.isoformat(timespec="seconds"), len(bodies), root_of(bodies))


def _holds(past: Past, number: int, hidden: Collection[str]) -> bool:
    """Whether a hidden item leaves with this edition: it was withdrawn while no edition could be signed."""
    was = past(number) if number else None
    return was is not None and any(was.get(item) is not None for item in hidden)


def _target(edition: Edition, manifest: Manifest) -> Target:
    return Target(manifest_bytes(manifest), edition_custom(edition))


def _published(repository: Repository, held: Edition) -> Published:
    manifest = manifest_in(repository.tree, held.number)
    way = cheapest(held.number - 1, manifest.base, manifest.deltas, held.number)
    length = way.bytes if way else manifest.base.length
    return Published(held.channel, held.number, held.items, length, held.root, held.time)
