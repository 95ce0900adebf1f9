"""The page on which editors turn answers, results of supervision and of questionnaires into drafts."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from content_sync.domain.errors import Refused
from display_server.access import Actor
from display_server.cases import reports
from display_server.database.engine import Database
from display_server.desk import answering, polling, reporting
from display_server.web.current import actor, database, signed_in

blueprint = Blueprint("answers", __name__, template_folder="templates")


@blueprint.get("/answers")
@signed_in
def listing() -> ResponseReturnValue:
    """Everything that waits to be made public."""
    db, who = database(), actor()
    facts = {"results": reporting.waiting(db, who), "polls": polling.waiting(db, who), "findings": reports.findings}
    rows = answering.waiting(db, who)
    with db.read() as connection:
        boards = _boards(connection, rows)
    return render_template("answers/listing.html", rows=rows, boards=boards, **facts)


@blueprint.post("/answers/<number>")
@signed_in
def draft(number: str) -> ResponseReturnValue:
    """Make a draft of one answer."""
    return _drafted(answering.draft, number)


@blueprint.post("/answers/reports/<number>")
@signed_in
def result(number: str) -> ResponseReturnValue:
    """Make a draft of one result of supervision."""
    return _drafted(reporting.draft, number)


@blueprint.post("/answers/polls/<poll>")
@signed_in
def poll(poll: str) -> ResponseReturnValue:
    """Make a draft of the result of one questionnaire."""
    return _drafted(polling.draft, poll)


def _boards(connection: Connection, rows: list[Row[Any]]) -> dict[str, list[str]]:
    """The boards for each number; none where no unit above has a channel, which its draft says when it is made."""
    known = dict[tuple[str, str], list[str]]()
    for row in rows:
        if (row.unit, row.site) not in known:
            try:
                known[row.unit, row.site] = answering.boards_of(connection, row)[1]
            except Refused:
                known[row.unit, row.site] = []
    return {row.number: known[row.unit, row.site] for row in rows}


def _drafted(step: Callable[[Database, Actor, str], str], which: str) -> ResponseReturnValue:
    try:
        item = step(database(), actor(), which)
    except Refused as error:
        flash(str(error))
        return redirect(url_for("answers.listing"), 303)
    return redirect(url_for("authoring.edit", item=item), 303)
