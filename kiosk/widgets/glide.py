"""New marks glide into their places (kiosk.flow.motion), driven by the window's clock; everything else stands still.

1. The first picture is drawn with the touch, complete and at most some px aside; later ones only move it.
2. A step that comes late says that the machine is too slow: everything stands in its place at once.
3. At the end there is no trace of it: no matrix is left moved, no clock runs.
"""

from collections.abc import Iterable
from time import monotonic

from kivy.clock import Clock
from kivy.graphics import InstructionGroup, PopMatrix, PushMatrix, Translate

from kiosk.flow import motion

Groups = Iterable[tuple[InstructionGroup, bool]]
_late = 0.05  # seconds between two steps: fewer than twenty pictures a second explain nothing


class Glide:
    """At most one motion at a time."""

    def __init__(self) -> None:
        self._shifts: list[Translate] = []
        self._way, self._scale, self.begun, self._last = 0, 1.0, 0.0, 0.0
        self._event = Clock.create_trigger(self._step, 0, interval=True)

    @property
    def is_moving(self) -> bool:
        """Whether anything is on its way."""
        return bool(self._shifts)

    def begin(self, picture: InstructionGroup, groups: Groups, way: int, scale: float) -> None:
        """Put the groups into the picture; the new ones (True) begin their way (rule 1)."""
        self._way, self._scale, self.begun = way, scale, monotonic()
        self._last, moving = self.begun, False
        for group, is_new in groups:
            if is_new and not moving:
                picture.add(PushMatrix())
                self._shifts.append(Translate(self._px(0.0), 0))
                picture.add(self._shifts[-1])
            elif moving and not is_new:
                picture.add(PopMatrix())
            moving = is_new
            picture.add(group)
        if moving:
            picture.add(PopMatrix())
        if self._shifts:
            self._event()

    def end(self) -> None:
        """Everything in its place (rule 3)."""
        for shift in self._shifts:
            shift.x = 0
        self._shifts = []
        self._event.cancel()

    def _px(self, since: float) -> int:
        return round(motion.shift(self._way, since) * self._scale)

    def _step(self, _: float) -> None:
        now = monotonic()
        if now - self._last > _late or now - self.begun >= motion.seconds:  # rule 2
            self.end()
            return
        self._last, px = now, self._px(now - self.begun)
        for shift in self._shifts:
            shift.x = px
