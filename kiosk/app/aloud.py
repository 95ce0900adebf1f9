"""Reading the screen to a visitor: a thread says the sentences, the visit hears where the voice is.

1. The thread alone waits for sound; the window never does. It keeps nothing of what it said.
2. What is asked last counts: another reading, or silence, ends the one before within a blink.
3. What the voice tells of a reading that was ended meanwhile is not heard.
4. How the voice is stands in desk.db for the health report, whenever it changes.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Literal, Protocol

_log = logging.getLogger(__name__)
Told = int | Literal["end", "failed"]


@dataclass(frozen=True)
class _Job:
    """One reading: its number, what is said and from which sentence on, for whom."""

    reading: int
    sentences: tuple[str, ...]
    first: int
    language: str
    is_slow: bool


class Reader(Protocol):
    """What says it (kiosk.devices.reader)."""

    @property
    def state(self) -> str:
        """One word for the health report."""
        ...

    def read(self, text: str, language: str, stop: Callable[[], bool], *, is_slow: bool) -> bool:
        """One sentence; whether all of it was heard."""
        ...


class Aloud:
    """One window's reading voice. `told_state` hears how it is."""

    def __init__(self, reader: Reader | None, told_state: Callable[[str], None] = lambda _: None) -> None:
        self._reader, self._told_state = reader, told_state
        self._state = ""
        self._wanted = 0  # the number of the reading that counts (rule 2)
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._told: SimpleQueue[tuple[int, Told]] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self.look()

    @property
    def is_able(self) -> bool:
        """Whether there is a voice that may be heard: one that failed is tried again."""
        return self._reader is not None and self._reader.state in ("ready", "failing")

    def begin(self, sentences: Sequence[str], first: int, language: str, *, is_slow: bool = False) -> None:
        """Say these from `first` on."""
        self._wanted += 1
        if self._thread is None:
            self._thread = threading.Thread(target=self._speak, name="aloud", daemon=True)
            self._thread.start()
        self._jobs.put(_Job(self._wanted, tuple(sentences), first, language, is_slow))

    def stop(self) -> None:
        """Be silent at once."""
        self._wanted += 1

    def told(self) -> Iterator[Told]:
        """Where the voice is since it was last asked (rule 3); what one answer ends is not told any more."""
        while not self._told.empty():
            reading, what = self._told.get()
            if reading == self._wanted:
                yield what

    def look(self) -> None:
        """Rule 4."""
        state = self._reader.state if self._reader else "silent"
        if state != self._state:
            self._state = state
            self._told_state(state)

    def close(self) -> None:
        """No sound outlives the window."""
        self.stop()
        self._jobs.put(None)

    def _speak(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                self._say(job)
            except Exception:  # noqa: BLE001  # whatever it is, the screen goes on and says so
                _log.exception("The reading voice failed.")
                self._told.put((job.reading, "failed"))
            del job  # rule 1: while it waits for the next one it keeps nothing

    def _say(self, job: _Job) -> None:
        assert self._reader

        def is_over() -> bool:
            return self._wanted != job.reading

        for n in range(job.first, len(job.sentences)):
            if is_over():
                return
            self._told.put((job.reading, n))
            heard = self._reader.read(job.sentences[n], job.language, is_over, is_slow=job.is_slow)
            if not heard and not is_over():
                self._told.put((job.reading, "failed"))
                return
        self._told.put((job.reading, "end"))
