"""Carrying out what touches ask for besides a picture (kiosk.flow.effects): into desk.db, onto paper, to staff.

1. What comes of it (the press's id, a receipt) is told as another action; nothing of the visitor is kept here.
2. Paper shows the version that stood on the glass, or is not printed.
"""

from collections.abc import Callable
from contextlib import suppress

from content_sync.domain.disclosure.guides import Guide
from content_sync.storage.content import Full
from kiosk.app.deeds import Deeds
from kiosk.app.gather import Gatherer
from kiosk.app.printing import handout_text
from kiosk.app.staff import StaffDesk
from kiosk.flow import actions
from kiosk.flow.effects import (
    AskPosition,
    AskReceipt,
    AskTicket,
    Effect,
    JudgePin,
    PrintTicket,
    PutHandout,
    PutReceipt,
    ReadHealth,
    ReturnTicket,
    RingForHelp,
    RunStick,
    StoreRating,
    StoreSaid,
    Wipe,
)
from kiosk.flow.handout import handout
from kiosk.flow.receipt_slip import receipt_slip
from kiosk.flow.state import State
from kiosk.flow.words import Words


class Doing:
    """One window's hands. `then` takes the action that follows (rule 1), `wipe` forgets the visitor."""

    def __init__(
        self, gatherer: Gatherer, deeds: Deeds, words: Callable[[str], Words], staff: StaffDesk | None,
        then: Callable[[object, float], None], wipe: Callable[[], None],
    ) -> None:  # fmt: skip
        self._gatherer, self._deeds, self._words, self._staff = gatherer, deeds, words, staff
        self._then, self._wipe = then, wipe

    def carry_out(self, effect: Effect, state: State, moment: float) -> None:
        """What the state of the visitor asks for besides a picture; what comes of it is told as another action."""
        now = self._gatherer.now()
        if isinstance(effect, AskTicket):
            press = self._deeds.ask_ticket(effect.service, effect.claim, now, moment, effect.code)
            if state.elder:
                with suppress(Full):  # the number counts, also in small letters
                    self._gatherer.desk.print_large(press, now)
            self._then(actions.Pressed(press), moment)
        elif isinstance(effect, AskPosition):
            self._then(actions.Asked(self._deeds.ask("position", effect.number, now, moment)), moment)
        elif isinstance(effect, AskReceipt):
            self._then(actions.Asked(self._deeds.ask("receipt", effect.about, now, moment)), moment)
        elif isinstance(effect, ReturnTicket):
            asked = self._deeds.ask("give-back", effect.press, now, moment)
            self._then(actions.Asked(asked, back=True), moment)
        elif isinstance(effect, PrintTicket):
            self._deeds.print_again(effect.press, effect.number, now)
        elif isinstance(effect, (PutHandout, PutReceipt)):
            self._put_on_paper(effect, state, moment)
        elif isinstance(effect, RingForHelp):
            self._then(actions.Called(self._deeds.call_help(effect.place, now)), moment)
        elif isinstance(effect, StoreRating):
            self._deeds.rate(effect.ticket, effect.level, effect.reasons, now)
        elif isinstance(effect, StoreSaid):
            self._then(actions.Received(self._deeds.said(effect.page, now, self._gatherer.records_key())), moment)
        elif isinstance(effect, Wipe):
            self._wipe()
        elif self._staff:
            self._carry_out_for_staff(self._staff, effect, moment)

    def _carry_out_for_staff(self, staff: StaffDesk, effect: Effect, moment: float) -> None:
        if isinstance(effect, JudgePin) and staff.opens(effect.digits, moment):
            self._then(actions.Admitted(), moment)
        elif isinstance(effect, ReadHealth):
            staff.read_health(moment)
        elif isinstance(effect, RunStick):
            staff.run_stick(effect.what, moment)

    def _put_on_paper(self, effect: PutHandout | PutReceipt, state: State, moment: float) -> None:
        """Of the version on the glass, or not at all: the next picture shows the newer one, to be touched again."""
        view, words = self._gatherer.view(state, None), self._words(state.language)
        if isinstance(effect, PutReceipt):
            made = receipt_slip(effect.what, effect.receipt, view.site, view.now, words)
        elif view.item and view.item[1] == effect.shown and isinstance(view.item[0].body, Guide):
            facts = (effect.answers, view.site, view.county, view.now, words)
            made = handout(view.item[0], view.item[0].body, *facts)
        else:
            return
        job = self._deeds.hand_out(handout_text(made), view.now, large=state.elder)
        self._then(actions.HandedOut(job), moment)
