"""What the running agent makes of hints."""

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from content_sync import durable
from content_sync.agent.device import Device
from content_sync.agent.running import Agent
from content_sync.clock import SystemIds, place
from content_sync.domain import limits
from content_sync.live import Hint
from content_sync.storage.desk import DeskStore
from content_sync.wire import canonical, shapes
from tests.content_sync.world import County, HandClock, bodies


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


def test_a_box_whose_clock_says_1970_asks_the_hall_while_the_visitor_waits(
    agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen stamps a question with what is believed; by the bare clock it would never have been asked."""
    county_clock = agent.clock
    assert isinstance(county_clock, HandClock)
    at = county_clock.now()
    county_clock.at = datetime(1970, 1, 1, tzinfo=place)
    with closing(DeskStore(agent.folder / "desk.db")) as desk:
        desk.ask("q1", "receipt", "833569521769", at)
        monkeypatch.setattr(agent, "_say", lambda *_: agent.stop.set())
        agent._press()
        assert desk.asked("q1").state == "waiting"  # nobody answered at port 1, and it is asked again
        county_clock.at = at + timedelta(seconds=limits.press_seconds_max + 1)
        agent.stop.clear()
        agent._press()
        assert desk.asked("q1").state == "unreached"
