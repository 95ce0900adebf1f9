"""A round of a relay: the directory, then each followed channel, each for itself.

1. The directory comes first: it names each channel's first root, which is pinned once.
2. One that fails changes nothing and never stops the others; why it failed is told in one sentence.
3. Whoever is named first is taken first: a hint must not wait behind a long transfer. A transfer can be set down for a
   hint, and goes on in a later round where it stopped.
4. Attached files come when the texts of all channels were taken (mirror.attached).
5. The relay judges expiries as a device does, by a time that never runs behind what was signed; devices judge anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from content_sync.domain.errors import GongkailanError, Unreachable
from content_sync.domain.ids import directory_channel
from content_sync.mirror.attached import MirroredFiles
from content_sync.mirror.folder import MirrorFolder
from content_sync.mirror.repository import Way, take
from content_sync.ports import Clock, Fetcher
from content_sync.pull.clocking import Time, believed
from content_sync.pull.directory import unknown
from content_sync.pull.spool import Spool, Unfinished
from content_sync.trust.tree import Tree
from content_sync.trust.verifying import is_pinned, pin


@dataclass
class Round:
    """What a round did: repositories in which readers see something new, and why others could not be taken.

    `unreached` go on later: the upstream did not answer, or a transfer was set down, which is no failure.
    """

    changed: list[str] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    unreached: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Mirror:
    """A relay's mirror: what it trusts and what is on its way in `home`, the tree for its readers in `repo`.

    `set_down` says whether a transfer should be left for later now (rule 3).
    """

    home: Path
    repo: Path
    fetcher: Fetcher
    clock: Clock
    report: Callable[[str, int, int], None] = lambda _path, _done, _of: None
    set_down: Callable[[], bool] = lambda: False

    def round(self, names: Sequence[str], *, thorough: bool = False) -> Round:
        """Take these channels, and the directory when it is named or needed for one of them.

        `thorough` hashes everything that is here already.
        """
        done, channels = Round(), [name for name in names if name != directory_channel]
        if directory_channel in names or not all(is_pinned(self._trust(channel)) for channel in channels):
            self._try(done, directory_channel, lambda: self._take(directory_channel, thorough=thorough))
            self._pin(channels)
        for channel in channels:
            self._try(done, channel, lambda: self._channel(channel, thorough=thorough))  # noqa: B023  # called at once
        for channel in (name for name in channels if name not in done.failures | dict.fromkeys(done.unreached)):
            self._try(done, channel, lambda: self._files(channel, thorough=thorough))  # noqa: B023  # called at once
        return done

    def _files(self, channel: str, *, thorough: bool) -> bool:
        """Rule 4; readers are told of nothing: they ask again for what they did not find."""
        spool = Spool(self.home / "blob-spool", self.fetcher, self.report, self.set_down)
        mark = self.home / "files" / channel
        MirroredFiles(channel, self._folder(channel), spool, mark).take(thorough=thorough)
        return False

    def _channel(self, channel: str, *, thorough: bool) -> bool:
        if not is_pinned(self._trust(channel)):
            raise unknown(channel)
        return self._take(channel, thorough=thorough)

    def _take(self, name: str, *, thorough: bool) -> bool:
        spool = Spool(self.home / "spool" / name, self.fetcher, self.report, self.set_down)
        way = Way(name, self._trust(name), self.fetcher, spool)
        return take(way, self._folder(name), self._time(), thorough=thorough)

    def _try(self, done: Round, name: str, step: Callable[[], bool]) -> None:
        """Rule 2."""
        try:
            if step():
                done.changed.append(name)
        except Unfinished:
            done.unreached.add(name)
        except (GongkailanError, OSError) as error:
            done.failures[name] = str(error) or type(error).__name__
            if isinstance(error, Unreachable):
                done.unreached.add(name)

    def _pin(self, channels: Sequence[str]) -> None:
        """Rule 1, from the directory that was verified before readers saw it."""
        directory = Tree(self.repo / directory_channel)
        for channel in channels:
            if not is_pinned(self._trust(channel)) and directory.exists():
                root = directory.read(f"{channel}.root.json")
                if root is not None:
                    pin(self._trust(channel), root)

    def _time(self) -> Time:
        """Rule 5."""
        return believed(self.clock.now(), self._folder(directory_channel).standing().as_of, None)

    def _folder(self, name: str) -> MirrorFolder:
        return MirrorFolder(self.repo / name, lambda: self.clock.now().timestamp())

    def _trust(self, name: str) -> Path:
        return self.home / "trust" / name
