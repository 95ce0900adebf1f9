"""After a ticket is finished: an invitation to rate, the rating, and the case of a bad one (EVA-05).

1. A finished ticket is invited for `limits.invitation_minutes`; nobody is made to rate, and a walk-away stores nothing.
2. One rating for each finished ticket, given at its own site. A bad one opens exactly one case, which names the
   service and nothing that leads to the visitor, except a `contact` that they chose to leave; of a rating that is not
   bad a contact is not kept.
3. A level of either scale is taken, whichever the hall asks for: a kiosk that was cut off may not know of the change.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.clock import place
from content_sync.domain import limits
from content_sync.domain.errors import BadInput
from content_sync.domain.hall import ratings as rules
from display_server.cases.service import Opening, open_case
from display_server.database import instants, sites
from display_server.database.engine import Database
from display_server.database.tables.queue import tickets
from display_server.database.tables.records import ratings
from display_server.queue import queries as queue
from display_server.ratings import service


def invitations(db: Database, connection: Connection, site: str) -> list[Row[Any]]:
    """Tickets finished lately and not rated yet, the last one first (rule 1)."""
    now, patience = db.config.clock.now().astimezone(place), timedelta(minutes=limits.invitation_minutes)
    since, days = instants.text_of(now - patience), {now.date().isoformat(), (now - patience).date().isoformat()}
    asked = (
        select(tickets)
        .outerjoin(ratings, ratings.c.ticket == tickets.c.id)
        .where(tickets.c.site == site, tickets.c.day.in_(days), tickets.c.state == "finished")  # by the index of a day
        .where(tickets.c.finished > since, ratings.c.ticket.is_(None))
    )
    return list(connection.execute(asked.order_by(tickets.c.finished.desc()).limit(limits.calls_shown_max)))


def rate(
    db: Database, connection: Connection, at_site: str, record: str, body: Mapping[str, str | int], contact: str = ""
) -> None:
    """Keep a rating, and open the case of a bad one, inside the caller's transaction (rule 2).

    `contact` comes from a page of this server only, never from a record: records are kept and passed up.
    """
    if len(contact) > limits.contact_chars_max:
        raise BadInput(f"联系方式最多 {limits.contact_chars_max} 字。")
    ticket = queue.by_id(connection, str(body.get("ticket")))
    if ticket is not None and ticket.site != at_site:
        ticket = None
    level = service.rate(connection, record, body, ticket)
    assert ticket is not None  # a rating of no ticket is refused
    db.announce(connection, "queue", {"site": ticket.site})  # the invitation is answered
    if rules.is_bad(level):
        site = sites.site(connection, ticket.site)
        name = next((s.name for s in site.services if s.id == ticket.service), ticket.service)
        words = rules.levels_of(site.rules.rating_levels).get(level, rules.levels[level])
        facts = (record, "rating", site.id, site.unit, f"{name}：{words}", str(body.get("reasons", "")))
        open_case(db, connection, Opening(*facts, contact=contact))
