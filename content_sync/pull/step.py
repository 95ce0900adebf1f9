"""One step: ask what changed, then take it channel by channel.

1. A channel that fails changes nothing and never stops the others (pull.attempts).
2. What the server says of changes is only a hint (pull.hints): every repository is refreshed daily whatever it says.
3. The directory comes first; it is refreshed also when a channel's root is missing.
4. What is damaged in the store is fetched again (pull.keeping).
5. What comes by stick is taken without asking the server. A stick that fails leaves no problem behind, and one that is
   taken does not count as the daily refresh: the network is asked as before.
6. A device may know more sources of the tree than its home server: they stand in for one another (pull.sources). While
   the home server does not answer the others are asked every `limits.mirror_hours`, without any hint.
"""

import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from content_sync.clock import SystemSteady
from content_sync.domain import limits
from content_sync.domain.errors import GongkailanError
from content_sync.domain.ids import directory_channel
from content_sync.domain.quoting import quoted
from content_sync.ports import Clock, Fetcher, Server, Steady
from content_sync.pull.arriving import Arriving
from content_sync.pull.attempts import Attempts
from content_sync.pull.channel import Channel
from content_sync.pull.clocking import Time
from content_sync.pull.directory import lacking, take_directory, unknown
from content_sync.pull.hints import Changed, Hints
from content_sync.pull.keeping import Keeping
from content_sync.pull.larder import Larder
from content_sync.pull.outcome import Pulled, Taken
from content_sync.pull.sources import Source, Sources, home
from content_sync.pull.spool import Report, Spool, spool_name
from content_sync.pull.timekeeping import Timekeeper
from content_sync.storage.content import ContentStore
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
        self._trust, self._channels, self._ticks = folder / "trust", tuple(channels), ticks
        self._timekeeper = Timekeeper(clock, steady or SystemSteady())
        ways = [(address, Larder(way)) for address, way in ((home, fetcher), *mirrors.items())]
        spools = [Spool(folder / spool_name, larder, report, set_down) for _, larder in ways]
        self._sources = Sources(
            *(Source(*way, Arriving(way[1], spool, ticks)) for way, spool in zip(ways, spools, strict=True))
        )
        self._larder, self._hints = ways[0][1], Hints(server)
        self._keeping = Keeping(folder / "content.db", channels)
        for path in (folder / spool_name).glob("*"):
            if path.name not in self._channels:  # followed no more: packs hold text in clear
                shutil.rmtree(path, ignore_errors=True)

    @property
    def store(self) -> ContentStore:
        """The store of this device."""
        return self._keeping.store

    def step(self, *, force: bool = False) -> Pulled:
        """Take what is new. `force` believes no hint, refreshes everything and tries again what was refused."""
        if force:
            self._sources.try_all()
        return self._keeping.mending(lambda anew: self._step(force=force or anew))

    def take(self, channels: Sequence[str]) -> Pulled:
        """Take the directory and these channels as the fetcher has them (rule 5)."""
        return self._keeping.mending(lambda _: self._take(channels))

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def _take(self, channels: Sequence[str]) -> Pulled:
        at, attempts = self._time(), Attempts(self.store, Pulled(), self._now)
        damaged = self._keeping.damaged(at.now)
        attempts.make(directory_channel, lambda: self._directory(at))
        at = self._time()
        for name in channels:
            attempts.make(name, lambda: self._channel(attempts.pulled, name, at, damaged))  # noqa: B023  # called at once
        self.store.scrub()
        return attempts.pulled

    def _step(self, *, force: bool) -> Pulled:
        at, pulled = self._time(), Pulled()
        attempts, damaged = Attempts(self.store, pulled, self._now), self._keeping.damaged(at.now)
        names = (directory_channel, *self._channels)
        lacks_root = bool(lacking(self._trust, self._channels))
        due = {name for name in names if force or name in damaged or attempts.is_stale(name)}
        try:
            changed = self._hints.ask({name: self._known(name, damaged) for name in names}, all_of_them=bool(due))
        except GongkailanError as error:
            self.store.put_problem(server_name, attempts.failed(server_name, error), at.now)
            if not self._sources.has_mirrors():
                return pulled
            due |= {name for name in names if attempts.is_stale(name, limits.mirror_hours)}  # rule 6
            changed = Changed(frozenset())
        else:
            self.store.put_problem(server_name, "", at.now)
        self._sources.without_home = bool(pulled.failures)
        self._larder.stock(changed.files, changed.cost, {name for name in due if attempts.is_overdue(name)})
        due |= changed.names
        if directory_channel in due or lacks_root:
            attempts.refresh(directory_channel, lambda: self._directory(at))
            at = self._time()
        waiting = lacking(self._trust, self._channels) if pulled.failures else []  # the directory's sentence says why
        for channel in (name for name in self._channels if name in due and name not in waiting):
            attempts.refresh(channel, lambda: self._channel(pulled, channel, at, damaged))  # noqa: B023  # called at once
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

    def _time(self) -> Time:
        return self._timekeeper.time(self.store)

    def _now(self) -> datetime:
        return self._time().now
