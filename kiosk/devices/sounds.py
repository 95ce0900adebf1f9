"""Sound as plain samples: one channel, 16 bits, little endian. The bell is computed here."""

import io
import math
import wave
from array import array
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from sys import byteorder

from content_sync.domain.errors import Broken

_full = 32_767
_strokes = ((0.0, 659.26), (0.42, 523.25))  # a falling third, as hall bells have it: seconds, Hz
_bell_seconds, _ringing, _loudness = 1.1, 5.0, 0.5
_overtones = ((1.0, 1.0), (2.0, 0.35), (3.0, 0.12))
_attack_seconds, _fade_seconds = 0.004, 0.08


@dataclass(frozen=True)
class Sound:
    """Samples at `rate` per second."""

    rate: int
    samples: bytes

    @property
    def seconds(self) -> float:
        """How long it is heard."""
        return len(self.samples) / 2 / self.rate


@lru_cache(maxsize=4)
def bell(rate: int) -> Sound:
    """Two strokes: somebody is called."""
    whole = int(rate * _bell_seconds)
    mixed = [0.0] * whole
    for begins, pitch in _strokes:
        first = int(begins * rate)
        for n in range(first, whole):
            t = (n - first) / rate
            wave_now = sum(part * math.sin(2 * math.pi * pitch * times * t) for times, part in _overtones)
            mixed[n] += wave_now * math.exp(-_ringing * t) * min(1.0, t / _attack_seconds)
    loudest = max(map(abs, mixed)) or 1.0
    fade = max(1, int(rate * _fade_seconds))
    scaled = (v / loudest * _loudness * _full * min(1.0, (whole - n) / fade) for n, v in enumerate(mixed))
    return Sound(rate, _little(array("h", map(int, scaled))))


def silence(rate: int, seconds: float) -> Sound:
    """Nothing, for so long."""
    return Sound(rate, bytes(2 * int(rate * seconds)))


def read_wav(data: bytes, name: str) -> Sound:
    """The samples of a WAV; Broken when it is none, or has another form than one channel of 16 bits."""
    try:
        with wave.open(io.BytesIO(data)) as file:
            form = (file.getnchannels(), file.getsampwidth())
            rate, samples = file.getframerate(), file.readframes(file.getnframes())
    except (wave.Error, EOFError, OSError) as error:
        raise Broken(f"{name} is no WAV file ({error}).") from error
    if form != (1, 2):
        raise Broken(f"{name} has {form[0]} channels of {8 * form[1]} bits; a clip is one channel of 16 bits.")
    return Sound(rate, samples[: len(samples) // 2 * 2])


def write_wav(sound: Sound, path: Path) -> None:
    """As a file that any player opens."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.rate)
        file.writeframes(sound.samples)


def _little(values: "array[int]") -> bytes:
    if byteorder == "big":
        values.byteswap()
    return values.tobytes()
