"""The live line: server-sent events, each only a hint to go and ask (ARCHITECTURE.md §3).

1. A lost or forged hint costs one poll, nothing else; so events carry no content, and their details are not read.
2. Lines are bounded; after `limits.live_silence_seconds_max` without a byte (the server writes every 15 s) the
   connection is given up. Whoever calls waits and connects again.
"""

import http.client
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from content_sync.domain import limits
from content_sync.domain.errors import Unreachable

names = ("hello", "edition", "queue", "emergency")


def listen(address: str, token: str, hear: Callable[[str], None]) -> None:
    """Call `hear` with the name of each event until the line breaks; then raises Unreachable."""
    split = urlsplit(address)
    kind = http.client.HTTPSConnection if split.scheme == "https" else http.client.HTTPConnection
    connection = kind(split.hostname or "", split.port, timeout=limits.live_silence_seconds_max)
    headers = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"}
    try:
        connection.request("GET", f"{split.path.rstrip('/')}/api/v1/events", headers=headers)
        response = connection.getresponse()
        if response.status != http.client.OK:
            raise Unreachable(f"The server gives no live line ({response.status}).")
        for name in events(_lines(response)):
            hear(name)
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable(f"The live line broke: {error}.") from error
    finally:
        connection.close()
    raise Unreachable("The server closed the live line.")


def events(lines: Iterator[bytes]) -> Iterator[str]:
    """The names of the known events in a stream of lines without their ends."""
    name = ""
    for line in lines:
        if line.startswith(b"event:"):
            name = line[6:].strip().decode(errors="replace")
        elif not line:
            if name in names:
                yield name
            name = ""


def _lines(response: http.client.HTTPResponse) -> Iterator[bytes]:
    while line := response.readline(limits.live_line_bytes_max + 1):
        if len(line) > limits.live_line_bytes_max:
            raise Unreachable("The server's live line is not one.")
        yield line.rstrip(b"\r\n")
