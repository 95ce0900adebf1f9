"""Editions that wait for their publishers' signatures: what is to be signed, and letting it out once it is.

1. Only what is still approved is asked for: a text that was changed or sent back after it was planned leaves the plan.
2. What was signed is let out only if nothing changed since: no text, no withdrawal. Otherwise it is asked for anew.
3. Then the database follows the tree, as after any publication (publishing.service rule 1).
4. When nothing waits, the standing edition may be signed once more: signatures live a year.
"""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, select, update

from content_sync.domain.edition import root_of
from content_sync.domain.errors import Broken, Refused
from display_server.database import content
from display_server.database.engine import Database
from display_server.database.tables.content import editions, published
from display_server.publishing import attached
from display_server.publishing.lock import channel_lock
from display_server.publishing.plans import Plan, past_of, plan_of, starts_of, text_of, with_past
from display_server.publishing.service import Issued, finish, finish_interrupted, publisher, waiting_at
from display_server.publishing.state import bodies_of, undone

if TYPE_CHECKING:
    from content_sync.trust.requests import Request


def ask(db: Database, channel_id: str, *, all_texts: bool) -> "Request":
    """What the signers of a channel are asked for now. Raises Refused where the server signs by itself."""
    waiting = waiting_at(db, channel_id)
    if not waiting.is_signed_elsewhere():
        raise Refused(f"频道“{channel_id}”的内容由服务器自己签名，没有什么要等。")
    with channel_lock(db.config, channel_id):
        finish_interrupted(db, channel_id)
        with db.write() as connection:
            number, plan = _still_approved(db, connection, channel_id)
    with db.read() as connection:
        connection.exec_driver_sql(
            "BEGIN"
        )  # one snapshot; the channel is free meanwhile: a withdrawal voids the request
        bodies = _bodies(connection, channel_id, plan)
        past = past_of(connection, channel_id, number)
        starts = starts_of(connection, channel_id, number, db.config.clock.now())
        held = hashes_now(connection, channel_id)
        made = waiting.request(number, bodies, past, starts, held, all_texts=all_texts)
        connection.exec_driver_sql("ROLLBACK")
    return made


def release(db: Database, request: "Request") -> Issued:
    """Let out the waiting edition that was signed. Raises Refused (rule 2); then nothing changed."""
    channel_id = request.channel
    with channel_lock(db.config, channel_id):
        with db.read() as connection:
            row = connection.execute(select(editions).where(*undone(channel_id))).first()
            if row is None:
                raise Refused(f"频道“{channel_id}”没有等待签名的一期。")
            plan = plan_of(row.plan)
            if stale := _stale(connection, plan):
                raise Refused(f"“{stale[0]}”在等待签名的时候改过：请重新 keys pending，再签名。")
            bodies, held = _bodies(connection, channel_id, plan), hashes_now(connection, channel_id)
        attached.prepare(db.config, channel_id, bodies, withdrawing=False)
        waiting_at(db, channel_id).release(request, row.number, root_of(bodies), held)
        return finish(db, channel_id)  # rule 3


def bodies_now(db: Database, channel_id: str) -> dict[str, bytes]:
    """The texts of the newest edition. Raises Broken when one was changed in the database."""
    with db.read() as connection:
        return _bodies(connection, channel_id, Plan())


def hashes_now(connection: Connection, channel_id: str) -> dict[str, str]:
    """The hashes of the items of the newest edition."""
    wanted = select(published.c.item, published.c.hash).where(published.c.channel == channel_id)
    return {row.item: row.hash for row in connection.execute(wanted)}


def _still_approved(db: Database, connection: Connection, channel_id: str) -> tuple[int, Plan]:
    """The number and plan to sign, after rule 1; the newest edition with an empty plan when nothing waits (rule 4)."""
    row = connection.execute(select(editions).where(*undone(channel_id))).first()
    if row is None:
        return publisher(db).newest(channel_id).number, Plan()
    plan = plan_of(row.plan)
    stale = _stale(connection, plan)
    kept = with_past(connection, channel_id, Plan(tuple(e for e in plan.add if e[0] not in stale), plan.remove))
    if not kept.items:
        connection.execute(delete(editions).where(*undone(channel_id)))
        return publisher(db).newest(channel_id).number, Plan()
    connection.execute(update(editions).where(*undone(channel_id)).values(plan=text_of(kept)))
    return row.number, kept


def _stale(connection: Connection, plan: Plan) -> list[str]:
    """Planned items whose approved version is not the submitted one any more."""
    return [item for item, version, _ in plan.add if content.entry(connection, item).submitted != version]


def _bodies(connection: Connection, channel_id: str, plan: Plan) -> dict[str, bytes]:
    bodies, bad = bodies_of(connection, channel_id, plan)
    if bad:
        raise Broken(f"数据库里“{bad[0]}”的文字与审查通过的不一致：不能签名，请联系系统管理员恢复备份。")
    return bodies
