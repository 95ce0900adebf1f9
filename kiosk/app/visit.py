"""One visitor after another at one window: actions in, frames out. Knows no Kivy; `glass` draws.

1. A touch is answered at once: reduce, carry out, draw.
2. A frame is drawn only when it differs from the one on the glass; what stands there is noted (kiosk.app.noting).
3. After `limits.idle_seconds` (elder view longer) without a touch the visitor is forgotten; the last
   `limits.idle_warning_seconds` are counted down (OFF-08).
4. A fault shows 请稍候 and is logged; too many in a minute end the program, and its supervisor starts it anew.
5. Who is being read to is there (kiosk.app.listening): their time does not run out; what they touch ends it first.
6. A disk without room stops no picture (kiosk.board.notes). What must be kept and cannot be is not done: the visitor is
   told so, and where to go; what they typed stays. What the program asks by itself, how long a ticket will wait, is
   tried once, and nobody hears that it could not be.
7. A screen that nobody uses is made anew when its film turns or the minute does, not in between.
"""

import gc
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from content_sync.domain import limits
from content_sync.ports import Ids
from content_sync.storage.content import Full
from kiosk.app.aloud import Aloud
from kiosk.app.deeds import Deeds
from kiosk.app.doing import Doing
from kiosk.app.film import Film
from kiosk.app.gather import Gatherer
from kiosk.app.listening import Listening
from kiosk.app.noting import Noting
from kiosk.app.staff import StaffDesk
from kiosk.flow import actions, estimates, knock, resting, show
from kiosk.flow.behind import Behind
from kiosk.flow.frame import Frame, hit
from kiosk.flow.pages import staff
from kiosk.flow.pages.plain import Idle
from kiosk.flow.reduce import reduce
from kiosk.flow.state import State
from kiosk.flow.words import Words
from kiosk.typeset.measuring import FontMeasure

_log = logging.getLogger(__name__)


class TooManyFaults(Exception):
    """The program cannot go on by itself (rule 4)."""


class Glass(Protocol):
    """Where frames are drawn."""

    def show(self, frame: Frame) -> None:
        """Draw this frame."""
        ...

    def forget(self) -> None:
        """Drop every picture of text."""
        ...


