"""HTTP to one server: the published tree (`HttpFetcher`) and the live side (`HttpServer`).

1. One connection is kept for many requests; a request on a kept connection that the server had closed meanwhile is
   sent once more on a new one. (Every request of ours may be repeated.)
2. Every answer is bounded in bytes; every transfer in time and rate (net.metered). Nothing is redirected or unpacked.
"""

import http.client
import json
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Unreachable, Unverified
from content_sync.net.metered import Meter, MeteredSocket, Ticks
from content_sync.net.paths import parts_of


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
        kept = self._kept is not None
        try:
            try:
                return self._ask(method, path, body, headers, bytes_max)
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                if not kept:
                    raise
                self.close()
                return self._ask(method, path, body, headers, bytes_max)  # rule 1
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Unreachable(f"The server {self.address} does not answer ({_reason(error)}).") from error
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the connection."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], bytes_max: int) -> Answer:
        connection = self._connection()
        self._meter.restart()
        connection.request(method, self.base + path, body, dict(headers))
        response = connection.getresponse()
        names = {name.lower(): value for name, value in response.getheaders()}
        with response:
            data = response.read(bytes_max + 1)
            if len(data) > bytes_max:
                raise Unverified(f"{path} is longer than the {bytes_max} bytes it may have; the rest was not read.")
            if response.length:  # a bounded read does not complain by itself
                raise http.client.IncompleteRead(data, response.length)
        if response.will_close:
            self.close()
        return Answer(response.status, names, data)

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


def _value(body: bytes) -> object:
    try:
        return cast("object", json.loads(body)) if body else None
    except (ValueError, RecursionError):
        return None


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
