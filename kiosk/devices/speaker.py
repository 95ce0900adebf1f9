"""A speaker: bell and voice, one announcement at a time.

1. The bell sounds at once; the words are synthesised while it does.
2. The player is fed as it plays, by a pipe that holds a tenth of a second: when this process dies in whatever way,
   the pipe ends and with it the sound.
3. A player that stands still is ended after the announcement's length and `_patience_seconds`: a dead sound card stops
   no board. Nothing of it ever reaches the screen; `state` says how it is.
4. Words that no voice can say leave the bell alone.
5. While it sounds, nobody on this machine is read to (devices.turns).
"""

import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from select import select
from typing import Literal, Protocol

from content_sync.domain.errors import Broken
from kiosk.devices import turns
from kiosk.devices.sounds import Sound, bell
from kiosk.devices.voices import Voice, find_voice

State = Literal["ready", "no_player", "no_voice", "failing"]
_nowhere = subprocess.DEVNULL
_pipe_bytes, _look_seconds, _patience_seconds = 4_096, 0.03, 5.0
_players = (
    ("aplay", ("-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", "{rate}", "-")),
    ("paplay", ("--raw", "--format=s16le", "--channels=1", "--rate={rate}")),
)


class Player(Protocol):
    """Lets sounds be heard, one after the other."""

    def play(self, rate: int, sounds: Iterable[Sound], stop: Callable[[], bool]) -> bool:
        """Play all of them to their end; False when that failed, or `stop` said so meanwhile. Never raises."""
        ...


class ProgramPlayer:
    """A program that plays raw samples from its standard input; "{rate}" in its arguments is the rate."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)

    def play(self, rate: int, sounds: Iterable[Sound], stop: Callable[[], bool]) -> bool:
        """Rules 2 and 3."""
        command = [part.replace("{rate}", str(rate)) for part in self._command]
        try:
            program = subprocess.Popen(command, bufsize=0, stdin=subprocess.PIPE, stdout=_nowhere, stderr=_nowhere)  # noqa: S603  # named above, or by a test
        except OSError:
            return False
        assert program.stdin is not None
        pipe = program.stdin.fileno()
        try:
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _pipe_bytes)
            os.set_blocking(pipe, False)
            deadline = time.monotonic() + _patience_seconds
            for sound in sounds:
                deadline += sound.seconds
                if not _fed(pipe, sound.samples, deadline, stop):
                    return False
            program.stdin.close()
            return _ended(program, deadline, stop)
        except (OSError, Broken):
            return False
        finally:
            program.stdin.close()
            program.kill()
            program.wait()


class PlayedInMemory:
    """The twin: what was played stands in `heard`, one entry for each announcement."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.is_dead = False

    def play(self, rate: int, sounds: Iterable[Sound], stop: Callable[[], bool]) -> bool:
        """Keep the samples."""
        if self.is_dead or stop():
            return False
        whole = b""
        for sound in sounds:
            assert sound.rate == rate
            whole += sound.samples
        self.heard.append(whole)
        return True


class Speaker:
    """Voice and player together."""

    def __init__(self, voice: Voice | None, player: Player | None) -> None:
        self._voice, self._player, self._is_failing = voice, player, False
        if voice:
            bell(voice.rate)  # computed before it is needed

    @property
    def state(self) -> State:
        """How it is, for the health report."""
        if self._player is None:
            return "no_player"
        if self._voice is None:
            return "no_voice"
        return "failing" if self._is_failing else "ready"

    def say(self, words: Sequence[str], stop: Callable[[], bool] = lambda: False) -> bool:
        """Bell and words; whether all of it was heard. `stop` is asked thirty times a second."""
        if self._player is None or self._voice is None:
            return False
        with turns.calling():
            played = self._player.play(self._voice.rate, self._sounds(self._voice, words), stop)
        self._is_failing = not played and not stop()
        return played

    def _sounds(self, voice: Voice, words: Sequence[str]) -> Iterator[Sound]:
        yield bell(voice.rate)  # rule 1
        if words:  # rule 4
            yield voice.sound(words)


def find_speaker(device: Path) -> Speaker:
    """The speaker of this machine, whatever it lacks."""
    return Speaker(find_voice(device), find_player())


def find_player() -> ProgramPlayer | None:
    """The first player that is installed."""
    found = next(((path, args) for name, args in _players if (path := shutil.which(name))), None)
    return ProgramPlayer((found[0], *found[1])) if found else None


def _fed(pipe: int, samples: bytes, deadline: float, stop: Callable[[], bool]) -> bool:
    rest = memoryview(samples)
    while rest:
        if stop() or time.monotonic() > deadline:
            return False
        if select([], [pipe], [], _look_seconds)[1]:
            try:
                rest = rest[os.write(pipe, rest[:_pipe_bytes]) :]
            except BlockingIOError:
                continue
    return True


def _ended(program: "subprocess.Popen[bytes]", deadline: float, stop: Callable[[], bool]) -> bool:
    while not stop() and time.monotonic() <= deadline:
        try:
            return program.wait(_look_seconds) == 0
        except subprocess.TimeoutExpired:
            continue
    return False
