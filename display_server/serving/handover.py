"""Handing a client's connection from the process that answers requests to the one that streams events.

1. The request process has checked who asks; it passes the client's socket itself (SCM_RIGHTS) with what this client may
   hear, so that devices see one address and one port, and no thread waits on an open stream.
2. The request process then lets go of its copy without a byte and without a shutdown, which would reach the client: its
   file descriptor is replaced by an unconnected socket, and gunicorn's own writing and closing meet that one instead.
3. The door between the processes is an unnamed socket pair: nobody else can knock.
4. A knock without a client says that something changed, so that nobody waits for the next look at the table. It is a
   hint like every other: one that is lost costs `limits.change_poll_ms`.
"""

import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, current_app

from content_sync.domain.errors import Unreachable
from content_sync.wire import canonical, shapes

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

door_key = "gongkailan.door"
_head = (
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-store\r\n"
    "X-Accel-Buffering: no\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
)


@dataclass(frozen=True)
class Listener:
    """What a `device` may hear: the queue of its `site`, the editions of its `channels`, what concerns everybody."""

    device: str
    site: str
    channels: tuple[str, ...]


@dataclass(frozen=True)
class Handed:
    """What goes through the door beside the client's socket."""

    listener: Listener
    opening: str


def hand_over(environ: "WSGIEnvironment", opening: bytes, listener: Listener) -> Response:
    """Give this request's client to the event process; return the answer as the view's own (it reaches nobody).

    `opening` is the first event text of the stream, such as `frames.frame("hello", {})`. Raises Unreachable when the
    event process is not there; the client then polls, and tries again.
    """
    client = environ.get("gunicorn.socket")
    door = current_app.extensions.get(door_key)
    if client is None or door is None:
        raise Unreachable("这里没有事件服务：请按轮询方式更新。")
    message = canonical.dump(shapes.to_plain(Handed(listener, _head + opening.decode())))
    try:
        socket.send_fds(door, [message], [client.fileno()], socket.MSG_DONTWAIT)
    except OSError as error:
        raise Unreachable("事件服务正忙：请按轮询方式更新，稍后再试。") from error
    _let_go(client)
    return Response(status=200)


def knock(door: socket.socket) -> None:
    """Rule 4."""
    with suppress(OSError):  # the event process is busy, or being started again
        door.send(b"!", socket.MSG_DONTWAIT)


def _let_go(client: socket.socket) -> None:
    with socket.socket(client.family, client.type) as unconnected:
        os.dup2(unconnected.fileno(), client.fileno(), inheritable=False)  # rule 2
