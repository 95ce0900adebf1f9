"""The voice of a board over real stores: said once to its end, remembered over a restart, never two at once."""

import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import pytest

from content_sync.domain import limits
from content_sync.domain.county import Window
from content_sync.domain.disclosure.items import Emergency
from content_sync.domain.hall import spoken
from content_sync.storage.content import Full
from content_sync.storage.desk import Call
from content_sync.wire.county import county_bytes
from kiosk.board.voice import Voice, _speak, silent, speaking
from kiosk.devices.sounds import Sound
from kiosk.devices.speaker import ProgramPlayer
from kiosk.devices.speaker import Speaker as RealSpeaker
from kiosk.devices.voices import Espeak
from tests.content_sync.making import item
from tests.kiosk.board.making import Device, StandingClock, county


class _Speaker:
    """Remembers what it said; each sentence takes four seconds of the standing clock."""

    def __init__(self, clock: StandingClock) -> None:
        self.said: list[tuple[str, ...]] = []
        self.state = "ready"
        self._clock = clock

    def say(self, words: Sequence[str], stop: object) -> bool:
        """Unless it is broken."""
        if self.state != "ready":
            return False
        self.said.append(tuple(words))
        self._clock.pass_by(4)
        return True


def _call(device: Device, *calls: tuple[str, int, str], at: str = "2026-11-24T09:41:50+08:00") -> None:
    """Numbers, windows and the name of each calling, newest first."""
    rows = [Call(number, window, "", "huji", at, "called", call) for number, window, call in calls]
    device.agents_desk.put_queue(rows, [])


def _voice(device: Device, speaker: _Speaker, clock: StandingClock) -> Voice:
    return Voice(device.content(), device.desk(), "hall", speaker, clock, threading.Event())


def _run(voice: Voice, clock: StandingClock, steps: int = 40) -> None:
    for _ in range(steps):
        if not voice.step():
            clock.pass_by(1)


def test_two_calls_are_said_twice_each_and_then_never_again(device: Device, clock: StandingClock) -> None:
    """First times in the order of the calls, then the second times."""
    speaker = _Speaker(clock)
    _call(device, ("A013", 2, "d-2"), ("A012", 1, "d-1"), at=clock.now().isoformat())
    voice = _voice(device, speaker, clock)
    _run(voice, clock)
    first, second = spoken.calling("A012", 1), spoken.calling("A013", 2)
    assert speaker.said == [first, second, first, second]
    assert device.agents_desk.parts() == {"speaker": "ready"}


