"""The believed time: it never goes back, outruns nothing, and goes on in a box without a clock battery (promise 5)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_sync.clock import SystemSteady, place
from content_sync.domain import limits, uptime
from content_sync.domain.edition import Edition, root_of
from content_sync.domain.errors import BadInput
from content_sync.domain.records import Record
from content_sync.domain.uptime import Kept, Uptime
from content_sync.pull.clocking import believed
from content_sync.pull.timekeeping import Timekeeper, time_of
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from content_sync.wire.items import item_bytes
from tests.content_sync.making import item
from tests.content_sync.world import HandClock, start


@dataclass
class Box:
    """A machine: its clock, its boots, its uptime; and as little of a store as a timekeeper asks for."""

    clock: HandClock = field(default_factory=HandClock)
    boot: int = 1
    seconds: int = 100
    signed: datetime | None = None
    kept: Kept | None = None

    def uptime(self) -> Uptime:
        return Uptime(f"boot-{self.boot}", self.seconds)

    def run(self, seconds: int) -> None:
        """Time passes with the power on."""
        self.seconds += seconds
        self.clock.pass_time(seconds=seconds)

    def reboot(self, says: datetime) -> None:
        """The power was off for a while; afterwards the clock says something."""
        self.boot, self.seconds, self.clock.at = self.boot + 1, 5, says

    def floor(self) -> datetime | None:
        known = [self.signed, self.kept.believed if self.kept else None]
        return max((time for time in known if time is not None), default=None)

    def kept_time(self) -> Kept | None:
        return self.kept

    def keep_time(self, kept: Kept) -> None:
        assert self.kept is None or kept.believed >= self.kept.believed, "what is kept never goes back"
        self.kept = kept


_day = timedelta(days=1)
_says = st.integers(-22_000, 26_000).map(lambda days: start + timedelta(days=days))  # 1966 to 2098
_near = st.integers(-40, 40).map(lambda days: start + timedelta(days=days))
_steps = st.one_of(
    st.tuples(st.just("run"), st.integers(1, 100_000)),
    st.tuples(st.just("boot"), _says | _near),
    st.tuples(st.just("set"), _says | _near),
    st.tuples(st.just("sign"), _near),
    st.tuples(st.just("restart"), st.none()),
)


@settings(deadline=None, max_examples=300)
@given(st.lists(_steps, max_size=25))
def test_the_law_of_the_believed_time(steps: list[tuple[str, Any]]) -> None:
    """Whatever clock, power and signatures do: what has surely come never goes back, never falls behind a signature,
    and is never beyond the latest plausible clock or signature and the uptime since.
    """  # noqa: D205
    box, before, bound = Box(), None, None
    keeper = Timekeeper(box.clock, box)
    for step, value in steps:
        if step == "run":
            box.run(value)
            bound = bound + timedelta(seconds=value) if bound else None
        elif step == "boot":
            box.reboot(value)
            bound = bound + timedelta(seconds=5) if bound else None
        elif step == "set":
            box.clock.at = value
        elif step == "sign":
            box.signed = max(value, box.signed or value)
        if step in ("boot", "restart"):
            keeper = Timekeeper(box.clock, box)
        time = keeper.time(box)  # type: ignore[arg-type]  # the box is all of a store that is asked for
        plausible = [t for t in (bound, box.signed, None if time.fallback else box.clock.now()) if t is not None]
        bound = max(plausible) if plausible else None
        known = box.floor()
        if known is not None:
            assert bound is not None
            assert time.sure <= bound
            assert time.now == max(box.clock.now(), time.sure)
            assert time.sure >= (box.signed or known)
            assert before is None or step in ("boot", "restart") or time.sure >= min(before, known)
            assert box.kept is None or before is None or time.sure >= box.kept.believed
        before = time.sure


@pytest.fixture
def box() -> Box:
    """A village box with a signed time from a sync an hour ago."""
    box = Box(signed=start)
    Timekeeper(box.clock, box).time(box)  # type: ignore[arg-type]
    return box


@pytest.mark.parametrize("year", [1970, 2000])
def test_a_box_without_a_battery_gets_older(box: Box, year: int) -> None:
    """Its clock begins anew at every boot and there is no network: the days it was on still add up, to the minute."""
    for _ in range(21):
        box.reboot(datetime(year, 1, 1, 8, tzinfo=place))
        keeper = Timekeeper(box.clock, box)
        for _ in range(8 * 60):
            box.run(60)
            assert keeper.time(box).doubtful  # type: ignore[arg-type]
    on = timedelta(hours=8 * 21)
    time = time_of(box, box.clock, box)  # type: ignore[arg-type]
    assert on - 21 * timedelta(minutes=2) <= time.now - start <= on + 21 * timedelta(seconds=10)


def test_after_a_boot_its_uptime_is_what_surely_passed(box: Box) -> None:
    """Nobody knows how long the power was off, but since the boot ten minutes have gone."""
    box.reboot(datetime(1970, 1, 1, tzinfo=place))
    box.run(600)
    assert time_of(box, box.clock, box).now == start + timedelta(seconds=605)  # type: ignore[arg-type]


def test_a_wrong_clock_that_is_mended_soon_leaves_nothing(box: Box) -> None:
    """Two weeks ahead for a minute after the start, then right: nothing of it was kept."""
    keeper = Timekeeper(box.clock, box)
    box.reboot(start + 14 * _day)
    for _ in range(10):
        box.run(60)
        assert keeper.time(box).now >= start + 14 * _day  # type: ignore[arg-type]
    box.clock.at = start + timedelta(hours=1)
    time = keeper.time(box)  # type: ignore[arg-type]
    assert (time.doubtful, time.now) == (False, start + timedelta(hours=1))


def test_a_clock_that_goes_evenly_is_kept(box: Box) -> None:
    """After an hour of even going the machine's clock is the known time; a fall to 1970 goes not behind it."""
    keeper = Timekeeper(box.clock, box)
    box.reboot(start + 5 * _day)
    for _ in range(62):
        box.run(60)
        keeper.time(box)  # type: ignore[arg-type]
    box.reboot(datetime(1970, 1, 1, tzinfo=place))
    time = Timekeeper(box.clock, box).time(box)  # type: ignore[arg-type]
    assert time.doubtful
    assert time.now - (start + 5 * _day) >= timedelta(minutes=50)


