"""Several sources of the same signed tree.

1. They are asked in order, home first. One that does not answer, does not prove itself, or knows nothing of the last
   `limits.fresh_days_warn` days gives way to the next; the first good one ends it.
2. When none is good, an old state that was taken stands, else the first one's error.
3. A source that another had to stand in for is told of, until it is good again: who denies news does so quietly.
4. No source can do more than delay: what is kept of a repository refuses everything older and everything unsigned.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from content_sync.domain import limits
from content_sync.domain.errors import Broken
from content_sync.pull.arriving import Arriving
from content_sync.pull.larder import Larder
from content_sync.pull.spool import Unfinished

home = "the home server"
Faults = Mapping[str, str]
_none: Faults = MappingProxyType({})


@dataclass(frozen=True)
class Source:
    """A way to the tree, with the address that a person would look for."""

    address: str
    larder: Larder
    files: Arriving


class Sources:
    """The sources of one device. `without_home`: home is known not to answer now."""

    def __init__(self, *sources: Source) -> None:
        self._all = sources
        self.without_home = False

    def came(self) -> int:
        """Bytes fetched so far, from all of them."""
        return sum(source.larder.came for source in self._all)

    def has_mirrors(self) -> bool:
        """Whether there is any but home."""
        return len(self._all) > 1

    def try_all(self) -> None:
        """Leave no file alone for having been bad before."""
        for source in self._all:
            source.files.try_all()

    def take(self, step: Callable[[Source], None], is_old: Callable[[], bool]) -> Faults:
        """Do a step with the first good source; `is_old` judges each outcome.

        Gives what was wrong with each source that has a say, by address: empty for a good one, and nothing at all when
        none was good. Raises the first error when nothing could be taken.
        """
        faults: dict[str, str] = {}
        first: Exception | None = None
        taken = False
        for source in self._all[1:] if self.without_home else self._all:
            try:
                step(source)
            except (Broken, Unfinished):
                raise  # this machine's own trouble, or its own wish to do something else first
            except Exception as error:  # noqa: BLE001  # whatever one source does, the next may do better
                first = first or error
                faults[source.address] = str(error) or type(error).__name__
                continue
            if not is_old():
                return {**faults, source.address: ""}
            taken = True
            faults[source.address] = f"It knows nothing of the last {limits.fresh_days_warn} days."
        if first is not None and not taken:
            raise first
        return _none
