"""A whole county of real processes: the server, a device and its agent, on this machine's own addresses."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from content_sync.clock import SystemClock
from deploy.demo.county import DemoCounty
from tests.system.forked import Forked, founded

device = "touch-1"


def demo_now(county: DemoCounty) -> datetime:
    """The demonstration's own present instant."""
    return SystemClock().now() + timedelta(seconds=float(county.processes.environment["GONGKAILAN_CLOCK_OFFSET"]))


@pytest.fixture
def county(tmp_path: Path) -> Iterator[DemoCounty]:
    """The demonstration county with its server running and one touch device enrolled and synced once."""
    processes = Forked(tmp_path)
    county = founded(processes)
    try:
        county.start_server()
        county.enrol(device)
        processes.run("content-sync", "--dir", str(county.home(device)), "once")
        yield county
    finally:
        processes.end()
