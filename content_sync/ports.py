"""What the sync steps need from the world, as protocols; every real part and every test twin keeps them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Protocol

from content_sync.domain.uptime import Uptime


class Clock(Protocol):
    """Where time comes from."""

    def now(self) -> datetime:
        """The present instant, with its time zone."""
        ...


class Steady(Protocol):
    """What goes evenly whatever the clock says."""

    def uptime(self) -> Uptime:
        """Which boot this is and how long it has lasted."""
        ...


class Ids(Protocol):
    """Where chance comes from."""

    def random(self, size: int) -> bytes:
        """`size` random bytes that nobody can guess."""
        ...


class Fetcher(Protocol):
    """One way to a published tree: HTTP or a folder."""

    def fetch(self, path: str, bytes_max: int) -> bytes:
        """The file at `path` below the tree.

        Raises Unreachable when the other end does not answer in time, FileNotFoundError when it has no such file,
        Unverified when it sends more than `bytes_max` bytes.
        """
        ...

    def stream(self, path: str, start: int, bytes_max: int) -> Iterator[bytes]:
        """The bytes of a file from `start` on, piece by piece as they arrive; the whole file has at most `bytes_max`.

        Only for names that contain the file's hash: under any other name two halves may be of two files. Raises like
        `fetch`, also between two pieces: when Unreachable comes, what was given before still counts.
        """
        ...


class Server(Protocol):
    """The live side of a server, as a device sees it. Raises Unreachable."""

    def call(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> "Reply":
        """One request below `/api/v1`, answered within the deadline."""
        ...


class Reply(Protocol):
    """An answer: its status, its headers (lower-case names) and its JSON value (None when there is none)."""

    @property
    def status(self) -> int:
        """The HTTP status."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers by lower-case name."""
        ...

    @property
    def body(self) -> bytes:
        """The answer's bytes as they came."""
        ...

    @property
    def value(self) -> object:
        """The JSON value."""
        ...
