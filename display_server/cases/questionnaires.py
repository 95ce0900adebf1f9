"""Sheets of questionnaires, each counted once (EVA-03); the rules are content_sync.domain.disclosure.polls.

1. A sheet counts only when it was filled in before the questionnaire's end. Where the questionnaire is not known, the
   server above decides.
2. A questionnaire that was corrected keeps its sheets: those that do not fit its questions any more do not count.
"""

from typing import Any

from sqlalchemy import Connection, Row, case, select

from content_sync.domain.disclosure import polls
from content_sync.domain.disclosure.polls import Ask, Tally
from content_sync.domain.errors import Refused
from display_server.database.tables.content import published, versions
from display_server.database.tables.visitors import panels, poll_sheets


def add_sheet(connection: Connection, record: str, poll: str, answers: str, made_at: str) -> None:
    """Count one sheet, inside the caller's transaction. Raises Refused for one that is too late (rule 1)."""
    until = (known := shown(connection, poll)) and known.shown_until
    if until and made_at >= until:
        raise Refused("This questionnaire is over.")
    connection.execute(poll_sheets.insert().values(record=record, poll=poll, answers=answers, day=made_at[:10]))


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
