"""Random lives of a county: whatever the network, the disks, the clocks and the power do, the promises hold.

The short profile runs with every test run; `python -m tests.simulation --minutes 60` lives longer, with other seeds.
"""

import random
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.simulation.scene import Device, World, channels
from tests.simulation.weather import weathers

_never = 1_000_000
_weather, _channel, _few = st.sampled_from(weathers), st.sampled_from(channels), st.integers(0, 3)
_moments = st.one_of(st.just(_never), st.integers(1, 60))
_device = st.integers(0, 1)


class Life(RuleBasedStateMachine):
    """Two devices, one county, one relay."""

    def __init__(self) -> None:
        super().__init__()
        shared = Path("/dev/shm")  # memory where there is some: thousands of synced files
        self._folder = Path(tempfile.mkdtemp(dir=shared if shared.is_dir() else None))
        self.world = World(self._folder, random.Random(1))
        self.devices = [Device(self.world, "kiosk"), Device(self.world, "board")]
        self._rotten: set[int] = set()

    def teardown(self) -> None:
        """Liveness: when everything is well again, everybody gets everything, and every record is there once."""
        try:
            self.world.relay("fine", _never)
            for number, device in enumerate(self.devices):
                device.clock.at = self.world.county.clock.at
                for _ in range(2):
                    device.step(relay=False, news=bool(number), weather="fine", moments=_never)
                device.push()
                device.check()
                assert device.numbers == self.world.county.numbers
                assert sorted(device.hall.records) == sorted(device.records)
        finally:
            shutil.rmtree(self._folder)

    @rule(
        channel=_channel, edits=_few, news=_few, gone=st.sampled_from([0, 0, 0, 1]), ends=st.sampled_from([0, 0, 2, 40])
    )
    def publish(self, channel: str, edits: int, news: int, gone: int, ends: int) -> None:
        self.world.publish(channel, edits, news, gone, ends)

    @rule(channel=_channel)
    def complete(self, channel: str) -> None:
        if self.world.county.numbers[channel]:
            self.world.county.complete(channel)
            self.world.past.remember()

    @rule(hours=st.sampled_from([1, 10, 30, 24 * 20]))
    def time_passes(self, hours: int) -> None:
        self.world.county.clock.pass_time(hours=hours)
        self.world.county.publisher.resign()
        self.world.past.remember()
        for device in self.devices:
            device.clock.pass_time(hours=hours)

    @rule(which=_device, days=st.sampled_from([-20_000, -3, 3, 20_000]))
    def clock_jumps(self, which: int, days: int) -> None:
        """A device's clock is wrong; the next line is that somebody sets it right again."""
        self.devices[which].clock.pass_time(days=days)

    @rule(which=_device)
    def clock_is_set(self, which: int) -> None:
        self.devices[which].clock.at = self.world.county.clock.at

    @rule(weather=_weather, moments=_moments)
    def relay_round(self, weather, moments: int) -> None:  # type: ignore[no-untyped-def]
        self.world.relay(weather, moments)

    @rule(
        which=_device, relay=st.booleans(), news=st.booleans(), weather=_weather, moments=_moments, full=st.booleans()
    )
    def step(self, which: int, relay: bool, news: bool, weather, moments: int, full: bool) -> None:  # type: ignore[no-untyped-def]
        whole = self.devices[which].step(relay=relay, news=news, weather=weather, moments=moments, full=full)
        if whole:
            self._rotten.discard(which)

    @rule(which=_device)
    def store_is_lost(self, which: int) -> None:
        self.devices[which].rebuild()

    @rule(which=_device)
    def bit_rots(self, which: int) -> None:
        self.devices[which].rot()
        self._rotten.add(which)

    @rule(which=_device)
    def somebody_speaks(self, which: int) -> None:
        self.devices[which].speak()

    @rule(which=_device, lost=st.lists(st.sampled_from(["before", "after"]), max_size=2))
    def push(self, which: int, lost: list[str]) -> None:
        self.devices[which].push(*lost)

    @invariant()
    def promises_hold(self) -> None:
        for number, device in enumerate(self.devices):
            device.check(rotten=number in self._rotten)


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=30,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
