"""The short way: requests that come in crowds are answered many at once, by one thread.

1. The application says which requests may go it (`ShortWays`). Only a plain one does (serving.plain), and only while
   its connection may be kept; every other goes the long way of gunicorn's threads and Flask, untouched.
2. The short way knows nothing but success. Who is refused, and whatever fails, goes the long way, which does it again
   and says why in words: so only what may be done twice may go here (the same press gets the same ticket).
3. Whatever waits is written together, in one durable transaction (Database.submit_all). Questions are answered before
   that. An answer leaves when what it says is on the disk.
4. A client that has no room for its answer is hung up on: it asks again.
"""

import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any

from gunicorn.util import http_date
from sqlalchemy import Connection

from content_sync.domain import limits
from display_server.database.turns import Job
from display_server.serving import gathering
from display_server.serving.gathering import Client
from display_server.serving.plain import Plain, ShortWays, first_line, read, ways_key

_head = (
    "HTTP/1.1 200 OK\r\nDate: {}\r\nContent-Type: application/json\r\n"
    "X-Content-Type-Options: nosniff\r\nContent-Length: "
)


class Worker(gathering.Worker):
    """The worker of the request process, with its short way."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._line: SimpleQueue[Client] = SimpleQueue()
        self._ways: ShortWays | None = None

    def load_wsgi(self) -> None:
        """Load the application, and open the way when it has one."""
        super().load_wsgi()
        self._ways = self.wsgi.extensions.get(ways_key)
        if self._ways:
            threading.Thread(target=self._answer_all, args=(self._ways,), daemon=True).start()

    def hand_over(self, client: Client) -> None:
        """The short way for what looks like it (rule 1)."""
        ways, line = self._ways, first_line(client.got)
        if ways and (line in ways.writes or line in ways.reads) and self._keeps():
            self._line.put(client)
        else:
            super().hand_over(client)

    def _keeps(self) -> bool:
        return bool(self.alive) and len(self.keepalived_conns) < self.max_keepalived

    def _answer_all(self, ways: ShortWays) -> None:
        with ways.db.read() as reading:
            while True:
                waiting = [self._line.get()]
                try:
                    while len(waiting) < limits.steps_together_max:
                        waiting.append(self._line.get_nowait())
                except Empty:
                    pass
                self._answer(ways, reading, waiting)

    def _answer(self, ways: ShortWays, reading: Connection, waiting: list[Client]) -> None:
        """Rules 2 and 3."""
        writing: list[tuple[Client, Job[bytes]]] = []
        told: list[tuple[Client, bytes | None]] = []
        for client in waiting:
            plain = read(bytes(client.got))
            if plain is None:
                told.append((client, None))
            elif plain.line in ways.writes:
                writing.append((client, Job(_step(ways.writes[plain.line], plain))))
            else:
                question = Job(_step(ways.reads[plain.line], plain))
                question.run(reading)
                told.append((client, None if question.error else question.value))
        self._tell(told)
        if writing:
            ways.db.submit_all([job for _, job in writing])
            self._tell([(client, None if job.error else job.value) for client, job in writing])
        ways.afterwards()

    def _tell(self, told: list[tuple[Client, bytes | None]]) -> None:
        """Send the answers; the worker's own thread goes on with the connections."""
        head = _head.format(http_date(time.time())).encode()
        done: list[tuple[Client, bool | None]] = []
        for client, body in told:
            if body is None:
                done.append((client, None))
                continue
            data = b"%s%d\r\n\r\n%s" % (head, len(body), body)
            try:
                done.append((client, client.sock.send(data) == len(data)))
            except OSError:
                done.append((client, False))  # rule 4
        if done:
            self.method_queue.defer(self._go_on, done)

    def _go_on(self, done: list[tuple[Client, bool | None]]) -> None:
        for client, sent in done:
            if sent is None:
                super().hand_over(client)
            elif sent:
                client.got.clear()
                self.keep(client)
            else:
                self.nr_conns -= 1
                client.leaving = True
                client.close()


def _step(do: Callable[[Connection, Plain], bytes], plain: Plain) -> Callable[[Connection], bytes]:
    return lambda connection: do(connection, plain)
