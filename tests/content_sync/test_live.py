"""The live line: names of events come through, anything else is ignored or ends the line."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import count

import pytest

from content_sync.domain import limits
from content_sync.domain.errors import GongkailanError, Unreachable
from content_sync.live import Hint, hints, listen
from content_sync.net.line import HttpLine
from tests.content_sync.net.test_http import says, serving
from tests.content_sync.world import HandTicks

_head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"


def test_only_known_events_are_hints() -> None:
    """Comments, data, unknown names and events without an end say nothing."""
    stream = b":\n\nevent: hello\ndata: {}\n\nevent: other\n\ndata: x\n\nevent: edition\ndata: {\n\nevent: queue"
    assert list(hints(iter(stream.split(b"\n")))) == [Hint("hello"), Hint("edition")]


@pytest.mark.parametrize(
    ("detail", "hint"),
    [
        (b'{"channel":"qinghe","edition":7}', Hint("edition", "qinghe", 7)),
        (b'{"channel":"qinghe","edition":"7"}', Hint("edition")),
        (b'{"channel":7,"edition":7}', Hint("edition")),
        (b'{"edition":7}', Hint("edition")),
        (b"[]", Hint("edition")),
        (b"[" * 9_000, Hint("edition")),
        (b"\xff", Hint("edition")),
    ],
)
def test_a_detail_is_read_strictly_or_not_at_all(detail: bytes, hint: Hint) -> None:
    """Only an edition's channel and number are understood; anything else is the bare hint, never an error."""
    assert list(hints(iter([b"event: edition", b"data: " + detail, b""]))) == [hint]


def test_hints_are_heard_until_the_line_breaks() -> None:
    """Each event calls back at once; the end of the line is an error that makes the caller connect again."""
    heard: list[Hint] = []
    answer = _head + b":\n\nevent: hello\n\nevent: queue\r\ndata: {}\r\n\r\n"
    with serving(says(answer)) as address, pytest.raises(Unreachable):
        listen(HttpLine(address), "token", heard.append)
    assert heard == [Hint("hello"), Hint("queue")]


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
        _head + b"x" * (limits.live_line_bytes_max + 9),
        b"nonsense\r\n\r\n",
    ],
)
def test_a_line_that_is_none_is_left(answer: bytes) -> None:
    """A refusal, a line without end and no HTTP at all are one error."""
    with serving(says(answer)) as address, pytest.raises(GongkailanError):
        listen(HttpLine(address), "token", lambda _: None)


def _drips(begun: bytes, drop: bytes, done: threading.Event) -> Callable[[socket.socket], None]:
    def talk(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(begun)
        with suppress(OSError):
            while not done.wait(0.001):
                connection.sendall(drop)

    return talk


@pytest.mark.parametrize("begun", [b"HTTP/1.1 200 OK\r\nX: ", _head, _head + b"event: hello\n\n"])
def test_a_line_that_only_drips_is_given_up(begun: bytes) -> None:
    """Bytes that never make a line keep nobody listening: not in the head, not as a half event."""
    done, ticks = threading.Event(), count(0, 0.5)  # every look at the clock is half a second later
    with serving(_drips(begun, b"x", done)) as address, pytest.raises(Unreachable, match="slow"):
        listen(HttpLine(address, lambda: next(ticks)), "token", lambda _: None)
    done.set()


def test_a_line_that_is_calm_is_kept() -> None:
    """Something now and then is enough, for hours; every whole line gives the next one its full time."""
    heard, ticks = threading.Semaphore(0), HandTicks()

    def talk(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(_head)
        for _ in range(100):
            connection.sendall(b":\nevent: hello\n\n")
            heard.acquire()

    def hear(_: Hint) -> None:
        ticks.at += limits.live_silence_seconds_max - 1
        heard.release()

    with serving(talk) as address, pytest.raises(Unreachable, match="closed"):
        listen(HttpLine(address, ticks), "token", hear)
    assert ticks.at > 4_000
