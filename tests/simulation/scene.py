"""A county, a relay and devices in one world whose clock, network, disks and power are ours.

Every part is the real one; only the weather, the plug and the hall's server are twins. What must hold after every step
(promises 1–6 and 10 of ARCHITECTURE §5) is `Device.check`, told there one by one.
"""

import random
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from content_sync.domain.disclosure.items import is_due
from content_sync.domain.errors import GongkailanError
from content_sync.domain.ids import directory_channel
from content_sync.domain.records import Record
from content_sync.mirror.rounds import Mirror
from content_sync.pull.step import Puller
from content_sync.push.records import send_records
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from content_sync.trust.verifying import pin
from content_sync.wire.items import item_bytes, parse_item
from tests.content_sync.making import item
from tests.content_sync.world import County, Hall, HandClock
from tests.simulation.power import Power, PowerCut, after_a_cut, failing
from tests.simulation.weather import Air, Past, Weather

channels = ("qinghe", "liushu")
_seed = bytes(range(32))


@dataclass
class World:
    """Everything that is not a device."""

    folder: Path
    chance: random.Random
    county: County = field(init=False)
    relay_repo: Path = field(init=False)

    def __post_init__(self) -> None:
        self.county = County(self.folder, *channels)
        self.withdrawn: dict[str, list[str]] = {channel: [] for channel in channels}
        self.past, self.relay_past = Past(self.county.repo), Past(self.folder / "relay" / "repo")
        self.relay_repo = self.folder / "relay" / "repo"
        self.relay_repo.mkdir(parents=True)
        pin(self.folder / "relay" / "upstream" / "trust" / directory_channel, self.county.publisher.directory_root())
        self.made, self.serial = 0, 0

    def publish(self, channel: str, edits: int, news: int, gone: int, ends_in_days: int) -> None:
        """An edition that edits, adds and withdraws so many items; new ones end after so many days (0: never)."""
        items = dict(self.county.editions[channel][-1])
        leaving = self.chance.sample(sorted(items), min(gone, len(items)))
        for name in leaving:
            del items[name]
        changed = self.chance.sample(sorted(items), min(edits, len(items)))
        fresh = [f"{channel[:2]}-{self.serial + number}" for number in range(news)]
        self.serial += news
        for name in (*changed, *fresh):
            items[name] = self._body(channel, name, ends_in_days)
        self.withdrawn[channel] += leaving
        self.county.publish(channel, items, tuple(leaving))
        self.past.remember()

    def relay(self, weather: Weather, moments: int) -> None:
        """A round of the relay; the power may end in it."""
        power = Power(moments)
        air = Air(self.county.repo, weather, self.past, power, self.chance)
        with failing(power):
            try:
                Mirror(self.folder / "relay" / "upstream", self.relay_repo, air, self.county.clock).round(channels)
            except PowerCut:
                after_a_cut(self.folder / "relay", self.chance)
        self.relay_past.remember()

    def _body(self, channel: str, name: str, ends_in_days: int) -> bytes:
        self.made += 1
        now = self.county.clock.now()
        until = (now + timedelta(days=ends_in_days)).isoformat(timespec="seconds") if ends_in_days else ""
        title = f"第{self.made}次写的{self.chance.choice(['取暖补贴', '防汛通知', '造林公示'])}"
        begun = (now - timedelta(minutes=5)).isoformat(timespec="seconds")
        made = item(id=name, channel=channel, unit=channel, title=title, shown_from=begun, shown_until=until)
        return item_bytes(made)


