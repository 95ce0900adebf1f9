"""The fast path of an emergency (CAT-17): one reviewer passes and publishes it, somebody else audits it afterwards.

1. Only what somebody else wrote and submitted; the secrecy reviewer of the unit looks at exactly these bytes, ticks the
   five principles and answers for secrecy (domain.disclosure.review, rule 6). Nothing is skipped, three steps are one.
2. Reviews, plan and the note that an audit is due are one transaction; then the edition goes out like every other, with
   its hint to every board.
3. The audit is due within the profile's hours. It is given once, by a publisher or supervisor without a hand in it; an
   audit that finds fault needs words. It takes nothing off a screen: that is `withdraw`, and works at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from content_sync.domain import profiles
from content_sync.domain.disclosure import review
from content_sync.domain.disclosure.review import Decision
from content_sync.domain.errors import BadInput, Refused
from display_server.access import Actor, check
from display_server.database import audit, content
from display_server.database.engine import Database
from display_server.database.tables.content import fast_published
from display_server.desk import publication
from display_server.publishing import service
from display_server.publishing.lock import channel_lock
from display_server.publishing.service import Issued
from display_server.review.service import record


@dataclass(frozen=True)
class Due:
    """An emergency on the fast path that nobody has audited: `late` when its hours are over."""

    item: str
    version: int
    title: str
    unit: str
    account: str
    at: str
    due: datetime
    late: bool


def publish_now(db: Database, actor: Actor, item_id: str, item_hash: str, ticks: Sequence[str]) -> Issued:
    """Pass and publish the emergency that this person has looked at (rules 1 and 2)."""
    with db.read() as connection:
        entry = content.entry(connection, item_id)
        place = content.channel(connection, entry.channel)
    check(actor, "emergency", place.unit.id)
    lost = publication.lost_files(db, place.id)
    with channel_lock(db.config, place.id):
        service.finish_interrupted(db, place.id)
        with db.write() as connection:
            version = _waiting(connection, item_id, item_hash)
            if version.hash in lost:
                raise Refused(f"附件“{lost[version.hash]}”丢失了：请作者取下，再提交。")
            _pass(db, connection, actor, version, tuple(ticks))
            rulings = content.rulings(connection, [item_id])[item_id]
            publication.checked(version, [one.decision for one in rulings], actor, place.unit.level, fast=True)
            service.intend(db, connection, actor, place.id, (version,))
            now = db.config.clock.now().isoformat()
            row = {"item": item_id, "version": version.version, "channel": place.id, "account": actor.name, "at": now}
            connection.execute(insert(fast_published).values(**row))
            audit.append(connection, now, actor.name, actor.via, "emergency.publish", item_id, version.hash)
        return service.finish(db, place.id)


def due_audits(db: Database, connection: Connection, actor: Actor) -> list[Due]:
    """What this person may audit, the oldest first (rule 3)."""
    now = db.config.clock.now()
    asked = select(fast_published).where(fast_published.c.auditor == "").order_by(fast_published.c.at)
    found = []
    for row in connection.execute(asked):
        unit = content.channel(connection, row.channel).unit
        version = content.version(connection, row.item, row.version)
        if version and actor.may("audit", unit.id) and actor.name not in {*version.authors, row.account}:
            hours = profiles.of_level(unit.level).emergency_audit_hours
            due = datetime.fromisoformat(row.at) + timedelta(hours=hours)
            found.append(Due(row.item, row.version, version.title, unit.name, row.account, row.at, due, now > due))
    return found


def give_audit(db: Database, actor: Actor, item_id: str, number: int, *, sound: bool, remark: str = "") -> None:
    """Audit an emergency that is out (rule 3)."""
    with db.write() as connection:
        asked = select(fast_published).where(fast_published.c.item == item_id, fast_published.c.version == number)
        row = connection.execute(asked).first()
        version = content.version(connection, item_id, number)
        if row is None or version is None:
            raise BadInput(f"“{item_id}”第 {number} 版没有走紧急发布，不用事后审核。")
        check(actor, "audit", content.channel(connection, row.channel).unit.id)
        review.check_audit(actor.name, version.authors, row.account)
        if row.auditor:
            raise Refused(f"{row.auditor} 已经审核过了。")
        if not sound and not remark.strip():
            raise Refused("审核不通过要写明哪里不对；要马上从屏幕上拿掉，请用“撤下”。")
        now = db.config.clock.now().isoformat()
        values = {"auditor": actor.name, "audited_at": now, "sound": int(sound), "remark": remark.strip()}
        of = (fast_published.c.item == item_id, fast_published.c.version == number)
        connection.execute(update(fast_published).where(*of).values(**values))
        action = "emergency.sound" if sound else "emergency.faulty"
        audit.append(connection, now, actor.name, actor.via, action, item_id, remark.strip())


def _waiting(connection: Connection, item_id: str, item_hash: str) -> content.Version:
    """The version under review whose text was looked at."""
    entry = content.entry(connection, item_id)
    version = content.version(connection, item_id, entry.submitted)
    if entry.state != "submitted" or version is None:
        raise Refused(f"“{entry.title}”现在不在审查中（{content.state_names[entry.state]}）。")
    if version.hash != item_hash:
        raise Refused("您看的文字已经改过：请重新打开后再发布。")
    return version


def _pass(db: Database, connection: Connection, actor: Actor, version: content.Version, ticks: tuple[str, ...]) -> None:
    """Every review that is still missing, by this person (rule 1)."""
    given = [one.decision for one in content.rulings(connection, [version.item])[version.item]]
    for kind in review.lacking(version.needs, version.hash, given):
        own = ticks if kind == "content" else ()
        record(db, connection, actor, version, Decision(kind, actor.name, version.hash, True, own, "紧急发布"))
