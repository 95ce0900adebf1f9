"""Carrying effects out in desk.db: presses, questions, calls for help, ratings, opinions (promises 8, 10, 11).

1. Every press has a fresh id, made where the finger was. After `limits.press_wait_ms` without an answer the screen
   takes the next leased number itself; the agent's late answer is then void.
2. When neither comes for `limits.press_patience_seconds`, the visitor is sent to the desk; the press is refused, so
   that no number is given for it later.
3. A question to the hall that has no answer for as long is given up: the visitor is told where to ask.
4. What cannot be given up because the disk is full is told as given up, and tried again at each look, before anything
   else is written: whoever looks for an answer later finds it refused. Nothing of it is shown to the next visitor.
5. What a life that was cut off had not given up is given up at the next start, as soon as nobody waits so long.
6. A rating or an opinion is a record of its own. What a visitor may ask about later has a receipt number, unique
   without the server (domain.cases.numbering).
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial

from content_sync.domain import limits
from content_sync.domain.ids import spelled
from content_sync.domain.records import Record
from content_sync.ports import Ids
from content_sync.storage.content import Full
from content_sync.storage.desk import AskKind, DeskStore
from kiosk.app import saying
from kiosk.flow.voices import Application, Poll, Said

_id_bytes = 16


class Deeds:
    """What a visitor's touches leave behind."""

    def __init__(self, desk: DeskStore, ids: Ids) -> None:
        self._desk, self._ids = desk, ids
        self._presses: dict[str, float] = {}
        self._questions: dict[str, float] = {}
        self._given_up: dict[str, Callable[[], object]] = {}  # not yet on the disk
        self._left = {press.id: datetime.fromisoformat(press.at) for press in desk.waiting_presses()}

    def ask_ticket(self, service: str, claim: str, at: datetime, moment: float, code: str = "") -> str:
        """Write a press down; `moment` is seconds of a steady clock. Returns the press's id."""
        press = spelled(self._ids.random(_id_bytes))
        self._desk.press(press, service, int(bool(claim)), at, claim, code)
        self._presses[press] = moment
        return press

    def ask(self, kind: AskKind, about: str, at: datetime, moment: float) -> str:
        """Write a question to the hall down; returns its id."""
        ask = spelled(self._ids.random(_id_bytes))
        self._desk.ask(ask, kind, about, at)
        self._questions[ask] = moment
        return ask

    def print_again(self, press: str, number: str, at: datetime) -> None:
        """Another paper of this press, or, for who knows the number alone, one without a code."""
        if press and self._desk.print_of(press).is_again:
            self._desk.note_print(press, "wanted", at)
        elif number and (owed := self._desk.paper_owed(number, at)):
            self._desk.print_plain(owed, at)

    def hand_out(self, text: str, at: datetime, *, large: bool) -> str:
        """Ask for a notice slip on paper; returns its id."""
        job = spelled(self._ids.random(_id_bytes))
        self._desk.ask_handout(job, text, at, large=large)
        return job

    def call_help(self, place: str, at: datetime) -> str:
        """Write a call for a person down; returns its press."""
        press = spelled(self._ids.random(_id_bytes))
        self._desk.ask_help(press, place, at)
        return press

    def wait(self, at: datetime, moment: float, unreachable: str) -> list[str]:
        """Rules 1 to 5, called often; `unreachable` is the sentence of a refusal.

        Returns what was given up now on a full disk: the visitor still has to be told (rule 4).
        """
        before = set(self._given_up)
        self._look_at_left(at, unreachable)
        self._look_at_presses(at, moment, unreachable)
        self._look_at_questions(moment)
        with suppress(Full):  # rule 4
            for given_up, write in list(self._given_up.items()):
                write()
                del self._given_up[given_up]
        return [given_up for given_up in self._given_up if given_up not in before]

    def _look_at_left(self, at: datetime, unreachable: str) -> None:
        """Rule 5; a clock that was turned back says nothing about how long it was."""
        for press, since in list(self._left.items()):
            if not 0 <= (at - since).total_seconds() < limits.press_patience_seconds:
                del self._left[press]
                self._given_up[press] = partial(self._desk.refuse, press, unreachable)

    def _look_at_presses(self, at: datetime, moment: float, unreachable: str) -> None:
        """Rules 1 and 2."""
        for press, since in list(self._presses.items()):
            if self._desk.pressed(press).state != "waiting":
                del self._presses[press]
            elif moment - since >= limits.press_patience_seconds:
                del self._presses[press]
                self._given_up[press] = partial(self._desk.refuse, press, unreachable)
            elif moment - since >= limits.press_wait_ms / 1000:
                with suppress(Full):  # the agent may find room to answer, or patience ends
                    self._desk.take_leased(press, at, self._ids)

    def is_waiting(self) -> bool:
        """Whether a press still has no number, or a question no answer."""
        return bool(self._presses or self._questions)

    def rate(self, ticket: str, level: int, reasons: tuple[str, ...], at: datetime) -> None:
        """One rating into the outbox."""
        self._record("rating", {"ticket": ticket, "level": level, "reasons": ",".join(reasons)}, at)

    def said(self, page: Said, at: datetime, records_key: bytes) -> str:
        """What a page says into the outbox; returns its receipt number, of a panel's sheet the record's id.

        An application and a panel's sheet are sealed first: nothing of them is stored in clear. Empty, and nothing is
        stored, when there is no key to seal it with.
        """
        sealed = isinstance(page, Application) or (isinstance(page, Poll) and page.code)
        if sealed and not records_key:
            return ""
        kind, body = saying.body_of(page, records_key)
        if kind == "panel":
            return self._record(kind, body, at)
        if kind in ("answers", "verdict"):  # nothing new to ask by later
            self._record(kind, body, at)
            return ""
        return self._receipted(kind, body, at)

    def _look_at_questions(self, moment: float) -> None:
        """Rule 3."""
        for ask, since in list(self._questions.items()):
            found = self._desk.asked(ask)
            is_open = found is not None and found.state == "waiting"
            if not is_open or moment - since >= limits.press_patience_seconds:
                del self._questions[ask]
                if is_open:
                    self._given_up[ask] = partial(self._desk.decide, ask, "unreached")

    def _record(self, kind: str, body: Mapping[str, str | int], at: datetime) -> str:
        record = self._made(kind, body, at)
        self._desk.add_record(record)
        return record.id

    def _receipted(self, kind: str, body: Mapping[str, str | int], at: datetime) -> str:
        return self._desk.add_with_receipt(self._made(kind, body, at))

    def _made(self, kind: str, body: Mapping[str, str | int], at: datetime) -> Record:
        return Record(spelled(self._ids.random(_id_bytes)), kind, "", at.isoformat(), body)
