"""One step: ask what changed, then take it channel by channel.

1. A channel that fails changes nothing and never stops the others; why it failed stands in the store until it works.
   Only of what is merely out of reach nothing is said, until it has been so for `limits.refresh_hours_max`.
2. What the server says of changes is only a hint (pull.hints): every repository is refreshed daily whatever it says.
3. The directory comes first; it is refreshed also when a channel's root is missing.
4. Stored bodies, roots and search are checked at the first step and then daily; what is damaged is fetched again and
   indexed again. A file that is no database any more is built anew: what was withdrawn comes back with the signed
   lists, and the kept metadata still refuses everything older.
5. On a full disk the spare room of the store is given away once, because a withdrawal must find a way (storage.spare).
6. What comes by stick is taken without asking the server. A stick that fails leaves no problem behind, and one that is
   taken does not count as the daily refresh: the network is asked as before.
7. A device may know more sources of the tree than its home server: they stand in for one another (pull.sources). While
   the home server does not answer the others are asked every `limits.mirror_hours`, without any hint.
"""

import errno
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from content_sync.clock import SystemSteady
from content_sync.domain import limits
from content_sync.domain.errors import GongkailanError, Unreachable, Unverified
from content_sync.domain.ids import directory_channel
from content_sync.domain.quoting import quoted
from content_sync.ports import Clock, Fetcher, Server, Steady
from content_sync.pull.arriving import Arriving
from content_sync.pull.channel import Channel
from content_sync.pull.clocking import Time
from content_sync.pull.directory import lacking, take_directory, unknown
from content_sync.pull.hints import Changed, Hints
from content_sync.pull.larder import Larder
from content_sync.pull.outcome import Failure, Pulled, Taken
from content_sync.pull.sources import Source, Sources, home
from content_sync.pull.spool import Report, Spool, spool_name
from content_sync.pull.timekeeping import Timekeeper
from content_sync.storage.content import ContentStore, Damaged, Full
from content_sync.storage.facts import directory_fact
from content_sync.trust.verifying import held_root, held_versions, is_pinned
from content_sync.wire.news import Known

server_name = "_server"


