"""Named files on their way into the store.

1. A short file comes at once; one of `limits.spooled_bytes_min` and more through the spool, which resumes it.
2. A spooled file is kept until its channel is whole in the store, so that a failure there fetches nothing twice; then
   everything that was spooled for the channel is removed: packs hold text in clear.
"""

from content_sync.domain import limits
from content_sync.ports import Fetcher
from content_sync.pull.named import Named, fetched, missing
from content_sync.pull.spool import Spool


class Arriving:
    """Files of channels by way of a fetcher and a spool."""

    def __init__(self, fetcher: Fetcher, spool: Spool) -> None:
        self._fetcher, self._spool = fetcher, spool

    def bring(self, named: Named) -> bytes:
        """The verified bytes. Raises Unverified, Unreachable, Broken when the disk is full."""
        if named.length < limits.spooled_bytes_min:
            return fetched(self._fetcher, named)
        try:
            return self._spool.take(named).read_bytes()
        except FileNotFoundError as error:
            raise missing(named) from error

    def done(self, channel: str) -> None:
        """The channel is whole (rule 2)."""
        self._spool.keep(channel)
