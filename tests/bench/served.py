"""A tool's own server over a folder, as a process on 127.0.0.1."""

import shutil
import socket
import subprocess
import time
from pathlib import Path

from tests.bench.method import Missing

_wait_seconds = 10.0


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Served:
    """The folder `tree` and the process that serves it; Missing without the tool."""

    def __init__(self, folder: Path, tool: str) -> None:
        found = shutil.which(tool) or shutil.which(tool, path="/usr/sbin:/sbin")
        if found is None:
            raise Missing(f"{tool} is not installed")
        self.tool, self.folder, self.port = found, folder, free_port()
        self.tree = folder / "tree"
        self.tree.mkdir(parents=True)
        self._process: subprocess.Popen[bytes] | None = None

    def serve(self, *command: str | Path) -> None:
        """Start the server, once, and wait until it listens."""
        if self._process is not None:
            return
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + _wait_seconds
        while not self._listens():
            if time.monotonic() > until or self._process.poll() is not None:
                raise Missing(f"{self.tool} does not serve")
            time.sleep(0.01)

    def close(self) -> None:
        """End the server."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    def put_files(self, bodies: dict[str, bytes]) -> None:
        """One file per item; only what differs is written."""
        for path in self.tree.glob("*.json"):
            if path.stem not in bodies:
                path.unlink()
        for name, body in bodies.items():
            put(self.tree / f"{name}.json", body)

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port)).close()
        except OSError:
            return False
        return True


def put(path: Path, data: bytes) -> bool:
    """Write a file unless it holds this already; whether it was written."""
    if path.exists() and path.read_bytes() == data:
        return False
    path.write_bytes(data)
    return True
