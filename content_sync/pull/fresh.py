"""The newest state of a repository at the believed time, and once more when the clock is doubtful (pull.clocking)."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from content_sync.ports import Fetcher
from content_sync.pull.clocking import Time
from content_sync.trust.verifying import Expired, Trusted, refreshed


@contextmanager
def newest(kept: Path, name: str, fetcher: Fetcher, time: Time, seen: str) -> Iterator[Trusted]:
    """The verified state; `seen` is the ISO instant of the one held before, or empty."""
    with ExitStack() as stack:
        try:
            trusted = stack.enter_context(refreshed(kept, name, fetcher, time.now))
        except Expired as expired:
            if time.fallback is None:
                raise
            trusted = stack.enter_context(refreshed(kept, name, fetcher, time.fallback))
            if seen and trusted.as_of <= datetime.fromisoformat(seen):
                raise expired from None
        yield trusted
