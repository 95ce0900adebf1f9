"""Sheets of questionnaires, each counted once (EVA-03); the rules are content_sync.domain.disclosure.polls.

1. Whether a sheet is taken says content_sync.domain.disclosure.sheets. Where the questionnaire is not known, the server
   above decides.
2. A questionnaire that was corrected keeps its sheets: those that do not fit its questions any more do not count.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, case, select

from content_sync.domain.disclosure import polls
from content_sync.domain.disclosure.polls import Ask, Tally
from content_sync.domain.disclosure.sheets import Why, why_not
from content_sync.domain.errors import Refused
from content_sync.wire.items import parse_item
from display_server.database.tables.content import published, versions
from display_server.database.tables.visitors import panels, poll_sheets

_refusals: Mapping[Why, str] = {
    "over": "This questionnaire is over.",
    "unfit": "This sheet does not fit the questions as they stand now.",
}


def add_sheet(connection: Connection, record: str, poll: str, answers: str, made_at: str) -> None:
    """Count one sheet, inside the caller's transaction. Raises Refused for one that may not be taken (rule 1)."""
    check(connection, poll, answers, made_at)
    connection.execute(poll_sheets.insert().values(record=record, poll=poll, answers=answers, day=made_at[:10]))


def check(connection: Connection, poll: str, answers: str, made_at: str) -> bool:
    """Whether the questionnaire is known here. Raises Refused when it takes no such sheet (rule 1)."""
    row = shown(connection, poll)
    why = why_not(parse_item(row.body), polls.parse(answers), datetime.fromisoformat(made_at)) if row else None
    if why:
        raise Refused(_refusals[why])
    return row is not None


def shown(connection: Connection, poll: str) -> Row[Any] | None:
    """The version of the questionnaire that is published, or the newest there is when it is published no longer."""
    version = select(published.c.version).where(published.c.item == poll).scalar_subquery()
    asked = select(versions).where(versions.c.item == poll)
    order = (case((versions.c.version == version, 0), else_=1), versions.c.version.desc())
    return connection.execute(asked.order_by(*order)).first()


def known(connection: Connection) -> set[str]:
    """What was published or answered here, or has a panel."""
    named = select(published.c.item).union(select(poll_sheets.c.poll), select(panels.c.poll))
    return set(connection.execute(named).scalars())


def tally(connection: Connection, poll: str, questions: tuple[Ask, ...]) -> tuple[int, tuple[Tally, ...]]:
    """How many sheets count, and what they say (rule 2)."""
    rows = connection.execute(select(poll_sheets.c.answers).where(poll_sheets.c.poll == poll)).scalars()
    return polls.tally(questions, map(polls.parse, rows))
