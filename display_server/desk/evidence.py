"""Pictures as evidence of a report of untruth (SUP-07): from a visitor's letter or visit, put there by supervision.

1. A kiosk has no camera. Whoever sees the report (cases.reports rule 1) attaches pictures, and nobody else sees them:
   not the unit it is about, no relay, no published tree.
2. Each is made anew from its points alone, so that place, time and telephone are gone, and is sealed for the records
   key like an application. PNG and JPEG only, at most `limits.report_pictures_max`, each said how it came.
3. They are added until the report is closed. One attached by mistake is taken back until it is found out; then it
   stands. The audit log keeps the hash of both. They are forgotten with the visitor's words (desk.forgetting).
"""

import hashlib

from sqlalchemy import func, select

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from content_sync.wire import boxes
from content_sync.wire.sealed import public_half
from display_server.access import Actor
from display_server.authoring.attaching.preparing import prepared
from display_server.cases import reports as kept
from display_server.database import audit, instants
from display_server.database.engine import Database
from display_server.database.tables.visitors import report_pictures, reports
from display_server.desk import records_key, sealed_pictures

_origin_chars = 100
_running = ("open", "doing")


def add(db: Database, actor: Actor, number: str, data: bytes, origin: str) -> int:
    """Attach a picture; its number. Raises Refused, in a sentence for the supervisor (rules 1 to 3)."""
    kept.visible(db, actor, number)
    origin = " ".join(origin.split())
    if not origin or len(origin) > _origin_chars:
        raise BadInput(f"请写明图片是怎么来的，最多 {_origin_chars} 字。")
    if data.startswith(b"%PDF-"):
        raise BadInput("这里只收图片：PDF 请打印出来再拍下或扫描成 JPEG。")
    made = prepared(data, "evidence", use="photo")  # whatever the file was called
    now = instants.text_of(db.config.clock.now())
    sealed = boxes.seal_bytes(made.data, public_half(records_key.seed(db.config)))
    table = report_pictures.c
    with db.write() as connection:
        state = connection.execute(select(reports.c.state).where(reports.c.number == number)).scalar()
        if state == "closed":
            raise Refused("已经办结的举报不能再附图片。")
        asked = select(func.count(), func.coalesce(func.max(table.seq), 0)).where(table.report == number)
        count, last = connection.execute(asked).one()
        if count >= limits.report_pictures_max:
            raise Refused(f"一件举报最多附 {limits.report_pictures_max} 张图片。")
        seq = int(last) + 1  # not the count: one in between may have been taken back
        facts = {"report": number, "seq": seq, "origin": origin, "sealed": sealed, "bytes": len(made.data)}
        facts["hash"] = hashlib.sha256(made.data).hexdigest()
        connection.execute(report_pictures.insert().values(**facts, account=actor.name, made_at=now))
        told = f"{seq} {facts['hash']}"
        audit.append(connection, now, actor.name, actor.via, "report.picture", f"report-{number}", told)
    return seq


def remove(db: Database, actor: Actor, number: str, seq: int) -> None:
    """Take back a picture that was attached by mistake (rule 3). Raises Refused, in a sentence for the supervisor."""
    kept.visible(db, actor, number)
    here = (report_pictures.c.report == number, report_pictures.c.seq == seq)
    with db.write() as connection:
        if connection.execute(select(reports.c.state).where(reports.c.number == number)).scalar() not in _running:
            raise Refused("已经查清：图片是查清的依据，不能再取下。")
        found = connection.execute(select(report_pictures.c.hash).where(*here)).scalar()
        if found is None:
            raise Refused("没有这一张。")
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete = ON")  # overwritten, not only set free
        connection.execute(report_pictures.delete().where(*here))
        now = instants.text_of(db.config.clock.now())
        told = f"{seq} {found}"
        audit.append(connection, now, actor.name, actor.via, "report.picture_gone", f"report-{number}", told)
    db.empty_log()  # out of the file and the log, too


def opened(db: Database, actor: Actor, number: str, seq: int) -> bytes:
    """The picture itself, for whoever sees the report (rule 1)."""
    kept.visible(db, actor, number)
    here = (report_pictures.c.report == number, report_pictures.c.seq == seq)
    with db.read() as connection:
        found = connection.execute(select(report_pictures).where(*here)).first()
    return sealed_pictures.opened(db.config, found, "这一张")
