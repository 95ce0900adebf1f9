"""The live line: names of events come through, anything else is ignored or ends the line."""

import pytest

from content_sync.domain import limits
from content_sync.domain.errors import Unreachable
from content_sync.live import events, listen
from tests.content_sync.net.test_http import says, serving


def test_only_known_events_are_hints() -> None:
    """Comments, data, unknown names and events without an end say nothing."""
    stream = b": here\n\nevent: hello\ndata: {}\n\nevent: other\n\ndata: x\n\nevent: edition\ndata: {\n\nevent: queue"
    assert list(events(iter(stream.split(b"\n")))) == ["hello", "edition"]


def test_hints_are_heard_until_the_line_breaks() -> None:
    """Each event calls back at once; the end of the line is an error that makes the caller connect again."""
    heard: list[str] = []
    answer = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n: here\n\nevent: hello\n\nevent: queue\r\ndata: {}\r\n\r\n"
    with serving(says(answer)) as address, pytest.raises(Unreachable):
        listen(address, "token", heard.append)
    assert heard == ["hello", "queue"]


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * (limits.live_line_bytes_max + 9),
        b"nonsense\r\n\r\n",
    ],
)
def test_a_line_that_is_none_is_left(answer: bytes) -> None:
    """A refusal, a line without end and no HTTP at all are one error."""
    with serving(says(answer)) as address, pytest.raises(Unreachable):
        listen(address, "token", lambda _: None)
