"""A line between a client and a server that counts every byte both ways, and can be cut.

1. A byte counts when it arrives here, before it goes on: what a client has received is always counted already.
2. After `cut_every`, the line goes dead after exactly so many bytes: every connection over it is ended at once, and the
   count towards the next cut begins anew. What had not crossed by then is lost and does not count; what a client must
   fetch again counts again.
3. Where the client speaks HTTP, the log says which request cost what.
"""

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass

_chunk_bytes = 65_536
_methods = (b"GET ", b"POST ", b"HEAD ")


@dataclass
class Exchange:
    """One request (or one whole connection that is not HTTP) and its bytes up and down."""

    what: str
    up: int = 0
    down: int = 0


class Proxy:
    """Listens on `port` of 127.0.0.1 and forwards to `target` there."""

    def __init__(self, target: int) -> None:
        self._target, self._cut_bytes, self._until_cut = target, 0, 0
        self._lock, self._open = threading.Lock(), set[socket.socket]()
        self.log: list[Exchange] = []
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def total(self) -> int:
        """All bytes so far, both ways."""
        with self._lock:
            return sum(one.up + one.down for one in self.log)

    def cut_every(self, cut_bytes: int) -> None:
        """From now on break the line after so many bytes (rule 2)."""
        with self._lock:
            self._cut_bytes = self._until_cut = cut_bytes

    def close(self) -> None:
        """Take no more connections and end those there are."""
        self._listener.close()
        with self._lock:
            self._end_all()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                client.close()
                continue
            with self._lock:
                self.connections += 1
                self._open |= {client, server}
                self.log.append(Exchange("connection"))
            carried = [self.log[-1]]  # what the connection carries just now; both directions share it
            for one in (client, server):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for ends in ((client, server, True), (server, client, False)):
                threading.Thread(target=self._pump, args=(*ends, carried), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, up: bool, carried: list[Exchange]) -> None:
        with suppress(OSError):
            while data := source.recv(_chunk_bytes):
                crossed = self._crossing(data, up, carried)
                sink.sendall(data[:crossed])
                if crossed < len(data):
                    self._break()
                    break
            sink.shutdown(socket.SHUT_WR)
        with self._lock:
            self._open.discard(source)

    def _crossing(self, data: bytes, up: bool, carried: list[Exchange]) -> int:
        """Count a piece; how much of it crosses before the line breaks (rule 2)."""
        with self._lock:
            crossed = len(data)
            if self._cut_bytes:
                crossed = min(crossed, self._until_cut)
                self._until_cut -= crossed
            if up and data.startswith(_methods):  # rule 3
                carried[0] = Exchange(" ".join(data.split(b"\r\n", 1)[0].decode().split(" ")[:2]))
                self.log.append(carried[0])
            if up:
                carried[0].up += crossed
            else:
                carried[0].down += crossed
            return crossed

    def _break(self) -> None:
        with self._lock:
            self._until_cut = self._cut_bytes
            self._end_all()

    def _end_all(self) -> None:
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._open.clear()
