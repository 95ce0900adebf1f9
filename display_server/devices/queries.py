"""Reading devices, and what was on a board when (OFF-06, promise 17)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from display_server.database import mirrored
from display_server.database.prepared import Prepared
from display_server.database.tables.content import editions
from display_server.database.tables.devices import devices
from display_server.database.tables.records import display_log

_by_token_hash = Prepared(select(devices).where(devices.c.token_hash == bindparam("token_hash")))


@dataclass(frozen=True)
class Device:
    """An enrolled device, as a request from it is answered. `public_key` is empty for one that sends no records."""

    id: str
    kind: str
    site: str
    channels: tuple[str, ...]
    public_key: str


def as_device(row: Row[Any]) -> Device:
    """A row of `devices` as views know it."""
    return Device(row.id, row.kind, row.site, tuple(row.channels.split(",")), row.public_key)


def by_token_hash(connection: Connection, token_hash: str) -> Row[Any] | None:
    """The device with this token, also a revoked one."""
    found: Row[Any] | None = _by_token_hash.first(connection, token_hash=token_hash)
    return found


def by_id(connection: Connection, device: str) -> Row[Any] | None:
    """The device with this id."""
    return connection.execute(select(devices).where(devices.c.id == device)).first()


def every(connection: Connection) -> list[Row[Any]]:
    """All devices, by id."""
    return list(connection.execute(select(devices).order_by(devices.c.id)))


def newest_editions(connection: Connection, wanted: tuple[str, ...]) -> dict[str, int]:
    """The number of the newest finished edition of each channel; 0 where there is none."""
    asked = (
        select(editions.c.channel, func.max(editions.c.number).label("number"))
        .where(editions.c.channel.in_(wanted), editions.c.done == 1)
        .group_by(editions.c.channel)
    )
    found = mirrored.editions(connection) | {row.channel: row.number for row in connection.execute(asked)}
    return {channel: found.get(channel, 0) for channel in wanted}


# what a display record without an item says in place of a hash: content was hidden, or it was night
without_item: dict[str, str] = {"blank": "公开内容已撤下", "quiet": "夜间：只有时钟和电话"}


def shown_at(connection: Connection, device: str, at: str) -> list[Row[Any]]:
    """What the device said was on its screens at an instant; empty: the server does not know."""
    asked = select(display_log).where(
        display_log.c.device == device, display_log.c.started <= at, display_log.c.ended > at
    )
    return list(connection.execute(asked.order_by(display_log.c.screen, display_log.c.item)))
