"""What changed, asked in one small request: by the news, or by the head of a server that has no news.

1. Neither is signed, so both are only hints. The news also brings most of what it hints at (pull.larder).
2. After news that led to a refusal the head is asked once, and after news that cannot be read at once: whatever was
   wrong with the news, the tree may be sound.
"""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass, field

from content_sync.domain.errors import Unverified
from content_sync.net.replies import refusal
from content_sync.ports import Server
from content_sync.wire.news import Known, parse_news, question


@dataclass(frozen=True)
class Changed:
    """Repositories that changed; files of them that came along, and what they cost in bytes."""

    names: frozenset[str]
    files: Mapping[str, bytes] = field(default_factory=dict)
    cost: int = 0


class Hints:
    """The questions of one device to one server."""

    def __init__(self, server: Server) -> None:
        self._server, self._etag = server, ""
        self._has_news, self._trusted = True, True

    def ask(self, known: Mapping[str, tuple[Known, bytes]], *, all_of_them: bool) -> Changed:
        """What changed of the repositories that are held thus, each with its root; `all_of_them`: and all the others.

        Raises Unreachable, Refused when the server does not know the device, Unverified.
        """
        if not self._trusted or not (self._has_news or all_of_them):  # an old server may be a new one tomorrow
            self._trusted = True
            return self._head(known, all_of_them=all_of_them)
        reply = self._server.call(
            "GET", f"/news/{question([one for one, _ in known.values()], all_of_them=all_of_them)}"
        )
        self._has_news = reply.status != http.client.NOT_FOUND
        if reply.status == http.client.NO_CONTENT:
            return Changed(frozenset())
        if not self._has_news or reply.status >= http.client.INTERNAL_SERVER_ERROR:
            return self._head(known, all_of_them=all_of_them)
        if reply.status != http.client.OK:
            raise refusal(reply)
        try:
            files = parse_news(reply.body, [root for _, root in known.values()])
        except Unverified:  # rule 2
            return self._head(known, all_of_them=all_of_them)
        return Changed(frozenset(path.split("/")[0] for path in files), files, len(reply.body))

    def failed(self, *, refused: bool) -> None:
        """What was hinted at last could not be taken: ask again, and after a refusal in the other way (rule 2)."""
        self._etag, self._trusted = "", not refused

    def _head(self, known: Mapping[str, tuple[Known, bytes]], *, all_of_them: bool) -> Changed:
        reply = self._server.call("GET", "/head", headers={"If-None-Match": self._etag} if self._etag else {})
        if reply.status == http.client.NOT_MODIFIED:
            return Changed(frozenset(known if all_of_them else ()))
        found = reply.value.get("channels") if isinstance(reply.value, dict) else None
        if reply.status != http.client.OK or not isinstance(found, dict):
            raise refusal(reply)
        self._etag = reply.headers.get("etag", "")
        return Changed(
            frozenset(name for name, (one, _) in known.items() if all_of_them or found.get(name) != one.edition)
        )
