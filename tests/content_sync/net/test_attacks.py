"""A server that means harm, or is broken: every answer ends in bounded bytes and seconds, with a sentence."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import count

import pytest

from content_sync.domain import limits
from content_sync.domain.errors import GongkailanError, Unreachable, Unverified
from content_sync.net.http import HttpFetcher
from content_sync.net.line import HttpLine
from tests.content_sync.net.test_http import says, serving

_most = 50_000  # what the file may have
_ok = b"HTTP/1.1 200 OK\r\n"
_chunked = _ok + b"Transfer-Encoding: chunked\r\n\r\n"
_long = _ok + b"Content-Length: 50000\r\n\r\n"
Ask = Callable[[HttpFetcher], bytes]
_asks: dict[str, Ask] = {
    "read": lambda fetcher: fetcher.fetch("qinghe/x.json", _most),
    "streamed": lambda fetcher: b"".join(fetcher.stream("qinghe/packs/x", 0, _most)),
    "streamed from the middle": lambda fetcher: b"".join(fetcher.stream("qinghe/packs/x", 9_000, _most)),
}
_floods = {  # what is said first, and what is then said for ever
    "a body without end": (_ok + b"\r\n", b"x" * 9_000),
    "a body longer than it says": (_ok + b"Content-Length: 999999999\r\n\r\n", b"x" * 9_000),
    "chunks without end": (_chunked, b"2328\r\n" + b"x" * 9_000 + b"\r\n"),
    "one chunk larger than the world": (_chunked + b"FFFFFFFFFF\r\n", b"x" * 9_000),
    "more framing than content": (_chunked, b"1;" + b"x" * 9_000 + b"\r\nx\r\n"),
    "trailers without end": (_chunked + b"0\r\n", b"X: " + b"x" * 9_000 + b"\r\n"),
    "a head line without end": (_ok + b"X: ", b"x" * 9_000),
    "head lines without end": (_ok, b"X: " + b"x" * 9_000 + b"\r\n"),
    "small head lines without end": (_ok, b"X: x\r\n"),
    "interim answers without end": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "interim answers with long heads": (b"", b"HTTP/1.1 100 Continue\r\nX: " + b"x" * 9_000 + b"\r\n\r\n"),
}


def _flood(first: bytes, forever: bytes) -> Callable[[socket.socket], None]:
    def talk(connection: socket.socket) -> None:
        connection.recv(4096)
        with suppress(OSError):
            connection.sendall(first)
            while True:
                connection.sendall(forever)

    return talk


@pytest.mark.parametrize("how", _asks)
@pytest.mark.parametrize("story", _floods)
def test_a_flood_is_dammed(story: str, how: str) -> None:
    """Whatever never ends is cut after what it may bring, framing and heads included, and the connection with it."""
    with serving(_flood(*_floods[story])) as address:
        line = HttpLine(address)
        with pytest.raises(GongkailanError, match=r"\.$"):
            _asks[how](HttpFetcher(line))
        bound = _most + _most // 8 + limits.head_bytes_max + 2 * limits.chunk_bytes
        assert line._meter._received <= bound


_drips = {
    "of the status": (b"", b"H"),
    "of the head": (_ok + b"X: ", b"x"),
    "of empty interim answers": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "of the body": (_long, b"x"),
    "of a body without length": (_ok + b"\r\n", b"x"),
    "of a chunk's size": (_chunked, b"0"),
    "of chunks": (_chunked, b"1\r\nx\r\n"),
}


@pytest.mark.parametrize("how", _asks)
@pytest.mark.parametrize("story", _drips)
def test_a_drip_is_given_up(story: str, how: str) -> None:
    """A byte now and then never resets the clock, wherever in the answer it falls."""
    first, drop = _drips[story]
    done, ticks = threading.Event(), count(0, 0.5)  # every look at the clock is half a second later

    def talk(connection: socket.socket) -> None:
        connection.recv(4096)
        with suppress(OSError):
            connection.sendall(first)
            while not done.wait(0.001):
                connection.sendall(drop)

    with serving(talk) as address, pytest.raises(Unreachable, match="slow"):
        _asks[how](HttpFetcher(HttpLine(address, lambda: next(ticks))))
    done.set()


_lies: dict[str, tuple[bytes, type[GongkailanError]]] = {
    "a body shorter than it says": (_long + b"x" * 49_999, Unreachable),
    "chunks cut in the middle": (_chunked + b"9\r\nxx", Unreachable),
    "a chunk's size that is none": (_chunked + b"zz\r\nxx\r\n", Unreachable),
    "a head cut in the middle": (_ok + b"Content-Le", Unreachable),
    "a redirect": (b"HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", Unreachable),
    "a packed body": (_ok + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", Unverified),
    "another protocol": (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", Unreachable),
    "a status that is none": (b"HTTP/1.1 999999 Oops\r\n\r\n", Unreachable),
    "nothing": (b"", Unreachable),
}


@pytest.mark.parametrize("how", _asks)
@pytest.mark.parametrize("story", _lies)
def test_a_lie_is_refused_and_the_next_answer_is_its_own(story: str, how: str) -> None:
    """Each has its error in a sentence, and what it left behind is never read as the answer to another question."""
    answer, error = _lies[story]
    fine = _ok + b"Content-Length: 4\r\n\r\nfine"
    with serving(says(answer), says(fine)) as address:
        fetcher = HttpFetcher(address)
        with pytest.raises(error, match=r"\.$"):
            _asks[how](fetcher)
        assert fetcher.fetch("qinghe/x.json", 9) == b"fine"
        fetcher.close()
