"""Giving yellow and red cards (HAL-10, HAL-05).

1. A clock that turns yellow or red gets that card, once for each due date; a clock that was red before anybody looked
   gets its red one.
2. What was finished late while this server was off gets its red card afterwards, within `limits.late_days_looked_back`.
3. Nobody gives or takes a card by hand: the upkeep looks every `limits.cards_seconds`.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from content_sync.domain import limits
from display_server.cases import clocks
from display_server.database import instants
from display_server.database.engine import Database
from display_server.database.tables.core import audit
from display_server.database.tables.handlings import handling_replies, handlings
from display_server.database.tables.records import cases
from display_server.database.tables.visitors import applications
from display_server.supervision import cards
from display_server.supervision.cards import Card

_subject = "application-"


def give(db: Database) -> int:
    """Give every card that is due; how many were given. Writes nothing when there is none."""
    with db.read() as connection:
        due = [card for card in _due(db, connection) if not _has(connection, card)]
    if not due:
        return 0
    now = instants.text_of(db.config.clock.now())
    with db.write() as connection:
        new = [card for card in due if not _has(connection, card)]
        for card in new:
            cards.write(connection, now, card)
    return len(new)


def _has(connection: Connection, card: Card) -> bool:
    return any(given.card.is_for(card) for given in cards.of_case(connection, card.subject))


def _due(db: Database, connection: Connection) -> Iterator[Card]:
    for clock in clocks.running(db, connection, frozenset({"*"})):  # rule 1
        if clock.due is not None and clock.state in ("yellow", "red"):
            place = (clock.subject, clock.kind, clock.number, clock.site, clock.unit, clock.about)
            yield Card(clock.state, *place, clock.due.isoformat(), clock.owner)
    since = instants.text_of(db.config.clock.now() - timedelta(days=limits.late_days_looked_back))
    yield from _answered_late(connection, since)  # rule 2
    yield from _replied_late(connection, since)
    yield from _handled_late(connection, since)


def _answered_late(connection: Connection, since: str) -> Iterator[Card]:
    for row in connection.execute(select(cases).where(*_late(cases.c.due, cases.c.answered_at, since))):
        yield Card("red", row.number, row.kind, row.number, row.site, row.unit, row.about, row.due, row.handler)


def _replied_late(connection: Connection, since: str) -> Iterator[Card]:
    """Applications that were replied to after their last day; the audit log says when, and no older one is read."""
    number = func.substr(audit.c.subject, len(_subject) + 1)
    replies = select(applications).join(audit, applications.c.number == number)
    late = (audit.c.action == "application.reply", *_late(applications.c.due, audit.c.at, since))
    for row in connection.execute(replies.where(*late)):
        place = (row.number, row.site, row.unit, "政府信息公开申请")
        yield Card("red", f"{_subject}{row.number}", "application", *place, row.due, row.handler)


def _handled_late(connection: Connection, since: str) -> Iterator[Card]:
    """What was forwarded or ended late, and departments that replied late."""
    ended = func.coalesce(func.nullif(handlings.c.sent_at, ""), handlings.c.closed_at)
    kept = (*_late(handlings.c.due, ended, since), handlings.c.state != "voided")
    for row in connection.execute(select(handlings).where(*kept)):
        yield _of_handling(row, "handling", row.due, row.account)
    replies = (
        select(handlings, handling_replies.c.department, handling_replies.c.due.label("reply_due"))
        .join(handling_replies, handling_replies.c.handling == handlings.c.id)
        .where(*_late(handling_replies.c.due, handling_replies.c.replied_at, since))
    )
    for row in connection.execute(replies):
        yield _of_handling(row, "reply", row.reply_due, row.department)


def _late(due: ColumnElement[str], at: ColumnElement[str], since: str) -> tuple[ColumnElement[bool], ...]:
    return due != "", at > since, func.substr(at, 1, 10) > due


def _of_handling(row: Row[Any], kind: str, due: str, owner: str) -> Card:
    return Card("red", row.id, kind, row.number, row.site, row.unit, row.title, due, owner)
