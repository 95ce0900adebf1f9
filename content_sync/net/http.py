"""What a server offers over a line: the published tree (`HttpFetcher`) and the live side (`HttpServer`).

1. Both may share one line (net.line), so that a step costs one connection.
2. A stream from the middle asks by Range. An answer that begins elsewhere is refused; one that begins at the start,
   from a server without ranges, is passed over up to the middle: under a name with a hash both are the same file.
"""

import http.client
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import cast

from content_sync.domain import limits
from content_sync.domain.errors import Unreachable, Unverified
from content_sync.net.line import Answer, HttpLine
from content_sync.net.paths import parts_of

_range = re.compile(r"bytes (\d{1,18})-")


@dataclass(frozen=True)
class Reply:
    """ports.Reply."""

    status: int
    headers: Mapping[str, str]
    value: object
    body: bytes = b""


class HttpFetcher:
    """ports.Fetcher over the published tree of a server: by its address, or by a line that others use too."""

    def __init__(self, server: str | HttpLine) -> None:
        self._line = server if isinstance(server, HttpLine) else HttpLine(server)

    def fetch(self, path: str, bytes_max: int) -> bytes:
        """The file at `path` below the tree."""
        answer = self._line.ask("GET", _place(path), None, {}, bytes_max)
        if answer.status == http.client.NOT_FOUND:
            raise FileNotFoundError(path)
        if answer.status != http.client.OK:
            raise Unreachable(f"The server answers {answer.status} to {path}.")
        return answer.body

    def stream(self, path: str, start: int, bytes_max: int) -> Iterator[bytes]:
        """The file at `path` from `start` on (rule 2)."""
        asked = {"Range": f"bytes={start}-"} if start else {}
        with closing(self._line.stream(_place(path), asked, bytes_max)) as answers:
            position = _begins(next(answers), path, start)
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
    """ports.Server: requests below `/api/v1` with the device's token, by address or over a shared line."""

    def __init__(self, server: str | HttpLine, token: str = "") -> None:
        self._line = server if isinstance(server, HttpLine) else HttpLine(server)
        self._token = token

    def call(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Reply:
        """One request; `body` is sent as JSON, or as it is when it is bytes."""
        sent = dict(headers or {})
        if self._token:
            sent["Authorization"] = f"Bearer {self._token}"
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        if data is not None:
            sent["Content-Type"] = "application/json"
        answer = self._line.ask(method, f"/api/v1{path}", data, sent, limits.reply_bytes_max)
        return Reply(answer.status, answer.headers, _value(answer.body), answer.body)

    def close(self) -> None:
        """Let go of the connection."""
        self._line.close()


def _place(path: str) -> str:
    return "/repo/" + "/".join(parts_of(path))


def _begins(head: Answer, path: str, start: int) -> int:
    """Where in the file an answer begins (rule 2)."""
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


def _value(body: bytes) -> object:
    try:
        return cast("object", json.loads(body)) if body else None
    except (ValueError, RecursionError):
        return None
