"""The published state on file: which version of which item is on show, and the texts of a state that is planned."""

from typing import Any

from sqlalchemy import Connection, delete, insert, select

from content_sync.domain.edition import body_hash
from display_server.database.tables.content import editions, published, versions
from display_server.publishing.plans import Plan

_texts_at_once = 500  # SQLite bounds variables


def undone(channel_id: str) -> tuple[Any, ...]:
    """The edition of a channel that was begun and is not out."""
    return editions.c.channel == channel_id, editions.c.done == 0


def bodies_of(connection: Connection, channel_id: str, plan: Plan) -> tuple[dict[str, bytes], list[str]]:
    """The bodies of the planned state, and the ids whose bytes are not the approved ones."""
    own = (versions.c.item == published.c.item) & (versions.c.version == published.c.version)
    held = select(published.c.item, published.c.hash, versions.c.body).join(versions, own, isouter=True)
    touched, bodies, approved = set(plan.items), dict[str, bytes](), dict[str, str]()
    for item, hash_, body in connection.execute(held.where(published.c.channel == channel_id)):
        if item not in touched:
            bodies[item], approved[item] = body or b"", hash_
    for start in range(0, len(plan.add), _texts_at_once):
        part = {(item, number): hash_ for item, number, hash_ in plan.add[start : start + _texts_at_once]}
        wanted = select(versions.c.item, versions.c.version, versions.c.body)
        rows = connection.execute(wanted.where(versions.c.item.in_([item for item, _ in part])))
        submitted = {(item, number): body for item, number, body in rows}
        bodies |= {item: submitted.get((item, number), b"") for item, number in part}
        approved |= {item: hash_ for (item, _), hash_ in part.items()}
    return bodies, sorted(item for item, body in bodies.items() if body_hash(body) != approved[item])


def move(connection: Connection, channel_id: str, number: int, plan: Plan) -> None:
    """Make the state what edition `number` holds."""
    for item_id in (*plan.remove, *(entry[0] for entry in plan.add)):
        connection.execute(delete(published).where(published.c.item == item_id))
    rows = [
        {"item": item, "channel": channel_id, "version": version, "hash": hash_, "edition": number}
        for item, version, hash_ in plan.add
    ]
    if rows:
        connection.execute(insert(published), rows)
