"""Named files on their way into the store.

1. A short file comes at once; one of `limits.spooled_bytes_min` and more through the spool, which resumes it.
2. A spooled file is kept until its channel is whole in the store, so that a failure there fetches nothing twice; then
   everything that was spooled for the channel is removed: packs hold text in clear.
3. A file that was there and was not the signed one is not fetched again for a pause that doubles from
   `limits.bad_file_seconds` to `limits.bad_file_seconds_max`, unless somebody asks for all to be tried: whoever serves
   it must mend it first, and a plan is not used up on it.
"""

import time
from collections.abc import Callable

from content_sync.domain import limits
from content_sync.domain.errors import Unverified
from content_sync.ports import Fetcher
from content_sync.pull.named import Named, fetched, missing
from content_sync.pull.spool import Spool


class Arriving:
    """Files of channels by way of a fetcher and a spool; `ticks` are steady seconds."""

    def __init__(self, fetcher: Fetcher, spool: Spool, ticks: Callable[[], float] = time.monotonic) -> None:
        self._fetcher, self._spool, self._ticks = fetcher, spool, ticks
        self._bad: dict[str, tuple[float, float]] = {}  # by hash: no more until, and the pause that led there

    def bring(self, named: Named) -> bytes:
        """The verified bytes. Raises Unverified, Unreachable, Broken when the disk is full."""
        until, pause = self._bad.get(named.sha256, (0.0, 0.0))
        if self._ticks() < until:
            raise Unverified(
                f"{named.path} was not the signed file; its publisher or relay must mend it. It is tried again later."
            )
        try:
            data = self._brought(named)
        except Unverified as error:
            if isinstance(error.__cause__, FileNotFoundError):
                raise
            pause = min(max(2 * pause, limits.bad_file_seconds), limits.bad_file_seconds_max)
            self._bad[named.sha256] = self._ticks() + pause, pause
            raise
        self._bad.pop(named.sha256, None)
        return data

    def try_all(self) -> None:
        """Forget what was bad (rule 3)."""
        self._bad.clear()

    def done(self, channel: str) -> None:
        """The channel is whole (rule 2)."""
        self._spool.keep(channel)

    def _brought(self, named: Named) -> bytes:
        if named.length < limits.spooled_bytes_min:
            return fetched(self._fetcher, named)
        try:
            return self._spool.take(named).read_bytes()
        except FileNotFoundError as error:
            raise missing(named) from error
