"""Traditional characters that stay (N-08): a person decides it, and says why.

1. They hold a text back like any doubt until somebody decides that they belong there: in a quotation, or in a name.
2. The decision is for these characters of this item. Another one that comes in with an edit asks again.
3. Who decided and why stands in the audit log; the finding is still told, it only blocks no more.
"""

from dataclasses import replace

from sqlalchemy import Connection, insert, select

from content_sync.domain.disclosure.items import Item
from content_sync.domain.disclosure.lint import Finding, traditional_in
from content_sync.domain.errors import BadInput
from content_sync.wire.items import item_from_plain
from display_server.access import Actor
from display_server.authoring.service import check_editable
from display_server.database import audit, content
from display_server.database.engine import Database
from display_server.database.tables.content import findings

grounds = {"quotation": "是引文", "name": "是名称、姓名"}
_rule = "N-08 kept"  # its message is the characters


def keep(db: Database, actor: Actor, item_id: str, ground: str) -> None:
    """Rules 1 to 3, for the working text as it stands."""
    with db.write() as connection:
        check_editable(connection, actor, item_id)
        if ground not in grounds:
            raise BadInput(f"请选保留繁体字的理由：{'、'.join(grounds.values())}。")
        odd = traditional_in(item_from_plain(content.draft(connection, item_id)))
        if not odd:
            raise BadInput("这一件里没有繁体字，不用保留。")
        row = {"item": item_id, "rule": _rule, "message": odd, "line": 0, "blocking": 1, "resolved_by": actor.name}
        connection.execute(insert(findings).values(**row))
        now = db.config.clock.now().isoformat()
        audit.append(
            connection, now, actor.name, actor.via, "settle", item_id, f"保留繁体字“{odd}”：{grounds[ground]}。"
        )


def judged(connection: Connection, item: Item, found: Finding) -> Finding:
    """The checker's finding; once somebody decided on all of its characters it only tells."""
    if found.rule != "N-08" or not found.blocking:
        return found
    wanted = (findings.c.item == item.id) & (findings.c.rule == _rule)
    kept = {char for row in connection.execute(select(findings.c.message).where(wanted)) for char in row.message}
    odd = traditional_in(item)
    return found if set(odd) - kept else replace(found, message=f"繁体字“{odd}”已写明保留。", blocking=False)
