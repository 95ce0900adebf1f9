"""Approved items → edition: the step that joins reviews and publishing.

1. Only a publisher of the channel's unit publishes; who wrote or reviewed a text does not publish it (domain rule 4).
2. What lacks a review for exactly these bytes, or is not public after all, stays out and is named; the rest goes on.
3. The hash is computed from the bytes here, never taken from the row beside them (promise 4). Attached files are hashed
   too, before the transaction, so that large ones hold up nobody who writes.
4. Choosing and planning is one transaction: an edit or a rejection comes before it, or after the edition.
5. What is published for the first time must still stay posted as long as its unit's profile says (OFF-04).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import Connection

from content_sync.domain import profiles
from content_sync.domain.disclosure.items import Item, is_publishable
from content_sync.domain.disclosure.posting import shortage
from content_sync.domain.disclosure.review import Decision, check_publish
from content_sync.domain.edition import body_hash
from content_sync.domain.errors import Refused
from content_sync.wire.attachments import attached
from content_sync.wire.items import parse_item
from display_server.access import Actor, check
from display_server.database import content, files
from display_server.database.engine import Database
from display_server.publishing import service
from display_server.publishing.lock import channel_lock
from display_server.publishing.service import Issued


@dataclass(frozen=True)
class Publication:
    """The channel's newest edition after the act, the ids it published and what was refused, with reasons."""

    issued: Issued
    done: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def publish(db: Database, actor: Actor, channel_id: str) -> Publication:
    """Publish everything of a channel that this person may publish now."""
    with db.read() as connection:
        check(actor, "publish", content.channel(connection, channel_id).unit.id)
    lost = lost_files(db, channel_id)  # before the channel is held: a withdrawal must not wait for hashing
    with channel_lock(db.config, channel_id):
        service.finish_interrupted(db, channel_id)
        with db.write() as connection:  # rule 4
            ready, refused = sort_waiting(connection, actor, channel_id, db.config.clock.now(), lost)
            if not ready:
                number, items, _ = content.newest_edition(connection, channel_id)
                waiting = content.waiting_edition(connection, channel_id)
                return Publication(Issued(channel_id, number, items, 0, 0, waiting), (), refused)
            service.intend(db, connection, actor, channel_id, ready)
        issued = service.finish(db, channel_id)
    return Publication(issued, tuple(version.item for version in ready), refused)


def sort_waiting(
    connection: Connection,
    actor: Actor,
    channel_id: str,
    now: datetime,
    lost: Mapping[str, str] = MappingProxyType({}),
) -> tuple[tuple[content.Version, ...], tuple[tuple[str, str], ...]]:
    """What this person could publish now, and what not and why (rule 2); `lost` names lost files by the text's hash."""
    level = content.channel(connection, channel_id).unit.level
    waiting, shown = content.waiting(connection, channel_id), content.shown_items(connection, channel_id)
    rulings = content.rulings(connection, [version.item for version in waiting])
    ready, refused = [], []
    for version in waiting:
        try:
            item = checked(version, [ruling.decision for ruling in rulings[version.item]], actor, level)
            fault = shortage(item, profiles.of_level(level), None if item.id in shown else now)
            if fault:  # rule 5
                raise Refused(f"{fault.rstrip('。')}（OFF-04）。")
            if version.hash in lost:
                raise Refused(f"附件“{lost[version.hash]}”与提交时不一致，或者丢失了：请作者取下重新附上，再提交审查。")
        except Refused as error:
            refused.append((version.item, str(error)))
        else:
            ready.append(version)
    return tuple(ready), tuple(refused)


def lost_files(db: Database, channel_id: str) -> dict[str, str]:
    """The first attached file of each waiting text that is not what was approved (rule 3)."""
    with db.read() as connection:
        waiting = content.waiting(connection, channel_id)
    found = {one.hash: files.lost(db.config, attached(one.body), thorough=True) for one in waiting}
    return {hash_: name for hash_, name in found.items() if name}


def checked(
    version: content.Version, decisions: list[Decision], actor: Actor, level: str, *, fast: bool = False
) -> Item:
    """The item of a version that this person may publish now, hashed anew (rule 3). Raises Refused otherwise."""
    computed = body_hash(version.body)  # rule 3
    if computed != version.hash:
        raise Refused("数据库里的文字与提交时不一致，不能发布：请联系系统管理员。")
    item = parse_item(version.body)
    if not is_publishable(item):
        raise Refused("不是主动公开的内容，不能发布。")
    for author in version.authors:
        check_publish(item, computed, author, decisions, actor.name, level, fast=fast)
    return item
