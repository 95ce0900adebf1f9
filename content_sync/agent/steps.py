"""The agent's steps with their real parts: HTTP, the two stores, the system clock."""

import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from content_sync.agent.attached import Attached
from content_sync.agent.device import Device, one_at_a_time, read_device, read_key
from content_sync.agent.progress import Progress
from content_sync.agent.stick_spool import clear_leftovers
from content_sync.domain.errors import Broken, GongkailanError
from content_sync.domain.ids import directory_channel
from content_sync.net.http import HttpFetcher, HttpServer
from content_sync.net.line import HttpLine
from content_sync.ports import Clock, Fetcher, Server
from content_sync.pull.blobs import Kept
from content_sync.pull.step import Pulled, Puller, server_name
from content_sync.push.records import send_records
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from content_sync.trust.verifying import is_pinned


@dataclass(frozen=True)
class Once:
    """The outcome of one step: what was pulled, records sent and still waiting, and why none could be sent; files."""

    pulled: Pulled
    sent: int
    waiting: int
    push_failure: str
    files: Kept


def once(folder: Path, clock: Clock) -> Once:
    """Pull everything whatever the hints say, check what is stored, send all records, then fetch attached files."""
    device = read_device(folder)
    clear_leftovers(folder)
    with ExitStack() as lines:
        line = lines.enter_context(closing(HttpLine(device.server)))
        mirrors = {address: lines.enter_context(closing(HttpFetcher(address))) for address in device.mirrors}
        server, home = HttpServer(line, device.token), HttpFetcher(line)
        with one_at_a_time(folder), closing(puller(folder, device, home, server, clock, mirrors)) as pull:
            pulled = pull.step(force=True)
        with closing(DeskStore(folder / "desk.db")) as desk:
            failure, sent = "", 0
            try:
                desk.wait_again(clock.now())
                sent = send_records(desk, server, device.device, read_key(folder))
            except GongkailanError as error:
                failure = str(error)
            waiting = desk.outbox_size()
        kept = (
            Kept()
            if any(one.channel == server_name for one in pulled.failures)
            else _files(folder, device, line, clock)
        )
        return Once(pulled, sent, waiting, failure, kept)


def _files(folder: Path, device: Device, line: HttpLine, clock: Clock) -> Kept:
    with (
        closing(ContentStore(folder / "content.db")) as store,
        closing(Attached(folder, device, HttpFetcher(line), clock)) as files,
    ):
        return files.keep(store)


def puller(
    folder: Path,
    device: Device,
    fetcher: Fetcher,
    server: Server,
    clock: Clock,
    mirrors: Mapping[str, Fetcher] = MappingProxyType({}),
    set_down: Callable[[], bool] = lambda: False,
) -> Puller:
    """A puller for this device that tells its progress on stderr; Broken when its pinned county is gone."""
    if not is_pinned(folder / "trust" / directory_channel):
        raise Broken(f"{folder / 'trust'} is missing or empty; enrol the device again.")
    report = Progress(sys.stderr).report
    return Puller(folder, device.channels, fetcher, server, clock, report=report, set_down=set_down, mirrors=mirrors)
