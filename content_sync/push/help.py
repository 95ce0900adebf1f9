"""找人帮忙 from the device: tell the desk, and hear whether somebody comes (GUI-06).

1. A call is told by its press until the desk has it, so that one press rings one bell however often it is sent.
2. A call that could not be told within `limits.help_seconds_max` is told no more: the bell would ring for nobody.
3. What is open is asked about at every round and hint, and forgotten by the desk's own word only.
4. A desk that refuses (an older server, a device without a hall) reaches nobody: the screen says where to go instead.
"""

import http.client
from datetime import datetime, timedelta

from content_sync.domain import limits
from content_sync.domain.errors import Refused, Unreachable
from content_sync.net.replies import refusal
from content_sync.ports import Reply, Server
from content_sync.storage.desk import DeskStore, HelpCall, HelpState

_states: dict[object, HelpState] = {"waiting": "ringing", "coming": "coming", "closed": "closed"}


def tell(desk: DeskStore, server: Server, now: datetime) -> int:
    """Ring for every call that the desk does not know of yet; returns how many rang. Raises Unreachable."""
    rung = 0
    for call in desk.open_help():
        if call.state == "asking":
            rung += _ring(desk, server, call, now)
    return rung


def follow(desk: DeskStore, server: Server) -> None:
    """Ask about every call that the desk knows of (rule 3). Raises Unreachable."""
    for call in desk.open_help():
        if call.state != "asking":
            reply = server.call("GET", f"/help/{call.help}")
            if reply.status in (http.client.FORBIDDEN, http.client.NOT_FOUND):
                desk.note_help(call.press, "closed")  # the desk knows nothing of it any more
            else:
                state, by = _said(reply)
                if (state, by) != (call.state, call.by):
                    desk.note_help(call.press, state, by)


def _ring(desk: DeskStore, server: Server, call: HelpCall, now: datetime) -> bool:
    waited = now - datetime.fromisoformat(call.at)
    if waited > timedelta(seconds=limits.help_seconds_max):  # rule 2
        desk.note_help(call.press, "unreached")
        return False
    reply = server.call("POST", "/help", {"press": call.press, "where": call.place[: limits.help_chars_max]})
    if reply.status != http.client.OK and isinstance(refusal(reply), Refused):  # rule 4
        desk.note_help(call.press, "unreached")
        return False
    state, _ = _said(reply)
    help_id = reply.value.get("help") if isinstance(reply.value, dict) else None
    if not isinstance(help_id, str):
        raise _unreadable()
    desk.note_help(call.press, state, server_id=help_id)
    return True


def _said(reply: Reply) -> tuple[HelpState, str]:
    if reply.status != http.client.OK:
        raise refusal(reply)
    if not isinstance(reply.value, dict) or reply.value.get("state") not in _states:
        raise _unreadable()
    return _states[reply.value["state"]], str(reply.value.get("by", ""))


def _unreadable() -> Unreachable:
    return Unreachable("The server's answer about help cannot be read; its program may be newer than this one.")
