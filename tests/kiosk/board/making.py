"""A device folder with real stores, filled as the agent fills it, and a clock that stands still until moved."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from content_sync.domain.county import ChannelOf, County, Service, Site, Unit
from content_sync.domain.disclosure.items import Item
from content_sync.domain.edition import Edition, root_of
from content_sync.domain.hall.rules import usual
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import Call, DeskStore
from content_sync.wire.county import county_bytes
from content_sync.wire.items import item_bytes

now = datetime.fromisoformat("2026-11-24T09:42:00+08:00")
county = County(
    "清河县",
    "https://www.qinghe.example",
    (Unit("qinghe", "清河县民政局", "county"),),
    (ChannelOf("qinghe", "qinghe"),),
    (
        Site("other", "qinghe", "别处", "0000-0"),
        Site("hall", "qinghe", "清河县政务服务大厅", "0000-1234567", services=(Service("huji", "A", "户口"),)),
    ),
)


class StandingClock:
    """ports.Clock that shows what it was set to."""

    def __init__(self) -> None:
        self.at = now

    def now(self) -> datetime:
        return self.at

    def pass_by(self, seconds: float) -> datetime:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)
        return self.at


class Device:
    """The folder, and the agent's hands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "device.json").write_text(json.dumps({"site": "hall"}), encoding="utf-8")
        self.agent = ContentStore(folder / "content.db")
        self.agent.follow(["qinghe"])
        self.agent.put_county(county_bytes(county))
        self.agents_desk = DeskStore(folder / "desk.db")
        self._number = 0

    def never_quiet(self) -> None:
        """A hall without quiet hours: for boards that run by the real clock."""
        rules = replace(usual, quiet_from="00:00", quiet_to="00:00")
        self.agent.put_county(county_bytes(replace(county, sites=tuple(replace(s, rules=rules) for s in county.sites))))

    def publish(self, items: Sequence[Item], as_of: str = "2026-11-24T09:38:00+08:00") -> None:
        """A new edition with exactly these items."""
        self._number += 1
        bodies = {item.id: item_bytes(item) for item in items}
        edition = Edition("qinghe", self._number, as_of, len(bodies), root_of(bodies))
        self.agent.apply(edition, as_of, bodies, [])

    def call(self, *calls: tuple[str, int], at: str = "2026-11-24T09:00:00+08:00") -> None:
        """The queue as the server last told it, newest first."""
        self.agents_desk.put_queue([Call(number, window, "", "huji", at, "called") for number, window in calls], [])

    def blank(self, since: str) -> None:
        """What the server says of the boards' content: hidden since then, or not (empty)."""
        self.agents_desk.put_queue(self.agents_desk.calls(), [], self.agents_desk.windows(), since)

    def content(self) -> ContentStore:
        """As a screen opens it."""
        return ContentStore(self.folder / "content.db", readonly=True)

    def desk(self) -> DeskStore:
        """As a screen opens it."""
        return DeskStore(self.folder / "desk.db")
