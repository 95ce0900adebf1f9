"""The guides a window accepts cases by: what its unit publishes at present, never a draft.

1. A unit that publishes on this server: the newest version on show, not withdrawn, within its time.
2. A hall behind a relay: the same of the mirrored tree, so that accepting goes on while the county is cut off.
"""

from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection, and_, select

from content_sync.domain.county import Site
from content_sync.domain.disclosure.guides import Fee, Guide, Material
from content_sync.domain.disclosure.items import Item, is_due
from content_sync.domain.errors import Refused
from content_sync.wire.items import parse_item
from display_server.database import mirrored
from display_server.database.engine import Database
from display_server.database.tables.content import published, versions, withdrawals
from display_server.database.tables.core import channels
from display_server.web.reading import yuan


def offered(db: Database, connection: Connection, site: Site) -> list[Item]:
    """Every guide of this hall, by title."""
    now = db.config.clock.now()
    found = [*_published(connection, site.unit), *_mirrored(db, connection, site.unit)]
    return sorted((item for item in found if is_due(item.shown_from, item.shown_until, now)), key=lambda i: i.title)


def guide_of(db: Database, connection: Connection, site: Site, item_id: str) -> tuple[Item, Guide]:
    """One guide of this hall. Raises Refused when it is none."""
    item = next((one for one in offered(db, connection, site) if one.id == item_id), None)
    if item is None or not isinstance(item.body, Guide):
        raise Refused("请选择这个大厅公开的办事指南；没有公开的事项不能受理。")
    return item, item.body


def pieces(material: Material) -> str:
    """How many of a material, in words."""
    counts = ((material.originals, "原件"), (material.copies, "复印件"))
    return "，".join(f"{kind}{count}份" for count, kind in counts if count)


def fee_words(fee: Fee) -> str:
    """A fee as the guide states it."""
    amount = f"{fee.name}：{yuan(fee.fen)}元" + (f"/{fee.per}" if fee.per else "")
    return amount + (f"（{fee.note}）" if fee.note else "")


def _published(connection: Connection, unit: str) -> list[Item]:
    joined = (
        select(versions.c.body)
        .join(published, and_(published.c.item == versions.c.item, published.c.version == versions.c.version))
        .join(channels, channels.c.id == published.c.channel)
        .join(withdrawals, withdrawals.c.item == versions.c.item, isouter=True)
        .where(channels.c.unit == unit, versions.c.kind == "guide", withdrawals.c.item.is_(None))
    )
    return [parse_item(body) for body in connection.execute(joined).scalars()]


def _mirrored(db: Database, connection: Connection, unit: str) -> list[Item]:
    ours = [one for one in mirrored.every(connection) if one.unit == unit and one.edition]
    return [item for one in ours for item in _of_tree(db.config.repo, one.channel, one.edition, one.as_of)]


@lru_cache(maxsize=8)  # a tree is read when its state is new, not for every form
def _of_tree(repo: Path, channel: str, _edition: int, _as_of: str) -> tuple[Item, ...]:
    from content_sync.current import bodies_in, withdrawn_in
    from content_sync.trust.tree import Tree

    tree = Tree(repo / channel)
    gone = withdrawn_in(tree)
    items = (parse_item(body) for name, body in bodies_in(tree).items() if name not in gone)
    return tuple(item for item in items if item.kind == "guide")
