"""desk.db: presses, leased numbers, records, the queue and the display log. Agent and screen both write it.

Every transaction is short (≤ 10 ms) and durable; neither side does anything else inside one. A record whose device is
empty is this device's own; its name is filled in when it is sent.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from content_sync.clock import SystemIds
from content_sync.domain import limits
from content_sync.domain.holding import Wishes
from content_sync.domain.records import Record
from content_sync.ports import Ids
from content_sync.storage import (
    desk_asks,
    desk_blocks,
    desk_display,
    desk_handouts,
    desk_help,
    desk_mending,
    desk_outbox,
    desk_presses,
    desk_prints,
    desk_queue,
    desk_receipts,
    desk_series,
    desk_voice,
    desk_wishes,
)
from content_sync.storage.desk_asks import Ask, AskKind, AskState, Position, nothing_known
from content_sync.storage.desk_blocks import Block
from content_sync.storage.desk_display import Glass, Place, Shown
from content_sync.storage.desk_handouts import HandoutJob, HandoutState
from content_sync.storage.desk_help import HelpCall, HelpState
from content_sync.storage.desk_presses import Press
from content_sync.storage.desk_prints import Print, PrintState
from content_sync.storage.desk_queue import Call, Invitation, ServiceState, WindowState
from content_sync.storage.faults import Full

__all__ = [
    "Ask",
    "AskKind",
    "Block",
    "Call",
    "DeskStore",
    "Glass",
    "HelpCall",
    "HelpState",
    "Invitation",
    "Position",
    "Press",
    "Print",
    "ServiceState",
    "WindowState",
]


class DeskStore:
    """The desk at `path`, made when absent, begun anew when damaged."""

    def __init__(self, path: Path, ids: Ids | None = None) -> None:
        self._connection = desk_mending.opened(path)
        self._ids = ids or SystemIds()

    def press(self, press_id: str, service: str, priority: int, at: datetime, claim: str = "", code: str = "") -> Press:
        """A finger asked for a ticket, saying perhaps why it goes first; the same press again changes nothing.

        `code`: of a booking that is checked in; then the service is the booking's.
        """
        with self._connection.write() as db:
            return desk_presses.press(db, press_id, service, priority, at, claim, code)

    def pressed(self, press_id: str) -> Press:
        """The press as it stands now."""
        with self._connection.snapshot() as db:
            return desk_presses.pressed(db, press_id)

    def waiting_presses(self) -> list[Press]:
        """Presses without a ticket, oldest first."""
        with self._connection.snapshot() as db:
            return desk_presses.waiting(db)

    def take_leased(self, press_id: str, at: datetime, ids: Ids) -> Press:
        """Give a still waiting press the next leased or own number; it stays waiting when there is none."""
        with self._connection.write() as db:
            return desk_presses.take_leased(db, press_id, at, ids)

    def answer(self, press_id: str, ticket: str, number: str, ahead: int) -> bool:
        """The server's ticket for a press; False when the press was leased or refused meanwhile."""
        with self._connection.write() as db:
            return desk_presses.answer(db, press_id, ticket, number, ahead)

    def refuse(self, press_id: str, reason: str) -> bool:
        """Give a press up, and tell the visitor why there is no ticket; False when there is one."""
        with self._connection.write() as db:
            return desk_presses.give_up(db, press_id, reason)

    def refuse_as_told(self, press_id: str, reason: str) -> bool:
        """The server's sentence why there is no ticket; False when there is one."""
        with self._connection.write() as db:
            return desk_presses.refuse(db, press_id, reason)

    def given_up(self) -> list[str]:
        """Presses that were given up here, of which the server has not heard."""
        with self._connection.snapshot() as db:
            return desk_presses.given_up(db)

    def told_given_up(self, press_id: str) -> None:
        """The server has heard that this press was given up."""
        with self._connection.write() as db:
            desk_presses.told(db, press_id)

    def put_block(self, block: Block) -> None:
        """Keep leased numbers."""
        with self._connection.write() as db:
            desk_blocks.put(db, block)

    def block_left(self, service: str, day: str) -> int:
        """How many leased numbers are left for that service and day (ISO date)."""
        with self._connection.snapshot() as db:
            return desk_blocks.left(db, service, day)

    def close_blocks(self, today: str) -> list[tuple[str, int]]:
        """Use no block of before `today` (ISO date) any more; those to tell the server of: id, and the next number."""
        with self._connection.snapshot() as db:
            if not desk_blocks.has_before(db, today):
                return []
        with self._connection.write() as db:
            desk_blocks.close_before(db, today)
            return desk_blocks.closed(db)

    def drop_block(self, block: str) -> None:
        """The server has heard of a closed block."""
        with self._connection.write() as db:
            desk_blocks.drop(db, block)

    def desk_id(self) -> str:
        """How this desk is named: another one after a damaged file."""
        with self._connection.write() as db:
            return desk_series.desk_of(db, self._ids)

    def series(self) -> str:
        """The letter of this desk's own numbers; empty when the server gave none yet."""
        with self._connection.snapshot() as db:
            return desk_series.letter_of(db)

    def put_series(self, letter: str) -> None:
        """Keep the letter of this desk's own numbers; the first one stays."""
        with self._connection.write() as db:
            desk_series.keep(db, letter)

    def forget_old(self, now: datetime) -> None:
        """Drop presses, blocks and questions older than `limits.desk_days_kept` days."""
        day = desk_presses.day_of(now - timedelta(days=limits.desk_days_kept))
        with self._connection.write() as db:
            desk_presses.forget_before(db, day)
            desk_help.forget_before(db, day)
            desk_asks.forget_before(db, day)
            desk_voice.forget_before(db, day)
            desk_prints.forget_before(db, day)
            desk_handouts.forget_before(db, day)

    def add_record(self, record: Record) -> bool:
        """Put a record into the outbox; False when it is there already, or its ticket was rated before."""
        with self._connection.write() as db:
            return desk_outbox.add(db, record)

    def add_with_receipt(self, record: Record) -> str:
        """Put what a visitor sent into the outbox under a receipt number of its own, which is returned."""
        with self._connection.write() as db:
            return desk_receipts.add(db, record, self._ids)

    def note_clock(self, *, doubtful: bool) -> None:
        """Whether records made from now on must say that the clock is doubtful."""
        with self._connection.snapshot() as db:
            if desk_outbox.clock_is_doubtful(db) == doubtful:
                return
        with self._connection.write() as db:
            desk_outbox.note_clock(db, doubtful=doubtful)

    def waiting_records(self, limit: int) -> list[Record]:
        """The oldest records to send."""
        with self._connection.snapshot() as db:
            return desk_outbox.waiting(db, limit)

    def waiting_after(self, place: int, limit: int) -> list[tuple[int, Record]]:
        """The oldest records to send after a place in their order (0: from the first), each with its place."""
        with self._connection.snapshot() as db:
            return desk_outbox.waiting_after(db, place, limit)

    def acknowledge(self, ids: Sequence[str]) -> None:
        """The server keeps these records now; what a visitor said stays in no log of this file either."""
        with self._connection.write() as db:
            said = desk_outbox.acknowledge(db, list(ids))
        if said:
            self._connection.checkpoint()

    def refuse_record(self, record_id: str, reason: str) -> None:
        """The server does not take this record; keep it with the reason."""
        with self._connection.write() as db:
            desk_outbox.refuse(db, record_id, reason)

    def wait_again(self, now: datetime) -> None:
        """Let records wait again whose kind an older server did not know, once a day."""
        if self.refused_records():
            with self._connection.write() as db:
                desk_outbox.wait_again(db, desk_presses.day_of(now))

    def refused_records(self) -> list[tuple[str, str]]:
        """Ids and reasons of what the server refused."""
        with self._connection.snapshot() as db:
            return desk_outbox.refused(db)

    def is_refused(self, record_id: str) -> bool:
        """Whether the server refused this record for good."""
        with self._connection.snapshot() as db:
            return desk_outbox.is_refused(db, record_id)

    def outbox_size(self) -> int:
        """How many records wait to be sent."""
        with self._connection.snapshot() as db:
            return desk_outbox.size(db)

    def services(self) -> list[ServiceState]:
        """What tickets can be taken for, as last heard."""
        with self._connection.snapshot() as db:
            return desk_queue.services(db)

    def put_services(self, states: Sequence[ServiceState]) -> None:
        """Replace the services."""
        with self._connection.write() as db:
            desk_queue.put_services(db, states)

    def calls(self) -> list[Call]:
        """Called numbers, newest first."""
        with self._connection.snapshot() as db:
            return desk_queue.calls(db)

    def invitations(self) -> list[Invitation]:
        """Served tickets that may be rated here."""
        with self._connection.snapshot() as db:
            return desk_queue.invitations(db)

    def windows(self) -> list[WindowState]:
        """The windows and who sits there, as last heard."""
        with self._connection.snapshot() as db:
            return desk_queue.windows(db)

    def put_queue(
        self,
        calls: Sequence[Call],
        invitations: Sequence[Invitation],
        windows: Sequence[WindowState] = (),
        blanked: str = "",
    ) -> None:
        """Replace calls (newest first), invitations, windows, and since when content is hidden."""
        with self._connection.write() as db:
            desk_queue.put_queue(db, calls, invitations, windows, blanked)

    def blanked(self) -> str:
        """Since when the content of the boards is hidden, as last heard; empty when it is not."""
        with self._connection.snapshot() as db:
            return desk_queue.blanked(db)

    def begin_shown(self, screen: str) -> None:
        """A screen starts: what its last life drew is not there any more, since when nobody knows."""
        with self._connection.write() as db:
            desk_display.begin(db, screen, self._ids)

    def log_shown(self, screen: str, shown: Shown, at: datetime) -> None:
        """What the screen draws from now on: (item, hash) pairs. Call it also every minute without a change."""
        with self._connection.write() as db:
            desk_display.log_shown(db, screen, shown, at, self._ids)

    def drawn(self, screen: str) -> Shown:
        """What a screen draws now: (item, hash) pairs."""
        with self._connection.snapshot() as db:
            return desk_display.drawn(db, screen)

    def put_glass(self, screen: str, targets: Sequence[Place]) -> None:
        """Names and places of what can be touched now."""
        with self._connection.write() as db:
            desk_display.put_glass(db, screen, targets)

    def glass(self) -> Glass | None:
        """What is on the glass now."""
        with self._connection.snapshot() as db:
            return desk_display.glass(db)

    def ask_help(self, press: str, place: str, at: datetime) -> None:
        """A visitor asked for a person at `place` of the kiosk; the same press again changes nothing."""
        with self._connection.write() as db:
            desk_help.ask(db, press, place, at)

    def help(self) -> HelpCall | None:
        """The last call for help as it stands now."""
        with self._connection.snapshot() as db:
            return desk_help.newest(db)

    def open_help(self) -> list[HelpCall]:
        """Calls for help that are not over, oldest first."""
        with self._connection.snapshot() as db:
            return desk_help.open_calls(db)

    def note_help(self, press: str, state: HelpState, by: str = "", server_id: str = "") -> None:
        """What the desk said of a call; what is over stays over."""
        with self._connection.write() as db:
            desk_help.note(db, press, state, by, server_id)

    def ask(self, ask_id: str, kind: AskKind, about: str, at: datetime) -> None:
        """A visitor's question to the hall; the same one again changes nothing."""
        with self._connection.write() as db:
            desk_asks.ask(db, ask_id, kind, about, at)

    def asked(self, ask_id: str) -> Ask | None:
        """The question as it stands now."""
        with self._connection.snapshot() as db:
            return desk_asks.asked(db, ask_id)

    def waiting_asks(self) -> list[Ask]:
        """Questions without an answer, oldest first."""
        with self._connection.snapshot() as db:
            return desk_asks.waiting(db)

    def forget_receipts(self) -> None:
        """Drop what the visitor asked by a receipt number."""
        with self._connection.write() as db:
            if desk_asks.forget_receipts(db) == 0:
                return
        self._connection.checkpoint()

    def forget_glass(self) -> None:
        """Drop what could be touched: keys may be named by what the visitor typed or wrote."""
        with self._connection.write() as db:
            desk_display.forget_glass(db)
        self._connection.checkpoint()

    def decide(self, ask_id: str, state: AskState, position: Position = nothing_known, reason: str = "") -> bool:
        """What became of a question; False when that was decided before."""
        with self._connection.write() as db:
            secret = (known := desk_asks.asked(db, ask_id)) is not None and "?" in known.about
            decided = desk_asks.decide(db, ask_id, state, position, reason)
        if secret:
            self._connection.checkpoint()  # the log still has the page with the digits
        return decided

    def wish(self, hashes: Collection[str], at: datetime) -> None:
        """Ask for attached files by hash; call it also every minute for those that are being shown."""
        with self._connection.write() as db:
            desk_wishes.wish(db, hashes, at)

    def wishes(self, now: datetime) -> Wishes:
        """How long ago screens asked for each file."""
        with self._connection.snapshot() as db:
            return desk_wishes.wishes(db, now)

    def said(self) -> dict[str, int]:
        """How often each calling was said aloud here."""
        with self._connection.snapshot() as db:
            return desk_voice.said(db)

    def note_said(self, call: str, at: datetime) -> None:
        """A calling was said once more, to its end."""
        with self._connection.write() as db:
            desk_voice.note_said(db, call, at)

    def next_print(self, now: datetime) -> Print | None:
        """The next ticket to put on paper."""
        with self._connection.snapshot() as db:
            return desk_prints.following(db, now)

    def print_of(self, press: str) -> Print:
        """How the paper of a press stands."""
        with self._connection.snapshot() as db:
            return desk_prints.of(db, press)

    def note_print(self, press: str, state: PrintState, at: datetime, reason: str = "") -> None:
        """What becomes of it; `wanted` asks for another copy."""
        with self._connection.write() as db:
            desk_prints.note(db, press, state, at, reason)

    def print_large(self, press: str, at: datetime) -> None:
        """This ticket is for somebody who reads large letters."""
        with self._connection.write() as db:
            desk_prints.want_large(db, press, at)

    def paper_owed(self, number: str, now: datetime) -> str:
        """The press of today whose paper may not have come out, by its number; empty when there is none."""
        with self._connection.snapshot() as db:
            return desk_prints.owed(db, number, now)

    def print_plain(self, press: str, at: datetime) -> None:
        """A paper for somebody who knows the number alone."""
        with self._connection.write() as db:
            desk_prints.want_plain(db, press, at)

    def resume_prints(self) -> None:
        """A screen starts: what was being printed when the last one ended is unsure."""
        with self._connection.write() as db:
            desk_prints.resume(db)
            desk_handouts.resume(db)

    def drop_late_prints(self, now: datetime, reason: str) -> int:
        """Give up what nobody waits for any more; how many."""
        with self._connection.write() as db:
            desk_handouts.drop_late(db, now)
            return desk_prints.drop_late(db, now, reason)

    def ask_handout(self, job: str, text: str, at: datetime, *, large: bool) -> None:
        """Ask for a notice slip on paper, in these words."""
        with self._connection.write() as db:
            desk_handouts.ask(db, job, text, at, large=large)

    def next_handout(self, now: datetime) -> HandoutJob | None:
        """The next notice slip to put on paper."""
        with self._connection.snapshot() as db:
            return desk_handouts.following(db, now)

    def handout(self, job: str) -> HandoutState:
        """How a notice slip stands."""
        with self._connection.snapshot() as db:
            return desk_handouts.state_of(db, job)

    def note_handout(self, job: str, state: HandoutState, reason: str = "") -> None:
        """What becomes of a notice slip."""
        with self._connection.write() as db:
            desk_handouts.note(db, job, state, reason)

    def parts(self) -> dict[str, str]:
        """How printer, paper and speaker are, as their screens said last."""
        with self._connection.snapshot() as db:
            return desk_voice.parts(db)

    def note_part(self, name: str, state: str, at: datetime) -> None:
        """Say how a part is; saying the same again writes nothing. A full disk hears it another time."""
        if self.parts().get(name) != state:
            with suppress(Full), self._connection.write() as db:
                desk_voice.note_part(db, name, state, at)

    def data_version(self) -> int:
        """Another number when the other process wrote."""
        return self._connection.data_version()

    def drop_pages(self) -> None:
        """Keep nothing of the file in memory: what a visitor wrote was read from it."""
        self._connection.drop_pages()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
