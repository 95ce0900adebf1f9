"""The process behind `serve`: it binds the port, starts the others and keeps them alive.

1. The port is bound here, once: a request process that is started again loses no waiting client.
2. A child that ends is started again, at most once in `limits.restart_seconds`.
3. SIGTERM or SIGINT ends everything within two seconds, open streams and slow requests included.
4. Children hold the reading end of a pipe whose writing end is only here: when this process dies, they end.
"""

import os
import resource
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from content_sync.domain import limits
from content_sync.domain.errors import Refused
from display_server.config import Config

_stop_signals = (signal.SIGTERM, signal.SIGINT)


@dataclass
class Child:
    """A process that must be there: how it is started, and its present incarnation."""

    arguments: tuple[str, ...]
    descriptors: tuple[int, ...]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = field(default=0.0)

    def keep(self, now: float) -> None:
        """Start it when it is not there (rule 2)."""
        gone = self.process is None or self.process.poll() is not None
        if gone and (self.process is None or now - self.started >= limits.restart_seconds):
            command = [sys.executable, "-m", *self.arguments]
            self.process = subprocess.Popen(command, pass_fds=self.descriptors)  # noqa: S603  # our own modules
            self.started = now

    def signal(self, number: int) -> None:
        """Send a signal, if it still runs."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def ended(self) -> bool:
        """Whether it is not running."""
        return self.process is None or self.process.poll() is not None


def bound(host: str, port: int) -> socket.socket:
    """The listening socket. Raises Refused when the address cannot be used."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=limits.connections_waiting_max)
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise Refused(f"Cannot listen on {host} port {port}: {why}. Choose another --port.") from error
    # Accepted sockets inherit it: a client that takes nothing for so long frees its thread.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _seconds(limits.stalled_client_seconds))
    return listener


def run(home: Path, listener: socket.socket, say: Callable[[str], None]) -> None:
    """Serve the folder until a signal ends it (rules 2 to 4)."""
    wake = _signals()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # every stream and every waiting client is one
    outer, inner = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    life, _held = os.pipe()
    ends = (str(inner.fileno()), str(life))
    module, folder = "display_server.serving", str(home)
    children = [
        Child((f"{module}.streams", folder, *ends), (inner.fileno(), life)),
        Child(
            (f"{module}.requests", folder, str(listener.fileno()), str(outer.fileno()), str(life)),
            (listener.fileno(), outer.fileno(), life),
        ),
        Child(("display_server.desk.upkeep", folder, str(life)), (life,)),
    ]
    if Config(home).is_relay:
        children.append(Child(("display_server.desk.relaying", folder, str(life)), (life,)))
    say(f"http://{_spelled(listener)}")
    while not _stopped(wake):
        now = time.monotonic()
        for child in children:
            child.keep(now)
    listener.close()
    _end(children)


def _signals() -> int:
    """A descriptor that becomes readable when a signal comes."""
    read, write = os.pipe()
    for end in (read, write):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    for number in (*_stop_signals, signal.SIGCHLD):
        signal.signal(number, lambda _number, _frame: None)
    return read


def _stopped(wake: int) -> bool:
    """Wait for a signal, at most `limits.restart_seconds`; whether it says stop."""
    if not select.select([wake], [], [], limits.restart_seconds)[0]:
        return False
    return any(number in _stop_signals for number in os.read(wake, 256))


def _end(children: Sequence[Child]) -> None:
    for child in children:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + limits.stop_seconds
    while time.monotonic() < deadline and not all(child.ended() for child in children):
        time.sleep(0.02)
    for child in children:
        child.signal(signal.SIGKILL)  # rule 3


def _spelled(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _seconds(seconds: int) -> bytes:
    import struct

    return struct.pack("@ll", seconds, 0)
