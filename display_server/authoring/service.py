"""Drafts: created, edited, deleted; every text is a well-formed item from the first save.

1. Only an account with the editor role acts for the channel's unit.
2. Every account that touched a text is one of its authors; none of them may review or publish it (promise 13).
3. An edit after submission, approval or publication voids it: the text needs a new version and new decisions. The old
   version and its decisions stay on file, and what is published stays published until a new edition replaces it.
4. A draft is deleted only by its author and only when it was never submitted. A withdrawn id never comes back.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from content_sync.domain import ids
from content_sync.domain.disclosure import lint as checker
from content_sync.domain.disclosure.attachments import Attachment
from content_sync.domain.disclosure.items import Item
from content_sync.domain.disclosure.lint import Finding
from content_sync.domain.errors import BadInput, Refused
from content_sync.wire import canonical, shapes
from content_sync.wire.items import item_bytes, item_from_plain
from display_server.access import Actor, check
from display_server.database import audit, content, files
from display_server.database.engine import Database
from display_server.database.tables.content import findings, items, versions

_id_random_bytes = 5  # 8 letters of base32: with the day before them, guessable by nobody and short enough to read out
_made_elsewhere = ("version", "initials", "attachments")  # at submission, and of files that are attached


def create(db: Database, actor: Actor, channel_id: str, plain: dict[str, Any], doubts: Sequence[Finding] = ()) -> str:
    """Save a new draft and return its id: the one in `plain`, or a new one.

    `plain` is an item without `id`, `channel` and `unit`, which may be left out. Raises Refused and BadInput.
    """
    with db.write() as connection:
        return add(db, connection, actor, channel_id, plain, doubts)


def add(
    db: Database,
    connection: Connection,
    actor: Actor,
    channel_id: str,
    plain: dict[str, Any],
    doubts: Sequence[Finding] = (),
) -> str:
    """`create` inside the caller's transaction, so that one file becomes all of its drafts or none."""
    place = content.channel(connection, channel_id)
    check(actor, "author", place.unit.id)  # rule 1
    now = db.config.clock.now()
    item_id = (
        plain.get("id") or f"{plain['kind'][0]}-{now:%Y%m%d}-{ids.spelled(db.config.ids.random(_id_random_bytes))}"
    )
    item = _item({**plain, "id": item_id}, place)
    if connection.execute(select(items.c.id).where(items.c.id == item.id)).first():
        raise BadInput(f"编号“{item.id}”已经用过，请换一个。")
    connection.execute(
        insert(items).values(
            id=item.id, channel=place.id, authors=actor.name, **_columns(item), submitted=0, updated_at=now.isoformat()
        )
    )
    _keep_doubts(connection, item, place, doubts)
    audit.append(connection, now.isoformat(), actor.name, actor.via, "draft", item.id, item.title)
    return item.id


def add_author(connection: Connection, item_id: str, account: str) -> None:
    """Name one more account whose words stand in a text, inside the caller's transaction (rule 2)."""
    authors = dict.fromkeys((*content.entry(connection, item_id).authors, account))
    connection.execute(update(items).where(items.c.id == item_id).values(authors=",".join(authors)))


def edit(db: Database, actor: Actor, item_id: str, plain: dict[str, Any]) -> None:
    """Replace the working text of an item (rule 3); saving the same text again changes nothing.

    What is attached stays attached, whatever `plain` says of it.
    """
    with db.write() as connection:
        known = check_editable(connection, actor, item_id)
        place, draft = content.channel(connection, known.channel), content.draft(connection, item_id)
        item = _item({**plain, "id": item_id}, place, draft.get("attachments", []))
        if item.kind != known.kind:
            raise BadInput("事项的种类不能改：请另写一件。")
        if shapes.to_plain(item) != draft:
            _put(db, connection, actor, known, item, ("edit", item.title))


