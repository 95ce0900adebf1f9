"""gunicorn's threaded worker, safe against clients that send slowly, send nothing or never hang up.

1. A connection gets a thread only when its whole request is here; until then it waits in the poller and costs none.
2. A request must bring `limits.transfer_bytes_per_second_min` for every second beyond the first
   `limits.request_grace_seconds`; a slower one is dropped.
3. At most `limits.requests_waiting_max` connections and `limits.waiting_bytes_max` bytes wait; for a newer connection
   the one that waits longest makes room, so that who sends at once always gets in.
4. A request that is not waited for gets its thread at once: one with a body longer than allowed is refused by the
   application without reading it, one that cannot be measured is left to gunicorn with its reading side shut.
5. An answered connection is closed without anybody waiting for the client to hang up.
6. The bytes go to gunicorn's parser untouched; here they are only looked at for their end.
"""

import errno
import re
import socket
import time
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from content_sync.domain import limits
from display_server.serving.uploads import body_bytes_max_of

_passing = frozenset({errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK, errno.EMFILE, errno.ENFILE})
_length = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r\n")
_chunked = re.compile(rb"\r\ntransfer-encoding:[ \t]*chunked[ \t]*\r\n")
too_long, unmeasured = -1, -2


def lacking(got: bytes | bytearray) -> int:
    """How many bytes a request still lacks at least, 0 when it is whole; `too_long` or `unmeasured` (rule 4)."""
    end = got.find(b"\r\n\r\n")
    if end < 0:
        return 1 if len(got) <= limits.request_head_bytes_max else unmeasured
    fields, came = bytes(got[: end + 2]).lower(), len(got) - end - 4
    if b"\r\ntransfer-encoding:" in fields:
        if not _chunked.search(fields) or b"\r\ncontent-length:" in fields or came > limits.request_bytes_max:
            return unmeasured
        return 0 if came and got.endswith(b"0\r\n\r\n") else 1
    found = _length.search(fields)
    wanted = int(found[1]) if found else 0
    return too_long if wanted > body_bytes_max_of(bytes(got[:end])) else max(0, wanted - came)


class Client(TConn):  # type: ignore[misc]  # gunicorn has no types
    """A connection with what it has sent of its next request.

    `refused`: its body is not read; `leaving`: it was answered for the last time.
    """

    def __init__(self, worker: "Worker", *arguments: Any) -> None:
        super().__init__(*arguments)
        self.worker, self.got, self.began = worker, bytearray(), 0.0
        self.refused, self.leaving = False, False

    def close(self, graceful: bool = False) -> None:
        """Close; `graceful` lets the last answer arrive first (rule 5)."""
        if graceful and not self.leaving:
            self.worker.see_off(self)
        else:
            super().close()


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """The worker of the request process."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._waiting: dict[Client, None] = {}  # the one that waits longest first

    def accept(self, listener: socket.socket) -> None:
        """Take a connection and wait for its request (rules 1 and 3)."""
        try:
            sock, address = listener.accept()
        except OSError as error:
            if error.errno not in _passing:
                raise
            self._make_room()
            return
        self.nr_conns += 1
        self._wait(Client(self, self.cfg, sock, address, listener.getsockname()))

    def enqueue_req(self, conn: Client) -> None:
        """A kept connection has something new, perhaps the beginning of a request only (rule 1)."""
        if conn.parser is not None:
            conn.got += conn.parser.unreader.take_buffered()
        with suppress(OSError):  # mostly the whole request is there: then it need not be waited for in the poller
            conn.got += conn.sock.recv(limits.chunk_bytes, socket.MSG_DONTWAIT)
        if not conn.got or lacking(conn.got) > 0:
            self._wait(conn)
        else:
            self.hand_over(conn)

    def keep(self, client: Client) -> None:
        """Wait for the next request of a connection that was answered."""
        client.set_timeout()
        self.keepalived_conns.append(client)
        self.poller.register(client.sock, EVENT_READ, partial(self.on_client_socket_readable, client))

    def handle(self, conn: Client) -> object:
        """Answer one whole request; runs in a thread (rule 6)."""
        conn.data_ready = True
        conn.init()
        conn.parser.unreader.unread(bytes(conn.got))
        conn.got.clear()
        return super().handle(conn)

    def _keepalive_after(self, conn: Client, keepalive: object) -> bool:
        """Whether another request may follow; gunicorn would wait for the rest of a refused body first (rule 4)."""
        return not conn.refused and bool(super()._keepalive_after(conn, keepalive))

    def murder_pending(self) -> None:
        """Drop who is too slow (rule 2); gunicorn calls this at least once a second."""
        now = time.monotonic()
        for client in list(self._waiting):
            grace = limits.linger_seconds if client.leaving else limits.request_grace_seconds
            if now > client.began + grace + len(client.got) / limits.transfer_bytes_per_second_min:
                self._drop(client)

    def see_off(self, client: Client) -> None:
        """Say that nothing more comes, and wait a moment for the client to hang up (rule 5)."""
        try:
            client.sock.shutdown(socket.SHUT_WR)
        except OSError:
            client.close()
            return
        client.leaving = True
        self.nr_conns += 1  # gunicorn has just stopped counting it
        self._wait(client)

    def _wait(self, client: Client) -> None:
        if len(self._waiting) >= limits.requests_waiting_max:
            self._make_room()
        client.began = time.monotonic()
        client.sock.setblocking(False)
        self._waiting[client] = None
        self.poller.register(client.sock, EVENT_READ, partial(self._hear, client))

    def _hear(self, client: Client, sock: socket.socket) -> None:
        try:
            data = sock.recv(limits.chunk_bytes)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._drop(client)
        elif not client.leaving:
            client.got += data
            if lacking(client.got) <= 0:
                self._forget(client)
                self.hand_over(client)
            elif sum(len(one.got) for one in self._waiting) > limits.waiting_bytes_max:
                self._drop(client)

    def hand_over(self, client: Client) -> None:
        """Give a thread to a request that need not be waited for any more."""
        lacks = lacking(client.got)
        client.refused = lacks == too_long  # rule 4
        if lacks == unmeasured:
            with suppress(OSError):
                client.sock.shutdown(socket.SHUT_RD)
        super().enqueue_req(client)

    def _make_room(self) -> None:
        if self._waiting:
            self._drop(next(iter(self._waiting)))

    def _drop(self, client: Client) -> None:
        self._forget(client)
        self.nr_conns -= 1
        client.leaving = True
        client.close()

    def _forget(self, client: Client) -> None:
        del self._waiting[client]
        self.poller.unregister(client.sock)
