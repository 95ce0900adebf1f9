"""How far a thing is that a relay passed up: asked of the county while the visitor stands there (APP-08).

1. The answer is the upstream's, wrong digits included, and it is kept nowhere here.
2. While the upstream is out of reach, busy or unwilling, the visitor is told what is known here: that it was passed on.
"""

import http.client
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from content_sync.domain.errors import GongkailanError
from display_server.config import Config

if TYPE_CHECKING:
    from content_sync.ports import Server

_told = ("kind", "step", "due", "answer_item", "verdict")


def progress(server: "Server", receipt: str, digits: str, known: dict[str, str]) -> dict[str, str] | None:
    """The upstream's answer; `known` when there is none (rules 1 and 2). None: no such receipt, or wrong digits."""
    query = f"?{urlencode({'last4': digits})}" if digits else ""
    try:
        reply = server.call("GET", f"/receipts/{quote(receipt, safe='')}{query}")
    except GongkailanError:
        return known
    if reply.status == http.client.NOT_FOUND:
        return None
    if reply.status != http.client.OK or not isinstance(reply.value, dict):
        return known
    found = {name: reply.value[name] for name in _told if isinstance(reply.value.get(name), str)}
    return found if {"kind", "step"} <= found.keys() else known


def upstream(config: Config) -> "Server":
    """The server above this relay."""
    from content_sync.agent.device import read_device
    from content_sync.net.http import HttpServer

    device = read_device(config.upstream)
    return HttpServer(device.server, device.token)
