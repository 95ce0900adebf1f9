"""What stands above a window, or beside it on the pad: its number, who serves there, whom it calls (GUI-05).

1. Nobody sits there: 暂停服务, with the reason where one was given. The plate is dark.
2. Only the plate's own facts are shown, no picture, and of a visitor only the number.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.domain.county import Site, StaffPlate, Window
from content_sync.domain.hall.queue import at_window
from display_server.database import sites
from display_server.database.tables.queue import seats
from display_server.queue import queries
from display_server.queue.seats import reasons


@dataclass(frozen=True)
class Face:
    """A window as visitors see it. `staff` is empty when nobody sits there, `why` then says why, perhaps."""

    site: Site
    window: Window
    staff: str
    plate: StaffPlate | None
    why: str
    current: Row[Any] | None

    @property
    def version(self) -> str:
        """Changes whenever anything shown changes."""
        current = self.current and (self.current.id, self.current.state, self.current.call)
        facts = (self.window, self.staff, self.plate, self.why, current)
        return hashlib.sha256(str(facts).encode()).hexdigest()[:16]


def of(connection: Connection, site_id: str, window_id: str, day: str) -> Face:
    """The face of a window now. Raises Refused for a window that does not exist."""
    site = sites.site(connection, site_id)
    window = sites.window_of(site, window_id)
    row = connection.execute(select(seats).where(seats.c.site == site.id, seats.c.window == window.id)).first()
    sits = row is not None and bool(row.account)
    staff = row.plate if row is not None and sits else ""
    current = queries.current(connection, site.id, day, window.id)
    return Face(
        site=site,
        window=window,
        staff=staff,
        plate=next((one for one in site.staff if staff and one.name == staff), None),
        why=reasons.get(row.why, "") if row is not None and not sits else "",
        current=current if current and current.state in at_window else None,
    )
