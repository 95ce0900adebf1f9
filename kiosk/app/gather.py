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
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from content_sync.clock import SystemSteady
from content_sync.domain.calendar import Calendar
from content_sync.domain.county import County, Site, shown_at, site_of
from content_sync.domain.disclosure import glossary
from content_sync.domain.disclosure.attachments import Blob
from content_sync.domain.disclosure.glossary import OwnTerm
from content_sync.domain.disclosure.items import Item
from content_sync.domain.errors import GongkailanError
from content_sync.domain.hall.opening import Standing, at_kiosk, day_off
from content_sync.domain.hall.rules import HallRules, usual
from content_sync.domain.hall.waiting import still_known
from content_sync.domain.uptime import Kept
from content_sync.ports import Clock
from content_sync.pull.clocking import Time
from content_sync.pull.timekeeping import judged
from content_sync.storage.blobs import BlobFolder
from content_sync.storage.content import ContentStore, Held, Row
from content_sync.storage.content_epoch import Epoch
from content_sync.storage.desk import DeskStore, ServiceState
from content_sync.storage.facts import records_key_fact
from kiosk import config
from kiosk.app import told, tongues
from kiosk.app.seeking import Seeking
from kiosk.app.settling import settle
from kiosk.board.reading import Reading
from kiosk.flow.pages.reading import Samples
from kiosk.flow.screens import samples
from kiosk.flow.shelf import Shelf
from kiosk.flow.state import State
from kiosk.flow.view import Edition, Served, View, Waiting
from kiosk.flow.view import Row as Listed

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_key_bytes = 32


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
        self.seeking = Seeking(self.content, self._safe)
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
        found = self.seeking.found(state.page, time.now)
        characters, following = self.seeking.standing_for(state.page, time.now)
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
            can_write=self.seeking.hand is not None,
            guesses=self.seeking.guessed(state.page, time.now),
            services=tuple(
                _waiting(one, site.rules if site else usual, site.help_desk if site else "", time, self._days())
                for one in self.desk.services()
            ),
            day_off=day_off(site.rules, time.now, self._days()) if site and not time.doubtful else None,
            served=tuple(Served(i.ticket, i.number, i.window) for i in self.desk.invitations()),
            ticket=told.ticket(self.desk, state.press, state.given_back),
            position=told.position(self.desk, state.asked, time.now),
            matter=told.matter(self.desk, state.asked),
            helper=told.helper(self.desk, state.called, time.now),
            doubtful=time.doubtful,
            idle_left=idle_left,
            blanked=bool(self.desk.blanked()),
            printer=told.printer(self.desk),
            device=self._device,
            files=frozenset(blob.sha256 for blob in self.wanted(state) if self.files.verified(blob)),
            handout=self.desk.handout(state.handout) if state.handout else "",
            uncounted=told.uncounted(self.desk, state.page, state.receipt),
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
        self.seeking.forget()
        self._rows.forget()

    def get_ready(self) -> None:
        """Do, while nobody is here, what the next visitor would wait for; once for each edition."""
        if self._ready != self._epoch:
            self._ready = self._epoch
            self.seeking.get_ready(self.now())
            settle()  # the new rows, too

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
            self.forget()  # first: what was opened last goes with the rows that go
            self._rows, self._epoch = Shelf.of(rows or ()), unknown if rows is None else epoch
        self._read = key

    def _due(self, now: datetime) -> Sequence[Listed]:
        """What is due then: the rows of the lists, when they are that (rule 1)."""
        return self._rows if self._epoch and self._epoch == self.content.epoch(now) else self.content.rows(now)

    def _time(self) -> Time:
        return judged(self._clock.now(), self._floor, self._kept, self._steady.uptime())

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
