"""The two stores → what a screen knows (kiosk.flow.view).

1. A store is read again only when another process committed, a press changed it, or a new minute began: a screen that
   stands still costs two numbers every 20 ms. Lists, ten thousand rows to check, are read again only when other items
   are to be shown (storage.content_epoch).
2. An item is read and re-hashed each time it is drawn anew (promise 4); one that is gone is None, and its page says so.
3. A damaged or missing content store is one without content: the first-start screen, never an error (promise 7).
4. Time is never earlier than what was signed or believed last; a clock that contradicts it is doubtful.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

from content_sync.clock import SystemSteady
from content_sync.domain.calendar import Calendar
from content_sync.domain.cases.handwriting import Writing
from content_sync.domain.county import County, Site, shown_at, site_of
from content_sync.domain.disclosure import glossary
from content_sync.domain.disclosure.attachments import Blob
from content_sync.domain.disclosure.glossary import OwnTerm
from content_sync.domain.disclosure.items import Item
from content_sync.domain.errors import GongkailanError
from content_sync.domain.hall.enquiries import seen
from content_sync.domain.hall.opening import Standing, at_kiosk, day_off
from content_sync.domain.hall.rules import HallRules, usual
from content_sync.domain.hall.waiting import still_known
from content_sync.domain.uptime import Kept
from content_sync.ports import Clock
from content_sync.pull.clocking import Time
from content_sync.pull.timekeeping import judged
from content_sync.storage.blobs import BlobFolder
from content_sync.storage.content import ContentStore, Found, Held, Row
from content_sync.storage.content_epoch import Epoch
from content_sync.storage.desk import DeskStore, ServiceState
from content_sync.storage.facts import records_key_fact
from kiosk import config
from kiosk.app import tongues
from kiosk.board.reading import Reading
from kiosk.devices.hand import Hand
from kiosk.flow import typed
from kiosk.flow.pages.finding import Search
from kiosk.flow.pages.reading import Samples
from kiosk.flow.screens import samples
from kiosk.flow.shelf import Shelf
from kiosk.flow.state import Page, State
from kiosk.flow.view import Edition, Helper, Matter, Position, Served, Ticket, View, Waiting
from kiosk.flow.view import Row as Listed

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_printing, _key_bytes = frozenset({"ready", "low"}), 32


class Gatherer:
    """Makes the view of a state. One for each window."""

    def __init__(self, directory: Path, site: str, clock: Clock, device: str = "", *, lies: bool = False) -> None:
        self.content = ContentStore(directory / "content.db", readonly=True)
        self.desk = DeskStore(directory / "desk.db")
        self.files = BlobFolder(directory)
        self.board = Reading(self.content, self.desk, site, self._due)
        self._site, self._device, self._clock, self._steady = site, device, clock, SystemSteady()
        self._lies = lies
        self._read: tuple[int, datetime] | None = None
        self._epoch: Epoch = ()
        self._ready: Epoch = ()
        self._county: County | None = None
        self._held: dict[str, Edition] = {}
        self._rows = Shelf.of(())
        self._hits: tuple[str, Found] = ("", Found())
        self._guesses: tuple[tuple[str, Writing | None], tuple[str, ...]] = (("", None), ())
        self.hand: Hand | None = None
        self._characters: tuple[str, tuple[str, ...], int] = ("", (), 0)
        self._floor: datetime | None = None
        self._kept: Kept | None = None
        self._sealed_for: bytes | None = None

    def versions(self) -> tuple[int, int]:
        """Other numbers when another process wrote (rule 1)."""
        return self._safe(self.content.data_version, 0), self.desk.data_version()

    def now(self) -> datetime:
        """The machine's clock, never before what was signed or believed (rule 4)."""
        return self._time().now

    def view(self, state: State, idle_left: int | None) -> View:
        """Everything the screen of this state may draw."""
        system = self._clock.now()
        self._refresh(system)
        time = self._time()
        item = getattr(state.page, "item", "")
        found = self._found(state.page, time.now)
        characters, following = self._standing_for(state.page, time.now)
        site = site_of(self._county, self._site) if self._county else None
        return View(
            now=time.now,
            county=self._county,
            site=site,
            held=self._held,
            rows=self._rows,
            item=self._item(item, time.now, site),
            hits=found.hits,
            near=found.near,
            characters=characters,
            following=following,
            can_write=self.hand is not None,
            guesses=self._guessed(state.page, time.now),
            services=tuple(
                _waiting(one, site.rules if site else usual, site.help_desk if site else "", time, self._days())
                for one in self.desk.services()
            ),
            day_off=day_off(site.rules, time.now, self._days()) if site and not time.doubtful else None,
            served=tuple(Served(i.ticket, i.number, i.window) for i in self.desk.invitations()),
            ticket=self._ticket(state.press, state.given_back),
            position=self._position(state.asked),
            matter=self._matter(state.asked),
            helper=self._helper(state.called),
            doubtful=time.doubtful,
            idle_left=idle_left,
            blanked=bool(self.desk.blanked()),
            printer=self._printer(),
            device=self._device,
            files=frozenset(blob.sha256 for blob in self.wanted(state) if self.files.verified(blob)),
            handout=self.desk.handout(state.handout) if state.handout else "",
            terms=_terms(state.language, self._county.terms if self._county else ()),
            **tongues.of_site(site),
            can_seal=bool(self.records_key()),
            lies=self._lies,
        )

    def _days(self) -> Calendar:
        return config.calendar(self._county.calendar if self._county else ())

    def _item(self, item: str, now: datetime, site: Site | None) -> tuple[Item, str] | None:
        """The item of the page; in a hall without codes for phones its link is not there (LNG-02)."""
        found = self._safe(lambda: self.content.item(item, now), None) if item else None
        return (replace(found[0], link=""), found[1]) if found and site and not site.rules.codes else found

    def records_key(self) -> bytes:
        """For whom applications are sealed (promise 12); empty when the county has not said."""
        if self._sealed_for is None:
            key = self._safe(lambda: bytes.fromhex(self.content.fact(records_key_fact)), b"")
            self._sealed_for = key if len(key) == _key_bytes else b""
        return self._sealed_for

    def wanted(self, state: State) -> tuple[Blob, ...]:
        """The attached files that this page would show."""
        page = state.page
        if not isinstance(page, Samples):
            return ()
        found = self._safe(lambda: self.content.item(page.item, self.now()), None)
        return samples.wanted(found[0]) if found else ()

    def forget(self) -> None:
        """Drop what a visitor looked for (OFF-08)."""
        self._hits, self._characters, self._guesses = ("", Found()), ("", (), 0), (("", None), ())
        self._rows.forget()

    def get_ready(self) -> None:
        """Read, while nobody is here, what the first letter of the next visitor would wait for."""
        if self._ready != self._epoch:
            self._ready, now = self._epoch, self.now()
            nothing: tuple[tuple[str, ...], int] = ((), 0)
            self._safe(lambda: self.content.characters("a", now), nothing)
            self._safe(lambda: self.content.find("a", now), Found())

    def close(self) -> None:
        """Let go of both files."""
        self.desk.close()
        self.content.close()

    def _refresh(self, system: datetime) -> None:
        """Rule 1."""
        key = (self._safe(self.content.data_version, 0), system.replace(second=0, microsecond=0))
        if key == self._read:
            return
        self._floor = self._safe(self.content.floor, None)
        self._kept = self._safe(self.content.kept_time, None)
        now = self._time().now
        county = self._safe(self.content.county, None)
        self._county = shown_at(county, self._site) if county else None
        nothing: dict[str, Held] = {}
        held = self._safe(self.content.held, nothing)
        self._held = {channel: Edition(one.number, one.as_of) for channel, one in held.items()}
        self._sealed_for = None
        unknown: Epoch = ()
        epoch = self._safe(lambda: self.content.epoch(now), unknown)
        if epoch != self._epoch:
            unread: list[Row] | None = None
            rows = self._safe(lambda: self.content.rows(now), unread)
            self._rows, self._epoch = Shelf.of(rows or ()), unknown if rows is None else epoch
            self.forget()
        self._read = key

    def _due(self, now: datetime) -> Sequence[Listed]:
        """What is due then: the rows of the lists, when they are that (rule 1)."""
        return self._rows if self._epoch and self._epoch == self.content.epoch(now) else self.content.rows(now)

    def _time(self) -> Time:
        return judged(self._clock.now(), self._floor, self._kept, self._steady.uptime())

    def _found(self, page: Page, now: datetime) -> Found:
        if not isinstance(page, Search) or not page.terms:
            return Found()
        if self._hits[0] != page.terms:
            self._hits = (page.terms, self._safe(lambda: self.content.find(page.terms, now), Found()))
        return self._hits[1]

    def _standing_for(self, page: Page, now: datetime) -> tuple[tuple[str, ...], int]:
        """The characters of the letter that waits, and how many of them follow what stands before it."""
        nothing: tuple[tuple[str, ...], int] = ((), 0)
        if not isinstance(page, Search) or page.found or page.ink or not typed.waiting(page.terms):
            return nothing
        if self._characters[0] != page.terms:
            terms = page.terms
            asked = partial(self.content.characters, query=terms[:-1], befores=typed.befores(terms))
            found = self._safe(lambda: asked(typed.waiting(terms), now), nothing)
            self._characters = (terms, *found)
        return self._characters[1:]

    def _guessed(self, page: Page, now: datetime) -> tuple[str, ...]:
        """What the ink on the search sheet may be."""
        if self.hand is None or not isinstance(page, Search) or page.ink is None or not page.ink.strokes:
            return ()
        if self._guesses[0] != (page.terms, page.ink):
            nowhere: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
            befores = typed.befores(f"{page.terms} ") if page.terms else ()
            occurs, follows = self._safe(lambda: self.content.standing(now, befores=befores), nowhere)
            self._guesses = ((page.terms, page.ink), self.hand.read(page.ink, occurs, follows))
        return self._guesses[1]

    def _ticket(self, press: str, given_back: str) -> Ticket | None:
        if not press:
            return None
        found = self.desk.pressed(press)
        state = {"answered": "given", "leased": "given"}.get(found.state, found.state)
        ticket = Ticket(state, found.ticket, found.number, found.ahead, found.reason)
        if (printer := self._printer()) != "none":
            paper = self.desk.print_of(press)
            ticket = replace(ticket, paper=paper.state, again=paper.is_again and printer in _printing)
        ask = self.desk.asked(given_back) if given_back else None
        if ask is None:
            return ticket
        gone = ask.state == "answered" and ask.position.stands == "cancelled"
        back = "waiting" if ask.state == "waiting" else "done" if gone else "no"
        return replace(ticket, back=back, reason=ask.reason)

    def _position(self, asked: str) -> Position | None:
        ask = self.desk.asked(asked) if asked else None
        if ask is None or ask.kind == "receipt":
            return None
        state = "unreached" if ask.state == "refused" else ask.state
        owed = self._printer() in _printing and bool(self.desk.paper_owed(ask.about, self._time().now))
        return Position(state, **{**vars(ask.position), "number": ask.about}, owed=owed)

    def _matter(self, asked: str) -> Matter | None:
        ask = self.desk.asked(asked) if asked else None
        if ask is None or ask.kind != "receipt":
            return None
        told = ask.position
        state = "unreached" if ask.state == "refused" else ask.state
        return Matter(state, told.service, told.stands, told.basis, told.number, ask.reason)

    def _printer(self) -> str:
        return self.desk.parts().get("printer", "none")

    def _helper(self, press: str) -> Helper | None:
        call = self.desk.help() if press else None
        if call is None or call.press != press:
            return None
        return Helper(seen(call.state, datetime.fromisoformat(call.at), self._time().now), call.by)

    def _safe(self, read: Callable[[], _T], otherwise: _T) -> _T:
        """Rule 3."""
        try:
            return read()
        except GongkailanError:
            _log.exception("content.db cannot be read; the agent repairs it.")
            return otherwise


@lru_cache(maxsize=4)
def _terms(language: str, own: tuple[OwnTerm, ...]) -> dict[str, str]:
    """The words that can be explained, in English for who reads English; the county's own go first."""
    return glossary.merged(config.terms(), own, english=language == "en")


def _waiting(one: ServiceState, rules: HallRules, desk: str, time: Time, days: Calendar) -> Waiting:
    """A service as a visitor sees it. Hours are judged by no doubtful clock: then it gives tickets rather than none."""
    heard = Standing(one.open, one.why, one.until)
    found = at_kiosk(usual if time.doubtful else rules, heard, one.updated, time.now, desk, days)
    return Waiting(one.service, one.name, found.open, still_known(one.waiting, one.updated, time.now), found.why)