def test_a_box_that_is_switched_on_now_and_then_is_believed(box: Box) -> None:
    """With a battery, off for three weeks at a time: its clock is without doubt, going on from the last."""
    for weeks in range(3, 30, 3):
        box.reboot(start + timedelta(weeks=weeks))
        time = Timekeeper(box.clock, box).time(box)  # type: ignore[arg-type]
        assert (time.doubtful, time.now) == (False, start + timedelta(weeks=weeks))
    box.reboot(start + timedelta(weeks=33))
    assert Timekeeper(box.clock, box).time(box).doubtful  # type: ignore[arg-type]


def test_a_clock_in_2099_is_never_kept(box: Box) -> None:
    """However long it runs wrong, once it is right again the device is, too."""
    keeper = Timekeeper(box.clock, box)
    box.clock.at = datetime(2099, 1, 1, tzinfo=place)
    for _ in range(300):
        box.run(60)
        time = keeper.time(box)  # type: ignore[arg-type]
        assert (time.doubtful, time.now.year) == (True, 2099)
        assert time.sure - start < timedelta(hours=6)
    box.clock.at = start + timedelta(hours=5)
    assert not keeper.time(box).doubtful  # type: ignore[arg-type]


_hour = timedelta(hours=1)
_judged = {
    "nothing known": (None, None, start, (start, None, False)),
    "right": (start, start, start + _hour, (start + _hour, None, False)),
    "an hour behind": (start, None, start - _hour, (start, None, False)),
    "more behind": (start, None, start - _hour - timedelta(seconds=1), (start, None, True)),
    "behind what was believed": (start, start + _day, start, (start + _day, None, True)),
    "thirty days ahead": (start, None, start + 30 * _day, (start + 30 * _day, None, False)),
    "more ahead": (start, start + _day, start + 32 * _day, (start + 32 * _day, start + _day, True)),
}


@pytest.mark.parametrize("story", _judged)
def test_how_a_clock_is_judged(story: str) -> None:
    """The table of pull.clocking at its edges."""
    floor, last, system, expected = _judged[story]
    time = believed(system, floor, last)
    assert (time.now, time.fallback, time.doubtful) == expected


def test_what_is_kept_survives_the_disk() -> None:
    """The text of a kept time gives the same back; the first release's has no uptime and does not grow; rubbish is."""
    for kept in (Kept(start, Uptime("b", 7)), Kept(start, Uptime("b", 7), start + _day)):
        assert uptime.read(uptime.written(kept)) == kept
    old = uptime.read(start.isoformat())
    assert uptime.grown(old, Uptime("b", 10_000)) == start
    for rubbish in ("", "soon", "2027-03-01", "2027-03-01T00:00:00", f"{start.isoformat()} b seven"):
        with pytest.raises(BadInput):
            uptime.read(rubbish)


