"""Reading cases."""

from typing import Any

from sqlalchemy import Connection, Row, func, select

from content_sync.domain import limits
from display_server.database.tables.records import cases


def by_number(connection: Connection, number: str) -> Row[Any] | None:
    """The case with this number."""
    return connection.execute(select(cases).where(cases.c.number == number)).first()


def listed(connection: Connection, units: frozenset[str], kinds: tuple[str, ...]) -> list[Row[Any]]:
    """Cases of these units (`*`: of every unit) and kinds: the unanswered, the oldest first; then the last answered.

    What was told to a leader stands before the others.
    """
    asked = select(cases).where(cases.c.kind.in_(kinds))
    if "*" not in units:
        asked = asked.where(cases.c.unit.in_(sorted(units)))
    waiting = asked.where(cases.c.answered_at == "").order_by(cases.c.escalated_at == "", cases.c.opened_at)
    answered = asked.where(cases.c.answered_at != "").order_by(cases.c.opened_at.desc())
    return [*connection.execute(waiting), *connection.execute(answered.limit(limits.answered_shown_max))]


def opened_on(connection: Connection, day: str) -> int:
    """How many cases were opened on a day; their numbers start with it."""
    asked = select(func.count()).select_from(cases).where(cases.c.number.startswith(f"{day}-"))
    return int(connection.execute(asked).scalar_one())
