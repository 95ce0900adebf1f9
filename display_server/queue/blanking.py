"""Hiding the content of all boards of a hall at once, when something wrong is on them.

1. One press hides it; nobody is asked first. Every screen of the hall then shows calls, plates, phone and clock, and no
   item of any channel, whatever its kind: an emergency may be what is wrong.
2. Showing it again is a second, deliberate act: the person says that what comes back was looked at.
3. Hiding what is hidden changes nothing: since when, by whom and why stay as they were first said.
4. Both acts stand in the audit log with the account; the hall's devices are told in the same transaction.
5. A device that cannot reach the server keeps to what it was told last.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from content_sync.domain import limits
from content_sync.domain.county import Site
from content_sync.domain.errors import Refused
from display_server.access import Actor, check
from display_server.database import audit, sites
from display_server.database.engine import Database
from display_server.database.tables.queue import blanked
from display_server.queue import log


def mine(connection: Connection, actor: Actor) -> list[Site]:
    """The halls whose boards this account may blank."""
    return [site for site in sites.every(connection) if actor.may("blank", site.unit)]


def states(connection: Connection) -> dict[str, Row[Any]]:
    """Every hall that is blanked: since when, by whom, why."""
    return {row.site: row for row in connection.execute(select(blanked))}


def since(connection: Connection, site_id: str) -> str:
    """The instant at which the hall's boards were blanked; empty when they are not."""
    return str(connection.execute(select(blanked.c.since).where(blanked.c.site == site_id)).scalar() or "")


def blank(db: Database, actor: Actor, site_ids: Sequence[str], reason: str) -> int:
    """Hide the content of these halls' boards (rules 1, 3 and 4); how many were not hidden before."""
    at, _ = log.stamp(db)
    reason = reason.strip()[: limits.blank_reason_chars_max]
    with db.write() as connection:
        chosen = [_checked(connection, actor, site_id) for site_id in site_ids]
        known = states(connection)
        fresh = [site for site in chosen if site.id not in known]
        for site in fresh:
            connection.execute(blanked.insert().values(site=site.id, since=at, account=actor.name, reason=reason))
            audit.append(connection, at, actor.name, actor.via, "boards.blank", site.id, reason)
            db.announce(connection, "queue", {"site": site.id})
    return len(fresh)


def show(db: Database, actor: Actor, site_id: str, *, looked: bool) -> None:
    """Show it again. Raises Refused unless what comes back was looked at (rules 2 and 4)."""
    if not looked:
        raise Refused("请先核对内容，勾选“我已核对”，再恢复显示。")
    at, _ = log.stamp(db)
    with db.write() as connection:
        site = _checked(connection, actor, site_id)
        if connection.execute(blanked.delete().where(blanked.c.site == site.id)).rowcount:
            audit.append(connection, at, actor.name, actor.via, "boards.show", site.id)
            db.announce(connection, "queue", {"site": site.id})


def _checked(connection: Connection, actor: Actor, site_id: str) -> Site:
    site = sites.site(connection, site_id)
    check(actor, "blank", site.unit)
    return site
