"""A county behind a real HTTP server on 127.0.0.1, for the commands."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from content_sync.domain.ids import spelled
from tests.content_sync.world import County, Hall

secret = "abcdefgh23456722"  # the code of a test


class Served:
    """The county, its hall and the printed code of its one device."""

    def __init__(self, county: County, kind: str = "touch") -> None:
        self.county, self.hall, self.kind = county, Hall(county), kind
        self.root, self.address = county.publisher.directory_root(), ""
        printed = (secret + spelled(county.publisher.fingerprint())).upper()
        self.code = "-".join(printed[at : at + 4] for at in range(0, len(printed), 4))

    def enrolled(self) -> dict[str, object]:
        """What /enrol answers."""
        root, channels = self.root.decode(), list(self.county.numbers)
        names = {"device": "k1", "token": "secret-token", "site": "hall", "kind": self.kind}
        return {**names, "directory_root": root, "channels": channels}


@contextmanager
def served(county: County, kind: str = "touch") -> Iterator[Served]:
    """Serve until the end of the block."""
    scene = Served(county, kind)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path.startswith("/repo/"):
                path = county.repo / self.path[6:]
                self._say(200, path.read_bytes()) if path.is_file() else self._say(404, b"")
            else:
                self._call("GET", None)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/api/v1/enrol":
                self._say(200, json.dumps(scene.enrolled()).encode())
            else:
                self._call("POST", body)

        def _call(self, method: str, body: bytes | None) -> None:
            if self.headers["Authorization"] != "Bearer secret-token" or self.path == "/api/v1/events":
                self._say(401, b'{"error": {"code": "x", "message": "unknown device", "detail": ""}}')
                return
            reply = scene.hall.call(method, self.path.removeprefix("/api/v1"), body and json.loads(body), self.headers)
            data = b"" if reply.value is None else json.dumps(reply.value).encode()
            self._say(reply.status, data, dict(reply.headers))

        def _say(self, status: int, data: bytes, headers: dict[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in {**(headers or {}), "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    scene.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield scene
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
