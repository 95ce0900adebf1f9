"""One act at a time on a channel's tree, whether it comes from a page or from a shell beside `serve`.

A file lock: it ends with the process that holds it, so a crash never leaves a channel locked.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager

from content_sync.domain import limits
from content_sync.domain.errors import Refused
from display_server.config import Config


@contextmanager
def channel_lock(config: Config, channel: str) -> Iterator[None]:
    """Hold a channel; Refused after `limits.publish_lock_seconds_max` of waiting for whoever else holds it."""
    folder = config.home / "locks"
    folder.mkdir(mode=0o700, exist_ok=True)
    deadline = time.monotonic() + limits.publish_lock_seconds_max
    with (folder / f"{channel}.lock").open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > deadline:
                    raise Refused(f"频道“{channel}”正在发布，请稍后再试。") from error
                time.sleep(limits.publish_lock_retry_seconds)
        yield
