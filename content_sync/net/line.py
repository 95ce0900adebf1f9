"""One kept connection to one server.

1. It serves one request after the other, for whatever shares the line: a poll costs one connection, and over TLS one
   handshake, resumed from the last one where the server allows. A connection that the server closed meanwhile is
   noticed before anything is sent; closed in that very moment, the request is sent once more on a new one. (Every
   request of ours may be repeated.)
2. Every answer is bounded in bytes, head and framing included, and every transfer in time and rate (net.metered).
3. Nothing is redirected or unpacked; an answer that comes packed was not asked for and is refused.
4. A request says what it must: a poll's headers cost more than what it asks about.
"""

import http.client
import math
import socket
import ssl
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Unreachable, Unverified
from content_sync.domain.quoting import quoted
from content_sync.net.metered import Meter, MeteredSocket, Ticks


@dataclass(frozen=True)
class Answer:
    """Status, headers by lower-case name, and the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class HttpLine:
    """The line to the server at `address` (`http://host:port` or https, with or without a path)."""

    def __init__(self, address: str, ticks: Ticks = time.monotonic) -> None:
        split = urlsplit(address)
        if split.scheme not in ("http", "https") or not split.hostname:
            raise BadInput(f"{address!r} is not a server address; write it like http://192.0.2.1:8080.")
        self.address = address.rstrip("/")
        self._host, self._port, self._base = split.hostname, split.port, split.path.rstrip("/")
        self._meter = Meter(ticks)
        self._kept: http.client.HTTPConnection | None = None
        self._socket: MeteredSocket | None = None
        self._tls = ssl.create_default_context() if split.scheme == "https" else None
        self._secured: ssl.SSLSocket | None = None
        self._session: ssl.SSLSession | None = None

    def ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], bytes_max: int) -> Answer:
        """One request below the address; Unreachable when it fails, Unverified when the answer is too long."""
        with self._told():
            response = self._answered(method, path, body, headers, bytes_max)
            with response:
                data = response.read(bytes_max + 1)
                if len(data) > bytes_max:
                    raise Unverified(f"{path} is longer than the {bytes_max} bytes it may have; the rest was not read.")
                if response.length:  # a bounded read does not complain by itself
                    raise http.client.IncompleteRead(data, response.length)
            if response.will_close:
                self.close()
            return Answer(response.status, _named(response), data)

    def stream(self, path: str, headers: Mapping[str, str], bytes_max: int) -> Generator[Answer, None, None]:
        """One GET: first its status and headers without a body, then the body in pieces as they arrive.

        It may take any time that its rate allows, or what `pause` says. Who leaves it early ends the connection.
        """
        with self._told():
            response = self._answered("GET", path, None, headers, 0)
            with response:
                self._meter.restart(math.inf, _raw(bytes_max))
                head = Answer(response.status, _named(response), b"")
                yield head
                while data := response.read1(limits.chunk_bytes):
                    yield Answer(head.status, head.headers, data)
                if response.length:
                    raise http.client.IncompleteRead(b"", response.length)
            if response.will_close:
                self.close()

    def pause(self, seconds: float) -> None:
        """Let the stream be silent for so long from now on; what comes then is bounded by it too."""
        self._meter.restart(seconds, _raw(limits.live_line_bytes_max), grace=seconds)

    def close(self) -> None:
        """Let go of the connection."""
        if self._kept is not None:
            self._kept.close()
            self._kept = self._secured = None

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Whatever ends a request early ends the connection, and has a sentence."""
        try:
            yield
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Unreachable(f"The server {self.address} does not answer ({_reason(error)}).") from error
        except BaseException:
            self.close()
            raise

    def _answered(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], bytes_max: int
    ) -> http.client.HTTPResponse:
        """The head of the answer (rules 1 and 3)."""
        if self._kept is not None and self._socket is not None and self._socket.gone():
            self.close()
        kept = self._kept is not None
        try:
            response = self._sent(method, path, body, headers, bytes_max)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError, ssl.SSLEOFError):
            if not kept:
                raise
            self.close()
            response = self._sent(method, path, body, headers, bytes_max)
        if self._secured is not None:
            self._session = self._secured.session or self._session  # comes with the first answer
        if response.getheader("Content-Encoding", "identity") != "identity":
            raise Unverified(f"The server {self.address} packed {path}, which nobody asked for; it was not unpacked.")
        return response

    def _sent(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], bytes_max: int
    ) -> http.client.HTTPResponse:
        connection = self._connection()
        self._meter.restart(limits.transfer_seconds_max, _raw(bytes_max))  # rule 2
        connection.putrequest(method, self._base + path, skip_accept_encoding=True)  # rule 4
        for name, value in headers.items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        if self._socket is not None and self._socket.ended():
            response.close()
            raise ConnectionResetError("its answer was cut off")
        return response

    def _connection(self) -> http.client.HTTPConnection:
        if self._kept is None:
            plain = socket.create_connection(
                (self._host, self._port or self._default_port()), limits.connect_seconds_max
            )
            try:
                plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                if self._tls is not None:
                    plain = self._secured = self._tls.wrap_socket(
                        plain, server_hostname=self._host, session=self._session
                    )
            except BaseException:
                plain.close()
                raise
            kind = http.client.HTTPSConnection if self._tls is not None else http.client.HTTPConnection
            self._kept = kind(self._host, self._port)
            self._socket = MeteredSocket(plain, self._meter)
            self._kept.sock = cast("socket.socket", self._socket)
        return self._kept

    def _default_port(self) -> int:
        return http.client.HTTPS_PORT if self._tls is not None else http.client.HTTP_PORT


def _raw(bytes_max: int) -> int:
    """What an answer may bring with its head, its framing, and what is read ahead of it."""
    return bytes_max + bytes_max // 8 + limits.head_bytes_max + limits.chunk_bytes


def _named(response: http.client.HTTPResponse) -> dict[str, str]:
    return {name.lower(): value for name, value in response.getheaders()}


def _reason(error: Exception) -> str:
    return quoted(str(error)) or type(error).__name__
