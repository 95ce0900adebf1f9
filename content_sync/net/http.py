"""HTTP to one server: the published tree (`HttpFetcher`) and the live side (`HttpServer`).

1. One connection is kept for many requests; a request on a kept connection that the server had closed meanwhile is
   sent once more on a new one. (Every request of ours may be repeated.)
2. Every answer is bounded in bytes; every transfer in time and rate (net.metered). Nothing is redirected or unpacked.
3. A stream from the middle asks by Range. An answer that begins elsewhere is refused; one that begins at the start,
   from a server without ranges, is passed over up to the middle: under a name with a hash both are the same file.
"""

import http.client
import json
import math
import re
import socket
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Unreachable, Unverified
from content_sync.net.metered import Meter, MeteredSocket, Ticks
from content_sync.net.paths import parts_of

_range = re.compile(r"bytes (\d{1,18})-")


@dataclass(frozen=True)
class Answer:
    """Status, headers by lower-case name, and the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    """ports.Reply."""

    status: int
    headers: Mapping[str, str]
    value: object


class HttpLine:
    """One kept connection to the server at `address` (`http://host:port` or https, with or without a path)."""

    def __init__(self, address: str, ticks: Ticks = time.monotonic) -> None:
        split = urlsplit(address)
        if split.scheme not in ("http", "https") or not split.hostname:
            raise BadInput(f"{address!r} is not a server address; write it like http://192.0.2.1:8080.")
        self._secure, self._host, self._port = split.scheme == "https", split.hostname, split.port
        self.base = split.path.rstrip("/")
        self.address = address.rstrip("/")
        self._meter = Meter(ticks)
        self._kept: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], bytes_max: int) -> Answer:
        """One request below the address; Unreachable when it fails, Unverified when the answer is too long."""
        with self._told():
            response = self._answered(method, path, body, headers, limits.transfer_seconds_max)
            with response:
                data = response.read(bytes_max + 1)
                if len(data) > bytes_max:
                    raise Unverified(f"{path} is longer than the {bytes_max} bytes it may have; the rest was not read.")
                if response.length:  # a bounded read does not complain by itself
                    raise http.client.IncompleteRead(data, response.length)
            if response.will_close:
                self.close()
            return Answer(response.status, _named(response), data)

    def stream(self, path: str, headers: Mapping[str, str]) -> Generator[Answer, None, None]:
        """One GET: first its status and headers with an empty body, then the body in pieces as they arrive."""
        with self._told():
            response = self._answered("GET", path, None, headers, math.inf)
            with response:
                names = _named(response)
                yield Answer(response.status, names, b"")
                while data := response.read1(limits.chunk_bytes):
                    yield Answer(response.status, names, data)
                if response.length:
                    raise http.client.IncompleteRead(b"", response.length)
            if response.will_close:
                self.close()

    def close(self) -> None:
        """Let go of the connection."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None

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
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], seconds_max: float
    ) -> http.client.HTTPResponse:
        """The head of the answer (rule 1)."""
        kept = self._kept is not None
        try:
            return self._sent(method, path, body, headers, seconds_max)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            if not kept:
                raise
            self.close()
            return self._sent(method, path, body, headers, seconds_max)

    def _sent(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], seconds_max: float
    ) -> http.client.HTTPResponse:
        connection = self._connection()
        self._meter.restart(seconds_max)
        connection.request(method, self.base + path, body, dict(headers))
        return connection.getresponse()

    def _connection(self) -> http.client.HTTPConnection:
        if self._kept is None:
            kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
            connection = kind(self._host, self._port, timeout=limits.connect_seconds_max)
            connection.connect()
            connection.sock = cast("socket.socket", MeteredSocket(connection.sock, self._meter))
            self._kept = connection
        return self._kept


class HttpFetcher:
    """ports.Fetcher over the published tree of a server."""

    def __init__(self, address: str, ticks: Ticks = time.monotonic) -> None:
        self._line = HttpLine(f"{address.rstrip('/')}/repo", ticks)

    def fetch(self, path: str, bytes_max: int) -> bytes:
        """The file at `path` below the tree."""
        answer = self._line.ask("GET", "/" + "/".join(parts_of(path)), None, {}, bytes_max)
        if answer.status == http.client.NOT_FOUND:
            raise FileNotFoundError(path)
        if answer.status != http.client.OK:
            raise Unreachable(f"The server answers {answer.status} to {path}.")
        return answer.body

    def stream(self, path: str, start: int, bytes_max: int) -> Iterator[bytes]:
        """The file at `path` from `start` on (rule 3)."""
        answers = self._line.stream("/" + "/".join(parts_of(path)), {"Range": f"bytes={start}-"} if start else {})
        with closing(answers):
            head = next(answers)
            position = _begins(head, path, start)
            for piece in answers:
                passed = max(0, start - position)
                position += len(piece.body)
                if position > bytes_max:
                    raise Unverified(f"{path} is longer than the {bytes_max} bytes it may have; the rest was not read.")
                if data := piece.body[passed:]:
                    yield data

    def close(self) -> None:
        """Let go of the connection."""
        self._line.close()


class HttpServer:
    """ports.Server: requests below `/api/v1` with the device's token."""

    def __init__(self, address: str, token: str = "", ticks: Ticks = time.monotonic) -> None:
        self._line = HttpLine(f"{address.rstrip('/')}/api/v1", ticks)
        self._token = token

    def call(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Reply:
        """One request; `body` is sent as JSON, or as it is when it is bytes."""
        sent = {"Accept": "application/json", **(headers or {})}
        if self._token:
            sent["Authorization"] = f"Bearer {self._token}"
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        if data is not None:
            sent["Content-Type"] = "application/json"
        answer = self._line.ask(method, path, data, sent, limits.reply_bytes_max)
        return Reply(answer.status, answer.headers, _value(answer.body))

    def close(self) -> None:
        """Let go of the connection."""
        self._line.close()


def _begins(head: Answer, path: str, start: int) -> int:
    """Where in the file an answer begins (rule 3)."""
    if head.status == http.client.NOT_FOUND:
        raise FileNotFoundError(path)
    if head.status == http.client.OK:
        return 0
    if head.status == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
        raise Unverified(f"{path} ends on this server before byte {start}; it is not the signed file.")
    if head.status != http.client.PARTIAL_CONTENT:
        raise Unreachable(f"The server answers {head.status} to {path}.")
    found = _range.match(head.headers.get("content-range", ""))
    if found is None or int(found[1]) != start:
        raise Unverified(f"The server sends another part of {path} than was asked for; it was not used.")
    return start


def _named(response: http.client.HTTPResponse) -> dict[str, str]:
    return {name.lower(): value for name, value in response.getheaders()}


def _value(body: bytes) -> object:
    try:
        return cast("object", json.loads(body)) if body else None
    except (ValueError, RecursionError):
        return None


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
