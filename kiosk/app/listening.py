"""A visitor who is being read to: the voice follows the screen, the screen follows the voice.

1. What is said are the sentences of the screen as it stands (kiosk.flow.speech.aloud); the one being said is marked.
2. A long text turns its page when the voice has come to its end, and reading goes on; at the text's end it stops.
3. When what is being said changes on the glass, it is said anew from there; when another item or none stands there
   (withdrawn, promise 3), the voice is silent at once.
4. Somebody who listens is there: nobody's time runs out while the voice speaks, for `limits.aloud_minutes_max` after
   the key was touched.
5. Without a voice, or when it fails, the screen says so and what to do instead.
"""

from collections.abc import Callable

from content_sync.domain import limits
from kiosk.app.aloud import Aloud
from kiosk.flow import actions
from kiosk.flow.frame import Frame
from kiosk.flow.speech.aloud import Sentence, read_on, sentences
from kiosk.flow.state import State
from kiosk.flow.words import Words


class Listening:
    """One window's listener. `act` carries out what the voice leads to, as if it were touched."""

    def __init__(self, aloud: Aloud, act: Callable[[actions.Action], None]) -> None:
        self._aloud, self._act = aloud, act
        self._said: tuple[Sentence, ...] = ()
        self._shown: tuple[tuple[str, str], ...] = ()
        self._begun = -1.0
        self._is_turning = False

    def is_there(self, moment: float) -> bool:
        """Rule 4."""
        return bool(self._said) and moment - self._begun < 60 * limits.aloud_minutes_max

    def obey(self, state: State) -> None:
        """Silence before anything is drawn, when the visitor wants it."""
        if state.aloud < 0 and self._said:
            self._aloud.stop()
            self._said = ()

    def follow(self, state: State, frame: Frame, words: Words, moment: float) -> None:
        """Say what now stands on the glass, if it is to be read and is not being said already."""
        if state.aloud < 0:
            return
        found = sentences(frame, words("aloud.keys"))
        if not self._said:
            self._begin(state, found, frame, 0, moment)
        elif frame.shown != self._shown:
            self._is_turning = False
            self._act(actions.Heard(-1))  # rule 3
        elif self._is_turning:
            self._begin(state, found, frame, read_on(frame, found), self._begun)
        elif _text(found, state.aloud) != _text(self._said, state.aloud):
            self._begin(state, found, frame, min(state.aloud, len(found) - 1), self._begun)

    def hear(self, frame: Frame | None) -> None:
        """Take in where the voice is; call it often. `frame` is what stands on the glass, unmarked."""
        for told in self._aloud.told():
            if isinstance(told, int):
                self._act(actions.Heard(told))
            elif told == "failed":
                self._act(actions.Unheard())
            elif frame and frame.text and isinstance(frame.text.onward, actions.Change):
                self._is_turning = True
                self._act(actions.ReadOn(frame.text.onward.page))  # rule 2
            else:
                self._act(actions.Heard(-1))
        self._aloud.look()

    def _begin(self, state: State, found: tuple[Sentence, ...], frame: Frame, first: int, begun: float) -> None:
        self._is_turning = False
        if not self._aloud.is_able:
            self._act(actions.Unheard())  # rule 5
            return
        self._said, self._shown, self._begun = found, frame.shown, begun
        self._aloud.begin([one.text for one in found], first, state.language, is_slow=state.elder)


def _text(found: tuple[Sentence, ...], number: int) -> str:
    return found[number].text if 0 <= number < len(found) else ""
