"""The short way: requests that come in crowds are answered many at once, by one thread.

1. The application says which requests may go it (`ShortWays`). Only a plain one does (serving.plain), and only while
   its connection may be kept; every other goes the long way of gunicorn's threads and Flask, untouched.
2. The short way knows nothing but success. Who is refused, and whatever fails, goes the long way, which does it again
   and says why in words: so only what may be done twice may go here (the same press gets the same ticket).
3. Whatever waits is written together, in one durable transaction (Database.submit_all). Questions are answered before
   that. An answer leaves when what it says is on the disk.
4. A client that has no room for its answer is hung up on: it asks again.
"""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from gunicorn.util import http_date
from sqlalchemy import Connection

from content_sync.domain import limits
from display_server.database.turns import Job
from display_server.serving import gathering
from display_server.serving.gathering import Client
from display_server.serving.plain import Plain, ShortWays, first_line, read, ways_key

_log = logging.getLogger(__name__)
_head = (
    "HTTP/1.1 200 OK\r\nDate: {}\r\nContent-Type: application/json\r\n"
    "X-Content-Type-Options: nosniff\r\nContent-Length: "
)
Told = tuple[Client, bool | None]  # whether its answer has left; None: it must go the long way


class Lane:
    """The thread of the short way. `go_on` is told, batch by batch, what became of the clients."""

    def __init__(self, ways: ShortWays, go_on: Callable[[list[Told]], object]) -> None:
        self._ways, self._go_on = ways, go_on
        self._line: SimpleQueue[Client] = SimpleQueue()

    def takes(self, client: Client) -> bool:
        """Whether its request looks like one of the short way; then it is the lane's."""
        line = first_line(client.got)
        if line not in self._ways.writes and line not in self._ways.reads:
            return False
        self._line.put(client)
        return True

    def run(self) -> None:
        """Answer for ever."""
        with self._ways.db.read() as reading:
            while True:
                self.answer(reading, self.waiting())

    def waiting(self) -> list[Client]:
        """Everybody who waits; at least one."""
        clients = [self._line.get()]
        with suppress(Empty):
            while len(clients) < limits.steps_together_max:
                clients.append(self._line.get_nowait())
        return clients

    def answer(self, reading: Connection, clients: list[Client]) -> None:
        """Answer these (rules 2 and 3); whoever is left when something fails goes the long way."""
        left = dict.fromkeys(clients)
        try:
            writing: list[tuple[Client, Job[bytes]]] = []
            asking: list[tuple[Client, Job[bytes]]] = []
            for client in clients:
                plain = read(bytes(client.got))
                if plain is None:
                    continue
                if plain.line in self._ways.writes:
                    writing.append((client, Job(_step(self._ways.writes[plain.line], plain))))
                else:
                    asking.append((client, Job(_step(self._ways.reads[plain.line], plain))))
            for _, job in asking:
                job.run(reading)
            self._tell(asking, left)
            if writing:
                self._ways.db.submit_all([job for _, job in writing])
                self._tell(writing, left)
            self._go_on([(client, None) for client in left])
            left.clear()
            self._ways.afterwards()
        except Exception:  # noqa: BLE001  # the lane must outlive whatever one batch met
            _log.exception("The short way failed; who was on it goes the long way.")
            self._go_on([(client, None) for client in left])

    def _tell(self, jobs: list[tuple[Client, Job[bytes]]], left: dict[Client, None]) -> None:
        """Send the answers there are."""
        head, told = _head.format(http_date(time.time())).encode(), list[Told]()
        for client, job in jobs:
            if job.error is None:
                del left[client]
                told.append((client, _sent(client, b"%s%d\r\n\r\n%s" % (head, len(job.value), job.value))))
        self._go_on(told)


class Worker(gathering.Worker):
    """The worker of the request process, with its short way."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._lane: Lane | None = None

    def load_wsgi(self) -> None:
        """Load the application, and open the way when it has one."""
        super().load_wsgi()
        ways = self.wsgi.extensions.get(ways_key)
        if ways:
            self._lane = Lane(ways, lambda told: told and self.method_queue.defer(self._go_on, told))
            threading.Thread(target=self._lane.run, daemon=True).start()

    def hand_over(self, client: Client) -> None:
        """The short way for what looks like it, as long as its connection may be kept (rule 1)."""
        keeps = self.alive and len(self.keepalived_conns) < self.max_keepalived
        if not (self._lane and keeps and self._lane.takes(client)):
            super().hand_over(client)

    def _go_on(self, told: list[Told]) -> None:
        """Back in the worker's own thread."""
        for client, sent in told:
            if sent is None:
                super().hand_over(client)
            elif sent:
                client.got.clear()
                self.keep(client)
            else:
                self.nr_conns -= 1
                client.leaving = True
                client.close()


def _sent(client: Client, data: bytes) -> bool:
    try:
        return bool(client.sock.send(data) == len(data))
    except OSError:
        return False  # rule 4


def _step(do: Callable[[Connection, Plain], bytes], plain: Plain) -> Callable[[Connection], bytes]:
    return lambda connection: do(connection, plain)