class Visit:
    """The window's life. `moment` arguments are seconds of a steady clock; `words` are those of a language."""

    def __init__(
        self, gatherer: Gatherer, glass: Glass, words: Callable[[str], Words], ids: Ids, staff: StaffDesk | None = None,
        stage: Callable[[Frame], Frame] = lambda frame: frame, aloud: Aloud | None = None,
        after: Callable[[Callable[[], None]], None] = lambda work: work(),
    ) -> None:  # fmt: skip
        self.state = State()
        self._staff, self._knocks, self._stage = staff, knock.Knocks(), stage
        self._gatherer, self._glass, self._words = gatherer, glass, words
        self._measure, self._deeds = FontMeasure(), Deeds(gatherer.desk, ids)
        self._doing = Doing(gatherer, self._deeds, words, staff, self._reduce, self._wipe)
        self._aloud = aloud or Aloud(None)
        self._listening = Listening(self._aloud, lambda action: self._do(action, self._moment))
        self._film = Film(gatherer.board, self._measure)
        self._touched, self._moment = 0.0, 0.0
        self._noting = Noting(gatherer.desk, after, self._not_noted)
        self._frame: Frame | None = None
        self._unmarked: Frame | None = None
        self._drawn: tuple[object, ...] = ()
        self._unasked = ""  # the ticket whose wait the hall is still to be asked for
        self._asked_for = ""  # the press of which that was tried
        self._faults: list[float] = []
        self.forgotten = 0  # how many visitors
        self._broken = False

    def act(self, action: object, moment: float) -> None:
        """A touch, or what the program adds to it (rules 1 and 4)."""
        self._touched = moment
        self._do(action, moment)

    def _do(self, action: object, moment: float) -> None:
        """What somebody touched, or where the voice is."""
        self._moment = moment
        try:
            self._broken = False
            self._reduce(action, moment)
            self._draw(moment)
        except Exception as fault:  # noqa: BLE001  # whatever it is, the visitor sees 请稍候 (promise 7)
            self._fault(fault, moment)

    def touched(self, moment: float, x: float = -1, y: float = -1) -> None:
        """A finger was on the glass, wherever: somebody is there; perhaps it is the knock of staff."""
        self._touched = moment
        on = hit(self._frame.targets, x, y) if self._frame else None
        if self.state.aloud >= 0 and not (on and isinstance(on.action, actions.ReadAloud)):
            self._do(actions.Heard(-1), moment)  # whoever touches the glass wants silence; the key itself ends it too
        self._knocks = knock.tapped(self._knocks, x, y, moment)
        if knock.is_open(self._knocks) and not isinstance(self.state.page, staff.all_of_them):
            self._knocks = ()
            if self._staff and self._staff.is_set():
                self.act(actions.Open(staff.StaffPin()), moment)

    def tick(self, moment: float) -> None:
        """Look for changes; call it every `limits.board_poll_ms`."""
        try:
            self._wait(moment)
            if self._staff:
                self._staff.listen(moment)
                if self._staff.is_busy():  # its end is read by whoever plugged it in
                    self._touched = moment
            self._moment = moment
            if self._listening.is_there(moment):  # rule 5
                self._touched = moment
            self._listening.hear(self._unmarked)
            left = self._left(moment)
            if left is not None and left <= 0:
                self.act(actions.Finish(), moment)  # rule 3
                return
            due = (
                self._gatherer.versions(),
                self._beat(),
                left,
                self._deeds.is_waiting(),
                self.state,
                self._behind(moment),
                self._noting.is_full and moment // limits.full_retry_seconds,
            )
            if due != self._drawn:
                self._draw(moment)
                self._drawn = due
            elif isinstance(self.state.page, Idle):
                self._gatherer.get_ready()
            if self._unasked and self._asked_for != self.state.press:
                self._asked_for = self.state.press
                self._do(actions.AskHowLong(self._unasked), moment)
        except Exception as fault:  # noqa: BLE001  # see act
            self._fault(fault, moment)

    def end(self) -> None:
        """From now on nothing is known to be on the glass."""
        self._aloud.close()
        self._noting.end(self._gatherer.now())
        self._gatherer.close()
        if self._staff:
            self._staff.close()

    def _reduce(self, action: object, moment: float) -> None:
        before = self.state
        self.state, effects = reduce(before, action)  # type: ignore[arg-type]  # frame.Target carries any object
        self._listening.obey(self.state)  # silence before anything that takes time
        try:
            for effect in effects:
                self._doing.carry_out(effect, self.state, moment)
        except Full:  # rule 6
            is_own = isinstance(action, actions.AskHowLong)
            self.state = before if is_own else reduce(before, actions.NotKept())[0]

    def _wait(self, moment: float) -> None:
        """What is asked of the hall goes on; who waits for what was given up on a full disk is told."""
        unreachable = self._words(self.state.language)("ticket.unreachable")
        for given_up in self._deeds.wait(self._gatherer.now(), moment, unreachable):
            self._reduce(actions.NotKept(given_up), moment)

    def _behind(self, moment: float) -> Behind:
        """What the staff screen knows; nothing on any other."""
        if self._staff and isinstance(self.state.page, staff.all_of_them):
            return self._staff.behind(moment)
        return Behind()

    def _wipe(self) -> None:
        self._knocks = ()
        if self._staff:
            self._staff.forget()
        self._measure.forget()
        self._gatherer.forget()
        self._glass.forget()
        self._frame = self._unmarked = None
        self._drawn, self._unasked, self._asked_for = (), "", ""  # the first holds the state
        gc.collect()
        self.forgotten += 1
        self._noting.forget()

    def _left(self, moment: float) -> int | None:
        """Seconds until the visitor is forgotten, None while the countdown has not begun (rule 3)."""
        if isinstance(self.state.page, Idle):
            return None
        allowed = limits.elder_idle_seconds if self.state.elder else limits.idle_seconds
        left = allowed - (moment - self._touched)
        return int(left + 0.999) if left <= limits.idle_warning_seconds else None

    def _beat(self) -> int:
        """Another number when time alone may have changed the picture: each second, with nobody here hardly ever."""
        now, until = self._gatherer.now(), self._film.until
        if isinstance(self.state.page, Idle) and until is not None and now < until:
            now = until  # rule 7
        return int(now.timestamp())

    def _draw(self, moment: float) -> None:
        """Rule 2."""
        left, words = self._left(moment), self._words(self.state.language)
        view = replace(self._gatherer.view(self.state, left), behind=self._behind(moment))
        rests = isinstance(self.state.page, Idle) and not self._broken
        if rests:
            view = replace(view, film=self._film.page(self.state, view, words))
        draw = show.please_wait if self._broken else show.frame
        self._unmarked = draw(self.state, view, self._measure, words)
        frame = self._stage(show.read_aloud(self._unmarked, self.state, self._measure, words))
        if rests:
            frame = resting.shifted(frame, view.now)
        if self._frame is None or frame != self._frame:
            self._glass.show(frame)
            self._frame = frame
        self._unasked = estimates.to_ask(self.state, view)
        self._noting.wish(self._gatherer.wanted(self.state), view.now, moment)
        self._noting.drawn(self._frame, view.now, moment)
        self._listening.follow(self.state, self._unmarked, words, moment)

    def _not_noted(self, fault: Exception, moment: float) -> None:
        """Rule 4, but for what says so itself."""
        if self._broken:
            _log.error("What stands on the glass could not be noted.", exc_info=fault)
        else:
            self._fault(fault, moment)

    def _fault(self, fault: Exception, moment: float) -> None:
        """Rule 4."""
        _log.error("The screen could not be drawn.", exc_info=fault)
        self._faults = [past for past in self._faults if moment - past < 60] + [moment]
        if len(self._faults) > limits.faults_per_minute_max:
            raise TooManyFaults from fault
        self._broken = True
        try:
            self._draw(moment)
        except Exception:  # noqa: BLE001  # see act
            _log.exception("Not even 请稍候 could be drawn.")
