"""The device folder: who this device is.

1. `device.json` and `key.bin` are readable by their owner only; they are written once, at enrolment.
2. One step works on the folder at a time: `lock` is held for a step, not for the life of a process, so that `once`
   beside a running agent waits its turn.
3. Fields of `device.json` that this program does not know are passed over: a newer program may have enrolled.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Broken
from content_sync.wire import canonical, shapes

_retry_seconds = 0.1


@dataclass(frozen=True)
class Device:
    """`device.json`. `site` is empty for a device without a hall; `kind` is touch, lcd, led or relay.

    `server` is home; `mirrors` are further addresses of the same signed tree, asked when home fails (pull.sources).
    """

    server: str
    device: str
    token: str
    site: str
    kind: str
    channels: tuple[str, ...]
    mirrors: tuple[str, ...] = ()


def read_device(folder: Path) -> Device:
    """The device of a folder; Broken when it was never enrolled."""
    try:
        data = (folder / "device.json").read_bytes()
        return shapes.from_plain(Device, canonical.load(data, "device.json"), "device.json", lenient=True)
    except FileNotFoundError as error:
        raise Broken(f"{folder} is not an enrolled device: run content-sync init {folder} first.") from error
    except BadInput as error:
        raise Broken(f"{folder / 'device.json'} is damaged ({error}) Enrol the device again.") from error


def read_key(folder: Path) -> bytes:
    """The device's Ed25519 seed."""
    try:
        return (folder / "key.bin").read_bytes()
    except FileNotFoundError as error:
        raise Broken(f"{folder / 'key.bin'} is missing; enrol the device again.") from error


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Rule 2; Broken when another step takes longer than `limits.step_lock_seconds_max`."""
    with (folder / "lock").open("w") as file:
        given_up = time.monotonic() + limits.step_lock_seconds_max
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > given_up:
                    raise Broken(f"Another content-sync is still working on {folder}; try again later.") from error
                time.sleep(_retry_seconds)
        yield
