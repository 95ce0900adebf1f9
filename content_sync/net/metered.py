"""A socket that ends slow transfers: a socket timeout alone never stops a drip feed.

1. A transfer begins with `limits.transfer_grace_seconds` of credit. Every byte that comes, of headers as of bodies,
   adds its part of a second at `limits.transfer_bytes_per_second_min`; at no moment is there more credit than
   `limits.transfer_credit_seconds_max`, so that a fast beginning buys no long silence. Without credit it is given up.
2. A request whose answer is read as a whole may also take `limits.transfer_seconds_max` in all, and bring no more bytes
   than its answer may have, whatever they are: heads without end and chunks of one byte cost as much as a body.
3. A stream into a spool has no such total: 7 MB over an honest 8 KB/s take a quarter of an hour. It is bounded all the
   same, by its length at the least rate; and whoever waits for it can set it down and take it up again.
4. Sending gets the time that the least rate gives for what is sent, and leaves the credit of rule 1 for the answer.
"""

import io
import math
import socket
from collections.abc import Callable
from typing import Any

from content_sync.domain import limits
from content_sync.domain.errors import Unreachable, Unverified

Ticks = Callable[[], float]
_ends = (b"", b"\x15")  # the connection's end, and the alert that TLS sends before it


class Meter:
    """The credit of the present transfer; `ticks` are seconds of any steady clock."""

    def __init__(self, ticks: Ticks) -> None:
        self._ticks = ticks
        self.restart()

    def restart(
        self,
        seconds_max: float = limits.transfer_seconds_max,
        bytes_max: float = math.inf,
        grace: float = limits.transfer_grace_seconds,
    ) -> None:
        """A new transfer begins with `grace` seconds of credit, and has `seconds_max` and `bytes_max` in all."""
        self._started, self._received, self._bytes_max = self._ticks(), 0, bytes_max
        self._until, self._given_up = self._started + grace, self._started + seconds_max

    def receive(self, count: int) -> None:
        """So many bytes came (rule 1). Unverified when they are too many (rule 2)."""
        self._received += count
        if self._received > self._bytes_max:
            raise Unverified("The server's answer is longer than it may be; the rest was not read.")
        earned = self._until + count / limits.transfer_bytes_per_second_min
        self._until = min(earned, max(self._until, self._ticks() + limits.transfer_credit_seconds_max))

    def sending(self, count: int) -> float:
        """How long so many bytes may take to be sent (rule 4)."""
        allowed = limits.transfer_grace_seconds + count / limits.transfer_bytes_per_second_min
        self._until = self._ticks() + allowed + limits.transfer_grace_seconds
        return allowed

    def seconds_left(self) -> float:
        """How long to wait for the next byte; Unreachable when the transfer broke rule 1 or 2."""
        now = self._ticks()
        left = min(self._until, self._given_up) - now
        if left <= 0:
            spent = now - self._started
            raise Unreachable(f"The server is too slow: {self._received} bytes in {spent:.0f} s. Trying again later.")
        return left


class _Metered(io.RawIOBase):
    def __init__(self, plain: socket.socket, meter: Meter) -> None:
        self._plain, self._meter = plain, meter
        self.last = self.ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._plain.settimeout(self._meter.seconds_left())
        count = self._plain.recv_into(buffer)
        self._meter.receive(count)
        self.ended = not count
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

    def ended(self) -> bool:
        """Whether the other end hung up; true right after a head, it was cut off: http.client takes it for whole."""
        return self._reading is not None and self._reading.ended

    def gone(self) -> bool:
        """Whether the other end hung up between two requests: known without sending, and so without paying for it."""
        self._plain.settimeout(0)
        try:
            return socket.socket.recv(self._plain, 1, socket.MSG_PEEK) in _ends  # below TLS, which lets nobody peek
        except BlockingIOError:
            return False
        except OSError:
            return True

    def makefile(self, _mode: str) -> io.BufferedReader:
        """The reading side of the next answer."""
        self._reading = _Metered(self._plain, self._meter)
        return io.BufferedReader(self._reading, limits.chunk_bytes)

    def sendall(self, data: Any) -> None:
        """Send within the time of rule 4; the timeout of a socket's sendall is one for all of it."""
        self._plain.settimeout(self._meter.sending(len(data)))
        self._plain.sendall(data)

    def close(self) -> None:
        """Close the connection once the answer is read: http.client closes before it reads the last one."""
        if self._reading is not None and not self._reading.closed:
            self._reading.last = True
        else:
            self._plain.close()