def put_attachments(
    db: Database, connection: Connection, actor: Actor, item_id: str, attachments: tuple[Attachment, ...], name: str
) -> None:
    """Edit an item to have exactly these files attached; `name` is that of the one file that comes or goes."""
    known = check_editable(connection, actor, item_id)
    place, draft = content.channel(connection, known.channel), content.draft(connection, item_id)
    item = _item(draft, place, [shapes.to_plain(one) for one in attachments])
    act = "attach" if len(attachments) > len(draft.get("attachments", [])) else "detach"
    _put(db, connection, actor, known, item, (act, name))
    files.name(connection, item_id, 0, attachments)


def check_editable(connection: Connection, actor: Actor, item_id: str) -> content.Entry:
    """The item, when this person may edit it (rules 1 and 4)."""
    known = content.entry(connection, item_id)
    check(actor, "author", content.channel(connection, known.channel).unit.id)
    if known.state == "withdrawn":
        raise Refused(f"“{known.title}”已撤下，不能再改：请另写一件。")
    return known


def _put(
    db: Database, connection: Connection, actor: Actor, known: content.Entry, item: Item, act: tuple[str, str]
) -> None:
    authors = tuple(dict.fromkeys((*known.authors, actor.name)))  # rule 2
    now = db.config.clock.now().isoformat()
    values = {**_columns(item), "authors": ",".join(authors), "submitted": 0, "updated_at": now}
    connection.execute(update(items).where(items.c.id == known.id).values(**values))
    audit.append(connection, now, actor.name, actor.via, act[0], known.id, act[1])


def remove(db: Database, actor: Actor, item_id: str) -> None:
    """Delete a draft of one's own that was never submitted (rule 4)."""
    with db.write() as connection:
        known = content.entry(connection, item_id)
        check(actor, "author", content.channel(connection, known.channel).unit.id)
        if known.authors[0] != actor.name:
            raise Refused("只能删除自己写的草稿。")
        if connection.execute(select(versions.c.item).where(versions.c.item == item_id)).first():
            raise Refused("提交过的内容要留档，不能删除；已发布的请用“撤下”。")
        connection.execute(delete(findings).where(findings.c.item == item_id))
        connection.execute(delete(items).where(items.c.id == item_id))
        named = files.hashes_of(connection, item_id)
        files.name(connection, item_id, 0, ())
        now = db.config.clock.now().isoformat()
        audit.append(connection, now, actor.name, actor.via, "delete", item_id, known.title)
    if named:
        with db.write() as connection:
            files.drop_unnamed(db.config, connection, named)


def settle_doubt(db: Database, actor: Actor, item_id: str, seq: int) -> None:
    """Note that a person looked at what the import was unsure of and stands by the text."""
    with db.write() as connection:
        known = content.entry(connection, item_id)
        check(actor, "author", content.channel(connection, known.channel).unit.id)
        wanted = (findings.c.item == item_id) & (findings.c.seq == seq)
        message = connection.execute(select(findings.c.message).where(wanted)).scalar()
        if message is None:
            raise BadInput("没有这条提示。")
        connection.execute(update(findings).where(wanted).values(resolved_by=actor.name))
        now = db.config.clock.now().isoformat()
        audit.append(connection, now, actor.name, actor.via, "settle", item_id, message)


def _item(plain: dict[str, Any], place: content.Channel, attachments: Sequence[Any] = ()) -> Item:
    known = {name: value for name, value in plain.items() if name not in _made_elsewhere}
    known |= {"attachments": list(attachments)} if attachments else {}
    item = item_from_plain({**known, "channel": place.id, "unit": place.unit.id})
    item_bytes(item)  # what is too large to be submitted is refused while its author is still looking
    return item


def _columns(item: Item) -> dict[str, str]:
    return {"kind": item.kind, "title": item.title, "draft": canonical.dump(shapes.to_plain(item)).decode()}


def _keep_doubts(connection: Connection, item: Item, place: content.Channel, doubts: Sequence[Finding]) -> None:
    """What the checker says of the text is asked again each time; only what the import alone knew is kept."""
    said = {(found.rule, found.message) for found in checker.lint(item, place.unit.level)}
    kept = [found for found in doubts if (found.rule, found.message) not in said]
    rows = [
        {"item": item.id, "rule": d.rule, "message": d.message, "line": d.line, "blocking": int(d.blocking)}
        for d in kept
    ]
    if rows:
        connection.execute(insert(findings), rows)
