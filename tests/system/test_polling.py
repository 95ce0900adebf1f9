"""What asking costs on a metered line, counted before a real server."""

import pytest

from content_sync.agent.device import read_device
from content_sync.net.http import HttpFetcher, HttpServer
from content_sync.net.line import HttpLine
from content_sync.pull import hints
from deploy.demo.county import DemoCounty
from tests.content_sync.net.counting import counting
from tests.system.conftest import device

pytestmark = pytest.mark.process


def test_a_poll_that_finds_nothing_costs_little(county: DemoCounty) -> None:
    """All channels asked about in one question: 300 bytes both ways with its heads, over one kept connection."""
    known = read_device(county.home(device))
    with counting(known.server) as counted:
        line = HttpLine(counted.address)
        server = HttpServer(line, known.token)
        first = hints.head(server, "")
        assert first.channels is not None
        assert set(first.channels) == set(known.channels)
        counted.taken()
        assert hints.head(server, first.etag).channels is None
        assert counted.taken() <= 300
        HttpFetcher(line).fetch("_directory/metadata/timestamp.json", 9_999)
        line.close()
    assert counted.connections == 1
