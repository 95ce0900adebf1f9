"""With the server gone the hall goes on, and nothing that happened is lost or doubled."""

import json
import urllib.request
from typing import Any

import pytest

from content_sync.clock import SystemIds
from content_sync.domain.ids import spelled
from content_sync.domain.records import Record
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from deploy.demo.county import DemoCounty
from tests.system.conftest import demo_now, device

pytestmark = pytest.mark.process


def test_a_ticket_and_an_opinion_made_offline_arrive_once(county: DemoCounty) -> None:
    """Cut off, the screen shows everything, gives a leased number and keeps an opinion; each arrives once, later."""
    processes, home = county.processes, county.home(device)
    desk, today = DeskStore(home / "desk.db"), demo_now(county).date().isoformat()
    county.start_agent(device)
    processes.wait_for("leased numbers", lambda: desk.block_left("huji", today) > 0)
    processes.end("server", f"agent-{device}")

    county.start_agent(device)
    content, now, ids = ContentStore(home / "content.db", readonly=True), demo_now(county), SystemIds()
    assert {name: channel.items for name, channel in content.held().items()} == _published(county)
    assert content.item("qh-sfz-buling", now) is not None
    assert desk.press("press-1", "huji", 0, now).state == "waiting"
    leased = desk.take_leased("press-1", now, ids)
    assert (leased.state, leased.number[0]) == ("leased", "A")
    said = Record(
        spelled(ids.random(16)),
        "opinion",
        "",
        now.isoformat(),
        {"about": "hall", "taps": "wait", "text": "", "item": ""},
    )
    assert desk.add_record(said)

    county.start_server()
    processes.wait_for("the outbox to empty", lambda: desk.outbox_size() == 0, 90)
    processes.run("content-sync", "--dir", str(home), "once")
    assert _ask(county, "services")["huji"]["waiting"] == 1


def _published(county: DemoCounty) -> dict[str, int]:
    listed = county.processes.ask("display-server", "--dir", str(county.server), "channels", "--json")
    return {channel["id"]: channel["items"] for channel in listed}


def _ask(county: DemoCounty, what: str) -> dict[str, Any]:
    token = json.loads((county.home(device) / "device.json").read_text())["token"]
    request = urllib.request.Request(f"{county.url}/api/v1/{what}", headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return {service["service"]: service for service in json.load(answer)}
