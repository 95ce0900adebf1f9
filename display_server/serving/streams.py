"""The event process: every open stream, and the table `changes` read at a knock, or every `limits.change_poll_ms`.

1. It only reads the database. Under gevent a second connection that waits for a lock would stop every stream.
2. A client is told first that it listens, then what changed: nothing falls between the two.
3. A client that does not take its events within `limits.stream_write_seconds`, or lets `limits.stream_waiting_max` of
   them pile up, is dropped; it comes back and asks for the truth.
4. Every stream ends after `limits.stream_seconds_max`, or a little before so that not all end together: a device that
   lost its permission is found out.
5. A device holds at most `limits.streams_per_device_max` streams: the oldest gives way to the newest, so that one
   device keeps nobody else from listening.
6. A client whose line does not acknowledge within `limits.live_silence_seconds_max` is gone. Who is there is told
   through the door every `limits.listeners_told_seconds`: a listening device asks rarely (serving.presence).
7. The process ends at SIGTERM, and when the process that started it is gone.
"""

import gc
import json
import os
import secrets
import signal
import socket as plain
import sys
from pathlib import Path
from typing import Any

from content_sync.domain import limits
from content_sync.wire import canonical, shapes
from display_server.serving import presence
from display_server.serving.frames import concerns, frame, ping
from display_server.serving.handover import Handed, Listener

_fineness = 1_000


class Stream:
    """One client: what it may hear and what waits to be written to it."""

    def __init__(self, connection: Any, listener: Listener) -> None:
        from gevent.queue import Queue

        self.listener = listener
        self._connection = connection
        self._waiting = Queue(limits.stream_waiting_max)

    def tell(self, data: bytes) -> bool:
        """Queue bytes for the client; False when too many wait (rule 3)."""
        from gevent.queue import Full

        try:
            self._waiting.put_nowait(data)
        except Full:
            return False
        return True

    def run(self) -> None:
        """Write until the client is gone, too slow, or has listened long enough (rules 3 and 4)."""
        import gevent

        seconds = limits.stream_seconds_max * (3 + secrets.randbelow(1 + _fineness) / _fineness) / 4  # rule 4
        with gevent.Timeout(seconds, exception=False), self._connection as connection:
            connection.settimeout(limits.stream_write_seconds)
            patience = limits.live_silence_seconds_max * 1000
            connection.setsockopt(plain.IPPROTO_TCP, plain.TCP_USER_TIMEOUT, patience)  # rule 6
            while True:
                connection.sendall(self._next())

    def _next(self) -> bytes:
        from gevent.queue import Empty

        try:
            return bytes(self._waiting.get(timeout=limits.stream_ping_seconds))
        except Empty:
            return ping


class Streams:
    """All open streams."""

    def __init__(self) -> None:
        self._open: dict[Stream, Any] = {}

    def open(self, connection: Any, handed: Handed) -> None:
        """Take a client over (rule 2)."""
        import gevent

        ours = [stream for stream in self._open if stream.listener.device == handed.listener.device]
        if len(ours) >= limits.streams_per_device_max:  # rule 5
            self._open.pop(ours[0]).kill(block=False)
        if len(self._open) >= limits.streams_max:
            connection.close()
            return
        stream = Stream(connection, handed.listener)
        stream.tell(handed.opening.encode())
        self._open[stream] = gevent.spawn(self._run, stream)

    def broadcast(self, kind: str, detail: dict[str, str | int]) -> None:
        """Tell everybody whom a change concerns."""
        data = frame(kind, detail)
        for stream, greenlet in list(self._open.items()):
            if concerns(stream.listener, detail) and not stream.tell(data):
                greenlet.kill(block=False)  # rule 3

    def listening(self) -> list[str]:
        """The devices that listen now."""
        return sorted({stream.listener.device for stream in self._open})

    def _run(self, stream: Stream) -> None:
        try:
            stream.run()
        except OSError:
            pass  # the client is gone or too slow: there is nobody to tell
        finally:
            self._open.pop(stream, None)


def admit(door: Any, streams: Streams, knocked: Any) -> None:
    """Take over the clients that come through the door, for ever; a knock without one says that something changed."""
    from gevent import socket

    while True:
        message, descriptors, _, _ = plain.recv_fds(door, limits.handover_bytes_max, 1)
        if not message:
            return
        if not descriptors:
            knocked.set()
        for descriptor in descriptors:
            handed = shapes.from_plain(Handed, canonical.load(message, "handed over"), "handed over")
            streams.open(socket.socket(fileno=descriptor), handed)


def watch(home: Path, streams: Streams, knocked: Any) -> None:
    """Tell every change as it is committed, for ever (rule 1); what is said twice in one look is told once."""
    import gevent
    from sqlalchemy import bindparam, func, select

    from display_server.config import Config
    from display_server.database.engine import Database
    from display_server.database.prepared import Prepared, word
    from display_server.database.tables.core import changes

    fresh = Prepared(select(changes).where(changes.c.seq > bindparam("told")).order_by(changes.c.seq))

    with Database(Config(home)).read() as connection:
        told, seen = connection.execute(select(func.coalesce(func.max(changes.c.seq), 0))).scalar_one(), -1
        while True:
            version = word(connection, "PRAGMA data_version")
            if version != seen:
                seen = version
                rows = fresh.all(connection, told=told)
                told = rows[-1].seq if rows else told
                for kind, detail in dict.fromkeys((row.kind, row.detail) for row in rows):
                    streams.broadcast(kind, json.loads(detail))
                gevent.sleep(limits.change_gap_ms / 1000)
            knocked.wait(limits.change_poll_ms / 1000)
            knocked.clear()


def tell_presence(door: Any, streams: Streams) -> None:
    """Tell who listens, for ever (rule 6)."""
    import gevent

    while True:
        gevent.sleep(limits.listeners_told_seconds)
        for message in presence.messages(streams.listening()):
            try:
                door.send(message, plain.MSG_DONTWAIT)
            except OSError:
                break  # the request process is busy or being started again; the next telling is as good


def main(arguments: list[str]) -> None:
    """`streams DIR DOOR LIFE`: the folder, the door's descriptor, and a pipe that closes when the parent is gone."""
    import gevent
    from gevent import socket
    from gevent.event import Event

    home, door, life = Path(arguments[0]), int(arguments[1]), int(arguments[2])
    streams = Streams()
    gevent.signal_handler(signal.SIGTERM, os._exit, 0)  # rule 7: no stream is waited for
    gevent.spawn(socket.wait_read, life).link(lambda _: os._exit(0))
    entrance, knocked = socket.socket(fileno=door), Event()
    watching = gevent.spawn(watch, home, streams, knocked)
    admitting = gevent.spawn(admit, entrance, streams, knocked)
    telling = gevent.spawn(tell_presence, entrance, streams)
    gc.freeze()  # see serving.requests
    gevent.joinall([watching, admitting, telling], count=1)
    os._exit(1)  # one of them failed and said why: the parent starts this process again


if __name__ == "__main__":
    main(sys.argv[1:])
