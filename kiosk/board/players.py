"""A board over time: which picture stands at an instant, and when it may change next.

1. A page that comes up is read again first; a story that fails leaves and the next one is shown (promise 4).
2. Pages are cut once per story and day; everything else is computed when something can have changed.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from content_sync.domain import limits
from content_sync.domain.county import Site
from kiosk.board.reading import Reading
from kiosk.flow.board import lcd, led
from kiosk.flow.board.layouts import Layout
from kiosk.flow.board.led_panel import Panel
from kiosk.flow.board.pages import Page
from kiosk.flow.board.playlist import Playlist, Turn, answer_round, mixed_round, notice_round, turn
from kiosk.flow.board.stories import Story
from kiosk.flow.frame import Frame, Measure

Round = Callable[[tuple[Story, ...]], Playlist]


class LcdPlayer:
    """Two rounds side by side: notices and answers. The layout may follow from the site that the stores tell of."""

    def __init__(self, reading: Reading, measure: Measure, layout: Callable[[Site | None], Layout]) -> None:
        self._reading, self._measure, self._layout = reading, measure, layout
        self._cuts = Cuts(lambda story, _: lcd.cut(story, measure, self._on))
        self._on = layout(None)
        self._notice: Turn | None = None
        self._answer: Turn | None = None

    def frame(self, now: datetime) -> tuple[Frame, datetime]:
        """The picture, and the instant until which it stays if no store changes."""
        facts, least = self._reading.facts(now), limits.dwell_seconds_min
        on = self._layout(facts.site)
        if on != self._on:
            self._on, self._notice, self._answer = on, None, None
            self._cuts.forget()
        due, cut = facts.later, self._cuts.of(facts.later)

        def notices(stories: tuple[Story, ...]) -> Playlist:
            return notice_round(lcd.shown(stories, facts, on), cut, due, least, facts.shares)

        def answers(stories: tuple[Story, ...]) -> Playlist:
            return answer_round(lcd.shown(stories, facts, on), cut, due, least)

        self._notice = sound_turn(self._reading, self._notice, notices, now)
        self._answer = sound_turn(self._reading, self._answer, answers, now)
        moments = [*ends(now, self._notice), *ends(now, self._answer), *lcd.changes(facts, on, self._measure)]
        return lcd.frame(facts, self._notice.page, self._answer.page, self._measure, on), min(moments)


class LedPlayer:
    """One round, calls on top of it."""

    def __init__(self, reading: Reading, measure: Measure, panel: Panel) -> None:
        self._reading, self._measure, self._panel = reading, measure, panel
        self._cuts = Cuts(lambda story, now: led.cut(story, panel, measure, now))
        self._turn: Turn | None = None

    def frame(self, now: datetime) -> tuple[Frame, datetime]:
        """The picture, and the instant until which it stays if no store changes."""
        facts, least = self._reading.facts(now), limits.led_dwell_seconds_min
        due, cut, own = facts.later, self._cuts.of(facts.later), led.own_words(facts)
        self._turn = sound_turn(
            self._reading, self._turn, lambda s: mixed_round(facts.lets(s), own, cut, due, least), now
        )
        second = now + timedelta(seconds=1)
        soonest = [second] if any(now - called.since < _call_stay for called in facts.called) else []
        return led.frame(facts, self._turn.page, self._panel, self._measure), min([*ends(now, self._turn), *soonest])


class Cuts:
    """Rule 2."""

    def __init__(self, cut: Callable[[Story, datetime], tuple[Page, ...]]) -> None:
        self._cut, self._kept, self._day = cut, dict[Story, tuple[Page, ...]](), ""

    def forget(self) -> None:
        """Cut everything anew: the board has another layout."""
        self._kept.clear()

    def of(self, now: datetime) -> Callable[[Story], tuple[Page, ...]]:
        """The cut of this day."""
        if self._day != now.date().isoformat() or len(self._kept) > limits.board_notices_max * 8:
            self._kept.clear()
            self._day = now.date().isoformat()

        def cut(story: Story) -> tuple[Page, ...]:
            if story not in self._kept:
                self._kept[story] = self._cut(story, now)
            return self._kept[story]

        return cut


def sound_turn(reading: Reading, previous: Turn | None, make: Round, now: datetime) -> Turn:
    """Rule 1. Ends because every failed check takes a story away."""
    while True:
        found = turn(previous, make(reading.stories(now)), now)
        same = previous is not None and found.page == previous.page
        if found.page is None or same or reading.is_sound(found.page.story, now):
            return found


def ends(now: datetime, shown: Turn) -> list[datetime]:
    """When this page must go, or the minute on the clock."""
    over = shown.page.story.ends if shown.page else None
    minute = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return [minute, shown.until, *([over] if over and over > now else [])]


_call_stay = timedelta(seconds=limits.led_call_seconds)
