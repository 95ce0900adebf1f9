"""The voice of a board: a thread of its own, so that no sound ever waits for a picture, and no picture for a sound.

1. Every `limits.board_poll_ms` it looks whether another process wrote; then, and while something is due, it says what
   `kiosk.flow.board.announcing` says next.
2. One voice to a device folder: a second screen on it stays silent.
3. What goes wrong is logged and tried again later; the board does not notice.
4. What was said is counted here as well: on a full disk a call is not said for ever.
5. How the speaker is stands in desk.db for the heartbeat; a voice that ended is `silent`.
"""

import fcntl
import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from content_sync.domain import limits
from content_sync.domain.county import Site, site_of
from content_sync.domain.hall import spoken
from content_sync.domain.hall.rules import HallRules, usual
from content_sync.ports import Clock
from content_sync.storage.content import ContentStore, Full
from content_sync.storage.desk import Call, DeskStore
from kiosk.flow.board import announcing
from kiosk.flow.board.announcing import Calling, Said

_log = logging.getLogger(__name__)
_lock_name = "voice.lock"


class Speaker(Protocol):
    """What says it."""

    @property
    def state(self) -> str:
        """One word for the health report."""
        ...

    def say(self, words: Sequence[str], stop: Callable[[], bool]) -> bool:
        """Bell and words; whether all of it was heard."""
        ...


class Voice:
    """Says the calls of one device folder at `site`: those to `window`, or to every window (0)."""

    def __init__(
        self,
        content: ContentStore,
        desk: DeskStore,
        site: str,
        speaker: Speaker,
        clock: Clock,
        stop: threading.Event,
        window: int = 0,
    ) -> None:
        self._content, self._desk, self._named, self._window = content, desk, site, window
        self._speaker, self._clock, self._stop = speaker, clock, stop
        self._since: dict[str, datetime] | None = None
        self._last = Said()
        self._said = Counter[str]()
        self._site: Site | None = None
        self._read_at, self._emergencies = -1, tuple[tuple[str, datetime], ...]()

    def step(self) -> bool:
        """Say what is to be said now, if anything; whether something was tried."""
        now = self._clock.now()
        callings, said = list(self._callings(now)), Counter(self._desk.said()) | self._said
        one = announcing.following(callings, said, self._last, now, self._rules)
        if one is None:
            return False
        heard = self._speaker.say(one.words, self._stop.is_set)
        if heard:
            self._last = Said(one.call, self._clock.now())
            self._said[one.call] = said[one.call] + 1
            with suppress(Full):  # rule 4
                self._desk.note_said(one.call, self._last.at or now)
        self.tell()
        if not heard:
            self._stop.wait(limits.voice_retry_seconds)
        return True

    def tell(self, state: str = "") -> None:
        """Rule 5."""
        self._desk.note_part("speaker", state or self._speaker.state, self._clock.now())

    def _callings(self, now: datetime) -> Iterator[Calling]:
        self._refresh(now)
        called = [call for call in reversed(self._desk.calls()) if call.state == "called"]  # oldest first
        calls = [call for call in called if self._window in (0, call.window)]
        known = [(_name(call), datetime.fromisoformat(call.at)) for call in calls]
        self._since = announcing.first_known(known, self._since, now)
        for call in (call for call in calls if not call.here):
            words = spoken.calling(call.ticket_number, call.window, self._place(call.window))
            yield Calling(_name(call), words, self._since[_name(call)])
        for item, at in () if self._desk.blanked() else self._emergencies:
            yield Calling(item, spoken.emergency, at, urgent=True)

    def _refresh(self, now: datetime) -> None:
        version = self._content.data_version()
        if version == self._read_at:
            return
        county = self._content.county()
        self._site = site_of(county, self._named) if county else None
        self._emergencies = tuple(
            (f"emergency {row.hash}", now) for row in self._content.rows(now) if row.kind == "emergency"
        )
        self._read_at = version

    @property
    def _rules(self) -> HallRules:
        return self._site.rules if self._site else usual

    def _place(self, window: int) -> str:
        """Where a window is, in a hall of several floors; in others its number is enough."""
        places = {one.number: one.place for one in self._site.windows} if self._site else {}
        floors = {spoken.place_words(place)[:2] for place in places.values()}
        return places.get(window, "") if len(floors) > 1 else ""


@contextmanager
def speaking(folder: Path, site: str, speaker: Speaker, clock: Clock, window: int = 0) -> Iterator[None]:
    """A voice beside whatever runs inside; it falls silent when that ends."""
    stop = threading.Event()
    thread = threading.Thread(target=_speak, args=(folder, site, speaker, clock, stop, window), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(limits.stop_seconds_max)


@contextmanager
def silent(folder: Path, clock: Clock) -> Iterator[None]:
    """No voice here; the health report says so."""
    with closing(DeskStore(folder / "desk.db")) as desk:
        desk.note_part("speaker", "silent", clock.now())
    yield


def _speak(folder: Path, site: str, speaker: Speaker, clock: Clock, stop: threading.Event, window: int) -> None:
    with (folder / _lock_name).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # rule 2
        except BlockingIOError:
            _log.warning("Another screen of %s speaks already; this one stays silent.", folder)
            return
        content, desk = ContentStore(folder / "content.db", readonly=True), DeskStore(folder / "desk.db")
        with closing(content), closing(desk):
            voice = Voice(content, desk, site, speaker, clock, stop, window)
            while not stop.is_set():
                try:
                    voice.tell()
                    _look(voice, content, desk, stop)
                except Exception:  # noqa: BLE001  # whatever it is, the board goes on (rule 3)
                    _log.exception("The voice failed; it is tried again.")
                    stop.wait(limits.voice_retry_seconds)
            voice.tell("silent")


def _look(voice: Voice, content: ContentStore, desk: DeskStore, stop: threading.Event) -> None:
    """Rule 1."""
    seen, waited = (-1, -1), 0.0
    while not stop.is_set():
        versions = (content.data_version(), desk.data_version())
        if versions != seen or waited >= 1:
            seen, waited = versions, 0.0
            while voice.step() and not stop.is_set():
                pass
        stop.wait(limits.board_poll_ms / 1000)
        waited += limits.board_poll_ms / 1000


def _name(call: Call) -> str:
    """An older server names no calling."""
    return call.call or f"{call.ticket_number} {call.window} {call.at}"
