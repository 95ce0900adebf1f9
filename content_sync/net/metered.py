"""A socket that ends slow transfers: a socket timeout alone never stops a drip feed.

1. From its start a transfer may take `limits.transfer_seconds_max` in all.
2. At any moment it must have brought `limits.transfer_bytes_per_second_min` for every second beyond the first
   `limits.transfer_grace_seconds`. Headers count like bodies.
"""

import io
import socket
from collections.abc import Callable
from typing import Any

from content_sync.domain import limits
from content_sync.domain.errors import Unreachable

Ticks = Callable[[], float]


class Meter:
    """How much a transfer brought since it started; `ticks` are seconds of any steady clock."""

    def __init__(self, ticks: Ticks) -> None:
        self._ticks = ticks
        self.restart()

    def restart(self) -> None:
        """A new transfer begins."""
        self.started, self.received = self._ticks(), 0

    def seconds_left(self) -> float:
        """How long to wait for the next byte; Unreachable when the transfer broke rule 1 or 2."""
        spent = self._ticks() - self.started
        earned = limits.transfer_grace_seconds + self.received / limits.transfer_bytes_per_second_min
        left = min(earned, limits.transfer_seconds_max) - spent
        if left <= 0:
            raise Unreachable(f"The server is too slow: {self.received} bytes in {spent:.0f} s. Trying again later.")
        return left


class _Metered(io.RawIOBase):
    def __init__(self, plain: socket.socket, meter: Meter) -> None:
        self._plain, self._meter = plain, meter
        self.last = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._plain.settimeout(self._meter.seconds_left())
        count = self._plain.recv_into(buffer)
        self._meter.received += count
        return count

    def close(self) -> None:
        super().close()
        if self.last:
            self._plain.close()


class MeteredSocket:
    """What http.client needs of a socket, with every read under the meter."""

    def __init__(self, plain: socket.socket, meter: Meter) -> None:
        self._plain, self._meter = plain, meter
        self._reading: _Metered | None = None

    def makefile(self, _mode: str) -> io.BufferedReader:
        """The reading side of the next answer."""
        self._reading = _Metered(self._plain, self._meter)
        return io.BufferedReader(self._reading, limits.chunk_bytes)

    def sendall(self, data: Any) -> None:
        """Send within what time is left."""
        self._plain.settimeout(self._meter.seconds_left())
        self._plain.sendall(data)

    def close(self) -> None:
        """Close the connection once the answer is read: http.client closes before it reads the last one."""
        if self._reading is not None and not self._reading.closed:
            self._reading.last = True
        else:
            self._plain.close()
