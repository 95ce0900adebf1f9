"""Many clients on few cycles: kept connections driven by one epoll loop, so that the server is what is measured.

1. A client sends its next request when its last answer is here; between them it does nothing.
2. An answer is looked at as far as its status and its length; the bodies are kept and read after the measurement.
3. A connection that ends is opened again, as soon as somebody listens, and the same request sent again: what it asked
   for may have been done.
"""

import re
import selectors
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter, process_time, sleep

_length = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_ok = b"HTTP/1.1 200 "
_longest_wait = 30.0
_retry_seconds = 0.02


@dataclass
class Loaded:
    """What came of it: answers, seconds each, bodies (None where the status was not 200), and the whole time."""

    seconds: float = 0.0
    cpu: float = 0.0
    took: list[float] = field(default_factory=list)
    bodies: list[bytes | None] = field(default_factory=list)
    again: int = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.took) / self.seconds if self.seconds else 0.0

    def ms(self, part: float) -> float:
        """The latency that this part of the answers stays within, in milliseconds."""
        ordered = sorted(self.took)
        return 1000 * ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0


class _Client:
    def __init__(self, address: tuple[str, int]) -> None:
        self.address, self.got, self.sent, self.request = address, b"", 0.0, b""
        self.sock = self.opened()

    def opened(self) -> socket.socket:
        until = perf_counter() + _longest_wait
        while True:  # rule 3
            try:
                sock = socket.create_connection(self.address, _longest_wait)
            except ConnectionError:
                if perf_counter() > until:
                    raise
                sleep(_retry_seconds)
            else:
                break
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return sock

    def send(self, request: bytes) -> None:
        self.request, self.sent, self.got = request, perf_counter(), b""
        self.sock.sendall(request)

    def send_again(self) -> None:
        while True:
            self.sock = self.opened()
            try:
                self.send(self.request)
            except ConnectionError:
                self.sock.close()
            else:
                return


def loaded(port: int, clients: int, requests: Callable[[], bytes | None], told: Loaded | None = None) -> Loaded:
    """Send what `requests` gives, until it gives None and all is answered; `told` may be looked at meanwhile."""
    told, poller = told or Loaded(), selectors.DefaultSelector()
    began, cpu = perf_counter(), process_time()
    for _ in range(clients):
        client = _Client(("127.0.0.1", port))
        if (request := requests()) is not None:
            poller.register(client.sock, selectors.EVENT_READ, client)
            client.send(request)
    while poller.get_map():
        for key, _ in poller.select(1.0):
            _go_on(key.data, poller, requests, told)
    told.seconds, told.cpu = perf_counter() - began, process_time() - cpu
    return told


def _go_on(client: _Client, poller: selectors.BaseSelector, requests: Callable[[], bytes | None], told: Loaded) -> None:
    answer = _heard(client)
    if answer is None:
        return
    if not answer:  # rule 3
        poller.unregister(client.sock)
        client.sock.close()
        client.send_again()
        poller.register(client.sock, selectors.EVENT_READ, client)
        told.again += 1
        return
    told.took.append(perf_counter() - client.sent)
    told.bodies.append(answer.partition(b"\r\n\r\n")[2] if answer.startswith(_ok) else None)  # rule 2
    if (request := requests()) is None:
        poller.unregister(client.sock)
        client.sock.close()
        return
    with suppress(ConnectionError):  # the poller tells of it
        client.send(request)


def _heard(client: _Client) -> bytes | None:
    """A whole answer; None while it lacks something, empty when the connection ended."""
    try:
        data = client.sock.recv(65_536)
    except ConnectionError:
        return b""
    if not data:
        return b""
    client.got += data
    head, found, body = client.got.partition(b"\r\n\r\n")
    if not found:
        return None
    length = _length.search(head)
    return client.got if length is None or len(body) >= int(length[1]) else None
