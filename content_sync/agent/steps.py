"""The agent's steps with their real parts: HTTP, the two stores, the system clock."""

from dataclasses import dataclass
from pathlib import Path

from content_sync.agent.device import Device, one_at_a_time, read_device, read_key
from content_sync.domain.errors import Broken, GongkailanError
from content_sync.net.http import HttpFetcher, HttpServer
from content_sync.ports import Clock
from content_sync.pull.step import Pulled, Puller
from content_sync.push.records import send_records
from content_sync.storage.desk import DeskStore


@dataclass(frozen=True)
class Once:
    """The outcome of one step: what was pulled, records sent and still waiting, and why none could be sent."""

    pulled: Pulled
    sent: int
    waiting: int
    push_failure: str


def once(folder: Path, clock: Clock) -> Once:
    """Pull everything whatever the hints say, check what is stored, send all records."""
    device = read_device(folder)
    with one_at_a_time(folder):
        pulled = puller(folder, device, clock).step(force=True)
    desk, failure, sent = DeskStore(folder / "desk.db"), "", 0
    try:
        sent = send_records(desk, HttpServer(device.server, device.token), device.device, read_key(folder))
    except GongkailanError as error:
        failure = str(error)
    return Once(pulled, sent, desk.outbox_size(), failure)


def puller(folder: Path, device: Device, clock: Clock) -> Puller:
    """A puller over HTTP for this device."""
    if not (folder / "trust").is_dir():
        raise Broken(f"{folder / 'trust'} is missing; enrol the device again.")
    fetcher, server = HttpFetcher(device.server), HttpServer(device.server, device.token)
    return Puller(folder, device.channels, fetcher, server, clock)
