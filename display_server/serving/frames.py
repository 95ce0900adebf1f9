"""Server-sent events as text, and who hears what (an event is only a hint: ARCHITECTURE §3)."""

from collections.abc import Mapping

from content_sync.wire import canonical
from display_server.serving.handover import Listener

ping = b":\n"  # a comment without words: an idle line costs next to nothing


def frame(kind: str, detail: Mapping[str, str | int]) -> bytes:
    """One event as bytes of the stream. The site is left out: a listener hears no other."""
    told = {name: value for name, value in detail.items() if name != "site"}
    return b"event: %s\ndata: %s\n\n" % (kind.encode(), canonical.dump(told))


def concerns(listener: Listener, detail: Mapping[str, str | int]) -> bool:
    """Whether a change of this site or channel (or of neither) is for this listener."""
    return detail.get("site", listener.site) == listener.site and (
        "channel" not in detail or detail["channel"] in listener.channels
    )
