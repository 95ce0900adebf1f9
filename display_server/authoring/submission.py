"""From a draft to a submitted version: the one place where item bytes are made (promise 4).

1. Only what is proactive and public may be submitted for publication; anything else may be kept as a draft and never
   enters a tree (CAT-05, CAT-14).
2. A blocking finding refuses that item only, and names its rule. So does a doubt of the import that nobody settled,
   Traditional characters that nobody decided to keep (N-08), a missing source or responsible person (QLT-04), and an
   end of showing before its beginning (OFF-04).
3. A text that was returned, or is published already, must have changed before it is submitted again.
4. The canonical bytes are made here, once, with the next version number and the index words; all later steps use them.
   The hashes of attached files stand in them.
"""

import dataclasses
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from content_sync.domain.disclosure import fees, review
from content_sync.domain.disclosure import lint as checker
from content_sync.domain.disclosure.guides import Guide
from content_sync.domain.disclosure.items import Item, call_name, is_publishable
from content_sync.domain.disclosure.lint import Finding
from content_sync.domain.edition import body_hash
from content_sync.domain.errors import Refused
from content_sync.wire.items import item_bytes, item_from_plain, parse_item
from display_server.access import Actor, check
from display_server.authoring import old_script
from display_server.authoring.importing.index_words import index_words
from display_server.database import audit, content, fee_lists, files, sites
from display_server.database.engine import Database
from display_server.database.tables.content import findings, items, versions


def submit(db: Database, actor: Actor, channel_id: str, only: str = "") -> content.Outcome:
    """Submit every draft of a channel (or the one named) for review; each refusal names its item."""
    done, refused = [], []
    with db.write() as connection:
        place = content.channel(connection, channel_id)
        check(actor, "author", place.unit.id)
        for entry in content.entries(connection, channel_id):
            if (only and entry.id != only) or (not only and entry.state not in ("draft", "returned")):
                continue
            try:
                _submit(db, connection, actor, place, entry)
            except Refused as error:
                refused.append((entry.id, str(error)))
            else:
                done.append(entry.id)
    return content.Outcome(channel_id, tuple(done), tuple(refused))


def all_findings(db: Database, connection: Connection, item: Item, level: str) -> tuple[Finding, ...]:
    """What stands against submitting this text, and what is only told (rules 1 and 2), the blocking ones first."""
    doubts = [
        Finding(row.rule, row.message, row.line, blocking=bool(row.blocking))
        for row in connection.execute(
            select(findings).where(findings.c.item == item.id, findings.c.resolved_by == "").order_by(findings.c.seq)
        )
    ]
    spoken = tuple(language for site in sites.every(connection) for language in site.languages)
    asks = isinstance(item.body, Guide) and fees.of_guide(item.body)
    charged = fee_lists.known(db.config, connection, db.config.clock.now(), item.unit) if asks else ()
    checked = [old_script.judged(connection, item, found) for found in checker.lint(item, level)]
    found = [*_own_findings(item), *checked, *checker.second_findings(item, spoken), *doubts]
    found += checker.fee_findings(item, charged)
    return tuple(sorted(dict.fromkeys(found), key=lambda finding: not finding.blocking))


def _own_findings(item: Item) -> Iterator[Finding]:
    if not is_publishable(item):  # rule 1
        yield Finding("CAT-14", "只有“主动公开”并且“向社会公开”的内容才能提交发布；这一件可以存为草稿。", blocking=True)
    if not item.source.strip() or not item.responsible.strip():  # rule 2
        yield Finding("QLT-04", "没有写信息来源或责任人：请补上。", blocking=True)
    if item.shown_until and datetime.fromisoformat(item.shown_until) <= datetime.fromisoformat(item.shown_from):
        yield Finding("OFF-04", "结束展示的时间早于开始的时间：请改正。", blocking=True)


def _submit(db: Database, connection: Connection, actor: Actor, place: content.Channel, entry: content.Entry) -> None:
    if entry.state not in ("draft", "returned"):
        raise Refused(f"“{entry.title}”{content.state_names[entry.state]}，不用再提交。")
    item = item_from_plain(content.draft(connection, entry.id))
    blocking = [found for found in all_findings(db, connection, item, place.unit.level) if found.blocking]
    if blocking:
        raise Refused("；".join(f"{found.message.rstrip('。')}（{found.rule}）" for found in blocking) + "。")
    if lost := files.lost(db.config, item.attachments, thorough=False):
        raise Refused(f"附件“{lost}”在服务器上丢失或损坏：请取下，重新附上。")
    last = connection.execute(select(func.max(versions.c.version)).where(versions.c.item == item.id)).scalar() or 0
    before = content.version(connection, item.id, last)
    if before and parse_item(before.body) == _finished(item, last):  # rule 3
        if entry.state == "returned":
            raise Refused("审查退回后还没有修改：请按意见改过再提交。")
        if entry.published_version == last:
            raise Refused(f"与已发布的第{last}版完全一样，不用再提交。")
    _record(db, connection, actor, entry, _finished(item, last + 1))


def _finished(item: Item, number: int) -> Item:
    aliases, initials = index_words(item)
    return dataclasses.replace(item, aliases=aliases, initials=initials, version=number)


def _record(db: Database, connection: Connection, actor: Actor, entry: content.Entry, item: Item) -> None:
    body = item_bytes(item)  # rule 4
    now = db.config.clock.now().isoformat()
    connection.execute(
        insert(versions).values(
            item=item.id,
            version=item.version,
            hash=body_hash(body),
            body=body,
            kind=item.kind,
            title=call_name(item),
            dated=item.dated,
            shown_from=item.shown_from,
            shown_until=item.shown_until,
            needs=",".join(review.needed(item)),
            authors=",".join(dict.fromkeys((*entry.authors, actor.name))),
            submitted_by=actor.name,
            submitted_at=now,
        )
    )
    files.name(connection, item.id, item.version, item.attachments)
    connection.execute(update(items).where(items.c.id == item.id).values(submitted=item.version))
    audit.append(connection, now, actor.name, actor.via, "submit", item.id, body_hash(body))
