"""Syllables → sound. Recorded clips where a folder of them is installed, espeak-ng otherwise.

1. espeak-ng reads hanzi wrong and pinyin right: it is given the syllables, by its voice for pinyin. Its R sounds like
   the number two (er): it is spelled out as people in China say it.
2. A clip is a WAV named by what is said in it, `qing3.wav`, `A.wav`, or several words: `hao4-chuang1-kou3.wav`. The
   longest name that fits is taken, so a recorded ending sounds as it was spoken.
3. Clips are one channel of 16 bits, all at one rate; the device folder holds them as `voice/`.
4. A sentence is said by one voice: where a clip is missing, the other voice says all of it.
"""

import shutil
import subprocess
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from content_sync.domain.errors import Broken
from kiosk.devices.sounds import Sound, read_wav, silence

clips_folder = "voice"
_program, _voice = "espeak-ng", "cmn-latn-pinyin"
_words_per_minute, _patience_seconds = 145, 5
_espeak_rate = 22_050
_respelled = {"R": "a4 er3"}
_gap_seconds = 0.02
_joined_most = 8


class Voice(Protocol):
    """Says syllables."""

    rate: int

    def sound(self, words: Sequence[str]) -> Sound:
        """The words as sound at `rate`; Broken when they cannot be said."""
        ...


class Espeak:
    """Rule 1."""

    rate = _espeak_rate
    program = _program

    def __init__(self, program: str = _program, voice: str = _voice, pace: int = _words_per_minute) -> None:
        self._program, self._voice, self._pace = program, voice, pace

    def sound(self, words: Sequence[str]) -> Sound:
        """Synthesised in some 20 ms."""
        command = [self._program, "-v", self._voice, "-s", str(self._pace), "--stdout", "--"]
        command.append(" ".join(_respelled.get(word, word) for word in words))
        try:
            done = subprocess.run(command, capture_output=True, check=True, timeout=_patience_seconds)  # noqa: S603  # our words only
        except (OSError, subprocess.SubprocessError) as error:
            raise Broken(f"{_program} did not speak ({error}).") from error
        made = read_wav(done.stdout, _program)
        if made.rate != self.rate or not made.samples:
            raise Broken(f"{_program} made {made.seconds:.1f} s at {made.rate} Hz instead of speech at {self.rate} Hz.")
        return made


class Clips:
    """Rules 2 and 3; `other` says what has no clip (rule 4)."""

    def __init__(self, folder: Path, other: Voice | None = None) -> None:
        self._clips = {tuple(path.stem.split("-")): path for path in sorted(folder.glob("*.wav"))}
        self._other = other
        if not self._clips:
            raise Broken(f"{folder} holds no clip; record qing3.wav, A.wav and so on, or take the folder away.")
        self.rate = _clip(next(iter(self._clips.values()))).rate

    def sound(self, words: Sequence[str]) -> Sound:
        """Clip after clip, with a breath between them."""
        try:
            parts, gap = self._parts(words), silence(self.rate, _gap_seconds).samples
        except Broken:
            if self._other is None or self._other.rate != self.rate:
                raise
            return self._other.sound(words)
        return Sound(self.rate, gap.join(part.samples for part in parts))

    def _parts(self, words: Sequence[str]) -> list[Sound]:
        parts, at = list[Sound](), 0
        while at < len(words):
            length = next((n for n in range(_joined_most, 0, -1) if tuple(words[at : at + n]) in self._clips), 0)
            if not length:
                raise Broken(f"There is no clip for {words[at]}.")
            part = _clip(self._clips[tuple(words[at : at + length])])
            if part.rate != self.rate:
                raise Broken(f"The clip for {words[at]} is at {part.rate} Hz, the first one at {self.rate} Hz.")
            parts.append(part)
            at += min(length, len(words) - at)
        return parts


def find_voice(device: Path) -> Voice | None:
    """The voice of this machine for a device folder; None when it has none."""
    espeak = Espeak() if shutil.which(_program) else None
    folder = device / clips_folder
    try:
        return Clips(folder, espeak) if folder.is_dir() else espeak
    except Broken:
        return espeak


@lru_cache(maxsize=256)
def _clip(path: Path) -> Sound:
    try:
        return read_wav(path.read_bytes(), path.name)
    except OSError as error:
        raise Broken(f"{path.name} cannot be read ({error}).") from error
