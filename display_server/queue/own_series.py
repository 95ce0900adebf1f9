"""Giving each kiosk a series of its own (the rules: domain.hall.series)."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.domain import limits
from content_sync.domain.errors import Refused
from content_sync.domain.hall.series import free
from content_sync.domain.ids import checked_id
from display_server.database import sites
from display_server.database.engine import Database
from display_server.database.tables.devices import devices
from display_server.database.tables.queue import series
from display_server.queue import log


def give(db: Database, device: str, site_id: str, desk: str) -> str:
    """The series letter of one desk of a kiosk; the same desk gets the same. Raises Refused when none is left."""
    checked_id(desk, "desk")
    at, _ = log.stamp(db)
    with db.write() as connection:
        site = sites.site(connection, site_id).id
        rows = connection.execute(select(series).where(series.c.site == site)).all()
        for row in rows:
            if (row.device, row.desk) == (device, desk):
                return str(row.letter)
        kept = [row for row in rows if not _has_rested(connection, row, rows, at)]  # rule 5
        letter = free("".join(row.letter for row in kept))
        if not letter:
            raise Refused(f"There is no series left at {site}: revoke kiosks that are no longer there.")
        connection.execute(series.delete().where(series.c.site == site, series.c.letter == letter))
        values = {"site": site, "letter": letter, "device": device, "desk": desk, "given_at": at, "used_at": at}
        connection.execute(series.insert().values(**values))
    return letter


def of_device(connection: Connection, device: str, letter: str) -> Row[Any] | None:
    """The series of this letter, if a desk of this device has or had it."""
    asked = select(series).where(series.c.device == device, series.c.letter == letter)
    return connection.execute(asked.order_by(series.c.given_at.desc()).limit(1)).first()


def used(connection: Connection, row: Row[Any], at: str) -> None:
    """A number of the series was handed in."""
    here = (series.c.site == row.site, series.c.letter == row.letter)
    connection.execute(series.update().where(*here).values(used_at=at))


def _has_rested(connection: Connection, row: Row[Any], rows: "list[Row[Any]] | Any", at: str) -> bool:
    rest = timedelta(days=limits.series_rest_days)
    if datetime.fromisoformat(at) - datetime.fromisoformat(row.used_at) < rest:
        return False
    newer = any(other.device == row.device and other.given_at > row.given_at for other in rows)
    state = connection.execute(select(devices.c.state).where(devices.c.id == row.device)).scalar()
    return newer or state in {None, "revoked"}
