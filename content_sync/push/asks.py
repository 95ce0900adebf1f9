"""A visitor's questions to the hall: how a number or a matter stands, giving a ticket back.

1. A question is asked while somebody stands there: after `limits.press_seconds_max` it is answered by nobody.
2. Giving back is asked by the press that got the ticket; asking again changes nothing, so a lost answer does no harm.
   A ticket that was printed here and not handed in yet is unknown to the hall: it remembers the press, and the ticket
   is given back in the step in which it comes in.
3. What a server answers is checked value by value; an answer of another shape is as good as none.
"""

import http.client
from dataclasses import replace
from datetime import datetime, timedelta

from content_sync.domain import limits
from content_sync.domain.errors import Refused, Unreachable
from content_sync.net.replies import refusal
from content_sync.ports import Reply, Server
from content_sync.storage.desk import Ask, DeskStore, Position

_shape = {"number": str, "service": str, "state": str, "ahead": int, "window": int}
_wait_shape = {"low": int, "high": int, "basis": str}


def answer_asks(desk: DeskStore, server: Server, now: datetime) -> int:
    """Ask the hall what waits for an answer; returns how many were decided. Raises Unreachable."""
    decided = 0
    for ask in desk.waiting_asks():
        waited = now - datetime.fromisoformat(ask.at)
        if not timedelta() <= waited <= timedelta(seconds=limits.press_seconds_max):  # rule 1; also a clock set back
            desk.decide(ask.id, "unreached")
        else:
            _decide(desk, ask, _called(server, ask))
        decided += 1
    return decided


def _called(server: Server, ask: Ask) -> Reply:
    if ask.kind == "position":
        return server.call("GET", f"/tickets/{ask.about}")
    if ask.kind == "receipt":
        return server.call("GET", f"/receipts/{ask.about}")
    return server.call("POST", "/tickets/cancel", {"press": ask.about})  # rule 2


def _decide(desk: DeskStore, ask: Ask, reply: Reply) -> None:
    if reply.status == http.client.OK:
        if ask.kind == "receipt":
            desk.decide(ask.id, "answered", *_progress(reply))
        else:
            desk.decide(ask.id, "answered", _position(reply))
    elif ask.kind == "give-back" and _is_remembered(desk, ask, reply):
        printed = desk.pressed(ask.about)
        desk.decide(ask.id, "answered", Position(printed.number, printed.service, "cancelled"))
    elif reply.status == http.client.NOT_FOUND:
        desk.decide(ask.id, "unknown")
    else:
        error = refusal(reply)
        if not isinstance(error, Refused):
            raise error
        desk.decide(ask.id, "refused", reason=str(error))


def _is_remembered(desk: DeskStore, ask: Ask, reply: Reply) -> bool:
    """Rule 2. A server of before has no such way, and another code for that."""
    error = reply.value.get("error") if isinstance(reply.value, dict) else None
    unknown = isinstance(error, dict) and error.get("code") == "no_ticket"
    return unknown and desk.pressed(ask.about).state == "leased"


def _progress(reply: Reply) -> tuple[Position, str]:
    """How far a matter is, by its receipt, and what its visitor said of the answer (rule 3)."""
    value = reply.value if isinstance(reply.value, dict) else {}
    told = tuple(value.get(name, "") for name in ("kind", "step", "due", "answer_item", "verdict"))
    kind, step, due, item, verdict = told
    if not (kind and step) or not all(isinstance(part, str) for part in told):
        raise Unreachable("The server's answer about a receipt cannot be read; its program may be newer than this one.")
    return Position(number=item, service=kind, stands=step, basis=due), verdict


def _position(reply: Reply) -> Position:
    """Rule 3."""
    value = reply.value
    if not isinstance(value, dict) or not all(type(value.get(name)) is kind for name, kind in _shape.items()):
        raise Unreachable("The server's answer about a ticket cannot be read; its program may be newer than this one.")
    position = Position(value["number"], value["service"], value["state"], value["ahead"], value["window"])
    wait = value.get("wait")
    if not isinstance(wait, dict):
        return position
    if not all(type(wait.get(name)) is kind for name, kind in _wait_shape.items()):
        return position  # how it stands is known all the same
    return replace(position, low=wait["low"], high=wait["high"], basis=wait["basis"])
