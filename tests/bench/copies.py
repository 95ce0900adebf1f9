"""The peers' clients: a folder kept by rsync, a shallow git clone, a file kept by conditional GETs.

A git client asks `ls-remote` first, so that nothing new costs little.
"""

import gzip
import http.client
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.bench.corpus import lines

_seconds_max = 300


class Commands:
    """A folder that a command brings up to date."""

    def __init__(self, folder: Path, command: Sequence[str]) -> None:
        self._folder, self._command = folder, command
        folder.mkdir(parents=True)

    def sync(self) -> bool:
        """Run it."""
        return _ran(self._command, self._folder)

    def holds(self, bodies: dict[str, bytes]) -> bool:
        """Whether the folder is these items, as files or as one pack."""
        return _held(self._folder) in (bodies, {"pack": lines(bodies)})

    def close(self) -> None:
        """Nothing stays open."""


class Shallow:
    """A clone without history."""

    def __init__(self, tool: str, folder: Path, address: str) -> None:
        self._git, self._folder, self._address = tool, folder, address
        self._copy = folder / "copy"
        folder.mkdir(parents=True)

    def sync(self) -> bool:
        """Clone, or fetch when there is something to fetch."""
        if not self._copy.exists():
            return _ran([self._git, "clone", "--quiet", "--depth=1", self._address, self._copy], self._folder)
        told, held = self._said("ls-remote", "--quiet", self._address, "main"), self._said("rev-parse", "HEAD")
        if told[:40] == held[:40]:
            return True
        fetched = _ran([self._git, "fetch", "--quiet", "--depth=1", "origin", "main"], self._copy)
        return fetched and _ran([self._git, "reset", "--quiet", "--hard", "FETCH_HEAD"], self._copy)

    def holds(self, bodies: dict[str, bytes]) -> bool:
        """Whether the work tree is these items."""
        return _held(self._copy) == bodies

    def close(self) -> None:
        """Nothing stays open."""

    def _said(self, *arguments: str) -> bytes:
        return subprocess.run([self._git, *arguments], cwd=self._copy, capture_output=True, check=False).stdout


class Whole:
    """A file, fetched whole when its ETag is another."""

    def __init__(self, folder: Path, port: int, name: str) -> None:
        folder.mkdir(parents=True)
        self._path, self._port, self._etag = folder / name, port, ""

    def sync(self) -> bool:
        """One conditional GET."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_seconds_max)
        asked = {"Accept-Encoding": "gzip"} | ({"If-None-Match": self._etag} if self._etag else {})
        try:
            connection.request("GET", f"/{self._path.name}", headers=asked)
            answer = connection.getresponse()
            data = answer.read()
            if answer.status == http.client.OK:
                self._path.write_bytes(gzip.decompress(data))
                self._etag = answer.headers["ETag"]
        except (OSError, http.client.HTTPException, EOFError):
            return False
        finally:
            connection.close()
        return answer.status in (http.client.OK, http.client.NOT_MODIFIED)

    def holds(self, bodies: dict[str, bytes]) -> bool:
        """Whether the file is these items."""
        return self._path.read_bytes() == lines(bodies)

    def close(self) -> None:
        """Nothing stays open."""


def _held(folder: Path) -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in folder.glob("*.json*")}


def _ran(command: Sequence[str | Path], folder: Path) -> bool:
    """Whether a command went well; it may fail when the line is cut."""
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=_seconds_max)
    return done.returncode == 0
