"""The pages of a partly given answer: what may be given, without what may not (APP-03).

1. Pages are pictures, PNG or JPEG, and each is made anew from its points alone: no text layer, no note, no place and no
   name of the original is left in it. A PDF or a document is refused: what is covered in one is still in the file.
2. They are sealed like their application (promise 12), and each opening is a line of the audit log.
3. They are added while the application is in hand and stand with the reply for good.
"""

import hashlib
from typing import Any

from sqlalchemy import Row, func, select

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused, Unverified
from content_sync.wire.sealed import public_half
from display_server.access import Actor, check
from display_server.authoring.attaching.preparing import prepared
from display_server.database import audit, instants
from display_server.database.engine import Database
from display_server.database.tables.visitors import application_files, applications
from display_server.desk import records_key


def add(db: Database, actor: Actor, row: Row[Any], data: bytes, file_name: str, places: int) -> int:
    """Add a page of which `places` places were blackened; its number. Raises Refused, in a sentence for the clerk."""
    check(actor, "apply.step", row.unit)
    if row.state != "accepted":
        raise Refused("受理以后、答复以前才能附遮挡后的文件。")
    made = prepared(data, file_name, use="page" if not data.startswith(b"%PDF-") else "file")
    if made.attachment.type == "application/pdf":  # rule 1
        raise BadInput("PDF 里遮住的字还留在文件里：请打印出来遮挡后扫描，或者截成图片再附。")
    now, public = instants.text_of(db.config.clock.now()), public_half(records_key.seed(db.config))
    sealed = _box(public).encrypt(made.data)
    with db.write() as connection:
        asked = select(func.count()).where(application_files.c.application == row.number)
        seq = int(connection.execute(asked).scalar_one()) + 1
        if seq > limits.application_files_max:
            raise Refused(f"一件申请最多附 {limits.application_files_max} 页。")
        still = select(applications.c.state).where(applications.c.number == row.number)
        if connection.execute(still).scalar() != "accepted":
            raise Refused(f"{row.number} 刚刚由别人办过，请刷新。")
        facts = {"application": row.number, "seq": seq, "name": made.attachment.name, "sealed": bytes(sealed)}
        facts |= {"hash": hashlib.sha256(made.data).hexdigest(), "bytes": len(made.data), "withheld": max(0, places)}
        connection.execute(application_files.insert().values(**facts, account=actor.name, made_at=now))
        told = f"{seq} {facts['hash']}"
        audit.append(connection, now, actor.name, actor.via, "application.file", f"application-{row.number}", told)
    return seq


def listed(db: Database, number: str) -> list[Row[Any]]:
    """The pages of an application, without what is on them."""
    table = application_files.c
    asked = select(table.seq, table.name, table.bytes, table.withheld, table.account, table.made_at)
    with db.read() as connection:
        return list(connection.execute(asked.where(table.application == number).order_by(table.seq)))


def opened(db: Database, actor: Actor, row: Row[Any], seq: int) -> bytes:
    """The page itself (rule 2)."""
    from nacl.exceptions import CryptoError

    check(actor, "apply", row.unit)
    here = (application_files.c.application == row.number, application_files.c.seq == seq)
    with db.read() as connection:
        found = connection.execute(select(application_files).where(*here)).first()
    if found is None:
        raise Refused("没有这一页。")
    try:
        data: bytes = _opener(records_key.seed(db.config)).decrypt(found.sealed)
    except (CryptoError, Unverified) as error:
        raise Refused("这一页打不开：可能已损坏，请重新附上。") from error
    if hashlib.sha256(data).hexdigest() != found.hash:
        raise Refused("这一页和附上的时候不一样了：请联系系统管理员。")
    with db.write() as connection:
        now = instants.text_of(db.config.clock.now())
        audit.append(
            connection, now, actor.name, actor.via, "application.read", f"application-{row.number}", f"page {seq}"
        )
    return data


def _box(public: bytes) -> Any:
    from nacl.public import SealedBox
    from nacl.signing import VerifyKey

    return SealedBox(VerifyKey(public).to_curve25519_public_key())


def _opener(seed: bytes) -> Any:
    from nacl.public import SealedBox
    from nacl.signing import SigningKey

    return SealedBox(SigningKey(seed).to_curve25519_private_key())
