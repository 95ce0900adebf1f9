"""What the running agent makes of hints."""

from pathlib import Path

import pytest

from content_sync import durable
from content_sync.agent.device import Device
from content_sync.agent.running import Agent
from content_sync.clock import SystemIds
from content_sync.live import Hint
from content_sync.wire import canonical, shapes
from tests.content_sync.world import County, bodies


@pytest.fixture
def agent(tmp_path: Path) -> Agent:
    """An agent that holds edition 2 of its channel and was told of nothing yet."""
    county, folder = County(tmp_path, "qinghe"), tmp_path / "device"
    for title in ("春季造林", "冬季取暖补贴"):
        county.publish("qinghe", bodies(a=title))
    device = county.device(folder)
    device.step()
    device.close()
    known = Device(server="http://127.0.0.1:1", device="k1", token="t", site="", kind="lcd", channels=("qinghe",))
    durable.write(folder / "device.json", canonical.dump(shapes.to_plain(known)))
    durable.write(folder / "key.bin", b"s" * 32)
    return Agent(folder, county.clock, SystemIds())


@pytest.mark.parametrize(
    ("hint", "asks"),
    [
        (Hint("edition", "qinghe", 2), False),
        (Hint("edition", "qinghe", 1), False),
        (Hint("edition", "qinghe", 3), True),
        (Hint("edition", "liuhe", 1), True),
        (Hint("edition"), True),
        (Hint("hello"), True),
        (Hint("emergency"), True),
        (Hint("queue"), False),
    ],
)
def test_only_news_makes_it_ask(agent: Agent, hint: Hint, asks: bool) -> None:
    """An edition that is on screen already is no reason to fetch; what is not understood is."""
    agent._hear(hint)
    assert agent._pull_hint.is_set() == asks
    assert agent._queue_hint.is_set() == (hint.name in {"queue", "hello"})
