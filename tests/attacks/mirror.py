"""A real HTTP server on 127.0.0.1 over a published tree, which does evil at the paths that a test names.

A drip or a silence ends when the block ends. Waiting costs a test nothing: `Impatient` lets the clock of transfers run
while the evil path is asked for.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

from content_sync.net.http import HttpFetcher
from content_sync.net.line import HttpLine

_plenty = b"x" * 65_536
_bursts_max = 400  # 26 MB: more than any bound of these tests, in case the other end never stops


class Mirror:
    """Serves `repo` below `/repo`; `evil` is a word in a path and what to do there instead."""

    def __init__(self, repo: Path, word: str = "", evil: Callable[["Talk"], None] | None = None) -> None:
        self.repo, self.word, self.evil = repo, word, evil
        self.asked: list[str] = []
        self.over = threading.Event()
        self.sent = 0
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = self.path.removeprefix("/repo/")
                mirror.asked.append(path)
                if mirror.evil is not None and mirror.word in path:
                    self.close_connection = True
                    with suppress(OSError):
                        mirror.evil(Talk(self, mirror))
                    return
                file = mirror.repo / path
                data = file.read_bytes() if file.is_file() else b""
                self.send_response(200 if file.is_file() else 404)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Talk:
    """One evil answer."""

    def __init__(self, handler: BaseHTTPRequestHandler, mirror: Mirror) -> None:
        self._handler, self._mirror = handler, mirror

    def say(self, data: bytes) -> None:
        """Send these bytes."""
        self._mirror.sent += len(data)
        self._handler.wfile.write(data)

    def head(self, status: int, *headers: str) -> None:
        """Send a status line and headers."""
        self.say("\r\n".join([f"HTTP/1.1 {status} Evil", *headers, "", ""]).encode())

    def flood(self, piece: bytes = _plenty) -> None:
        """Send for ever, as fast as it goes."""
        for _ in range(_bursts_max * len(_plenty) // len(piece)):
            self.say(piece)

    def drip(self, piece: bytes = b"x") -> None:
        """Send for ever, now and then."""
        while not self._mirror.over.wait(0.001):
            self.say(piece)

    def hang(self) -> None:
        """Say nothing more."""
        self._mirror.over.wait()


class Impatient:
    """ports.Fetcher over HTTP: while a path with `word` is asked for, each look at the clock is `seconds` later."""

    def __init__(self, address: str, word: str = "", seconds: float = 0.0) -> None:
        self._at, self._step, self._word, self._seconds = 0.0, 0.0, word, seconds
        self.inner = HttpFetcher(HttpLine(address, self._ticks))

    def _ticks(self) -> float:
        self._at += self._step
        return self._at

    def calm(self) -> None:
        """Let time stand from now on."""
        self._seconds = 0.0

    def fetch(self, path: str, bytes_max: int) -> bytes:
        self._step = self._seconds if self._word in path else 0.0
        return self.inner.fetch(path, bytes_max)

    def stream(self, path: str, start: int, bytes_max: int) -> Iterator[bytes]:
        self._step = self._seconds if self._word in path else 0.0
        return self.inner.stream(path, start, bytes_max)
