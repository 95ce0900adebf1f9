"""The hall as a device asks for it: tickets for presses, services, leased numbers, the queue.

1. A press is asked for by its own id as long as it waits, so the same press gets the same ticket.
2. A press that waited `limits.press_seconds_max` has no visitor any more; it is refused instead of making a ticket.
3. Numbers are leased for today and tomorrow while fewer than `limits.lease_low_numbers` are left. Blocks of days before
   are given back; a series of own numbers is asked for once.
4. A press that was given up here is given up at the server too: a ticket whose answer was lost waits for nobody.
5. What a server answers is checked value by value; an answer of another shape is as good as none.
"""

import http.client
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

from content_sync.domain import limits
from content_sync.domain.errors import Refused, Unreachable
from content_sync.domain.hall import series
from content_sync.net.replies import refusal
from content_sync.ports import Reply, Server
from content_sync.storage.desk import Block, Call, DeskStore, Invitation, Press, ServiceState, WindowState
from content_sync.storage.desk_presses import day_of

_T = TypeVar("_T")
_too_late = "刚才没有取到号，请再按一次。"


def answer_presses(desk: DeskStore, server: Server, now: datetime) -> int:
    """Ask for a ticket for every waiting press, then give up what was given up; returns how many were answered.

    Raises Unreachable.
    """
    answered = 0
    for press in desk.waiting_presses():
        if now - datetime.fromisoformat(press.at) > timedelta(seconds=limits.press_seconds_max):  # rule 2
            desk.refuse(press.id, _too_late)
        else:
            answered += _answer(desk, server, press)
    for given_up in desk.given_up():  # rule 4
        _heard(server.call("POST", "/tickets/cancel", {"press": given_up}))
        desk.told_given_up(given_up)
    return answered


def refresh_services(desk: DeskStore, server: Server, now: datetime) -> None:
    """Replace the services by what the server says now."""
    updated = now.isoformat()
    desk.put_services(
        _listed(
            server.call("GET", "/services"),
            None,
            lambda s: ServiceState(
                _text(s, "service"),
                _text(s, "letter"),
                _text(s, "name"),
                bool(s["open"]),
                _whole(s, "waiting"),
                updated,
                str(s.get("why", "")),
                _instant(s.get("until", "")),
            ),
        )
    )


def refresh_queue(desk: DeskStore, server: Server) -> None:
    """Replace calls, invitations, windows and blanking by what the server says now; an older one names no calling."""
    reply = server.call("GET", "/queue")
    calls = _listed(
        reply,
        "calls",
        lambda c: Call(
            _text(c, "number"),
            _whole(c, "window"),
            _text(c, "window_name"),
            _text(c, "service"),
            _text(c, "at"),
            "missed" if c["state"] == "missed" else "called",
            str(c.get("call", "")),
            int(c.get("times", 1)),
            bool(c.get("here", False)),
        ),
    )
    invited = _listed(
        reply,
        "invitations",
        lambda i: Invitation(_text(i, "ticket"), _text(i, "number"), _whole(i, "window"), _text(i, "at")),
    )
    blanked = reply.value.get("blanked", "") if isinstance(reply.value, dict) else ""
    desk.put_queue(calls, invited, _listed(reply, "windows", _window), str(blanked))


def lease_numbers(desk: DeskStore, server: Server, now: datetime) -> None:
    """Rule 3. What was refused is not asked for again before the next round; an older server knows of leases only."""
    for block, unused_from in desk.close_blocks(day_of(now)):
        _heard(server.call("POST", "/leases/return", {"block": block, "next": unused_from}))
        desk.drop_block(block)
    if not desk.series():
        reply = server.call("POST", "/series", {"desk": desk.desk_id()})
        if reply.status == http.client.OK:
            desk.put_series(_one(reply, _series))
    for day in (day_of(now), day_of(now + timedelta(days=1))):
        for service in desk.services():
            if desk.block_left(service.service, day) < limits.lease_low_numbers:
                reply = server.call("POST", "/leases", {"service": service.service, "day": day})
                if reply.status == http.client.OK:
                    desk.put_block(_one(reply, _block))


def _answer(desk: DeskStore, server: Server, press: Press) -> bool:
    ask = {"service": press.service, "press": press.id, "priority": press.claim or press.priority}
    if press.code:
        reply = server.call("POST", "/checkin", {"code": press.code, "press": press.id, "claim": press.claim})
    else:
        reply = server.call("POST", "/tickets", ask)  # the claim as older servers know it, too
    if reply.status == http.client.OK:
        ticket, number, ahead = _one(reply, lambda t: (_text(t, "ticket"), _text(t, "number"), _whole(t, "ahead")))
        return desk.answer(press.id, ticket, number, ahead)
    error = refusal(reply)
    if isinstance(error, Refused):
        desk.refuse_as_told(press.id, str(error))
        return False
    raise error


def _heard(reply: Reply) -> None:
    """Done, or known to be without use (an older server, a ticket that is being served); otherwise Unreachable."""
    if reply.status == http.client.OK:
        return
    error = refusal(reply)
    if isinstance(error, Unreachable) or reply.status == http.client.UNAUTHORIZED:
        raise error


def _series(plain: dict[str, Any]) -> str:
    letter = _text(plain, "series")
    if letter not in tuple(series.letters):
        raise TypeError(letter)
    return letter


def _block(plain: dict[str, Any]) -> Block:
    block, service, letter, day = (_text(plain, name) for name in ("block", "service", "letter", "day"))
    return Block(block, service, letter, day, _whole(plain, "first"), _whole(plain, "last"))


def _window(plain: dict[str, Any]) -> WindowState:
    told = (str(plain.get(name, "")) for name in ("staff", "post", "duties", "certificate"))
    state: Literal["open", "paused"] = "open" if plain["state"] == "open" else "paused"
    return WindowState(_whole(plain, "window"), _text(plain, "name"), state, *told)


def _one(reply: Reply, make: Callable[[dict[str, Any]], _T]) -> _T:
    """Rule 5."""
    if not isinstance(reply.value, dict):
        raise _unreadable()
    try:
        return make(reply.value)
    except (KeyError, TypeError) as error:
        raise _unreadable() from error


def _listed(reply: Reply, name: str | None, make: Callable[[dict[str, Any]], _T]) -> list[_T]:
    if reply.status != http.client.OK:
        raise refusal(reply)
    value = reply.value.get(name, []) if name is not None and isinstance(reply.value, dict) else reply.value
    if not isinstance(value, list):
        raise _unreadable()
    try:
        return [make(part) for part in value[: limits.rows_max]]
    except (KeyError, TypeError, ValueError) as error:
        raise _unreadable() from error


def _text(plain: dict[str, Any], name: str) -> str:
    value = plain[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _whole(plain: dict[str, Any], name: str) -> int:
    value = plain[name]
    if not isinstance(value, int):
        raise TypeError(name)
    return value


def _instant(value: object) -> str:
    """An instant with its offset, or empty."""
    if not isinstance(value, str):
        raise TypeError(value)
    if value and datetime.fromisoformat(value).tzinfo is None:
        raise ValueError(value)
    return value


def _unreadable() -> Unreachable:
    return Unreachable("The server's answer cannot be read; its program may be newer than this one.")