def test_the_real_uptime_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel's uptime names one boot and does not go back."""
    monkeypatch.undo()  # here it does not stand (tests/conftest.py)
    steady = SystemSteady()
    first = steady.uptime()
    assert (first.boot, first.seconds) <= (steady.uptime().boot, steady.uptime().seconds)
    assert first.boot


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ContentStore]:
    """A device with an item that ends in a week, one that begins in a year, and one without an end."""
    items = {
        "ends": item(id="ends", shown_until=(start + 7 * _day).isoformat()),
        "begins": item(id="begins", shown_from=(start + 365 * _day).isoformat()),
        "stays": item(id="stays"),
    }
    bodies = {name: item_bytes(one) for name, one in items.items()}
    store = ContentStore(tmp_path / "content.db")
    store.follow(["qinghe"])
    as_of = start.isoformat()
    store.apply(Edition("qinghe", 1, as_of, len(bodies), root_of(bodies)), as_of, bodies, ())
    yield store
    store.close()


def _drawn(store: ContentStore, clock: HandClock) -> set[str]:
    listed = {row.id for row in store.rows(clock.now())}
    assert listed == {name for name in ("ends", "begins", "stays") if store.item(name, clock.now())}
    assert listed == {row.id for row in store.search("取暖", clock.now())}
    return listed


def test_items_end_in_a_box_that_thinks_it_is_1970(store: ContentStore) -> None:
    """Without network and without a battery, an item whose end came by uptime alone is gone, and stays gone."""
    box = Box(clock=HandClock(datetime(1970, 1, 1, tzinfo=place)))
    keeper = Timekeeper(box.clock, box)
    assert _drawn(store, box.clock) == {"ends", "stays"}
    for _ in range(7 * 24):
        keeper.time(store)
        box.run(3_600)
    keeper.time(store)
    assert _drawn(store, box.clock) == {"stays"}
    box.reboot(datetime(1970, 1, 1, tzinfo=place))
    Timekeeper(box.clock, box).time(store)
    assert _drawn(store, box.clock) == {"stays"}


def test_a_clock_in_2099_ends_items_and_begins_none(store: ContentStore) -> None:
    """A doubtful clock may hide what ends; it shows nothing before its time; and right again, all is as before."""
    clock = HandClock(datetime(2099, 1, 1, tzinfo=place))
    assert _drawn(store, clock) == {"stays"}
    clock.at = start + limits.clock_jump_days_max * _day
    assert _drawn(store, clock) == {"stays"}
    clock.at = start
    assert _drawn(store, clock) == {"ends", "stays"}


_bounds = [
    ("2027-03-08T09:00:00+08:00", -1, True),
    ("2027-03-08T09:00:00+08:00", 0, False),
    ("2027-03-08T01:00:00+00:00", -1, True),
    ("2027-03-08T01:00:00Z", 0, False),
    ("2027-03-08T06:45:00+05:45", -1, True),
    ("2027-03-08T06:45:00+05:45", 0, False),
    ("2027-03-07T21:30:00-03:30", 0, False),
    ("2027-03-08T09:00:00.000001+08:00", 0, True),
]


@pytest.mark.parametrize(("until", "micros", "shown"), _bounds)
def test_the_end_is_one_instant_in_every_offset(tmp_path: Path, until: str, micros: int, shown: bool) -> None:
    """A microsecond before its end an item is everywhere, at its end nowhere, however the instant is written."""
    body = {"n-1": item_bytes(item(shown_until=until))}
    store = ContentStore(tmp_path / "content.db")
    store.follow(["qinghe"])
    store.apply(Edition("qinghe", 1, start.isoformat(), 1, root_of(body)), start.isoformat(), body, ())
    now = start + 7 * _day + timedelta(microseconds=micros)
    assert bool(store.rows(now)) == bool(store.item("n-1", now)) == bool(store.search("取暖", now)) == shown
    store.close()


def test_a_record_says_that_the_clock_was_doubtful(tmp_path: Path) -> None:
    """What is made while the agent doubts the clock says so; before and afterwards nothing is added."""
    desk = DeskStore(tmp_path / "desk.db")
    said = {}
    for name, doubtful in (("before", False), ("while", True), ("after", False)):
        desk.note_clock(doubtful=doubtful)
        assert desk.add_record(Record(name, "opinion", "", start.isoformat(), {"taps": "wait"}))
        said[name] = desk.waiting_records(9)[-1].body.get("clock")
    assert said == {"before": None, "while": "doubtful", "after": None}
    desk.close()


def test_readers_believe_what_the_agent_keeps(store: ContentStore) -> None:
    """A screen with the same machine under it comes to the same time without asking anybody."""
    box = Box(clock=HandClock(datetime(2000, 1, 1, tzinfo=place)))
    Timekeeper(box.clock, box).time(store)
    box.run(3_000)
    screen = ContentStore(store._connection.path, readonly=True)
    assert time_of(screen, box.clock, box).now == start + timedelta(seconds=3_000)
    assert screen.floor() == start
    screen.close()
