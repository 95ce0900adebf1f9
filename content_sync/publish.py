"""Published items → signed tree (ARCHITECTURE.md §6).

1. An edition is published whole: its pack, its manifest and the withdrawn ids are written before the metadata that
   names them, the timestamp last. Publishing the same edition again changes nothing, so a cut caller may repeat.
2. The number of an edition is the one after the last; a withdrawn id never comes back.
3. A pack that holds withdrawn text is deleted with the publication that withdraws it; otherwise the pack before the
   current one stays for readers that are half-way.
4. One process publishes a channel at a time (a lock file beside its keys).
5. The directory repository holds each channel's first root and the county; devices pin its first root.
"""

import fcntl
import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from content_sync import durable
from content_sync.domain import limits
from content_sync.domain.county import County
from content_sync.domain.edition import Edition, root_of
from content_sync.domain.errors import Broken, Refused
from content_sync.domain.ids import checked_id, directory_channel
from content_sync.ports import Clock
from content_sync.trust.signing import Repository, Target, withdrawn_target
from content_sync.wire import canonical
from content_sync.wire.county import county_bytes
from content_sync.wire.editions import edition_custom, manifest_bytes, pack_items, parse_custom, parse_manifest

edition_target = "edition"
county_target = "county.json"
records_target = "records.key"


@dataclass(frozen=True)
class Published:
    """A finished publication; `bytes` is the length of its pack, `time` an ISO instant."""

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
        """Make a channel's keys, its repository with edition 0, and its entry in the directory."""
        checked_id(channel, "channel")
        with self._locked(channel) as repository:
            if not repository.exists():
                now = self.clock.now()
                _, target, _ = self._written(channel, 0, {}, now)
                repository.create(now, {edition_target: target}, canonical.dump([]))
            root = repository.first_root()
        with self._locked(directory_channel) as directory:
            if directory.read(f"{channel}.root.json") != root:
                directory.put(self.clock.now(), {f"{channel}.root.json": Target(root)})

    def put_county(self, county: County) -> None:
        """Publish the county facts in the directory."""
        with self._locked(directory_channel) as directory:
            directory.put(self.clock.now(), {county_target: Target(county_bytes(county))})

    def publish(self, channel: str, number: int, bodies: Mapping[str, bytes], withdrawn: Sequence[str]) -> Published:
        """Publish edition `number` with exactly these bodies; `withdrawn` adds to what was withdrawn before."""
        with self._locked(channel) as repository:
            held = _edition(repository, channel)
            if number == held.number > 0 and root_of(bodies) == held.root:  # rule 1: done, but the caller was cut off
                return _published(repository, held)
            if number != held.number + 1:  # rule 2
                raise Refused(
                    f"{channel} is at edition {held.number}; the next one is {held.number + 1}, not {number}."
                )
            before = withdrawn_ids(repository)
            hidden = sorted(before | set(withdrawn))
            if back := sorted(set(hidden) & bodies.keys()):
                raise Refused(f"{channel} withdrew {', '.join(back)}; publish the text under a new id.")
            old, now = _pack_name(repository), self.clock.now()
            edition, target, length = self._written(channel, number, bodies, now)
            repository.put(now, {edition_target: target}, canonical.dump(hidden))
            keep = {_pack_name(repository), old if set(hidden) == before else ""}  # rule 3
            for path in (self.repo / channel / "packs").iterdir():
                if path.name not in keep:
                    path.unlink()
        return Published(channel, number, edition.items, length, edition.root, edition.time)

    def newest(self, channel: str) -> Published:
        """The edition the tree holds now; number 0 after `create_channel`. Raises Broken without a channel."""
        repository = self._repository(channel)
        return _published(repository, _edition(repository, channel))

    def put_records_key(self, public: bytes) -> None:
        """Publish in the directory for whom records on sticks are sealed; does nothing when it stands there already."""
        with self._locked(directory_channel) as directory:
            if directory.read(records_target) != public:
                directory.put(self.clock.now(), {records_target: Target(public)})

    def resign(self, *, hours: float = limits.refresh_hours_max, only: Collection[str] | None = None) -> list[str]:
        """Sign anew what is ours and more than `hours` old, or signed by a clock ahead; returns the names."""
        done, now = [], self.clock.now()
        age = timedelta(hours=hours)
        found = sorted(path.name for path in self.repo.iterdir() if (path / "metadata").is_dir())
        for channel in (name for name in found if only is None or name in only):
            with self._locked(channel) as repository:
                if repository.exists() and repository.can_sign() and not timedelta() <= now - repository.as_of() <= age:
                    repository.resign(now)
                    done.append(channel)
        return done

    def _written(
        self, channel: str, number: int, bodies: Mapping[str, bytes], now: datetime
    ) -> tuple[Edition, Target, int]:
        pack, data = pack_items(bodies)
        if pack.length > limits.pack_bytes_max or len(bodies) > limits.edition_items_max:
            raise Refused(f"{channel} is too large for one edition; split it into two channels.")
        durable.write(self.repo / channel / "packs" / f"{pack.sha256}.zst", data)
        edition = Edition(channel, number, now.isoformat(timespec="seconds"), len(bodies), root_of(bodies))
        return edition, Target(manifest_bytes(pack), edition_custom(edition)), pack.length

    def _repository(self, channel: str) -> Repository:
        return Repository(self.repo / channel, self.keys / channel)

    @contextmanager
    def _locked(self, channel: str) -> Iterator[Repository]:
        """Rule 4."""
        folder = self.keys / channel
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield self._repository(channel)


def withdrawn_ids(repository: Repository) -> set[str]:
    """Every id the channel ever withdrew."""
    return set(canonical.load(repository.read(withdrawn_target) or b"[]", withdrawn_target))


def _edition(repository: Repository, channel: str) -> Edition:
    custom = repository.custom(edition_target)
    if custom is None:
        raise Broken(f"{channel} has no repository; create the channel first.")
    return parse_custom(channel, dict(custom))


def _published(repository: Repository, held: Edition) -> Published:
    pack = parse_manifest(repository.read(edition_target) or b"")
    return Published(held.channel, held.number, held.items, pack.length, held.root, held.time)


def _pack_name(repository: Repository) -> str:
    return f"{parse_manifest(repository.read(edition_target) or b'').sha256}.zst"
