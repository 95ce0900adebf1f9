"""Founding and starting the demonstration county."""

import re
import secrets
import shutil
import socket
import urllib.error
import urllib.request
from contextlib import closing, suppress
from pathlib import Path

from content_sync.storage.content import ContentStore
from deploy.demo.processes import Processes

_port_least, _ports = 20_000, 12_000
channels = "qinghe,liuhe,shiqiao,liushu"
Devices = dict[str, str]  # by name: touch, lcd or led
one_of_each: Devices = {"touch-1": "touch", "lcd-1": "lcd", "led-1": "led"}
whole_hall: Devices = {
    **{f"touch-{number}": "touch" for number in (1, 2, 3)},
    **{f"lcd-{number}": "lcd" for number in (1, 2)},
    **{f"led-{number}": "led" for number in (1, 2)},
}


class DemoCounty:
    """A server and its devices, each with an agent."""

    def __init__(self, processes: Processes, devices: Devices = one_of_each) -> None:
        self.processes, self.devices = processes, devices
        self.server = processes.folder / "server"
        self.url = f"http://127.0.0.1:{free_port()}"
        self.passwords: dict[str, str] = {}

    def begin(self) -> None:
        """Found it, and run it."""
        self.found()
        self.run()

    def run(self) -> None:
        """Start the server and every agent, and wait until each device holds every channel."""
        self.start_server()
        for name in self.devices:
            self.enrol(name)
            self.start_agent(name)
        for name in self.devices:
            self.wait_for_sync(name)

    def tell(self) -> None:
        """Where its pages are, and who may sign in."""
        print(f"The county runs. Pages: {self.url}/login  Its folder: {self.processes.folder}")
        for name, password in self.passwords.items():
            print(f"  {name:<10} {password}")

    def found(self) -> None:
        """Make the server's folder with its accounts and content; keep the printed one-time passwords."""
        shutil.rmtree(self.server, ignore_errors=True)
        printed = self.processes.run(
            "display-server",
            "init",
            str(self.server),
            "--name",
            "清河县",
            "--public-url",
            "https://www.qinghe.example",
            "--demo",
        )
        self.passwords = dict(re.findall(r"^\s*(\w+)\s+(\S+)\s*$", printed, re.MULTILINE))

    def start_server(self) -> None:
        """Start `serve` and wait until it is ready."""
        port = self.url.rsplit(":", 1)[1]
        self.processes.start("server", "display-server", "--dir", str(self.server), "serve", "--port", port)
        self.processes.wait_for("the server", self._is_ready)

    def enrol(self, name: str) -> None:
        """Enrol a device: a printed code, and a folder made with it."""
        arguments = ("device", "add", name, "--kind", self.devices[name], "--channels", channels, "--json")
        code = self.processes.ask("display-server", "--dir", str(self.server), *arguments)["code"]
        self.processes.run("content-sync", "init", str(self.home(name)), "--server", self.url, "--code", code)

    def start_agent(self, name: str) -> None:
        """Start a device's agent."""
        self.processes.start(f"agent-{name}", "content-sync", "--dir", str(self.home(name)), "run")

    def wait_for_sync(self, name: str) -> None:
        """Wait until a device holds every channel."""
        self.processes.wait_for(f"the first sync of {name}", lambda: self._is_synced(name), 60)

    def home(self, name: str) -> Path:
        """The folder of a device."""
        return self.processes.folder / name

    def held(self, name: str) -> dict[str, dict[str, str | int]]:
        """What a device holds, by channel, as its agent says."""
        status = self.processes.ask("content-sync", "--dir", str(self.home(name)), "status", "--json")
        return dict(status["channels"])

    def _is_synced(self, name: str) -> bool:
        with closing(ContentStore(self.home(name) / "content.db", readonly=True)) as store:
            held = store.held()
        return len(held) == len(channels.split(",")) and all(channel.items for channel in held.values())

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:  # noqa: S310 - our own loopback address
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def free_port() -> int:
    """A port of this machine that nobody listens on now, and that the system gives to no outgoing connection."""
    while True:
        with socket.socket() as taken, suppress(OSError):
            taken.bind(("127.0.0.1", _port_least + secrets.randbelow(_ports)))
            return int(taken.getsockname()[1])
