"""Tickets and notice slips onto paper, in a thread of its own: a slow printer stops no finger.

1. What is owed is read from desk.db (storage.desk_prints), so a restart loses nothing and repeats nothing.
2. Before a ticket is printed the hall is asked how it stands; after `limits.print_standing_wait_ms` without an answer
   it is printed without an estimate: nobody waits for a number because of a forecast.
3. With a printer that is out of paper or dead nothing is sent; the ticket stays owed, its number stands on the screen.
   Who waited too long is not printed for any more.
4. How printer and paper are stands in desk.db: for the screen, the heartbeat and `content-sync status`. Without a
   printer both are `none`.
5. A printer that says it is well and yet prints nothing is given `limits.printer_look_seconds` after each failure, and
   `limits.print_tries_max` tries for a ticket: no roll is wasted on halves.
6. What goes wrong is logged and tried again; the screen does not notice.
7. Tickets go before notice slips (storage.desk_handouts): who waits for a number waits for nobody's reading.
"""

import logging
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic

from content_sync.clock import SystemClock
from content_sync.domain import limits
from content_sync.domain.county import shown_at, site_of
from content_sync.domain.errors import Broken
from content_sync.domain.ids import spelled
from content_sync.ports import Clock, Ids
from content_sync.pull.timekeeping import BelievedClock
from content_sync.storage.content import ContentStore, Full
from content_sync.storage.desk import DeskStore, Position, Print, nothing_known
from content_sync.wire import canonical, shapes
from kiosk import config
from kiosk.board.reading import site_named
from kiosk.devices.printer import Printer
from kiosk.flow.handout import Handout
from kiosk.flow.slip import Slip, Taken, slip
from kiosk.flow.slip import trial as trial_slip
from kiosk.flow.words import Words

_log = logging.getLogger(__name__)
_ask_bytes, _ask_look_seconds = 16, 0.02
_late = "The visitor had gone before the printer printed again."


class Printing:
    """Prints the tickets of one device folder at `site`."""

    def __init__(
        self,
        content: ContentStore,
        desk: DeskStore,
        site: str,
        printer: Printer,
        clock: Clock,
        ids: Ids,
        stop: threading.Event,
    ) -> None:
        self._content, self._desk, self._site = content, desk, site
        self._printer, self._clock, self._ids, self._stop = printer, clock, ids, stop
        self._words = Words(config.wording())
        self._is_able, self._has_failed, self._rests_until = True, False, 0.0
        self._failures = Counter[str]()

    def begin(self) -> None:
        """A screen starts (rule 1)."""
        self._desk.resume_prints()
        self.look()

    @property
    def is_troubled(self) -> bool:
        """Whether the printer is to be looked at more often: it cannot print, or did not when it should have."""
        return not self._is_able or self._has_failed

    def look(self) -> bool:
        """Rule 4; whether the printer can print now."""
        found, now = self._printer.health(), self._clock.now()
        self._desk.note_part("printer", found.state, now)
        self._desk.note_part("paper", found.paper, now)
        self._is_able = found.state in ("ready", "low")
        return self._is_able

    def step(self) -> bool:
        """Print the next ticket that is owed; whether there was one that could be tried."""
        now = self._clock.now()
        owed = self._desk.next_print(now)
        if owed is not None and self._is_able and monotonic() < self._rests_until:  # rule 5
            return False
        self._has_failed = self._has_failed and owed is not None
        if owed is None or not self._is_able:  # rule 3
            self._desk.drop_late_prints(now, _late)
            return self._is_able and monotonic() >= self._rests_until and self._hand_out(now)
        made = self._slip(owed)
        self._desk.note_print(owed.press.id, "printing", now)
        try:
            self._printer.put(made, large=owed.large)
        except Broken as error:
            self._failed(owed, str(error))
            return False
        self._desk.note_print(owed.press.id, "printed", self._clock.now())
        self._has_failed = False
        return True

    def _hand_out(self, now: datetime) -> bool:
        """Rule 7: print the next notice slip; whether there was one that could be tried."""
        job = self._desk.next_handout(now)
        if job is None:
            return False
        self._desk.note_handout(job.id, "printing")
        try:
            self._printer.put(parse_handout(job.text), large=job.large)
        except Broken as error:
            _log.warning("A notice slip was not printed: %s", error)
            self._has_failed, self._rests_until = True, monotonic() + limits.printer_look_seconds
            self._failures[job.id] += self.look()
            given_up = self._failures[job.id] >= limits.print_tries_max
            self._desk.note_handout(job.id, "dropped" if given_up else "failed", str(error))
            return False
        self._desk.note_handout(job.id, "printed")
        return True

    def _failed(self, owed: Print, reason: str) -> None:
        """Rules 3 and 5."""
        _log.warning("%s was not printed: %s", owed.press.number, reason)
        self._has_failed, self._rests_until = True, monotonic() + limits.printer_look_seconds
        if self.look():
            self._failures[owed.press.id] += 1
        given_up = self._failures[owed.press.id] >= limits.print_tries_max
        self._desk.note_print(owed.press.id, "dropped" if given_up else "failed", self._clock.now(), reason)

    def _slip(self, owed: Print) -> Slip:
        press, county = owed.press, self._content.county()
        stands = self._position(press.number) if press.state == "answered" else nothing_known
        ahead = stands.ahead if stands.number else press.ahead
        at = datetime.fromisoformat(press.at)
        taken = Taken(
            "" if owed.plain else press.ticket,
            press.number,
            press.service,
            at,
            bool(press.priority),
            ahead,
            stands.low,
            stands.high,
            stands.basis,
        )
        shown = shown_at(county, self._site) if county else None
        return slip(taken, site_of(county, self._site) if county else None, shown, self._words)

    def _position(self, number: str) -> Position:
        """Rule 2."""
        ask, given_up = spelled(self._ids.random(_ask_bytes)), monotonic() + limits.print_standing_wait_ms / 1000
        self._desk.ask(ask, "position", number, self._clock.now())
        while monotonic() < given_up:
            found = self._desk.asked(ask)
            if found is not None and found.state != "waiting":
                return found.position
            self._stop.wait(_ask_look_seconds)
        self._desk.decide(ask, "unreached")
        return nothing_known


