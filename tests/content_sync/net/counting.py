"""A TCP proxy on 127.0.0.1 that counts what passes, as a metered line does, and breaks, as a bad one does."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Counted:
    """What passed: bytes towards the server and back, and how many connections."""

    address: str
    up: int = 0
    down: int = 0
    connections: int = 0
    lasts: int = 0  # bytes towards the client before a connection breaks; 0: for ever
    heard: bytearray = field(default_factory=bytearray)  # both directions, for a look at what was said

    def taken(self) -> int:
        """The bytes of both directions since the last call."""
        both = self.up + self.down
        self.up = self.down = 0
        self.heard.clear()
        return both


@contextmanager
def counting(address: str, lasts: int = 0) -> Iterator[Counted]:
    """A proxy before the server at `address`, until the end of the block; the clients have hung up by then."""
    host, port = address.removeprefix("http://").split(":")
    talks: list[threading.Thread] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        counted = Counted(f"http://127.0.0.1:{listener.getsockname()[1]}", lasts=lasts)

        def serve() -> None:
            with suppress(OSError):
                while True:
                    client, _ = listener.accept()
                    counted.connections += 1
                    server = socket.create_connection((host, int(port)))
                    talks.append(threading.Thread(target=_talk, args=(counted, client, server), daemon=True))
                    talks[-1].start()

        accepting = threading.Thread(target=serve, daemon=True)
        accepting.start()
        yield counted
        listener.shutdown(socket.SHUT_RDWR)
        accepting.join(5)
    for talk in talks:
        talk.join(5)


def _talk(counted: Counted, client: socket.socket, server: socket.socket) -> None:
    with client, server:
        back = threading.Thread(target=_pass, args=(counted, server, client, "down"), daemon=True)
        back.start()
        _pass(counted, client, server, "up")
        back.join()


def _pass(counted: Counted, source: socket.socket, target: socket.socket, direction: str) -> None:
    left = counted.lasts if direction == "down" and counted.lasts else 1 << 60
    with suppress(OSError):
        while left and (data := source.recv(min(left, 65_536))):
            left -= len(data)
            setattr(counted, direction, getattr(counted, direction) + len(data))
            counted.heard += data
            target.sendall(data)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
