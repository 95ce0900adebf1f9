"""The aggregated head: one small conditional request that says whether anything changed. Unsigned, so only a hint."""

import http.client
from dataclasses import dataclass

from content_sync.net.replies import refusal
from content_sync.ports import Server


@dataclass(frozen=True)
class Head:
    """Numbers by channel; None when nothing changed since `etag`."""

    channels: dict[str, int] | None
    etag: str


def head(server: Server, etag: str) -> Head:
    """Ask the server; `etag` empty asks for everything. Raises Unreachable, or Refused when the token is not known."""
    reply = server.call("GET", "/head", headers={"If-None-Match": etag} if etag else {})
    if reply.status == http.client.NOT_MODIFIED:
        return Head(None, etag)
    found = reply.value.get("channels") if isinstance(reply.value, dict) else None
    if reply.status != http.client.OK or not isinstance(found, dict):
        raise refusal(reply)
    channels = {name: number for name, number in found.items() if isinstance(name, str) and type(number) is int}
    return Head(channels, reply.headers.get("etag", ""))
