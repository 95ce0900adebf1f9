"""How a visitor is asked on a pad or a phone (EVA-05, N-05): levels alike, reasons to tap or not, nothing assumed.

1. The levels are the hall's; none is larger, none is chosen in advance. A level alone stores nothing: it is sent.
2. Reasons are the kiosk's own codes, so that all ratings can be added.
3. One ticket is rated once. A second sending of the same form has nothing to add, and says thanks all the same.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row

from content_sync.domain import limits
from content_sync.domain.county import Site
from content_sync.domain.errors import BadInput
from content_sync.domain.hall.ratings import levels_of
from content_sync.domain.ids import spelled
from display_server.database.engine import Database
from display_server.desk import finishing
from display_server.ratings import queries as ratings

_good = ("fast", "kind", "clear", "once")
_bad = ("slow", "rude", "unclear", "again", "paper", "money")


def reasons_of(level: int) -> tuple[str, ...]:
    """The reasons offered with a level (rule 2)."""
    return _good if level > 3 else _bad


def level_of(site: Site, text: str) -> int:
    """The level that was tapped. Raises BadInput for what the hall does not ask."""
    if text.isascii() and text.isdigit() and len(text) == 1 and int(text) in levels_of(site.rules.rating_levels):
        return int(text)
    raise BadInput("没有这一档评价，请重新点一下。")


def keep(
    db: Database,
    connection: Connection,
    ticket: Row[Any],
    level: int,
    tapped: Iterable[str],
    contact: str = "",
) -> None:
    """Keep the rating of a finished ticket inside the caller's transaction (rule 3)."""
    if ratings.is_rated(connection, ticket.id):
        return
    known = [one for one in reasons_of(level) if one in set(tapped)]
    record = spelled(db.config.ids.random(limits.ticket_id_bytes))
    body: dict[str, str | int] = {"ticket": ticket.id, "level": level, "reasons": ",".join(known)}
    finishing.rate(db, connection, ticket.site, record, body, contact)
