"""Reading calls for help, and who may come."""

from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from content_sync.domain import limits
from display_server.access import roles_allowed
from display_server.database.tables.core import accounts
from display_server.database.tables.queue import seats
from display_server.database.tables.records import enquiries


def by_id(connection: Connection, enquiry: str) -> Row[Any] | None:
    """The enquiry with this id."""
    return connection.execute(select(enquiries).where(enquiries.c.id == enquiry)).first()


def by_press(connection: Connection, device: str, press: str) -> Row[Any] | None:
    """The enquiry that a press of this device made."""
    asked = select(enquiries).where(enquiries.c.device == device, enquiries.c.press == press)
    return connection.execute(asked).first()


def joined(connection: Connection, device: str, today: str, since: str) -> Row[Any] | None:
    """What another press on this device joins: what rings there since `today`, or was taken after `since`."""
    mine = (enquiries.c.device == device, enquiries.c.state != "closed", enquiries.c.opened_at >= today)
    fresh = or_(enquiries.c.state == "waiting", enquiries.c.taken_at > since)
    asked = select(enquiries).where(*mine, fresh).order_by(enquiries.c.opened_at.desc()).limit(1)
    return connection.execute(asked).first()


def open_at(connection: Connection, sites: list[str]) -> list[Row[Any]]:
    """Enquiries of these sites that are not closed: those that ring first, the longest waiting of them first."""
    asked = select(enquiries).where(enquiries.c.site.in_(sites), enquiries.c.state != "closed")
    rows = connection.execute(asked.order_by(enquiries.c.opened_at).limit(limits.enquiries_shown_max)).all()
    return sorted(rows, key=lambda row: row.state != "waiting")


def closed_at(connection: Connection, sites: list[str]) -> list[Row[Any]]:
    """The last closed enquiries of these sites, the newest first."""
    asked = select(enquiries).where(enquiries.c.site.in_(sites), enquiries.c.state == "closed")
    return list(connection.execute(asked.order_by(enquiries.c.closed_at.desc()).limit(limits.enquiries_shown_max)))


def ringing(connection: Connection, sites: list[str], today: str) -> int:
    """How many of today wait for anybody to come; what nobody answered yesterday rings no more."""
    asked = select(func.count()).where(
        enquiries.c.site.in_(sites), enquiries.c.state == "waiting", enquiries.c.opened_at >= today
    )
    return int(connection.execute(asked).scalar_one())


def clerks(connection: Connection, unit: str) -> dict[str, str]:
    """Who may be sent in this unit's halls: names of accounts with the names they are called by."""
    rows = connection.execute(select(accounts).where(accounts.c.active == 1).order_by(accounts.c.name))
    may = roles_allowed("call")
    return {
        row.name: row.display_name
        for row in rows
        if may & set(row.roles.split(",")) and {"*", unit} & set(row.units.split(","))
    }


def plate_of(connection: Connection, site: str, account: str) -> str:
    """The name on the plate that is lit for this account in the hall; empty when it sits nowhere."""
    asked = select(seats.c.plate).where(seats.c.site == site, seats.c.account == account)
    return str(connection.execute(asked).scalar() or "")
