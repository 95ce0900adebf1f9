"""Starting and ending the demonstration's processes.

1. Every role is a console script of its own, in its own process group, with its own log file.
2. Whatever happens, all of them end with the demonstration: SIGTERM first, SIGKILL after `end_seconds`. Where there is
   `setpriv`, they also end when the demonstration itself is killed.
3. The demonstration runs on a fixed clock that ticks: all processes share one offset (ARCHITECTURE promise 14).
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

opening = datetime.fromisoformat("2026-11-23T09:41:00+08:00")
end_seconds = 5.0
patience = 90.0  # a hint that is lost while a line opens costs a poll, which comes every minute
_with_us = ["setpriv", "--pdeathsig", "TERM", "--"] if shutil.which("setpriv") else []  # rule 2


class DemoError(Exception):
    """The demonstration cannot go on; the sentence says where it stopped."""


class Processes:
    """The running county."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scripts = Path(sys.executable).parent
        offset = (opening - datetime.now(opening.tzinfo)).total_seconds()
        self.environment = {**os.environ, "GONGKAILAN_CLOCK_OFFSET": f"{offset:.0f}", "PYTHONUNBUFFERED": "1"}
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def run(self, *command: str) -> str:
        """Run a command to its end and give its standard output; DemoError when it fails."""
        done = subprocess.run(self._found(command), env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise DemoError(f"`{' '.join(command)}` failed: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def ask(self, *command: str) -> Any:
        """Run a command that prints one JSON value and give that value."""
        return json.loads(self.run(*command))

    def start(self, name: str, *command: str, **environment: str) -> None:
        """Start a process that lives as long as the demonstration (rule 1)."""
        with (self.folder / f"{name}.log").open("wb") as log:
            self.running[name] = subprocess.Popen(
                [*_with_us, *self._found(command)],
                env={**self.environment, **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def leaders(self) -> frozenset[int]:
        """The first process of every role that was started."""
        return frozenset(process.pid for process in self.running.values())

    def wait_for(self, what: str, found: Callable[[], Any], seconds: float = patience) -> Any:
        """Ask `found` until it gives something true; DemoError when it does not in time or a process died."""
        until = time.monotonic() + seconds
        while not (answer := found()):
            for name, process in self.running.items():
                if process.poll() is not None:
                    tail = (self.folder / f"{name}.log").read_text(errors="replace")[-2000:]
                    raise DemoError(f"{name} ended with {process.returncode} while waiting for {what}:\n{tail}")
            if time.monotonic() > until:
                raise DemoError(f"waited {seconds:.0f} s in vain for {what}")
            time.sleep(0.02)
        return answer

    def end(self, *names: str) -> None:
        """End the named processes, or all of them (rule 2)."""
        ending = {name: self.running.pop(name) for name in names or list(self.running)}
        for process in ending.values():
            _signal(process, signal.SIGTERM)
        for process in ending.values():
            try:
                process.wait(end_seconds)
            except subprocess.TimeoutExpired:
                _signal(process, signal.SIGKILL)
                process.wait()

    def _found(self, command: tuple[str, ...]) -> list[str]:
        script = self.scripts / command[0]
        return [str(script) if script.exists() else command[0], *command[1:]]


def _signal(process: subprocess.Popen[bytes], number: int) -> None:
    if process.poll() is None:
        os.killpg(process.pid, number)
