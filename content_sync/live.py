"""The live line: server-sent events, each only a hint to go and ask (ARCHITECTURE.md §3).

1. A lost or forged hint costs one poll, nothing else; so events carry no content. Of the details only the number of an
   edition is read, so that nobody asks for what is held already.
2. Lines are bounded, and each must be whole within `limits.live_silence_seconds_max` of the one before (the server
   writes every `limits.stream_ping_seconds`); else the connection is given up. So it is after `limits.live_bytes_max`:
   no honest server has that much to hint. Whoever calls waits and connects again.
"""

import http.client
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Unreachable
from content_sync.net.line import Answer, HttpLine
from content_sync.wire import canonical

names = ("hello", "edition", "queue", "emergency")


@dataclass(frozen=True)
class Hint:
    """What happened; `channel` and `edition` are empty and 0 where it does not say."""

    name: str
    channel: str = ""
    edition: int = 0


def listen(line: HttpLine, token: str, hear: Callable[[Hint], None]) -> None:
    """Call `hear` with each hint until the line breaks; then raises Unreachable or Unverified."""
    with closing(line.stream("/api/v1/events", {"Authorization": f"Bearer {token}"}, 0)) as answers:
        head = next(answers)
        if head.status != http.client.OK:
            raise Unreachable(f"The server gives no live line ({head.status}).")
        for hint in hints(_lines(line, answers)):
            hear(hint)
    raise Unreachable("The server closed the live line.")


def hints(lines: Iterator[bytes]) -> Iterator[Hint]:
    """The known events in a stream of lines without their ends."""
    name, detail = "", b""
    for line in lines:
        if line.startswith(b"event:"):
            name = line[6:].strip().decode(errors="replace")
        elif line.startswith(b"data:"):
            detail = line[5:].strip()
        elif not line:
            if name in names:
                yield _hint(name, detail)
            name, detail = "", b""


def _hint(name: str, detail: bytes) -> Hint:
    """Rule 1: a detail that says nothing clear leaves the bare hint."""
    try:
        plain = canonical.load(detail, name) if detail else {}
    except BadInput:
        plain = {}
    channel, edition = (plain.get(word) for word in ("channel", "edition")) if isinstance(plain, dict) else ("", 0)
    if isinstance(channel, str) and type(edition) is int:
        return Hint(name, channel, edition)
    return Hint(name)


def _lines(line: HttpLine, answers: Iterator[Answer]) -> Iterator[bytes]:
    """Rule 2."""
    line.pause(limits.live_silence_seconds_max)
    begun, came = b"", 0
    for answer in answers:
        came += len(answer.body)
        if came > limits.live_bytes_max:
            raise Unreachable("The server's live line says too much; it is begun anew.")
        *whole, begun = (begun + answer.body).split(b"\n")
        if whole:
            line.pause(limits.live_silence_seconds_max)
        if max(map(len, (*whole, begun))) > limits.live_line_bytes_max:
            raise Unreachable("The server's live line is not one.")
        for text in whole:
            yield text.rstrip(b"\r")
