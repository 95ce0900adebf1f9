"""The guides a window accepts cases by: what its unit publishes at present, never a draft.

1. A unit that publishes on this server: the newest version on show, not withdrawn, within its time.
2. A hall behind a relay: the same of the mirrored tree, so that accepting goes on while the county is cut off.
3. A list needs names only: a hall may have a thousand guides, and none of them is parsed to be listed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, select

from content_sync.domain.county import Site
from content_sync.domain.disclosure.guides import Fee, Guide, Material
from content_sync.domain.disclosure.items import Item, is_due
from content_sync.domain.errors import Refused
from content_sync.domain.money import price
from content_sync.wire.items import parse_item
from display_server.database import mirrored
from display_server.database.engine import Database
from display_server.database.mirrored_items import MadeOfTrees
from display_server.database.tables.content import published, versions, withdrawals
from display_server.database.tables.core import channels


@dataclass(frozen=True)
class Offer:
    """A guide in the list: its names, and the service that tickets are taken for."""

    id: str
    title: str
    plain_title: str
    aliases: tuple[str, ...]
    service: str
    shown_from: str
    shown_until: str

    def is_called(self, words: str) -> bool:
        """Whether one of its names holds the words."""
        return any(words in name for name in (self.title, self.plain_title, *self.aliases))


def offered(db: Database, connection: Connection, site: Site) -> list[Offer]:
    """Every guide of this hall, by title."""
    now, here = db.config.clock.now(), connection.execute(_published(site.unit)).scalars()
    found = [*map(_offer, here), *(_offer(body) for body in _mirrored(db, connection, site.unit).values())]
    return sorted((one for one in found if is_due(one.shown_from, one.shown_until, now)), key=lambda one: one.title)


def guide_of(db: Database, connection: Connection, site: Site, item_id: str) -> tuple[Item, Guide]:
    """One guide of this hall. Raises Refused when it is none."""
    body = connection.execute(_published(site.unit).where(versions.c.item == item_id)).scalar()
    body = body or _mirrored(db, connection, site.unit).get(item_id)
    item = parse_item(body) if body else None
    if item and isinstance(item.body, Guide) and is_due(item.shown_from, item.shown_until, db.config.clock.now()):
        return item, item.body
    raise Refused("请选择这个大厅公开的办事指南；没有公开的事项不能受理。")


def pieces(material: Material) -> str:
    """How many of a material, in words."""
    counts = ((material.originals, "原件"), (material.copies, "复印件"))
    return "，".join(f"{kind}{count}份" for count, kind in counts if count)


def fee_words(fee: Fee) -> str:
    """A fee as the guide states it."""
    amount = f"{fee.name}：{price(fee.fen)}元" + (f"/{fee.per}" if fee.per else "")
    return amount + (f"（{fee.note}）" if fee.note else "")


def _offer(body: bytes) -> Offer:
    plain: dict[str, Any] = json.loads(body)
    names = ("id", "title", "plain_title", "shown_from", "shown_until")
    texts = {name: plain.get(name, "") for name in names}
    return Offer(**texts, aliases=tuple(plain.get("aliases", ())), service=plain["body"].get("service", ""))


def _published(unit: str) -> Select[Any]:
    return (
        select(versions.c.body)
        .join(published, and_(published.c.item == versions.c.item, published.c.version == versions.c.version))
        .join(channels, channels.c.id == published.c.channel)
        .join(withdrawals, withdrawals.c.item == versions.c.item, isouter=True)
        .where(channels.c.unit == unit, versions.c.kind == "guide", withdrawals.c.item.is_(None))
    )


def _mirrored(db: Database, connection: Connection, unit: str) -> dict[str, bytes]:
    ours = [one for one in mirrored.every(connection) if one.unit == unit and one.edition]
    found: dict[str, bytes] = {}
    for one in ours:
        found |= _of_trees.of(db.config, one)
    return found


def _guides(bodies: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: body for name, body in bodies.items() if b'"kind":"guide"' in body}


_of_trees = MadeOfTrees(_guides)
