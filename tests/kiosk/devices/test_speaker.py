"""Bell and voice: real espeak-ng, a real program that plays, and the twin in memory keep the same promises."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from content_sync.domain.errors import Broken
from content_sync.domain.hall import spoken
from kiosk.devices.sounds import Sound, bell, read_wav, silence, write_wav
from kiosk.devices.speaker import PlayedInMemory, Player, ProgramPlayer, Speaker, find_speaker
from kiosk.devices.voices import Clips, Espeak, find_voice

_words = spoken.calling("A032", 3)
_into_file = 'import sys; open(sys.argv[1], "ab").write(sys.stdin.buffer.read())'


class _OneTone:
    """A voice that needs nothing installed."""

    rate = 8_000

    def sound(self, words: tuple[str, ...]) -> Sound:
        """A tenth of a second for each word."""
        return Sound(self.rate, b"\x01\x02" * (self.rate // 10 * len(words)))


class _Program:
    """A program that keeps what it was fed, as aplay would play it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.player = ProgramPlayer((sys.executable, "-c", _into_file, str(file)))

    def heard(self) -> bytes:
        return self._file.read_bytes() if self._file.exists() else b""


class _Memory:
    """The twin."""

    def __init__(self, _: Path) -> None:
        self.player = PlayedInMemory()

    def heard(self) -> bytes:
        return b"".join(self.player.heard)


@pytest.fixture(params=[_Program, _Memory])
def played(request: pytest.FixtureRequest, tmp_path: Path) -> _Program | _Memory:
    """Each player under the same tests."""
    made: _Program | _Memory = request.param(tmp_path / "heard.raw")
    return made


def test_bell_and_words_are_heard_whole_and_in_order(played: _Program | _Memory) -> None:
    """Every sample arrives: first the bell, then the sentence, then the next bell."""
    player: Player = played.player
    speaker, voice = Speaker(_OneTone(), player), _OneTone()
    assert speaker.say(_words)
    assert speaker.say(_words[:2])
    ring = bell(voice.rate).samples
    assert played.heard() == ring + voice.sound(_words).samples + ring + voice.sound(_words[:2]).samples
    assert speaker.state == "ready"


def test_words_that_cannot_be_said_leave_the_bell(played: _Program | _Memory) -> None:
    """Nobody hears a wrong number; people look up."""
    assert Speaker(_OneTone(), played.player).say(spoken.calling("甲12", 3))
    assert played.heard() == bell(_OneTone.rate).samples


def test_who_says_stop_is_obeyed(played: _Program | _Memory) -> None:
    """A stopped announcement was not said, and that is no failure of the speaker."""
    speaker = Speaker(_OneTone(), played.player)
    assert not speaker.say(_words, lambda: True)
    assert speaker.state == "ready"


@pytest.mark.parametrize(
    "command",
    [("/no/such/player",), (sys.executable, "-c", "raise SystemExit(1)"), (sys.executable, "-c", "")],
    ids=["not there", "no sound card", "ends at once"],
)
def test_a_broken_player_is_told_and_stops_nothing(command: tuple[str, ...]) -> None:
    """It says False, again and again, and works again when it works."""
    broken = Speaker(_OneTone(), ProgramPlayer(command))
    long = tuple("A" * 200)
    assert not broken.say(long)
    assert broken.state == "failing"
    twin = PlayedInMemory()
    speaker = Speaker(_OneTone(), twin)
    twin.is_dead = True
    assert not speaker.say(_words)
    assert speaker.state == "failing"
    twin.is_dead = False
    assert speaker.say(_words)
    assert speaker.state == "ready"


def test_a_voice_that_fails_is_told(tmp_path: Path) -> None:
    """The bell was heard, the words were not: not said."""
    speaker = Speaker(Espeak("/no/such/espeak"), _Program(tmp_path / "raw").player)
    assert not speaker.say(_words)
    assert speaker.state == "failing"


def test_a_machine_without_parts_is_silent_and_says_which() -> None:
    """No player, no voice: off, never a crash."""
    assert Speaker(_OneTone(), None).state == "no_player"
    assert Speaker(None, PlayedInMemory()).state == "no_voice"
    assert not Speaker(None, None).say(_words)


def test_a_player_that_stands_still_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dead sound card takes its time and then nobody's."""
    monkeypatch.setattr("kiosk.devices.speaker._patience_seconds", -1.0)
    stuck = ProgramPlayer((sys.executable, "-c", "import time; time.sleep(60)"))
    assert not Speaker(_OneTone(), stuck).say(())


