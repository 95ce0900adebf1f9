"""One round of a relay by hand: for cron, for tests, for whoever wants to see what happens."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from content_sync.agent.device import read_key
from content_sync.domain.errors import GongkailanError
from content_sync.domain.ids import directory_channel
from content_sync.net.http import HttpFetcher, HttpServer
from content_sync.net.line import HttpLine
from display_server.database.engine import Database
from display_server.desk import mirroring
from display_server.desk.passing_up import PassingUp


@dataclass(frozen=True)
class ByHand:
    """By channel its edition and whether it is new here, what failed in words, records settled and still waiting."""

    channels: dict[str, dict[str, int | bool]]
    failures: dict[str, str]
    sent: int
    waiting: int


def relay_once(db: Database, report: Callable[[str, int, int], None]) -> ByHand:
    """Mirror everything, hash what is here already, pass records up. Raises Refused where there is no upstream."""
    device, failures, sent = mirroring.upstream(db.config), dict[str, str](), 0
    with closing(HttpLine(device.server)) as line:
        names = (directory_channel, *device.channels)
        done = mirroring.mirror(db, HttpFetcher(line), names, thorough=True, report=report)
        passing = PassingUp(db, device.device, read_key(db.config.upstream), HttpServer(line, device.token))
        try:
            sent = passing.step(time.monotonic(), live=False)
        except GongkailanError as error:
            failures["_records"] = str(error)
    held = mirroring.held(db)
    told = {name: {"edition": held.get(name, 0), "new": name in done.editions} for name in device.channels}
    return ByHand(told, {**done.failures, **failures}, sent, passing.waiting())
