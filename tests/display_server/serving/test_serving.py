"""`serve` as a real process: one port for everything, hints within the moment, a prompt end."""

import http.client
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from content_sync.clock import SystemClock, SystemIds
from content_sync.domain import limits
from display_server.access import shell
from display_server.config import Config
from display_server.database.engine import Database
from display_server.desk.founding import Wishes, found
from display_server.devices import service as devices

pytestmark = pytest.mark.process
patience = 30


@dataclass
class Served:
    """A serving process, the database it serves, and the port it found."""

    process: "subprocess.Popen[str]"
    db: Database
    port: int
    opened: list[http.client.HTTPConnection | http.client.HTTPResponse] = field(default_factory=list)

    def ask(self, method: str, path: str, body: object = None, token: str = "") -> http.client.HTTPResponse:
        """One request; the answer is still open."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        self.opened.append(connection)
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        self.opened.append(answer)
        return answer

    def enrolled(self, name: str, channels: list[str]) -> str:
        """The token of a new device."""
        code = devices.add(self.db, shell, name, "touch", channels, "", b"0" * 16)
        secret = code.replace("-", "")[:16]  # the rest is the fingerprint of a directory, made up here
        return str(json.load(self.ask("POST", "/api/v1/enrol", {"code": secret}))["token"])

    def children(self) -> dict[str, int]:
        """The pids of its processes by module."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        named = {}
        for pid in listed:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
            named[words[2].rsplit(".", 1)[-1] if len(words) > 2 else ""] = int(pid)
        return named


