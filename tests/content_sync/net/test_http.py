"""HTTP within bounds: bytes, time, rate, one kept connection (pitfalls of slow and endless servers)."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count

import pytest

from content_sync.domain.errors import BadInput, Unreachable, Unverified
from content_sync.net.http import HttpFetcher, HttpServer
from content_sync.net.line import HttpLine


@contextmanager
def serving(*talks: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server on 127.0.0.1 that has one talk with each connection; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            for talk in talks:
                with suppress(OSError):
                    connection, _ = listener.accept()
                    with connection:
                        talk(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    thread.join(2)


def says(*answers: bytes) -> Callable[[socket.socket], None]:
    """Answer each request of a connection in turn, then close."""

    def talk(connection: socket.socket) -> None:
        for answer in answers:
            heard = b""
            while b"\r\n\r\n" not in heard:
                heard += connection.recv(4096)
            connection.sendall(answer)

    return talk


def _ok(body: bytes, *headers: str) -> bytes:
    lines = ["HTTP/1.1 200 OK", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def test_one_connection_serves_many_requests() -> None:
    """Two files come over one connection; when the server closed it meanwhile, a new one is opened by itself."""
    with serving(says(_ok(b"one"), _ok(b"two")), says(_ok(b"three", "Connection: close"))) as address:
        fetcher = HttpFetcher(address)
        assert [fetcher.fetch("qinghe/x.json", 9) for _ in range(3)] == [b"one", b"two", b"three"]


def test_a_closed_connection_is_noticed_before_anything_is_sent() -> None:
    """A server hangs up between two polls, as it does every few seconds: that costs a connection, not a request."""
    hung_up = threading.Event()

    def once(connection: socket.socket) -> None:
        says(_ok(b"one"))(connection)
        connection.shutdown(socket.SHUT_WR)
        hung_up.set()
        assert connection.recv(4096) == b""

    with serving(once, says(_ok(b"two", "Connection: close"))) as address:
        fetcher = HttpFetcher(address)
        assert fetcher.fetch("qinghe/x.json", 9) == b"one"
        assert hung_up.wait(5)
        assert fetcher.fetch("qinghe/x.json", 9) == b"two"


_bad = {
    "endless data": (says(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 60_000), Unverified),
    "a length beyond the bound": (
        says(b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n" + b"x" * 60_000),
        Unverified,
    ),
    "nothing there": (says(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), FileNotFoundError),
    "a redirect": (says(b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"), Unreachable),
    "a server at fault": (says(b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"), Unreachable),
    "no HTTP": (says(b"220 ftp ready\r\n"), Unreachable),
    "a line cut in the middle": (says(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nxx"), Unreachable),
}


@pytest.mark.parametrize("story", _bad)
def test_a_bad_answer_is_refused(story: str) -> None:
    """Each has its error, and the fetcher can be used again afterwards."""
    talk, error = _bad[story]
    with serving(talk, says(_ok(b"fine"))) as address:
        fetcher = HttpFetcher(address)
        with pytest.raises(error):
            fetcher.fetch("qinghe/x.json", 50_000)
        fetcher.close()
        assert fetcher.fetch("qinghe/x.json", 9) == b"fine"
        fetcher.close()


@pytest.mark.parametrize("dripped", [b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "])
def test_a_drip_feed_is_given_up(dripped: bytes) -> None:
    """A byte now and then, in the body or in the headers, never resets the deadline."""
    done = threading.Event()

    def drip(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(dripped)
        with suppress(OSError):
            while not done.wait(0.001):
                connection.sendall(b"x")

    ticks = count(0, 0.5)  # every look at the clock is half a second later
    with serving(drip) as address, pytest.raises(Unreachable, match="slow"):
        HttpFetcher(HttpLine(address, lambda: next(ticks))).fetch("qinghe/x.json", 50_000)
    done.set()


_part = b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes %s\r\nContent-Length: %d\r\n\r\n%s"
_streams: dict[str, tuple[bytes, bytes | type[Exception]]] = {
    "the rest": (_part % (b"4-8/9", 5, b"efghi"), b"efghi"),
    "the whole file, from a server without ranges": (_ok(b"abcdefghi"), b"efghi"),
    "less than was there before": (_ok(b"abc"), b""),
    "another part": (_part % (b"3-8/9", 6, b"defghi"), Unverified),
    "a part of nothing": (_part % (b"x", 5, b"efghi"), Unverified),
    "a longer file": (_part % (b"4-9/10", 6, b"efghij"), Unverified),
    "a longer whole file": (_ok(b"abcdefghij"), Unverified),
    "a shorter file": (b"HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\n\r\n", Unverified),
    "no file": (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", FileNotFoundError),
    "a redirect": (b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n", Unreachable),
    "a line cut in the middle": (_part % (b"4-8/9", 5, b"ef"), Unreachable),
}


@pytest.mark.parametrize("story", _streams)
def test_a_stream_from_the_middle(story: str) -> None:
    """Bytes from the middle on come or are refused; no answer can splice two files."""
    answer, outcome = _streams[story]
    with serving(says(answer), says(_ok(b"fine"))) as address:
        fetcher = HttpFetcher(address)
        if isinstance(outcome, bytes):
            assert b"".join(fetcher.stream("qinghe/packs/x", 4, 9)) == outcome
        else:
            with pytest.raises(outcome):
                list(fetcher.stream("qinghe/packs/x", 4, 9))
        fetcher.close()
        assert b"".join(fetcher.stream("qinghe/packs/x", 0, 9)) == b"fine"
        fetcher.close()


def test_what_came_before_the_cut_was_given() -> None:
    """Every piece is handed on as it arrives, so that a broken line loses none of it."""
    came: list[bytes] = []
    with serving(says(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n" + b"x" * 40_000)) as address:
        stream = HttpFetcher(address).stream("qinghe/packs/x", 0, 99_999)
        with pytest.raises(Unreachable):
            came.extend(stream)
    assert b"".join(came) == b"x" * 40_000


def test_a_stream_left_early_spoils_no_later_request() -> None:
    """What was not read of a stream is never taken for the next answer: the connection is not used again."""
    with serving(says(_ok(b"x" * 100_000), _ok(b"wrong")), says(_ok(b"right"))) as address:
        fetcher = HttpFetcher(address)
        stream = fetcher.stream("qinghe/packs/x", 0, 100_000)
        next(stream)
        stream.close()  # type: ignore[attr-defined]
        assert fetcher.fetch("qinghe/x.json", 9) == b"right"
        fetcher.close()


def test_a_closed_port_is_unreachable() -> None:
    """No server is one sentence with its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(Unreachable, match=str(port)):
        HttpServer(f"http://127.0.0.1:{port}").call("GET", "/head")