def handout_text(made: Handout) -> str:
    """A notice slip's words as desk.db keeps them."""
    return canonical.dump(shapes.to_plain(made)).decode()


def parse_handout(text: str) -> Handout:
    """Back again. Raises Broken when it is no notice slip."""
    return shapes.from_plain(Handout, canonical.load(text.encode(), "handout"), "handout")


@contextmanager
def printing(folder: Path, site: str, printer: Printer | None, clock: Clock, ids: Ids) -> Iterator[None]:
    """Paper beside whatever runs inside."""
    if printer is None:
        with closing(DeskStore(folder / "desk.db")) as desk:
            for part in ("printer", "paper"):
                desk.note_part(part, "none", clock.now())
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=_print, args=(folder, site, printer, clock, ids, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(limits.stop_seconds_max)


def trial(folder: Path) -> Slip:
    """What a printer of this device is tried with."""
    content = ContentStore(folder / "content.db", readonly=True)
    with closing(content):
        county = content.county()
    site = site_of(county, site_named(folder)) if county else None
    return trial_slip(SystemClock().now(), site, county, Words(config.wording()))


def _print(folder: Path, site: str, printer: Printer, clock: Clock, ids: Ids, stop: threading.Event) -> None:
    content, desk = ContentStore(folder / "content.db", readonly=True), DeskStore(folder / "desk.db")
    with closing(content), closing(desk):
        paper = Printing(content, desk, site, printer, BelievedClock(folder, clock), ids, stop)
        is_begun = False
        while not stop.is_set():
            try:
                if not is_begun:
                    paper.begin()
                    is_begun = True
                _watch(paper, desk, stop)
            except Full as error:  # nothing is printed of which nobody could say later that it was
                _log.warning("Nothing is printed: %s", error)
                stop.wait(limits.printer_look_seconds)
            except Exception:  # noqa: BLE001  # whatever it is, the screen goes on (rule 6)
                _log.exception("Printing failed; it is tried again.")
                stop.wait(limits.printer_look_seconds)


def _watch(paper: Printing, desk: DeskStore, stop: threading.Event) -> None:
    """Print what comes; look after the printer now and then, more often while it cannot print."""
    seen, looked = -1, monotonic()
    while not stop.wait(limits.press_poll_ms / 1000):
        pause = limits.printer_look_seconds * (1 if paper.is_troubled else limits.printer_looks_fewer)
        is_due = monotonic() - looked >= pause
        if is_due:
            paper.look()
            looked = monotonic()
        version = desk.data_version()
        if version != seen or is_due:
            seen = version
            while not stop.is_set() and paper.step():
                pass
