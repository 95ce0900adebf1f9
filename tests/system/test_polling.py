"""What asking costs on a metered line, counted before a real server."""

import hashlib
from contextlib import closing
from pathlib import Path

import pytest

from content_sync.agent.device import read_device
from content_sync.agent.steps import puller
from content_sync.clock import SystemClock
from content_sync.net.http import HttpFetcher, HttpServer
from content_sync.net.line import HttpLine
from content_sync.pull.named import Named
from content_sync.pull.spool import Spool
from deploy.demo.county import DemoCounty
from tests.content_sync.net.counting import counting
from tests.system.conftest import device

pytestmark = pytest.mark.process


def test_a_poll_that_finds_nothing_costs_little(county: DemoCounty) -> None:
    """All channels asked about in one question: 300 bytes both ways with its heads, over one kept connection."""
    known = read_device(county.home(device))
    with counting(known.server) as counted, closing(HttpLine(counted.address)) as line:
        server = HttpServer(line, known.token)
        with closing(puller(county.home(device), known, HttpFetcher(line), server, SystemClock())) as pull:
            assert pull.step().failures == []
            counted.taken()
            assert pull.step().taken == {}
            assert counted.taken() <= 300
    assert counted.connections == 1


def test_a_long_file_over_a_line_that_breaks(county: DemoCounty, tmp_path: Path) -> None:
    """A line cut every 100 KB brings a megabyte with less than a hundredth of waste, heads and all."""
    data = b"".join(hashlib.sha256(number.to_bytes(4)).digest() for number in range(32_768))
    named = Named(f"qinghe/packs/{hashlib.sha256(data).hexdigest()}.zst", hashlib.sha256(data).hexdigest(), len(data))
    (county.server / "repo" / named.path).write_bytes(data)
    with counting(county.url, lasts=100_000) as counted:
        fetcher = HttpFetcher(counted.address)
        assert Spool(tmp_path, fetcher).take(named).read_bytes() == data
        fetcher.close()
    assert counted.connections == 11
    assert counted.up + counted.down < 1.01 * len(data)
