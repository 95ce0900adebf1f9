"""Gongkailan itself: a real server (`office`), and real devices behind the counting line.

1. Before a device asks, the server has finished what it does after a publication; how long that took is noted.
2. The thirty days go by on a moved clock while `serve` is down; it is started again on the last day.
"""

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from content_sync.domain.edition import root_of
from content_sync.storage.content import ContentStore
from tests.bench.corpus import Corpus
from tests.bench.office import Office, big
from tests.bench.story import Step, initial, month

_days = 29.5


class Ours:
    """The method of this repository; four channels, the story in the big one."""

    name, resumes = "gongkailan", True

    def __init__(self, folder: Path, corpus: Corpus) -> None:
        self.office, self._corpus, self.devices = Office(folder, _days), corpus, list[Device]()
        self.port = self.office.port
        self.settled: dict[str, float] = {}

    def publish(self, step: Step) -> None:
        """The step, through every review (rules 1 and 2)."""
        if step.name == initial:
            self.office.fill(self._corpus)
            self.office.serve()
        elif step.name == month:
            self.office.processes.end("serve")
        for day, change in enumerate(step.changes, 1):
            if step.name == month:
                self.office.set_clock(_days - day)
            self.office.publish(change)
        if step.name == month:
            self.office.set_clock(0)
            self.office.serve()
        self.settled[step.name] = self.office.settled()

    def client(self, folder: Path, port: int) -> "Device":
        """A device enrolled over the line."""
        code = self.office.code(f"bench-{len(self.devices)}")
        arguments = ("init", str(folder), "--server", f"http://127.0.0.1:{port}", "--code", code)
        self.office.processes.run("content-sync", *arguments)
        self.devices.append(Device(folder, self.office))
        return self.devices[-1]

    def close(self) -> None:
        """End the server."""
        self.office.close()


class Device:
    """A device's process; `answers` are what it said of each step."""

    def __init__(self, folder: Path, office: Office) -> None:
        command = [sys.executable, "-m", "tests.bench.device", folder]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.folder, self._office, self.answers = folder, office, list[dict[str, Any]]()

    def sync(self) -> bool:
        """One step; whether everything is up to date."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        days_behind = -self._office.clock.offset.total_seconds() / 86_400
        self._process.stdin.write(f"{'poll' if self.answers else 'new'} {days_behind}\n")
        self._process.stdin.flush()
        self.answers.append(json.loads(self._process.stdout.readline()))
        return not self.answers[-1]["failures"]

    def holds(self, bodies: dict[str, bytes]) -> bool:
        """Whether it shows exactly these bodies in the big channel."""
        with closing(ContentStore(self.folder / "content.db", readonly=True)) as store:
            held = store.held()[big]
            return (held.items, held.root) == (len(bodies), root_of(bodies))

    def close(self) -> None:
        """End the process."""
        self._process.communicate()
