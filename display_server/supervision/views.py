"""The supervisor's pages (HAL-10, B6.2): what is late, the cards that were given, one matter's whole chain, the seal.

1. Supervision reads everything of its units and changes nothing: there is no form here and no address that takes one.
2. Signals are read when the page is asked for; cards are what was put on record, also of what is long closed.
3. The seal of the newest record stands on the page: written down on paper today, it proves tomorrow that nothing before
   it was changed or cut off.
"""

from collections import Counter

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from content_sync.clock import place
from content_sync.domain.cases.clocks import signal_words
from content_sync.domain.errors import Refused
from display_server.access import check
from display_server.cases import clocks, lateness
from display_server.database import audit
from display_server.supervision import cards, matters, story
from display_server.web import span
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("supervision", __name__, url_prefix="/supervision", template_folder="templates")
_digits_max = 12
_first_signals = ("red", "yellow", "unknown")


@blueprint.get("")
@signed_in
def page() -> ResponseReturnValue:
    """Every clock that is late, soon due, or of unknown date; the others counted."""
    check(actor(), "inspect")
    with database().read() as connection:
        every = clocks.running(database(), connection, actor().units)
        running = [one for one in every if one.kind in cards.seen_by(actor())]
        shown = sorted((one for one in running if one.state in _first_signals), key=lambda one: _rank(one.state))
        explained = {one.subject for one in shown if one.state == "red" and lateness.reasons(connection, one.subject)}
        names = matters.names(connection)
    return render_template(
        "supervision/page.html",
        counts=Counter(one.state for one in running),
        clocks=shown,
        explained=explained,
        names=names,
        signals=signal_words,
        kinds=cards.kinds,
    )


@blueprint.get("/given")
@signed_in
def given() -> ResponseReturnValue:
    """The cards given in some days, this month without any."""
    check(actor(), "inspect")
    today = database().config.clock.now().astimezone(place).date()
    until = span.day("last", today)
    first, last = map(str, span.checked(span.day("first", min(today.replace(day=1), until)), until))
    with database().read() as connection:
        found = [one for one in cards.within(connection, first, last) if _may_see(one.card.kind, one.card.unit)]
        names = matters.names(connection)
    return render_template(
        "supervision/given.html",
        given=found,
        counts=Counter(one.card.colour for one in found),
        colours=cards.colours,
        kinds=cards.kinds,
        names=names,
        first=first,
        last=last,
    )


@blueprint.get("/matter/<subject>")
@signed_in
def matter(subject: str) -> ResponseReturnValue:
    """One matter: its clock, who had it when, its cards and its complete chain."""
    check(actor(), "inspect")
    with database().read() as connection:
        found = matters.found(database(), connection, subject)
        if found is None or not _may_see("rating" if found.kind == cards.kinds["rating"] else "", found.unit):
            raise Refused(f"没有编号为 {subject[:40]} 的事项。")
        names, events = matters.names(connection), audit.of(connection, subject)
    return render_template(
        "supervision/matter.html",
        matter=found,
        names=names,
        signals=signal_words,
        steps=story.steps(events, names),
        held=story.held(events, names),
    )


@blueprint.get("/log")
@signed_in
def log() -> ResponseReturnValue:
    """The log's length and seal; `check` verifies it from its first record on, `seq` shows an earlier record's seal."""
    check(actor(), "inspect")
    asked = request.args.get("seq", "")
    with database().read() as connection:
        newest, length = audit.newest(connection), audit.length(connection)
        fault = audit.first_fault(connection) if "check" in request.args else None
        earlier = audit.record(connection, int(asked)) if asked.isdecimal() and len(asked) <= _digits_max else None
    facts = {"newest": newest, "length": length, "fault": fault}
    return render_template("supervision/log.html", asked=asked, earlier=earlier, **facts)


def _may_see(kind: str, unit: str) -> bool:
    """Whether a matter of this unit is for this account; of bad ratings see `Actor.may_judge`."""
    return actor().may_judge(unit) if kind == "rating" else actor().may("inspect", unit)


def _rank(state: str) -> int:
    return _first_signals.index(state)
