"""What the bench asks of a way to keep a copy of a channel up to date.

1. A method publishes the steps of the story on its server's side; `port` is where that server listens.
2. A client keeps its copy in a folder of its own and reaches the server at the port it is given: the counting proxy.
"""

from pathlib import Path
from typing import Protocol

from tests.bench.story import Step


class Client(Protocol):
    """One copy; `sync` brings it up to date and says whether it went well, `holds` whether it is exactly this."""

    def sync(self) -> bool: ...

    def holds(self, bodies: dict[str, bytes]) -> bool: ...

    def close(self) -> None: ...


class Method(Protocol):
    """A server of one kind, and its clients."""

    name: str
    port: int
    resumes: bool
    """Whether a transfer that was cut goes on where it was."""

    def publish(self, step: Step) -> None: ...

    def client(self, folder: Path, port: int) -> Client: ...

    def close(self) -> None: ...


class Missing(Exception):
    """A tool is not installed; the message names it."""
