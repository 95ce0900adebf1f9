"""What the busiest addresses answer, for the long way (views) and the short way (crowds) alike."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from content_sync.domain.hall.claims import checked_claim
from display_server.api_v1.bodies import TicketAsk
from display_server.database import sites
from display_server.database.engine import Database
from display_server.desk import finishing
from display_server.devices.queries import Device
from display_server.queue import blanking, boards, issuing, log
from display_server.queue.issuing import Issued


def ticket(db: Database, asking: Device, body: TicketAsk) -> Callable[[Connection], Issued]:
    """A step that gives a ticket; the same press gets the same ticket."""
    claim = checked_claim(body.claim) or body.priority
    return issuing.step(db, asking.id, asking.site, body.service, body.press, claim)


def queue(db: Database, connection: Connection, asking: Device) -> dict[str, Any]:
    """What boards show; touch devices also learn which tickets may be rated."""
    if not asking.site:
        return {"calls": [], "windows": []}
    _, day = log.stamp(db)
    site, since = sites.site(connection, asking.site), blanking.since(connection, asking.site)
    answer: dict[str, Any] = {
        "calls": boards.calls(connection, site, day),
        "windows": boards.windows(connection, site),
        "blank": bool(since),
        "blanked": since,
    }
    if asking.kind == "touch":
        answer["invitations"] = [
            {
                "ticket": row.id,
                "number": row.number,
                "window": boards.window_number(site, row.window),
                "at": row.finished,
            }
            for row in finishing.invitations(db, connection, site.id)
        ]
    return answer


def services(db: Database, connection: Connection, asking: Device) -> list[dict[str, Any]]:
    """What a ticket can be taken for at the device's site; nothing for a device without a hall."""
    if not asking.site:
        return []
    at, day = log.stamp(db)
    return boards.services(db.config, connection, sites.site(connection, asking.site), at, day)
