"""The reading voice: real espeak-ng into a program that plays, and what happens when a part is missing or dies."""

import subprocess
import sys
from array import array
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from kiosk.devices import readings, speaker, turns
from kiosk.devices.reader import Reader, find_reader
from kiosk.devices.sounds import Sound
from kiosk.devices.speaker import PlayedInMemory, ProgramPlayer
from kiosk.devices.voices import Espeak
from tests.kiosk.devices.test_speaker import _into_file

pytestmark = pytest.mark.process


_heard = "dai4 shang4 shen1 fen4 zheng4 , dao4 san1 hao4 chuang1 kou3 ,"


class _Tones:
    """A voice that can be told apart: what it was given stands in `said`."""

    rate = 8_000

    def __init__(self) -> None:
        self.said: list[tuple[str, ...]] = []

    def sound(self, words: Sequence[str]) -> Sound:
        """A tenth of a second for each word."""
        self.said.append(tuple(words))
        return Sound(self.rate, b"\x01\x20" * (self.rate // 10 * len(words)))


def _loudest(samples: bytes) -> int:
    return max(map(abs, array("h", samples)))


def test_two_sentences_are_heard_in_their_order_and_not_as_silence(tmp_path: Path) -> None:
    """Real speech of the right length reaches the player: first the title, then what to do, a breath between them."""
    file = tmp_path / "heard.raw"
    reader = Reader(Espeak(), Espeak(voice="en"), ProgramPlayer((sys.executable, "-c", _into_file, str(file))))
    assert reader.read("带上身份证，到3号窗口。", "zh-Hans")
    first = file.read_bytes()
    assert reader.read("Bring your identity card.", "en")
    second = file.read_bytes()[len(first) :]
    for heard, least, most in ((first, 2.0, 6.0), (second, 1.0, 4.0)):
        assert least < len(heard) / 2 / Espeak.rate < most
        assert _loudest(heard) > 4_000
    assert file.read_bytes().startswith(Espeak().sound(_heard.split()).samples)
    assert first != second
    assert reader.state == "ready"


def test_chinese_is_said_in_syllables_and_english_in_words() -> None:
    """On an English screen a Chinese title is still read as Chinese; on a Chinese screen letters are spelled."""
    chinese, english = _Tones(), _Tones()
    reader = Reader(chinese, english, PlayedInMemory())
    for text, language in (
        ("看病报销", "en"),
        ("Take a ticket", "en"),
        ("Pictures: 看病, 3 of 4", "en"),
        ("GB", "zh-Hans"),
        ("……", "en"),
        ("——", "zh-Hans"),
    ):
        assert reader.read(text, language)
    assert chinese.said == [("kan4", "bing4", "bao4", "xiao1"), ("kan4", "bing4", ",", "san1"), ("G", "B")]
    assert english.said == [("Take", "a", "ticket"), ("Pictures:",), ("of", "4")]


def test_the_slow_voice_takes_longer() -> None:
    """The same sentence, a third slower, in both languages."""
    heard = PlayedInMemory()
    slower = (Espeak(pace=145), Espeak(voice="en", pace=145))
    reader = Reader(Espeak(pace=195), Espeak(voice="en", pace=195), heard, slower=slower)
    for text, language in (("名单里有您，钱自己到卡上。", "zh-Hans"), ("Bring your identity card.", "en")):
        for is_slow in (False, True):
            assert reader.read(text, language, is_slow=is_slow)
        usual, slow = map(len, heard.heard[-2:])
        assert 1.2 < slow / usual < 1.6


def test_who_says_stop_hears_nothing_after_a_tenth_of_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The player stands still in the middle: it is ended at the first look after that, and that is no failure."""
    begun, through, looks = tmp_path / "begun", tmp_path / "through", list[float]()
    still = (
        "import pathlib, sys, time\nsys.stdin.buffer.read(1)\npathlib.Path(sys.argv[1]).touch()\n"
        "time.sleep(10)\npathlib.Path(sys.argv[2]).touch()\n"
    )
    real = speaker.select

    def looked(read: list[int], write: list[int], other: list[int], seconds: float) -> tuple[list[int], ...]:
        looks.append(seconds)
        return real(read, write, other, seconds)

    said = list[int]()

    def stop() -> bool:
        if begun.exists():
            said.append(len(looks))
        return bool(said)

    monkeypatch.setattr(speaker, "select", looked)
    reader = Reader(Espeak(), None, ProgramPlayer((sys.executable, "-c", still, str(begun), str(through))))
    assert not reader.read("第一条，为了让群众看得见、看得懂、能监督，制定本办法。" * 4, "zh-Hans", stop)
    assert said[0] == len(looks)
    assert max(looks) < 0.1
    assert not through.exists()
    assert reader.state == "ready"


def test_a_call_of_the_hall_comes_first_and_the_sentence_is_said_anew(tmp_path: Path) -> None:
    """A number is called in the middle of a sentence: nothing is read while that sounds, then all of it."""
    file, name = tmp_path / "heard.raw", f"\0gongkailan/test/{tmp_path.name}"
    slow = (
        "import sys, time\nwhile data := sys.stdin.buffer.read(4096):\n"
        "    open(sys.argv[1], 'ab').write(data)\n    time.sleep(0.02)\n"
    )
    heard, call = list[int](), ExitStack()  # how much was heard at each look while the call sounds

    def is_called() -> bool:
        if file.exists() and not heard:
            call.enter_context(turns.calling(name))
        if turns.is_called(name):
            heard.append(file.stat().st_size)
        if len(heard) == 5:
            call.close()
        return turns.is_called(name)

    voice = _Tones()
    reader = Reader(voice, None, ProgramPlayer((sys.executable, "-c", slow, str(file))), is_called)
    assert reader.read("一二三四五六七八九十" * 2, "zh-Hans")
    whole = len(voice.sound(("a",) * 20).samples)
    broken_off = heard[1]  # the look before was the one that ended the player
    assert heard[1:] == [broken_off] * 4
    assert broken_off < whole
    assert not turns.is_called(name)
    assert broken_off + whole <= file.stat().st_size < broken_off + whole + 2 * 8_000
    assert reader.state == "ready"


def test_a_voice_or_a_player_that_is_killed_is_told(tmp_path: Path) -> None:
    """The sound card's program dies in the middle of a sentence: not heard, the report says failing."""
    script = "import os, sys\nsys.stdin.buffer.read(9000)\nos.kill(os.getpid(), 9)"
    voice = _Tones()
    dying = Reader(voice, None, ProgramPlayer((sys.executable, "-c", script)))
    assert not dying.read("一二三四五六七八九十" * 3, "zh-Hans")
    assert dying.state == "failing"
    mute = Reader(Espeak("/no/such/espeak"), None, PlayedInMemory())
    assert not mute.read("您好", "zh-Hans")
    assert mute.state == "failing"


def test_a_machine_without_parts_says_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No player, no voice: nothing is read, and the report has the word for it."""
    assert Reader(_Tones(), None, None).state == "no_player"
    assert Reader(None, None, PlayedInMemory()).state == "no_voice"
    assert not Reader(None, None, None).read("您好", "zh-Hans")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_reader().state == "no_player"


def test_espeak_says_each_syllable_of_the_tables_as_mandarin() -> None:
    """Of all 1,400 syllables that can be asked for none falls back to English or falls silent."""
    known = readings.load()
    words = sorted({*known.characters.values(), *(one for read in known.phrases.values() for one in read)})
    told = subprocess.run(
        ["espeak-ng", "-q", "-x", "-v", "cmn-latn-pinyin", "--", "\n".join(f"{word}." for word in words)],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    lines = told.strip().splitlines()
    assert len(lines) == len(words)
    wrong = [(word, line) for word, line in zip(words, lines, strict=True) if "(en)" in line or not line.strip("_| ")]
    assert wrong == []
