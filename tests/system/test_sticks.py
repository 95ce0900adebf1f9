"""A village without a network: real commands, a real agent beside them, a folder for the stick (OFF-02, OFF-03)."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from content_sync.domain.records import Record
from content_sync.storage.desk import DeskStore
from deploy.demo.county import DemoCounty, one_of_each
from tests.content_sync.sticks import logical
from tests.system.conftest import demo_now

pytestmark = pytest.mark.process
village, online = "lcd-1", "led-1"


def test_a_stick_is_as_good_as_the_network(county: DemoCounty) -> None:
    """By stick, its agent running and no server to be reached, a device holds the same rows as one on the network.

    Its records come back on the stick, count once however often it is carried, and then leave its outbox.
    """
    processes, stick = county.processes, county.processes.folder / "stick"
    assert {village, online} <= set(one_of_each)
    stick.mkdir()
    for name in (village, online):
        county.enrol(name)
    processes.end("server")
    county.start_agent(village)
    _server(county, "withdraw", "qh-caigou", "--as", "publisher", "--reason", "写错了单位名称")
    assert set(_asked(county, "bundle", str(stick), "--device", village)["channels"]) == set(county.held(village))
    _opinion(county)
    taken = _imported(county, stick)
    assert (taken["channels"]["qinghe"], taken["refused"]) == ({"from": 0, "edition": 2}, [])
    assert taken["records"]["written"] >= 1
    processes.end(f"agent-{village}")
    for _ in range(2):
        assert _asked(county, "receive", str(stick))["devices"][village]["refused"] == []
    with closing(sqlite3.connect(county.server / "gongkailan.db")) as db:
        [(counted,)] = db.execute("SELECT count(*) FROM cases WHERE record = 'said-in-the-village'")
    assert counted == 1
    again = _imported(county, stick)
    assert again["channels"]["qinghe"] == {"from": 2, "edition": 2}
    assert again["records"]["taken"] >= 1
    with closing(DeskStore(county.home(village) / "desk.db")) as desk:
        assert desk.outbox_size() == again["records"]["written"]
    county.start_server()
    processes.run("content-sync", "--dir", str(county.home(online)), "once")
    brought, fetched = (_content(county, name) for name in (village, online))
    assert brought == fetched


def _content(county: DemoCounty, name: str) -> list[str]:
    """The whole store but for what a device says of its network."""
    return [line for line in logical(county.home(name)) if not line.startswith('INSERT INTO "problems"')]


def _opinion(county: DemoCounty) -> None:
    said = {"about": "hall", "taps": "wait", "text": "", "item": ""}
    with closing(DeskStore(county.home(village) / "desk.db")) as desk:
        assert desk.add_record(Record("said-in-the-village", "opinion", "", demo_now(county).isoformat(), said))


def _server(county: DemoCounty, *words: str) -> None:
    county.processes.run("display-server", "--dir", str(county.server), *words)


def _asked(county: DemoCounty, *words: str) -> Any:
    return county.processes.ask("display-server", "--dir", str(county.server), *words, "--json")


def _imported(county: DemoCounty, stick: Any) -> Any:
    home = str(county.home(village))
    return county.processes.ask("content-sync", "--dir", home, "import-bundle", str(stick), "--json")
