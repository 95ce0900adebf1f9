"""The pages of a partly given answer: what may be given, without what may not (APP-03).

1. Pages are pictures, PNG or JPEG, and each is made anew from its points alone: no text layer, no note, no place and no
   name of the original is left in it or kept beside it. A PDF or a document is refused: what is covered in one is
   still in the file.
2. They are sealed like their application (promise 12), and each opening is a line of the audit log.
3. They are added while the application is in hand and stand with the reply for good. Until then one that was attached
   by mistake is taken back: its bytes are gone, and the audit log keeps its hash.
"""

import hashlib
from typing import Any

from sqlalchemy import Connection, Row, func, select

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from content_sync.wire import boxes
from content_sync.wire.sealed import public_half
from display_server.access import Actor, check
from display_server.authoring.attaching.preparing import prepared
from display_server.database import audit, instants
from display_server.database.engine import Database
from display_server.database.tables.visitors import application_files, applications
from display_server.desk import records_key, sealed_pictures


def add(db: Database, actor: Actor, row: Row[Any], data: bytes, places: int) -> int:
    """Add a page of which `places` places were blackened; its number. Raises Refused, in a sentence for the clerk."""
    check(actor, "apply.step", row.unit)
    if row.state != "accepted":
        raise Refused("受理以后、答复以前才能附遮挡后的文件。")
    if data.startswith(b"%PDF-"):  # rule 1
        raise BadInput("PDF 里遮住的字还在：请打印出来，用黑笔涂掉不能给的，再一页一页扫描成图片来附。")
    made = prepared(data, "page", use="page")  # whatever the file was called
    now, public = instants.text_of(db.config.clock.now()), public_half(records_key.seed(db.config))
    sealed = boxes.seal_bytes(made.data, public)
    with db.write() as connection:
        table = application_files.c
        asked = select(func.count(), func.coalesce(func.max(table.seq), 0)).where(table.application == row.number)
        count, last = connection.execute(asked).one()
        seq = int(last) + 1  # not the count: one in between may have been taken back
        if count >= limits.application_files_max:
            raise Refused(f"一件申请最多附 {limits.application_files_max} 页。")
        _check_in_hand(connection, row.number)
        facts = {"application": row.number, "seq": seq, "name": f"第{seq}页", "sealed": sealed}
        facts |= {"hash": hashlib.sha256(made.data).hexdigest(), "bytes": len(made.data), "withheld": max(0, places)}
        connection.execute(application_files.insert().values(**facts, account=actor.name, made_at=now))
        told = f"{seq} {facts['hash']}"
        audit.append(connection, now, actor.name, actor.via, "application.file", f"application-{row.number}", told)
    return seq


def remove(db: Database, actor: Actor, row: Row[Any], seq: int) -> None:
    """Take back a page before the reply (rule 3). Raises Refused, in a sentence for the clerk."""
    check(actor, "apply.step", row.unit)
    here = (application_files.c.application == row.number, application_files.c.seq == seq)
    with db.write() as connection:
        _check_in_hand(connection, row.number)
        found = connection.execute(select(application_files.c.hash).where(*here)).scalar()
        if found is None:
            raise Refused("没有这一页。")
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete = ON")  # overwritten, not only set free
        connection.execute(application_files.delete().where(*here))
        now, told = instants.text_of(db.config.clock.now()), f"{seq} {found}"
        audit.append(connection, now, actor.name, actor.via, "application.file_gone", f"application-{row.number}", told)
    db.empty_log()  # out of the file and the log, too


def _check_in_hand(connection: Connection, number: str) -> None:
    still = select(applications.c.state).where(applications.c.number == number)
    if connection.execute(still).scalar() != "accepted":
        raise Refused(f"{number} 已经不在受理和答复之间，请刷新：答复以后的页不能再动。")


def has_any(connection: Connection, number: str) -> bool:
    """Whether a page is attached, asked inside the transaction of the reply: none goes between."""
    asked = select(application_files.c.seq).where(application_files.c.application == number).limit(1)
    return connection.execute(asked).first() is not None


def listed(db: Database, number: str) -> list[Row[Any]]:
    """The pages of an application, without what is on them."""
    table = application_files.c
    asked = select(table.seq, table.bytes, table.withheld, table.account, table.made_at)
    with db.read() as connection:
        return list(connection.execute(asked.where(table.application == number).order_by(table.seq)))


def opened(db: Database, actor: Actor, row: Row[Any], seq: int) -> bytes:
    """The page itself (rule 2)."""
    check(actor, "apply", row.unit)
    here = (application_files.c.application == row.number, application_files.c.seq == seq)
    with db.read() as connection:
        found = connection.execute(select(application_files).where(*here)).first()
    data = sealed_pictures.opened(db.config, found, "这一页")
    with db.write() as connection:
        now = instants.text_of(db.config.clock.now())
        audit.append(
            connection, now, actor.name, actor.via, "application.read", f"application-{row.number}", f"page {seq}"
        )
    return data
