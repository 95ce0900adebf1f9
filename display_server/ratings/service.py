"""Keeping one rating of one finished ticket, inside the caller's transaction."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row

from content_sync.domain import limits
from content_sync.domain.errors import BadInput
from content_sync.domain.hall import ratings as rules
from display_server.database.tables.records import ratings
from display_server.ratings import queries


def rate(connection: Connection, record: str, body: Mapping[str, str | int], ticket: Row[Any] | None) -> int:
    """Keep the rating and return its level. Raises Refused for a ticket that cannot be rated, BadInput for no level."""
    level, reasons = rules.checked_level(body.get("level")), str(body.get("reasons", ""))
    if len(reasons) > limits.rating_reasons_chars_max:
        raise BadInput(f"reasons has {len(reasons)} characters; {limits.rating_reasons_chars_max} are allowed.")
    rated = ticket is not None and queries.is_rated(connection, ticket.id)
    rules.refuse_unratable(ticket.state if ticket else None, rated=rated)
    assert ticket is not None  # refused above
    values = {
        "ticket": ticket.id,
        "record": record,
        "site": ticket.site,
        "service": ticket.service,
        "day": ticket.day,
        "level": level,
        "reasons": reasons,
    }
    connection.execute(ratings.insert().values(**values))
    return level