class Device:
    """One device with its folder, its clock and its outbox."""

    def __init__(self, world: World, name: str) -> None:
        self.world, self.name, self.folder = world, name, world.folder / name
        self.clock, self.hall = HandClock(world.county.clock.now()), Hall(world.county, follows=channels, has_news=True)
        self.numbers, self.gone, self.records = dict.fromkeys(channels, 0), set[str](), list[str]()
        self.latest: datetime | None = None
        self._enrol()

    def step(self, *, relay: bool, news: bool, weather: Weather, moments: int, full: bool = False) -> bool:
        """A step of the agent; whether it succeeded whole. The power may end in it, or the room on the disk."""
        power, world = Power(moments, full=full), self.world
        repo, past = (world.relay_repo, world.relay_past) if relay else (world.county.repo, world.past)
        self.hall.has_news = news and not relay
        air = Air(repo, weather, past, power, world.chance)
        with failing(power):
            try:
                pull = Puller(self.folder, channels, air, self.hall, self.clock)
                failures = pull.step(force=True).failures
            except PowerCut:
                after_a_cut(self.folder, world.chance)
                return False
        pull.close()
        return not failures

    def rebuild(self) -> None:
        """The store is lost; what is trusted is not."""
        for path in self.folder.glob("content.db*"):
            path.unlink()
        self.numbers = dict.fromkeys(channels, 0)

    def rot(self) -> None:
        """One bit of the store's file is wrong."""
        path = self.folder / "content.db"
        if path.exists():
            data = bytearray(path.read_bytes())
            data[self.world.chance.randrange(len(data))] ^= 1 << self.world.chance.randrange(8)
            path.write_bytes(data)

    def speak(self) -> None:
        """A visitor says something."""
        name = f"{self.name}-{len(self.records)}"
        with closing(DeskStore(self.folder / "desk.db")) as desk:
            desk.add_record(Record(name, "opinion", "", self.clock.now().isoformat(), {"taps": "排队太久"}))
        self.records.append(name)

    def push(self, *lost: str) -> None:
        """Send the outbox; answers may be lost before or after the server has acted."""
        self.hall.lost = list(lost)
        with closing(DeskStore(self.folder / "desk.db")) as desk:
            with suppress(GongkailanError):
                send_records(desk, self.hall, self.name, _seed)
            self.hall.lost = []
            waiting = {record.id for record in desk.waiting_records(1_000)}
        assert waiting | self.hall.records.keys() >= set(self.records)  # promise 10: nothing is lost
        assert self.hall.counted == len(self.hall.records)  # and nothing counted twice

    def check(self, *, rotten: bool = False) -> None:
        """What must hold for whoever looks at the screen now."""
        now = self.clock.now()
        with closing(ContentStore(self.folder / "content.db", readonly=True)) as store:
            try:
                held, floor = store.held(), store.floor()
                rows = store.rows(now)
                drawn = {row.id: store.item(row.id, now) for row in rows}
            except GongkailanError:
                assert rotten  # a file that is no database any more is told as such, to staff
                return
        self.latest = max(time for time in (now, floor, self.latest) if time is not None)
        for channel in channels:
            number = held[channel].number if channel in held else 0
            assert rotten or number >= self.numbers[channel]  # promise 1: the number never goes down
            if rotten:
                continue
            self.numbers[channel] = number
            edition = self.world.county.editions[channel][number]
            self.gone |= (
                set(self.world.withdrawn[channel]) - edition.keys() if number == self._newest(channel) else set()
            )
            due = {name for name, body in edition.items() if self._is_due(body, floor or now)}
            shown = {row.id for row in rows if row.channel == channel}
            assert shown <= due  # promises 1, 2 and 5: of one edition, nothing after its end
            assert due - shown <= set(self.world.withdrawn[channel])  # and all of it but what was withdrawn
        texts = {
            name: body for known in self.world.county.editions.values() for one in known for name, body in one.items()
        }
        for name, found in drawn.items():
            if found is None:
                assert rotten  # damaged: not drawn
                continue
            assert rotten or item_bytes(found[0]) in self._approved(name)  # promise 4: byte for byte
            assert name in texts
            assert name not in self.gone  # promise 3: withdrawn once, never back

    def _approved(self, name: str) -> set[bytes]:
        known = self.world.county.editions.values()
        return {one[name] for editions in known for one in editions if name in one}

    def _newest(self, channel: str) -> int:
        return self.world.county.numbers[channel]

    def _is_due(self, body: bytes, floor: datetime) -> bool:
        found = parse_item(body)
        return is_due(found.shown_from, found.shown_until, max(self.clock.now(), floor))

    def _enrol(self) -> None:
        self.folder.mkdir()
        pin(self.folder / "trust" / directory_channel, self.world.county.publisher.directory_root())