@pytest.mark.process
def test_killing_the_screen_ends_the_sound(tmp_path: Path) -> None:
    """Killed in the middle of an announcement: the player's input ends, and the player with it."""
    slow = (
        "import sys, time, os\n"
        "open(sys.argv[1], 'w').write(str(os.getpid()))\n"
        "while sys.stdin.buffer.read(4096): time.sleep(0.05)\n"
        "open(sys.argv[1] + '.ended', 'w').close()\n"
    )
    screen = (
        "import sys; from kiosk.devices.speaker import *; from kiosk.devices.sounds import silence\n"
        "p = ProgramPlayer((sys.executable, '-c', sys.argv[1], sys.argv[2]))\n"
        "p.play(22050, [silence(22050, 60)], lambda: False)"
    )
    mark = tmp_path / "player"
    with subprocess.Popen([sys.executable, "-c", screen, slow, str(mark)]) as running:
        assert _soon(mark.exists)
        running.send_signal(signal.SIGKILL)
    assert _soon(mark.with_suffix(".ended").exists)


@pytest.mark.process
def test_espeak_says_every_word_there_is() -> None:
    """Each sentence is sound of some seconds, neither silent nor clipped flat."""
    voice = Espeak()
    for words in (_words, spoken.calling("AK001", 105, "二楼东侧"), spoken.emergency, spoken.trial):
        made = voice.sound(words)
        assert made.rate == voice.rate
        assert 0.15 * len(words) < made.seconds < 0.6 * len(words)
        assert max(made.samples[1::2]) > 8


@pytest.mark.process
def test_espeak_reads_each_syllable_as_mandarin() -> None:
    """No syllable of ours falls back to English letters: espeak-ng marks that by its phonemes."""
    words = sorted({*spoken.emergency, *spoken.trial, *" ".join(spoken._places.values()).split(), *spoken._read_alone})
    told = subprocess.run(
        ["espeak-ng", "-q", "-x", "-v", "cmn-latn-pinyin", "--", "\n".join(f"{word}." for word in words)],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    lines = told.strip().splitlines()
    assert len(lines) == len(words)
    assert all("(en)" not in line and line.strip().endswith("_|") for line in lines)
    assert all(len(line.strip("_| ").split("_|")) == 1 for line in lines)


@pytest.mark.process
def test_the_letter_r_is_not_heard_as_two() -> None:
    """AR001 and A2001 must not sound alike."""
    voice = Espeak()
    assert voice.sound(("A", "R")).seconds > 1.1 * voice.sound(("A", "er4")).seconds


def _clip(folder: Path, name: str, rate: int = 16_000, seconds: float = 0.1) -> None:
    folder.mkdir(exist_ok=True)
    write_wav(Sound(rate, bytes([len(name), 1]) * int(rate * seconds)), folder / f"{name}.wav")


def test_recorded_clips_are_joined_longest_first(tmp_path: Path) -> None:
    """A recorded ending sounds as it was spoken, not word by word."""
    for name in (*_words, "hao4-chuang1-kou3"):
        _clip(tmp_path, name)
    made = Clips(tmp_path).sound(_words)
    parts, gap = len(_words) - 2, 16_000 * 0.02 * 2
    assert len(made.samples) == parts * 3_200 + (parts - 1) * gap
    assert made.samples.endswith(bytes([len("hao4-chuang1-kou3"), 1]))


def test_a_missing_clip_gives_the_whole_sentence_to_the_other_voice(tmp_path: Path) -> None:
    """Two voices in one sentence would be hard to follow."""
    _clip(tmp_path, "qing3", rate=_OneTone.rate)
    assert Clips(tmp_path, _OneTone()).sound(_words) == _OneTone().sound(_words)
    with pytest.raises(Broken, match="no clip for A"):
        Clips(tmp_path).sound(_words)


def test_a_clip_of_another_form_is_named(tmp_path: Path) -> None:
    """A wrong rate would be heard as a squeak."""
    _clip(tmp_path, "A", rate=8_000)
    _clip(tmp_path, "B", rate=16_000)
    with pytest.raises(Broken, match="clip for B is at 16000 Hz"):
        Clips(tmp_path).sound(("A", "B"))
    with pytest.raises(Broken, match="is no WAV file"):
        read_wav(b"RIFF", "x.wav")


def test_the_machine_finds_its_voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Clips in the device folder before espeak-ng; an empty folder of clips silences nobody."""
    assert isinstance(find_voice(tmp_path), Espeak)
    (tmp_path / "voice").mkdir()
    assert isinstance(find_voice(tmp_path), Espeak)
    _clip(tmp_path / "voice", "A")
    assert isinstance(find_voice(tmp_path), Clips)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_speaker(tmp_path).state == "no_player"


def test_the_bell_is_a_bell() -> None:
    """About a second, begins at once, fades to nothing, no sample out of range."""
    made = bell(22_050)
    assert 0.8 < made.seconds < 1.5
    assert any(made.samples[:400])
    assert made.samples[-2:] == b"\0\0"
    assert silence(8_000, 0.5).seconds == 0.5


def _soon(happened: Callable[[], bool]) -> bool:
    """Whether it happens within ten seconds."""
    until = time.monotonic() + 60
    while not happened() and time.monotonic() < until:
        os.sched_yield()
    return happened()
