"""Which page of the film stands on the idle screen (kiosk.flow.film_pages), over the boards' own round.

1. Order, shares of topics, dwell, emergencies, quiet hours and blanking are the boards' (kiosk.flow.board.playlist), so
   that the kiosk beside a board agrees with it.
2. Another room for the film (a warning came, the queue opened, large type) cuts all pages anew.
3. A store that cannot be read makes no film; the screen says what can be done here.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from content_sync.domain import limits
from content_sync.domain.errors import GongkailanError
from kiosk.board.players import Cuts, ends, sound_turn
from kiosk.board.reading import Reading
from kiosk.flow import film_pages
from kiosk.flow.board.pages import Page
from kiosk.flow.board.playlist import Playlist, Turn, notice_round
from kiosk.flow.board.stories import Story
from kiosk.flow.frame import Measure, Rect
from kiosk.flow.screens import idle
from kiosk.flow.sheet import Sheet
from kiosk.flow.state import State
from kiosk.flow.view import View
from kiosk.flow.words import Words

_log = logging.getLogger(__name__)


class Film:
    """The film of one window. `until` is the instant before which nothing of it changes by itself."""

    def __init__(self, reading: Reading, measure: Measure) -> None:
        self._reading, self._measure = reading, measure
        self._on: tuple[Rect, bool, str] | None = None
        self._turn: Turn | None = None
        self.until: datetime | None = None

    def page(self, state: State, view: View, words: Words) -> Page | None:
        """The page of this instant; None when there is nothing to show (rule 3)."""
        now = view.now
        try:
            sheet = Sheet("idle", state, view, self._measure, words)
            room = idle.head(sheet)
            if room.h < film_pages.high_min(sheet):
                self._turn, self.until = None, None
                return None
            on = (room, state.elder, state.language)
            if on != self._on:  # rule 2
                self._on, self._turn = on, None
                bare = Sheet("idle", state, replace(view, rows=()), self._measure, words)  # it is kept: without lists
                self._cuts = Cuts(lambda story, _: film_pages.cut(bare, story, room))
            facts = self._reading.facts(now)

            def made(stories: tuple[Story, ...]) -> Playlist:
                cut = self._cuts.of(facts.later)
                return notice_round(facts.lets(stories), cut, facts.later, limits.dwell_seconds_min, facts.shares)

            self._turn = sound_turn(self._reading, self._turn, made, now)
        except GongkailanError:
            _log.exception("There is no film: content.db cannot be read; the agent repairs it.")
            self._turn, self.until = None, now + timedelta(minutes=1)
            return None
        self.until = min(ends(now, self._turn))
        return self._turn.page

    def round(self, now: datetime) -> tuple[Page, ...]:
        """Every page of the round last shown, in its order."""
        facts, cut = self._reading.facts(now), self._cuts.of(now)
        least = limits.dwell_seconds_min
        made = notice_round(facts.lets(self._reading.stories(now)), cut, facts.later, least, facts.shares)
        return tuple(slot.page for slot in made.slots)