class Puller:
    """Steps for the channels of one device folder; `ticks` are steady seconds for reports.

    `report` hears how far long files are, `set_down` may stop them (pull.spool); `mirrors` are further ways to the
    tree, by address (pull.sources).
    """

    def __init__(
        self,
        folder: Path,
        channels: Sequence[str],
        fetcher: Fetcher,
        server: Server,
        clock: Clock,
        ticks: Callable[[], float] = time.monotonic,
        report: Report = lambda _path, _done, _of: None,
        set_down: Callable[[], bool] = lambda: False,
        mirrors: Mapping[str, Fetcher] = MappingProxyType({}),
        steady: Steady | None = None,
    ) -> None:
        self._path, self._trust = folder / "content.db", folder / "trust"
        self._channels, self._ticks = tuple(channels), ticks
        self._timekeeper = Timekeeper(clock, steady or SystemSteady())
        ways = [(address, Larder(way)) for address, way in ((home, fetcher), *mirrors.items())]
        spools = [Spool(folder / spool_name, larder, report, set_down) for _, larder in ways]
        self._sources = Sources(
            *(Source(*way, Arriving(way[1], spool, ticks)) for way, spool in zip(ways, spools, strict=True))
        )
        self._larder, self._hints = ways[0][1], Hints(server)
        self._checked = datetime.min.replace(tzinfo=clock.now().tzinfo)
        self.store = self._opened()

    def step(self, *, force: bool = False) -> Pulled:
        """Take what is new. `force` believes no hint, refreshes everything and tries again what was refused."""
        if force:
            self._sources.try_all()
        return self._mending(lambda again: self._step(force=force or again))

    def take(self, channels: Sequence[str]) -> Pulled:
        """Take the directory and these channels as the fetcher has them (rule 6)."""
        return self._mending(lambda _: self._take(channels))

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def _mending(self, step: Callable[[bool], Pulled]) -> Pulled:
        """Rule 4; `step` is told whether the store was begun anew."""
        try:
            return step(False)
        except Damaged:
            self.store.close()
            _remove(self._path)
            self.store = self._opened()
            return step(True)

    def _take(self, channels: Sequence[str]) -> Pulled:
        pulled, at = Pulled(), self._time()
        damaged = self._damaged(at.now)
        self._try(pulled, directory_channel, lambda: self._directory(at))
        at = self._time()
        for name in channels:
            self._try(pulled, name, lambda: self._channel(pulled, name, at, damaged))  # noqa: B023  # called at once
        self.store.scrub()
        return pulled

    def _step(self, *, force: bool) -> Pulled:
        pulled, at = Pulled(), self._time()
        damaged = self._damaged(at.now)
        names = (directory_channel, *self._channels)
        lacks_root = bool(lacking(self._trust, self._channels))
        due = {name for name in names if force or name in damaged or self._is_stale(name, at.now)}
        try:
            changed = self._hints.ask({name: self._known(name, damaged) for name in names}, all_of_them=bool(due))
        except GongkailanError as error:
            pulled.failures.append(Failure(server_name, _sentence(error), isinstance(error, Unverified)))
            self.store.put_problem(server_name, _sentence(error), at.now)
            if not self._sources.has_mirrors():
                return pulled
            due |= {name for name in names if self._is_stale(name, at.now, limits.mirror_hours)}  # rule 7
            changed = Changed(frozenset())
        else:
            self.store.put_problem(server_name, "", at.now)
        self._sources.without_home = bool(pulled.failures)
        self._larder.stock(changed.files, changed.cost, {name for name in due if self._is_overdue(name, at.now)})
        due |= changed.names
        if directory_channel in due or lacks_root:
            self._guard(pulled, directory_channel, lambda: self._directory(at))
            at = self._time()
        waiting = lacking(self._trust, self._channels) if pulled.failures else []  # the directory's sentence says why
        for channel in (name for name in self._channels if name in due and name not in waiting):
            self._guard(pulled, channel, lambda: self._channel(pulled, channel, at, damaged))  # noqa: B023  # called at once
        if pulled.failures:
            self._hints.failed(refused=any(failure.integrity for failure in pulled.failures))
        self._larder.stock({}, 0)
        self.store.scrub()
        return pulled

    def _known(self, name: str, damaged: set[str]) -> tuple[Known, bytes]:
        """What is told of a repository: nothing of texts that must be fetched again."""
        version, root = held_root(self._trust / name)
        targets, withdrawal = held_versions(self._trust / name, "targets", "withdrawal")
        held = self.store.held().get(name)
        return Known(
            version, targets, withdrawal, held.number if held and held.root and name not in damaged else 0
        ), root

    def _directory(self, at: Time) -> None:
        self._take_from_any(
            directory_channel,
            lambda source: take_directory(self._trust, self.store, source.larder, at, self._channels),
        )

    def _channel(self, pulled: Pulled, name: str, at: Time, damaged: set[str]) -> None:
        if not is_pinned(self._trust / name):
            raise unknown(name)
        started, bytes_before, before = self._ticks(), self._sources.came(), self.store.held()[name].number
        self._larder.spend(name)

        def take(source: Source) -> None:
            Channel(name, self._trust / name, self.store, source.larder, source.files).take(at, damaged=name in damaged)
            source.files.done(name)

        self._take_from_any(name, take)
        fetched, seconds = self._sources.came() - bytes_before, self._ticks() - started
        pulled.taken[name] = Taken(before, self.store.held()[name].number, fetched, round(seconds, 3))

    def _take_from_any(self, name: str, take: Callable[[Source], None]) -> None:
        """Rule 6."""
        now = self._time().now
        for address, fault in self._sources.take(take, lambda: self._is_old(name, now)).items():
            sentence = f"{name}: {address} failed and another stood in. {fault}" if fault else ""
            self.store.put_problem(f"{name} from {address}", quoted(sentence), now)

    def _is_old(self, name: str, now: datetime) -> bool:
        as_of = self.store.fact(directory_fact) if name == directory_channel else self.store.held()[name].as_of
        return not as_of or now - datetime.fromisoformat(as_of) > timedelta(days=limits.fresh_days_warn)

    def _guard(self, pulled: Pulled, name: str, step: Callable[[], None]) -> None:
        """Rule 1."""
        error = self._try(pulled, name, step)
        if error is None:
            self.store.put_fact(f"refreshed:{name}", self._time().now.isoformat())
        elif not isinstance(error, Unreachable) or self._is_stale(name, self._time().now):
            self.store.put_problem(name, _sentence(error), self._time().now)

    def _try(self, pulled: Pulled, name: str, step: Callable[[], None]) -> Exception | None:
        """Do a step; its failure is kept in `pulled` and given back."""
        try:
            step()
        except Damaged:
            raise
        except Exception as error:  # noqa: BLE001  # whatever one channel's content does to this program (rule 1)
            if _is_full(error) and self.store.make_room():  # rule 5
                return self._try(pulled, name, step)
            pulled.failures.append(Failure(name, _sentence(error), isinstance(error, Unverified)))
            return error
        self.store.put_problem(name, "", self._time().now)
        return None

    def _is_overdue(self, name: str, now: datetime) -> bool:
        """Whether the daily look at the tree itself is due: not for a newcomer, who has no yesterday to be held in."""
        return bool(self.store.fact(f"refreshed:{name}")) and self._is_stale(name, now)

    def _is_stale(self, name: str, now: datetime, hours: int = limits.refresh_hours_max) -> bool:
        last = self.store.fact(f"refreshed:{name}")
        age = now - datetime.fromisoformat(last) if last else timedelta.max
        return not timedelta() <= age < timedelta(hours=hours)

    def _damaged(self, now: datetime) -> set[str]:
        """Rule 4: channels to fetch again."""
        if timedelta() <= now - self._checked < timedelta(hours=limits.refresh_hours_max):
            return set()
        self._checked = now
        self.store.scrub(thorough=True)
        if not self.store.verify().bad:
            return set()
        damaged = {channel for channel in self._channels if not self.store.sound(channel)}
        if not damaged:
            self.store.reindex()
        return damaged

    def _time(self) -> Time:
        return self._timekeeper.time(self.store)

    def _opened(self) -> ContentStore:
        try:
            store = ContentStore(self._path)
            store.follow(self._channels)
        except Damaged:
            _remove(self._path)
            store = ContentStore(self._path)
            store.follow(self._channels)
        return store


def _is_full(error: Exception) -> bool:
    return isinstance(error, Full) or (isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT})


def _sentence(error: Exception) -> str:
    if _is_full(error) and isinstance(error, OSError):
        return "The disk has no room left; nothing was changed. Free some space."
    if not isinstance(error, GongkailanError | OSError):
        return quoted(f"This program failed ({type(error).__name__}: {error}); tell whoever maintains it.")
    return quoted(str(error)) or type(error).__name__


def _remove(path: Path) -> None:
    for suffix in ("-wal", "-shm", ""):  # the log first: replayed into a new file it would be worse than lost
        path.with_name(path.name + suffix).unlink(missing_ok=True)
