"""A voice that reads running text: Chinese as people say it, English as it is written.

1. On a Chinese screen everything is said in Chinese, Latin letters by their names. On another one what has no Chinese
   characters is read as English, also the part of a sentence: a Chinese title stays Chinese.
2. Nothing is loaded before somebody asks to be read to: the tables of syllables by the thread that needs them.
3. A breath follows each sentence. It is said at once or not at all: who says stop is obeyed within a blink.
4. A call of the hall on the same machine comes first: the sentence is broken off and said anew after it (turns).
5. It speaks as people read to each other, to who sees it in large type slower: some 3.6 and 2.7 syllables in a second.
6. How it is, is one word for the health report, as for a board's speaker (devices.speaker).
"""

import re
import shutil
import time
from collections.abc import Callable
from functools import cached_property, partial

from content_sync.domain.errors import Broken
from kiosk.devices import readings, turns
from kiosk.devices.sounds import Sound, silence
from kiosk.devices.speaker import Player, State, find_player
from kiosk.devices.voices import Espeak, Voice
from kiosk.flow.speech import figures, pinyin
from kiosk.flow.speech.pinyin import Readings

_breath_seconds, _look_seconds = 0.25, 0.05
_pace, _slow_pace = 195, 145  # words of espeak in a minute
_run = re.compile(r"[A-Za-z][\x20-\x7e‘’–—]*|[^A-Za-z]+")
_han = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")


class Reader:
    """Reads sentences through a player. `chinese` says pinyin, `english` words; `slower` are the two for rule 5."""

    def __init__(
        self, chinese: Voice | None, english: Voice | None, player: Player | None,
        is_called: Callable[[], bool] = turns.is_called, slower: tuple[Voice | None, Voice | None] = (None, None),
    ) -> None:  # fmt: skip
        self._chinese, self._english, self._player, self._is_called = chinese, english, player, is_called
        self._slower = slower
        self._is_failing = False

    @property
    def state(self) -> State:
        """Rule 6."""
        if self._player is None:
            return "no_player"
        if self._chinese is None:
            return "no_voice"
        return "failing" if self._is_failing else "ready"

    def read(
        self, text: str, language: str, stop: Callable[[], bool] = lambda: False, *, is_slow: bool = False
    ) -> bool:
        """Say one sentence; whether all of it was heard. What has no words in it is heard as nothing."""
        if self._player is None or self._chinese is None:
            return False
        try:
            sound = self._sound(text, language, is_slow=is_slow)
        except Broken:
            self._is_failing = True
            return False
        if sound is None:
            return not stop()
        whole = (sound, silence(sound.rate, _breath_seconds))
        played, was_called = False, True
        while was_called and not played and not stop():
            while self._is_called() and not stop():  # rule 4
                time.sleep(_look_seconds)
            turn = _Turn(self._is_called)
            played = self._player.play(sound.rate, whole, partial(_is_over, stop, turn))
            was_called = turn.was_called
        self._is_failing = not played and not stop()
        return played

    def _sound(self, text: str, language: str, *, is_slow: bool) -> Sound | None:
        """Rules 1 and 5."""
        slow_chinese, slow_english = self._slower if is_slow else (None, None)
        chinese, english = slow_chinese or self._chinese, slow_english or self._english
        assert chinese
        made: list[Sound] = []
        for run in _run.findall(text) if english and language != "zh-Hans" else (text,):
            if english and language != "zh-Hans" and not _han.search(run):
                made += [english.sound(run.split())] if any(map(str.isalnum, run)) else []
                continue
            words = pinyin.syllables(figures.said(run), self._readings)
            made += [chinese.sound(words)] if pinyin.is_spoken(words) else []
        return Sound(made[0].rate, b"".join(one.samples for one in made)) if made else None

    @cached_property
    def _readings(self) -> Readings:
        """Rule 2."""
        return readings.load()


class _Turn:
    """Asks whether a call sounds, and keeps that one did."""

    def __init__(self, is_called: Callable[[], bool]) -> None:
        self._is_called, self.was_called = is_called, False

    def is_lost(self) -> bool:
        self.was_called = self.was_called or self._is_called()
        return self.was_called


def _is_over(stop: Callable[[], bool], turn: _Turn) -> bool:
    return stop() or turn.is_lost()


def find_reader() -> Reader:
    """The reading voice of this machine, whatever it lacks: recorded clips cannot read what nobody knows beforehand."""
    if shutil.which(Espeak.program) is None:
        return Reader(None, None, find_player())
    usual, slower = ((Espeak(pace=pace), Espeak(voice="en", pace=pace)) for pace in (_pace, _slow_pace))
    return Reader(*usual, find_player(), slower=slower)
