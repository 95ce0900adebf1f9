"""Calls for help on the server (GUI-06). The rules are content_sync.domain.hall.enquiries.

1. Asking again with the same press gives the same enquiry. Another press on the device joins what rings there today,
   or what was taken in the last `limits.help_joined_minutes`; later the one who presses is somebody else, and it rings.
2. A visitor who asks at the desk is written down by the clerk who was asked, who is the first clerk by that.
3. Every step is in the audit log under the enquiry's id: who had it when cannot be rewritten (HAL-10).
4. Each step leaves a hint for the site's devices: the screen that asked tells its visitor within a second.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row

from content_sync.clock import place
from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall import enquiries as rules
from content_sync.domain.hall.enquiries import Enquiry
from content_sync.domain.ids import checked_id, spelled
from display_server.access import Actor, check
from display_server.cases import enquiry_queries as queries
from display_server.database import audit, sites
from display_server.database.engine import Database
from display_server.database.tables.records import enquiries


def ask(db: Database, device: str, site_id: str, press: str, where: str = "") -> tuple[str, str]:
    """A device asks for help: the enquiry's id and state (rule 1). Raises Refused for a device without a hall."""
    checked_id(press, "press")
    if len(where) > limits.help_chars_max:
        raise BadInput(f"where has {len(where)} characters; {limits.help_chars_max} are allowed.")
    now = db.config.clock.now().astimezone(place)
    since = (now - timedelta(minutes=limits.help_joined_minutes)).isoformat()
    with db.write() as connection:
        sites.site(connection, site_id)
        found = queries.by_press(connection, device, press) or queries.joined(
            connection, device, now.date().isoformat(), since
        )
        row = found or _opened(db, connection, site_id, device, press, where)
    return str(row.id), str(row.state)


def state_of(db: Database, device: str, enquiry: str) -> tuple[str, str]:
    """How far the device's own enquiry is, and by what name its visitor may call who comes. Refused: not its own."""
    with db.read() as connection:
        row = queries.by_id(connection, enquiry)
    if row is None or row.device != device:
        raise Refused("这台设备没有这次求助。")
    return str(row.state), str(row.holder_name)


def asked_at_desk(db: Database, actor: Actor, site_id: str, about: str) -> str:
    """Write down a visitor who asked `actor` in person (rule 2); the new enquiry's id."""
    about = about.strip()
    if not about or len(about) > limits.help_chars_max:
        raise BadInput(f"请写明问的是什么事，最多 {limits.help_chars_max} 字。")
    with db.write() as connection:
        check(actor, "call", sites.site(connection, site_id).unit)
        press = spelled(db.config.ids.random(limits.ticket_id_bytes))
        row = _opened(db, connection, site_id, "", press, about)
        _take(db, connection, actor, row)
    return str(row.id)


def take(db: Database, actor: Actor, enquiry: str) -> None:
    """The clerk comes: the bell stops and the visitor is told."""
    with db.write() as connection:
        row = _visible(connection, actor, enquiry)
        check(actor, "call", sites.site(connection, row.site).unit)
        if row.holder != actor.name or row.state != "coming":  # a second press of the same clerk changes nothing
            _take(db, connection, actor, row)


def hand_over(db: Database, actor: Actor, enquiry: str, to: str) -> None:
    """Give it to a colleague of the same hall; the first clerk stays its owner."""
    with db.write() as connection:
        row = _visible(connection, actor, enquiry)
        colleagues = queries.clerks(connection, sites.site(connection, row.site).unit)
        if to not in colleagues:
            raise BadInput("请选择交给哪一位同事。")
        after = rules.handed(_enquiry(row), actor.name, to, for_all=actor.may("hall"))
        name = queries.plate_of(connection, row.site, to) or colleagues[to]
        _keep(db, connection, actor, row, after, "help.hand", to, holder_name=name)


def close(db: Database, actor: Actor, enquiry: str, outcome: str) -> None:
    """Close it with what became of it."""
    with db.write() as connection:
        row = _visible(connection, actor, enquiry)
        after = rules.closed(_enquiry(row), actor.name, outcome, for_all=actor.may("hall"))
        _keep(db, connection, actor, row, after, "help.close", outcome, closed_at=_now(db))


def _opened(db: Database, connection: Connection, site: str, device: str, press: str, where: str) -> Row[Any]:
    made, now = spelled(db.config.ids.random(limits.ticket_id_bytes)), _now(db)
    values = {"id": made, "site": site, "device": device, "press": press, "place": where, "opened_at": now}
    connection.execute(enquiries.insert().values(**values, state="waiting"))
    audit.append(connection, now, device or "desk", "device" if device else "page", "help.ask", made, where)  # rule 3
    db.announce(connection, "queue", {"site": site})  # rule 4
    row = queries.by_id(connection, made)
    assert row is not None  # written by this transaction
    return row


def _take(db: Database, connection: Connection, actor: Actor, row: Row[Any]) -> None:
    after = rules.taken(_enquiry(row), actor.name, row.holder_name)
    name = queries.plate_of(connection, row.site, actor.name) or actor.display_name
    named = {"owner_name": name, "holder_name": name, "taken_at": _now(db)}
    _keep(db, connection, actor, row, after, "help.take", name, **named)


def _keep(
    db: Database,
    connection: Connection,
    actor: Actor,
    row: Row[Any],
    after: Enquiry,
    action: str,
    detail: str,
    **more: str,
) -> None:
    connection.execute(enquiries.update().where(enquiries.c.id == row.id).values(**vars(after), **more))
    audit.append(connection, _now(db), actor.name, actor.via, action, row.id, detail)  # rule 3
    db.announce(connection, "queue", {"site": row.site})  # rule 4


def _visible(connection: Connection, actor: Actor, enquiry: str) -> Row[Any]:
    row = queries.by_id(connection, enquiry)
    if row is None:
        raise Refused("没有这次求助，可能已经清理。")
    unit = sites.site(connection, row.site).unit
    if not actor.may("hall", unit):
        check(actor, "call", unit)
    return row


def _enquiry(row: Row[Any]) -> Enquiry:
    return Enquiry(row.state, row.owner, row.holder, row.outcome)


def _now(db: Database) -> str:
    return db.config.clock.now().astimezone(place).isoformat()