def test_on_a_full_disk_a_call_is_not_said_for_ever(
    device: Device, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing can be counted in desk.db then; this life of the voice still knows what it said."""

    def full(*_: object) -> None:
        raise Full("no room")

    speaker = _Speaker(clock)
    _call(device, ("A012", 1, "d-1"), at=clock.now().isoformat())
    voice = _voice(device, speaker, clock)
    monkeypatch.setattr(voice._desk, "note_said", full)
    _run(voice, clock)
    assert speaker.said == [spoken.calling("A012", 1)] * 2


def test_a_restart_repeats_nothing_and_forgets_nothing(device: Device, clock: StandingClock) -> None:
    """Stopped after the first time: the next life says the second time, and only that."""
    speaker = _Speaker(clock)
    _call(device, ("A012", 1, "d-1"), at=clock.now().isoformat())
    assert _voice(device, speaker, clock).step()
    _run(_voice(device, speaker, clock), clock)
    assert speaker.said == [spoken.calling("A012", 1)] * 2
    _run(_voice(device, speaker, clock), clock)
    assert len(speaker.said) == 2


def test_what_was_cut_off_is_said_again(device: Device, clock: StandingClock) -> None:
    """A sentence that did not come to its end was not said; when the speaker works again, it is."""
    speaker = _Speaker(clock)
    _call(device, ("A012", 1, "d-1"), at=clock.now().isoformat())
    voice = _voice(device, speaker, clock)
    voice._stop.set()  # nothing waits
    speaker.state = "failing"
    assert voice.step()
    assert device.agents_desk.parts() == {"speaker": "failing"}
    speaker.state = "ready"
    assert voice.step()
    assert speaker.said == [spoken.calling("A012", 1)]


def test_a_number_called_again_is_said_again_and_a_served_one_no_more(device: Device, clock: StandingClock) -> None:
    """The recall is a calling of its own; who is no longer called is not said a second time."""
    speaker = _Speaker(clock)
    _call(device, ("A012", 1, "d-1"), at=clock.now().isoformat())
    voice = _voice(device, speaker, clock)
    assert voice.step()
    _call(device, ("A012", 1, "d-5"), at=clock.now().isoformat())
    _run(voice, clock)
    assert len(speaker.said) == 3
    _call(device, ("A013", 1, "d-6"), at=clock.now().isoformat())
    assert voice.step()
    device.agents_desk.put_queue([], [])
    _run(voice, clock)
    assert len(speaker.said) == 4


def test_who_stands_at_the_window_is_not_called_a_second_time(device: Device, clock: StandingClock) -> None:
    """The clerk has begun: the number stays on the glass, the voice lets it be."""
    speaker = _Speaker(clock)
    _call(device, ("A012", 1, "d-1"), at=clock.now().isoformat())
    voice = _voice(device, speaker, clock)
    assert voice.step()
    (call,) = device.agents_desk.calls()
    device.agents_desk.put_queue([replace(call, here=True)], [])
    _run(voice, clock)
    assert len(speaker.said) == 1
    device.agents_desk.put_queue([call], [])
    _run(voice, clock)
    assert len(speaker.said) == 2


def test_a_board_switched_on_later_does_not_read_out_the_morning(device: Device, clock: StandingClock) -> None:
    """Old calls stay on the glass; what is called from now on is said."""
    speaker = _Speaker(clock)
    _call(device, ("A002", 2, "d-2"), ("A001", 1, "d-1"), at="2026-11-24T09:10:00+08:00")
    voice = _voice(device, speaker, clock)
    _run(voice, clock)
    assert speaker.said == []
    _call(device, ("A003", 3, "d-3"), ("A002", 2, "d-2"), at="2026-11-24T09:10:00+08:00")
    _run(voice, clock)
    assert speaker.said == [spoken.calling("A003", 3)] * 2


def test_missed_numbers_are_not_said(device: Device, clock: StandingClock) -> None:
    """They are on the board with where to go."""
    speaker = _Speaker(clock)
    device.agents_desk.put_queue([Call("A001", 1, "", "huji", clock.now().isoformat(), "missed", "d-1")], [])
    _run(_voice(device, speaker, clock), clock)
    assert speaker.said == []


def test_who_waits_for_a_second_time_holds_nobody_up(device: Device, clock: StandingClock) -> None:
    """A call that comes while another is said comes next."""
    speaker = _Speaker(clock)
    _call(device, ("A012", 1, "d-1"), at=clock.now().isoformat())
    voice = _voice(device, speaker, clock)
    assert voice.step()
    _call(device, ("A013", 2, "d-2"), ("A012", 1, "d-1"), at=clock.now().isoformat())
    _run(voice, clock)
    assert speaker.said[:2] == [spoken.calling("A012", 1), spoken.calling("A013", 2)]
    assert len(speaker.said) == 4


def test_what_was_said_is_forgotten_with_its_day(device: Device, clock: StandingClock) -> None:
    """Nothing grows for ever; an emergency that is shown for weeks is not said anew."""
    for call in ("d-1", "emergency x"):
        device.agents_desk.note_said(call, clock.now() - timedelta(days=limits.desk_days_kept + 2))
    device.agents_desk.note_said("d-2", clock.now())
    device.agents_desk.forget_old(clock.now())
    assert device.agents_desk.said() == {"emergency x": 1, "d-2": 1}


def _worked() -> float:
    """Seconds of processor time of this process and of the programs that it ended."""
    ended = getrusage(RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


class _Waiting(threading.Event):
    """The end that a voice waits for. Somebody is called just after its first look; from then on it counts."""

    def __init__(self, call: Callable[[], None]) -> None:
        super().__init__()
        self._call, self._began = call, 0.0
        self.waited, self.worked = 0.0, -1.0  # seconds until the bell was heard, the second of processor time

    def wait(self, timeout: float | None = None) -> bool:
        """Passes at once; a look after the bell, or after a minute without it, is the last one."""
        if not self._began:
            self._call()
            self._began = _worked()
        if self.worked >= 0 or self.waited > 60:
            self.set()
        self.rested(timeout or 0)
        return self.is_set()

    def rested(self, seconds: float) -> None:
        """Time that passed without work."""
        self.waited += seconds if self.worked < 0 else 0

    def heard(self, sounds: Iterable[Sound]) -> Iterator[Sound]:
        """The bell has gone to its player when the next sound is asked for."""
        for sound in sounds:
            yield sound
            if self.worked < 0:
                self.worked = _worked() - self._began


class _Far(ProgramPlayer):
    """A real program at the far end of a pipe."""

    def __init__(self, command: Sequence[str], waiting: _Waiting) -> None:
        super().__init__(command)
        self._waiting = waiting

    def play(self, rate: int, sounds: Iterable[Sound], stop: Callable[[], bool]) -> bool:
        """As it is played, and counted."""
        return super().play(rate, self._waiting.heard(sounds), stop)


@pytest.mark.process
def test_from_call_to_sound_in_half_a_second(device: Device, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Real stores, real espeak-ng, a real program: what the voice waits and what both work until the bell's first byte.

    What a busy machine adds is not counted; the call comes at the worst instant.
    """
    heard, clock, sleep = tmp_path / "heard", StandingClock(), time.sleep

    def slept(seconds: float) -> None:
        waiting.rested(seconds)
        sleep(seconds)

    program = (
        "import sys, time, pathlib\n"
        "sys.stdin.buffer.read(1); pathlib.Path(sys.argv[1]).write_text(str(time.process_time()))\n"
        "sys.stdin.buffer.read()"
    )
    waiting = _Waiting(lambda: _call(device, ("A012", 1, "d-1"), at=clock.now().isoformat()))
    speaker = RealSpeaker(Espeak(), _Far((sys.executable, "-S", "-c", program, str(heard)), waiting))
    with monkeypatch.context() as counted:
        counted.setattr(time, "sleep", slept)
        _speak(device.folder, "hall", speaker, clock, waiting, 0)
    took = waiting.waited + waiting.worked + float(heard.read_text())
    assert waiting.worked >= 0
    assert took <= 0.5
    assert device.agents_desk.said() == {"d-1": 1}
    assert device.agents_desk.parts()["speaker"] == "silent"


def test_a_board_that_ends_in_the_middle_of_a_sentence_is_silent(device: Device, clock: StandingClock) -> None:
    """It is not begun again for the moment that is left, and the health report says how it is."""
    stop, said = threading.Event(), list[object]()

    class CutOff(_Speaker):
        def say(self, words: Sequence[str], _: object) -> bool:
            said.append(words)
            assert len(said) < 3  # whatever is tried again and again
            stop.set()
            return False

    _call(device, ("A012", 1, "d-1"), at=clock.now().isoformat())
    _speak(device.folder, "hall", CutOff(clock), clock, stop, 0)
    assert said == [spoken.calling("A012", 1)]
    assert device.agents_desk.parts() == {"speaker": "silent"}
    assert device.agents_desk.said() == {}


def test_two_screens_of_one_folder_are_one_voice(device: Device, clock: StandingClock) -> None:
    """The second one stays silent; what it would have said is not counted."""
    first, second = _Speaker(clock), _Speaker(clock)
    with speaking(device.folder, "hall", first, clock):
        assert _soon(lambda: device.agents_desk.parts().get("speaker") == "ready")
        with speaking(device.folder, "hall", second, clock):
            _call(device, ("A012", 1, "d-1"), at=clock.now().isoformat())
            assert _soon(lambda: first.said)
    assert not second.said


def test_a_windows_own_board_says_its_own_calls(device: Device, clock: StandingClock) -> None:
    """Above window 2 nobody hears who is called to window 1."""
    speaker = _Speaker(clock)
    _call(device, ("A013", 2, "d-2"), ("A012", 1, "d-1"), at=clock.now().isoformat())
    voice = Voice(device.content(), device.desk(), "hall", speaker, clock, threading.Event(), window=2)
    _run(voice, clock)
    assert speaker.said == [spoken.calling("A013", 2)] * 2


def test_an_emergency_is_said_twice_for_good_and_not_while_content_is_hidden(
    device: Device, clock: StandingClock
) -> None:
    """In the middle of the night, too; a restart does not say it again; what somebody has hidden is not said."""
    clock.at = clock.at.replace(hour=23)
    told = Emergency("red", "洪水", "上涨", "转移", "往高处走")
    device.publish([item(id="e-1", kind="emergency", title="洪水", body=told)])
    speaker = _Speaker(clock)
    device.agents_desk.put_queue([], [], [], clock.now().isoformat())
    _run(_voice(device, speaker, clock), clock)
    assert speaker.said == []
    device.agents_desk.put_queue([], [])
    for _ in range(2):
        _run(_voice(device, speaker, clock), clock)
        assert speaker.said == [spoken.emergency] * 2


def test_a_silent_board_says_so(device: Device, clock: StandingClock) -> None:
    """Whoever looks at the hall page sees which boards speak."""
    with silent(device.folder, clock):
        assert device.agents_desk.parts() == {"speaker": "silent"}


def _soon(happened: object) -> bool:
    until = time.monotonic() + 60
    while not happened() and time.monotonic() < until:  # type: ignore[operator]
        threading.Event().wait(0.002)
    return bool(happened())  # type: ignore[operator]


def test_places_are_said_where_a_hall_has_floors(device: Device, clock: StandingClock) -> None:
    """In a hall on one floor the number of the window is enough."""
    site = county.sites[1]
    windows = (
        Window("w1", 1, "", "一楼左手", ()),
        Window("w2", 2, "", "一楼右手", ()),
        Window("w9", 9, "", "二楼东侧", ()),
    )
    speaker = _Speaker(clock)
    for kept, place in ((windows[:2], ""), (windows, "二楼东侧")):
        device.agent.put_county(county_bytes(replace(county, sites=(replace(site, windows=kept),))))
        _call(device, ("A012", 9, f"d-{place}"), at=clock.now().isoformat())
        assert _voice(device, speaker, clock).step()
        assert speaker.said[-1] == spoken.calling("A012", 9, place)