@pytest.mark.parametrize("path", ["../x", "a/../x", "/etc/passwd", "a//b", "a/.b", "a\\b", "a\x00b", "a/%2e%2e/b", ""])
def test_a_path_out_of_the_tree_is_not_asked_for(path: str) -> None:
    """Names from metadata lead below the tree or nowhere."""
    with pytest.raises(Unverified):
        HttpFetcher("http://127.0.0.1:1").fetch(path, 9)


@pytest.mark.parametrize("address", ["ftp://x", "file:///etc", "x:1", ""])
def test_an_address_is_http(address: str) -> None:
    """Anything else is refused before anything is sent."""
    with pytest.raises(BadInput):
        HttpLine(address)


def test_json_goes_and_comes() -> None:
    """Values are sent as JSON with the token; an answer that is no JSON has the value None."""
    heard: list[bytes] = []

    def talk(connection: socket.socket) -> None:
        data = b""
        while b"}" not in data:
            data += connection.recv(4096)
        heard.append(data)
        connection.sendall(_ok(b'{"a": [1]}', "ETag: x"))
        connection.recv(4096)
        connection.sendall(_ok(b"<html>"))

    with serving(talk) as address:
        server = HttpServer(address, "secret")
        reply = server.call("POST", "/tickets", {"press": "p"}, {"X-Signature": "s"})
        assert (reply.status, reply.headers["etag"], reply.value) == (200, "x", {"a": [1]})
        assert server.call("GET", "/head").value is None
        server.close()
    assert b"POST /api/v1/tickets" in heard[0]
    assert b"Bearer secret" in heard[0]
    assert b"X-Signature: s" in heard[0]
