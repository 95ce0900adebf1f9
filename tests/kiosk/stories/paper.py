"""A story played on plain values: state, actions, view and frame, nothing else. No store, no window, no clock.

The hall's answers are facts put into the view, as the program would have read them.
"""

from collections.abc import Callable, Collection
from typing import Any

from content_sync.domain import limits
from content_sync.storage.rows import Row
from kiosk.app import tongues
from kiosk.flow import actions, estimates, show
from kiosk.flow import reduce as flow
from kiosk.flow.frame import Code, Frame
from kiosk.flow.state import Idle, Search, State
from kiosk.flow.view import Helper, Position, Ticket, View
from kiosk.flow.view import Served as ServedTicket
from kiosk.typeset.measuring import FontMeasure
from tests.kiosk import county
from tests.kiosk.stories import laws, telling
from tests.kiosk.stories.telling import Line, Story, bare, named, told_in, tongue_of

_measure = FontMeasure()
_press, _ask, _job, _bell = "press", "ask", "job", "bell"


class Paper:
    """One visitor on plain values."""

    def __init__(self, language: str, stage: Callable[[Frame], Frame], *, lies: bool) -> None:
        self.state, self._language = State(), language
        self._stage, self._lies, self._passed = stage, lies, 0.0
        self._facts: dict[str, Any] = {"printer": "ready", "served": (), "services": county.view().services}
        self._number, self._papers = "", list[bool]()
        self.stored: list[flow.Effect] = []

    def play(self, story: Story, others: Collection[str] = ()) -> None:
        """Every line; the laws after each of them. `others`: what earlier visitors left."""
        for n, line in enumerate(told_in(story, self._language)):
            self._line(line)
            elder, low = self.state.elder, self.state.low
            tongue = tongue_of(self.state.language)
            wrong = laws.broken(self._frame(), tongue, others, elder=elder, low=low, lies=self._lies)
            assert wrong == [], (n, line, wrong)

    def _line(self, line: Line) -> None:
        match line:
            case telling.Tap(key):
                self._tap(key)
            case telling.Sees(words):
                missing = [word for word in words if not self._is_seen(word)]
                assert missing == [], laws.read(self._frame())
            case telling.Never(words):
                assert [word for word in words if self._is_seen(word)] == []
            case telling.Scans(part):
                codes = [mark.payload for mark in self._frame().marks if isinstance(mark, Code)]
                assert any(part in payload for payload in codes), codes
            case telling.Passes(seconds):
                self._pass(seconds)
            case telling.Forgotten():
                assert self.state == State()
            case telling.Marked(is_marked):
                assert (self._read_aloud(self._frame()) != self._frame()) == is_marked
            case telling.Stored(kind, many):
                stored = {"rating": flow.StoreRating}[kind]
                assert sum(isinstance(one, stored) for one in self.stored) == many, self.stored
            case telling.Papers(many, large):
                assert len(self._papers) == many
                assert self._papers[-1] == large
            case _:
                self._hall(line)

    def _hall(self, line: Line) -> None:
        """The facts that the hall's answer becomes."""
        match line:
            case telling.Gives(number, ahead):
                assert self._facts["ticket"].state == "waiting"
                self._facts["ticket"] = Ticket("given", "a" * 16, number, ahead, paper="printed", again=True)
                self._papers.append(self.state.elder)
                self._reduce(actions.AskHowLong(estimates.to_ask(self.state, self._view())))
            case telling.Stands(stands, ahead, window):
                told = (stands, ahead, window, 6, 19, "按今天最近办完的12位估算。")
                self._facts["position"] = Position("answered", self._number, "huji", *told)
            case telling.Served(number, window):
                self._facts["served"] = (ServedTicket("t", number, window),)
            case telling.Rings(by):
                self._facts["helper"] = Helper("coming" if by else "ringing", by)

    def _tap(self, key: str) -> None:
        frame, self._passed = self._frame(), 0.0
        label = named((target.label for target in frame.targets), key, tongue_of(self.state.language))
        assert label, (key, [target.label for target in frame.targets])
        self._reduce(next(target.action for target in frame.targets if target.label == label))

    def _reduce(self, action: object) -> None:
        self.state, effects = flow.reduce(self.state, action)  # type: ignore[arg-type]  # a target carries any object
        for effect in effects:
            self._carry_out(effect)

    def _carry_out(self, effect: flow.Effect) -> None:
        match effect:
            case flow.AskTicket():
                self._facts["ticket"] = Ticket("waiting")
                self._reduce(actions.Pressed(_press))
            case flow.AskPosition(number):
                self._number, self._facts["position"] = number, Position("waiting", number)
                self._reduce(actions.Asked(_ask))
            case flow.RingForHelp():
                self._facts["helper"] = Helper("asking")
                self._reduce(actions.Called(_bell))
            case flow.PutHandout():
                self._facts["handout"] = "printed"
                self._papers.append(self.state.elder)
                self._reduce(actions.HandedOut(_job))
            case flow.Wipe():
                self._papers = []
                self._facts = {name: self._facts[name] for name in ("printer", "served", "services")}
            case _:
                self.stored.append(effect)

    def _pass(self, seconds: float) -> None:
        self._passed += seconds
        allowed = limits.elder_idle_seconds if self.state.elder else limits.idle_seconds
        if self._passed >= allowed and not isinstance(self.state.page, Idle):
            self._passed = 0.0
            self._reduce(actions.Finish())

    def _view(self) -> View:
        page, allowed = self.state.page, limits.elder_idle_seconds if self.state.elder else limits.idle_seconds
        left = allowed - self._passed
        facts = {
            **self._facts,
            "idle_left": int(left) if left <= limits.idle_warning_seconds and not isinstance(page, Idle) else None,
            "ticket": self._facts.get("ticket") if self.state.press else None,
            "position": self._facts.get("position") if self.state.asked else None,
            "helper": self._facts.get("helper") if self.state.called else None,
            "handout": self._facts.get("handout", "") if self.state.handout else "",
            "hits": _found(page.terms) if isinstance(page, Search) and page.terms else (),
        }
        return county.view(getattr(page, "item", ""), **facts)

    def _frame(self) -> Frame:
        return self._stage(show.frame(self.state, self._view(), _measure, tongues.words(self.state.language)))

    def _read_aloud(self, frame: Frame) -> Frame:
        """As it stands there while the sentence of the state is being read."""
        return show.read_aloud(frame, self.state, _measure, tongues.words(self.state.language))

    def _is_seen(self, words: str) -> bool:
        said = laws.read(self._frame())
        return any(bare(way) in said for way in tongue_of(self.state.language).says(words))


def _found(terms: str) -> tuple[Row, ...]:
    """As the store would find by initials: what is named by them first."""
    letters, found = terms.lower(), list[tuple[int, Row]]()
    for item, _, row in county.items().values():
        at = [way.find(letters) for way in item.initials if letters in way]
        found += [(min(at), row)] if at else []
    return tuple(row for _, row in sorted(found, key=lambda one: one[0]))
