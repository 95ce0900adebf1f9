"""Rows of accounts."""

from sqlalchemy import Connection, Row, func, select

from display_server.access import Actor
from display_server.database.tables.core import accounts


def account(connection: Connection, name: str) -> Row[tuple[object, ...]] | None:
    """The account with this name."""
    return connection.execute(select(accounts).where(accounts.c.name == name)).first()


def every_account(connection: Connection) -> list[Row[tuple[object, ...]]]:
    """All accounts, those in use first."""
    return list(connection.execute(select(accounts).order_by(accounts.c.active.desc(), accounts.c.name)))


def is_last_admin(connection: Connection, name: str) -> bool:
    """Whether this account is the only active administrator."""
    rows = connection.execute(select(accounts.c.name, accounts.c.roles).where(accounts.c.active == 1))
    return [row.name for row in rows if "admin" in row.roles.split(",")] == [name]


def size(connection: Connection) -> int:
    """How many accounts there are."""
    return connection.execute(select(func.count()).select_from(accounts)).scalar_one()


def as_actor(row: Row[tuple[object, ...]], via: str) -> Actor:
    """The account of a row as somebody who acts."""
    return Actor(
        name=str(row.name),
        display_name=str(row.display_name),
        roles=frozenset(str(row.roles).split(",")),
        units=frozenset(str(row.units).split(",")),
        via=via,
    )
