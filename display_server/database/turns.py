"""Who may write to the database now: one at a time in this process, in the order of asking.

1. Turns are given in the order in which they were asked for: nobody starves.
2. Whoever has the turn may take along the steps that wait, so that many share one durable transaction. Who is taken
   along waits for no turn of their own any more.
"""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

_T = TypeVar("_T")
_nobody, _next = 0, -1


class Job(Generic[_T]):
    """A step of a write and what became of it."""

    def __init__(self, step: Callable[[Connection], _T]) -> None:
        self.step = step
        self.error: BaseException | None = None
        self.value: _T

    def run(self, connection: Connection) -> None:
        """Do the step by itself; it keeps its outcome."""
        try:
            self.value = self.step(connection)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is its caller's
            self.error = error

    def outcome(self) -> _T:
        """What the step gave; raises what it raised."""
        if self.error is not None:
            raise self.error
        return self.value


class Place:
    """A place in the line, with the steps that may be taken along; without any it wants a turn of its own."""

    def __init__(self, *jobs: Job[Any]) -> None:
        self.jobs = jobs
        self.done = False
        self.gate = threading.Lock()
        self.gate.acquire()

    def finish(self) -> None:
        """Let go who waits here: all of it was done (rule 2)."""
        self.done = True
        self.gate.release()


class Turns:
    """The line of those who write."""

    def __init__(self) -> None:
        self._mutex, self._holder = threading.Lock(), _nobody
        self._line: deque[Place] = deque()

    def take(self, place: Place) -> bool:
        """Wait for the turn; False when the place's steps were taken along meanwhile (rule 2).

        Raises RuntimeError in a thread that has the turn: it would wait for itself.
        """
        me = threading.get_ident()
        if self._holder == me:
            raise RuntimeError("A write inside a write: pass on the connection of the outer one.")
        with self._mutex:
            if self._holder == _nobody:
                self._holder = me
                return True
            self._line.append(place)
        place.gate.acquire()
        if place.done:
            return False
        self._holder = me
        return True

    def along(self, most: int) -> list[Place]:
        """Take places with steps out of the line, at most so many (rule 2); only who has the turn may."""
        with self._mutex:
            joining = [place for place in self._line if place.jobs][:most]
            for place in joining:
                self._line.remove(place)
        return joining

    def give_back(self) -> None:
        """End the turn: it is the next one's (rule 1)."""
        with self._mutex:
            self._holder = _next if self._line else _nobody  # `_next`: nobody slips in before the next one wakes
            if self._line:
                self._line.popleft().gate.release()
