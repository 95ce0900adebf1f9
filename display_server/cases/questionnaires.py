"""Sheets of questionnaires, each counted once (EVA-03); the rules are content_sync.domain.disclosure.polls.

1. A sheet of a questionnaire that is published here counts only when it was filled in before the end of that. Where the
   questionnaire is not known, the server above decides.
"""

from sqlalchemy import Connection, select

from content_sync.domain.errors import Refused
from display_server.database.tables.content import published, versions
from display_server.database.tables.visitors import poll_sheets


def add_sheet(connection: Connection, record: str, poll: str, answers: str, made_at: str) -> None:
    """Count one sheet, inside the caller's transaction. Raises Refused for one that is too late (rule 1)."""
    here = (versions.c.item == published.c.item) & (versions.c.version == published.c.version)
    asked = select(versions.c.shown_until).join(published, here).where(published.c.item == poll)
    until = connection.execute(asked).scalar()
    if until and made_at >= until:
        raise Refused("This questionnaire is over.")
    connection.execute(poll_sheets.insert().values(record=record, poll=poll, answers=answers, day=made_at[:10]))