@contextmanager
def serving(home: Path) -> Iterator[Served]:
    """A founded county on a free port."""
    found(home, Wishes("清河", "county", "", "origin", demo=False), SystemClock(), SystemIds())
    command = [sys.executable, "-m", "display_server", "--dir", str(home), "serve", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = re.fullmatch(r"http://127\.0\.0\.1:(\d+)\n", process.stdout.readline())
    assert said
    db = Database(Config(home))
    running = Served(process, db, int(said[1]))
    yield running
    for each in running.opened:
        each.close()
    db.close()
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """One that a test may change and kill."""
    with serving(tmp_path / "server") as running:
        yield running


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One for all tests that leave it as they found it: to start its four processes takes longer than most of them."""
    with serving(tmp_path_factory.mktemp("standing") / "server") as running:
        yield running


def _until(stream: http.client.HTTPResponse, kind: bytes) -> bytes:
    """The data of the next event of this kind."""
    assert stream.fp is not None
    for line in stream.fp:
        if line == b"event: %s\n" % kind:
            return bytes(stream.fp.readline())
    raise AssertionError(f"the stream ended before {kind!r}")


def test_a_change_reaches_the_devices_it_concerns(served: Served) -> None:
    """Streams and requests share one port; a stream tells its device's channels, and nobody hears another's."""
    assert served.ask("GET", "/healthz").status == 200
    token = served.enrolled("touch-1", ["qinghe"])
    stream = served.ask("GET", "/api/v1/events", token=token)
    assert stream.status == 200
    assert stream.headers["Content-Type"].startswith("text/event-stream")
    assert _until(stream, b"hello") == b"data: {}\n"
    with served.db.write() as connection:
        served.db.announce(connection, "edition", {"channel": "liuhe", "edition": 7})
        served.db.announce(connection, "edition", {"channel": "qinghe", "edition": 2})
    assert _until(stream, b"edition") == b'data: {"channel":"qinghe","edition":2}\n'
    assert served.ask("GET", "/api/v1/events").status == 401
    assert served.ask("GET", "/healthz").status == 200


def test_it_ends_within_two_seconds_with_streams_open(served: Served) -> None:
    """SIGTERM waits for no stream and leaves no process behind."""
    token = served.enrolled("touch-1", ["qinghe"])
    streams = [served.ask("GET", "/api/v1/events", token=token) for _ in range(3)]
    for stream in streams:
        _until(stream, b"hello")
    children = served.children()
    assert {"requests", "streams"} <= children.keys()
    watched = [os.pidfd_open(pid) for pid in children.values()]
    served.process.send_signal(signal.SIGTERM)
    assert limits.stop_seconds < 2
    assert served.process.wait(patience) == 0
    assert [stream.fp.read() for stream in streams if stream.fp] == [
        b"\n"
    ] * 3  # the blank line after hello, then the end
    _ended(watched)


def test_a_dead_event_process_is_started_again(served: Served) -> None:
    """A device whose stream broke comes back to a new process and hears the next change."""
    token = served.enrolled("touch-1", ["qinghe"])
    broken = served.ask("GET", "/api/v1/events", token=token)
    _until(broken, b"hello")
    first = served.children()["streams"]
    os.kill(first, signal.SIGKILL)
    assert broken.read() == b"\n"
    # What comes before the new process is up waits at its door; the new process opens it.
    again = served.ask("GET", "/api/v1/events", token=token)
    _until(again, b"hello")
    with served.db.write() as connection:
        served.db.announce(connection, "edition", {"channel": "qinghe", "edition": 3})
    assert _until(again, b"edition") == b'data: {"channel":"qinghe","edition":3}\n'
    assert served.children()["streams"] != first


_slow = {
    "silent": b"",
    "half a head": b"GET /healthz HTTP/1.1\r\nHost: x\r\n",
    "half a body": b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\na",
    "a body longer than allowed": b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\na",
    "half a second request": b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /",
    "never hanging up": b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
}


@pytest.mark.parametrize("story", _slow)
def test_slow_clients_keep_nobody_waiting(standing: Served, story: str) -> None:
    """More clients than threads send this and wait: everybody else is answered at once."""
    assert standing.ask("GET", "/healthz").status == 200  # it is up
    slow = [socket.create_connection(("127.0.0.1", standing.port)) for _ in range(2 * limits.request_threads)]
    for client in slow:
        client.sendall(_slow[story])
    quick = http.client.HTTPConnection("127.0.0.1", standing.port, timeout=8)
    quick.request("GET", "/healthz")
    assert quick.getresponse().status == 200
    for client in (quick, *slow):
        client.close()


def test_a_request_in_pieces_is_one_request(standing: Served) -> None:
    """Whatever the network makes of it, and whatever follows on the same connection, each request has its answer."""
    request = b"POST /api/v1/enrol HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
    with (
        socket.create_connection(("127.0.0.1", standing.port), timeout=patience) as client,
        client.makefile("rb") as told,
    ):
        for part in (request[:30], request[30:-1], request[-1:] + request[:9], request[9:]):
            client.sendall(part)
        for _ in range(2):
            assert told.readline().startswith(b"HTTP/1.1 400")
            fields = http.client.parse_headers(told)
            assert b"bad_input" in told.read(int(fields["Content-Length"]))


def test_a_body_longer_than_allowed_is_refused_with_a_sentence(standing: Served) -> None:
    """Who sends all of it all the same reads the answer, not a broken connection."""
    answer = standing.ask("POST", "/api/v1/enrol", "x" * (2 * limits.request_bytes_max))
    assert answer.status == 413
    assert json.load(answer)["error"]["message"]


def test_a_file_to_attach_may_be_longer(standing: Served) -> None:
    """It reaches the application, which asks whose form this is; there is an end to it too."""
    place, bound = "/content/items/i-1/attachments", limits.request_bytes_max
    assert standing.ask("POST", place, "x" * (2 * bound)).status == 400
    assert standing.ask("POST", "/content/items/i-1", "x" * (2 * bound)).status == 413
    assert standing.ask("POST", place, "x" * (limits.upload_bytes_max + bound)).status == 413


def test_one_device_keeps_no_other_from_listening(served: Served) -> None:
    """A device that opens one stream after another loses its oldest; another device's stays."""
    token, other = served.enrolled("touch-1", ["qinghe"]), served.enrolled("touch-2", ["qinghe"])
    calm = served.ask("GET", "/api/v1/events", token=other)
    _until(calm, b"hello")
    greedy = []
    for _ in range(limits.streams_per_device_max + 1):
        greedy.append(served.ask("GET", "/api/v1/events", token=token))
        _until(greedy[-1], b"hello")
    assert greedy[0].read() == b"\n"
    with served.db.write() as connection:
        served.db.announce(connection, "edition", {"channel": "qinghe", "edition": 2})
    for stream in (calm, *greedy[1:]):
        assert _until(stream, b"edition") == b'data: {"channel":"qinghe","edition":2}\n'


def test_children_do_not_outlive_a_killed_parent(served: Served) -> None:
    """When `serve` itself is killed, the port is free again for its successor."""
    assert served.ask("GET", "/healthz").status == 200
    children = [pid for name, pid in served.children().items() if name in {"requests", "streams"}]
    watched = [os.pidfd_open(pid) for pid in children]
    assert len(watched) == 2
    served.process.kill()
    _ended(watched)


def _ended(watched: list[int]) -> None:
    for descriptor in watched:
        assert select.select([descriptor], [], [], patience)[0], "a child still runs"
        os.close(descriptor)


def test_a_taken_port_is_said_in_one_sentence(standing: Served) -> None:
    """A second server on the same port ends with 1 and names the port."""
    home = str(standing.db.config.home)
    command = [sys.executable, "-m", "display_server", "--dir", home, "serve", "--port", str(standing.port)]
    second = subprocess.run(command, capture_output=True, text=True, check=False, timeout=patience)
    assert (second.returncode, second.stdout) == (1, "")
    assert (
        second.stderr
        == f"Cannot listen on 127.0.0.1 port {standing.port}: Address already in use. Choose another --port.\n"
    )
