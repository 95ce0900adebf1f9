"""Editions: approved versions become the channel's next signed state, and a withdrawal is an edition of its own.

1. Order: an `editions` row with the plan (done = 0), then the tree, then the published state (done = 1). A crash leaves
   at most one row undone; whoever acts on the channel next, or the server's start, finishes it with the same plan.
2. The tree says which number was the last: a number is neither skipped nor given twice, also after a restored backup.
3. Every body is hashed again from its bytes before it is published; bytes that differ from what was approved are not
   published (promise 4), nor are other files than the attached ones (publishing.attached). A withdrawal waits for
   nobody: it leaves such bytes out and goes on.
4. A withdrawn id stands in the signed list from then on and never comes back (promise 3).
5. Where editions are signed by their publishers' own keys, the row stays undone until they have signed, and every act
   before that plans it anew (publishing.signatures). A withdrawal is obeyed at once also there.
6. An edition is out with the delta of its own step; what takes time is made afterwards, by whoever keeps the folder up
   or by the command that published, and never holds up the next act.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select, update

from content_sync.domain.errors import Broken, GongkailanError, Refused
from content_sync.wire import canonical
from display_server.access import Actor, check
from display_server.database import audit, content
from display_server.database.engine import Database
from display_server.database.tables.content import editions, withdrawals
from display_server.publishing import attached
from display_server.publishing.lock import channel_lock
from display_server.publishing.plans import Plan, past_of, plan_of, replanned, starts_of, text_of, with_past
from display_server.publishing.state import bodies_of, move, undone

if TYPE_CHECKING:
    from content_sync.publish import Published, Publisher
    from content_sync.waiting import Waiting


@dataclass(frozen=True)
class Issued:
    """The newest edition after an act: `changed` is how many items the act touched, `bytes` what devices fetch.

    `waiting` is the number of the edition that waits for signatures, 0 when none does.
    """

    channel: str
    edition: int
    items: int
    changed: int
    bytes: int
    waiting: int = 0


def publisher(db: Database) -> "Publisher":
    """The signer of this server's tree."""
    from content_sync.publish import Publisher

    return Publisher(db.config.repo, db.config.keys, db.config.clock)


def waiting_at(db: Database, channel_id: str) -> "Waiting":
    """What waits for signatures in a channel."""
    from content_sync.waiting import Waiting

    return Waiting(db.config.repo, db.config.keys, channel_id, db.config.clock)


def intend(
    db: Database, connection: Connection, actor: Actor, channel_id: str, additions: Sequence[content.Version]
) -> None:
    """Plan the next edition with these versions added, in the transaction in which the caller checked each of them.

    The caller holds the channel, and calls `finish` when that transaction is committed.
    """
    _intend(db, connection, actor, channel_id, Plan(add=tuple((v.item, v.version, v.hash) for v in additions)))


def withdraw(db: Database, actor: Actor, item_id: str, reason: str) -> Issued:
    """Take a published item off every screen at once, as an edition of its own."""
    with db.read() as connection:
        entry = content.entry(connection, item_id)
        unit = content.channel(connection, entry.channel).unit.id
    check(actor, "withdraw", unit)
    if not reason.strip():
        raise Refused("撤下要写明原因。")
    with channel_lock(db.config, entry.channel):
        with suppress(GongkailanError):  # somebody else's edition that cannot be finished: its plan goes with ours
            finish_interrupted(db, entry.channel)
        with db.write() as connection:
            entry = content.entry(connection, item_id)
            if entry.state == "withdrawn":
                raise Refused(f"“{entry.title}”已经撤下。")
            if not entry.published_version:
                raise Refused(f"“{entry.title}”没有发布，不用撤下。")
            now = db.config.clock.now().isoformat()
            row = {"channel": entry.channel, "reason": reason.strip(), "account": actor.name, "at": now}
            connection.execute(insert(withdrawals).values(item=item_id, **row))  # rule 4
            audit.append(connection, now, actor.name, actor.via, "withdraw", item_id, reason.strip())
            _intend(db, connection, actor, entry.channel, Plan(remove=(item_id,)))
        return finish(db, entry.channel)


def finish_interrupted(db: Database, channel_id: str) -> None:
    """Finish an edition that a crash left undone (rule 1). The caller holds the channel."""
    with db.read() as connection:
        begun = connection.execute(select(editions.c.number).where(*undone(channel_id))).first()
    if begun:
        finish(db, channel_id)


def finish_all_interrupted(db: Database) -> None:
    """The same for every channel: what a server does when it starts."""
    with db.read() as connection:
        left = connection.execute(select(editions.c.channel).where(editions.c.done == 0)).scalars().all()
    for channel_id in left:
        with channel_lock(db.config, channel_id):
            finish_interrupted(db, channel_id)


def _intend(db: Database, connection: Connection, actor: Actor, channel_id: str, plan: Plan) -> None:
    if not (db.config.keys / channel_id).is_dir():
        raise Refused(f"频道“{channel_id}”由它自己的服务器签发，这里不能发布。")
    number = publisher(db).newest(channel_id).number + 1  # rule 2
    waiting = connection.execute(select(editions.c.plan).where(*undone(channel_id))).scalar()
    if waiting is not None:  # rule 5
        plan = replanned(plan_of(waiting), plan)
        connection.execute(delete(editions).where(*undone(channel_id)))
    connection.execute(
        insert(editions).values(
            channel=channel_id,
            number=number,
            time=db.config.clock.now().isoformat(),
            root="",
            items=0,
            bytes=0,
            account=actor.name,
            via=actor.via,
            plan=text_of(with_past(connection, channel_id, plan)),
            done=0,
        )
    )


def finish(db: Database, channel_id: str) -> Issued:
    """Carry out the one plan of this channel that is not done yet (rule 1). The caller holds the channel."""
    with db.read() as connection:
        row = connection.execute(select(editions).where(*undone(channel_id))).one()
        plan = plan_of(row.plan)
        bodies, bad = bodies_of(connection, channel_id, plan)
        gone = connection.execute(select(withdrawals.c.item).where(withdrawals.c.channel == channel_id)).scalars().all()
    signer = waiting_at(db, channel_id)
    is_out = publisher(db).newest(channel_id).number >= row.number  # the crash came after the tree
    if not is_out and signer.is_signed_elsewhere():  # rule 5
        with db.read() as connection:
            attached.prune(db.config, channel_id, bodies_of(connection, channel_id, Plan(remove=tuple(gone)))[0])
        return _wait(db, channel_id, row.number, plan, hidden=signer.hide(gone))
    if is_out:
        pass  # what was signed stands; the database follows
    elif bad and plan.remove:  # rule 3: a withdrawal waits for nobody
        plan = _without(db, channel_id, plan, bad)
        bodies = {item: body for item, body in bodies.items() if item not in bad}
    elif bad:
        _give_up(db, channel_id)
        raise Broken(f"数据库里“{bad[0]}”的文字与审查通过的不一致：没有发布，请联系系统管理员恢复备份。")
    made = _sign(db, channel_id, row.number, bodies, sorted(gone), may_give_up=not plan.remove)
    attached.prune(db.config, channel_id, bodies)
    with db.write() as connection:
        move(connection, channel_id, row.number, plan)
        facts = {"time": made.time, "root": made.root, "items": made.items, "bytes": made.bytes, "done": 1}
        connection.execute(update(editions).where(*undone(channel_id)).values(**facts))
        now = db.config.clock.now().isoformat()
        audit.append(connection, now, row.account, row.via, "edition", f"{channel_id} {row.number}", made.root)
        for item_id, _, hash_ in plan.add:
            audit.append(connection, now, row.account, row.via, "publish", item_id, hash_)
        _announce(db, connection, channel_id, row.number, bodies, plan)
    return Issued(channel_id, row.number, made.items, len(plan.add) + len(plan.remove), made.bytes)


def _wait(db: Database, channel_id: str, number: int, plan: Plan, *, hidden: bool) -> Issued:
    shown = publisher(db).newest(channel_id)
    if hidden:
        with db.write() as connection:
            # 0: devices hold this very edition, and must look all the same
            db.announce(connection, "edition", {"channel": channel_id, "edition": 0})
    return Issued(channel_id, shown.number, shown.items, len(plan.items), 0, number)


def complete(db: Database, channel_id: str) -> bool:
    """Make the ways to the newest edition that take time; False when there is nothing left to make (rule 6)."""
    signer = publisher(db)
    if signer.is_complete(channel_id):
        return False
    with db.read() as connection:
        connection.exec_driver_sql("BEGIN")  # one snapshot: the texts and the plans of one edition
        bodies, _ = bodies_of(connection, channel_id, Plan())
        number = signer.newest(channel_id).number
        starts = starts_of(connection, channel_id, number, db.config.clock.now())
        done = signer.complete(channel_id, bodies, past_of(connection, channel_id, number), starts)
        connection.exec_driver_sql("ROLLBACK")
    if done:
        with db.write() as connection:  # relays take the new ways too; devices hold this edition and stay quiet
            db.announce(connection, "edition", {"channel": channel_id, "edition": number})
    return done


def _without(db: Database, channel_id: str, plan: Plan, bad: Sequence[str]) -> Plan:
    """The plan without items whose bytes are not the approved ones; on file, because later deltas count on it."""
    left = tuple(entry for entry in plan.add if entry[0] not in bad)
    with db.write() as connection:
        changed = with_past(connection, channel_id, Plan(left, (*plan.remove, *bad)))
        connection.execute(update(editions).where(*undone(channel_id)).values(plan=text_of(changed)))
    return changed


def _sign(
    db: Database, channel_id: str, number: int, bodies: dict[str, bytes], gone: list[str], *, may_give_up: bool
) -> "Published":
    signer = publisher(db)
    if signer.newest(channel_id).number >= number:  # the crash came after the tree
        return signer.newest(channel_id)
    try:
        attached.prepare(db.config, channel_id, bodies, withdrawing=not may_give_up)
        with db.read() as connection:
            return signer.publish(channel_id, number, bodies, gone, past_of(connection, channel_id, number))
    except Exception:
        if (
            may_give_up and signer.newest(channel_id).number < number
        ):  # refused, not crashed: the next act starts afresh
            _give_up(db, channel_id)
        raise


def _give_up(db: Database, channel_id: str) -> None:
    with db.write() as connection:  # nothing of this number was ever visible
        connection.execute(delete(editions).where(*undone(channel_id)))


def _announce(
    db: Database, connection: Connection, channel_id: str, number: int, bodies: dict[str, bytes], plan: Plan
) -> None:
    db.announce(connection, "edition", {"channel": channel_id, "edition": number})
    for item_id, _, _ in plan.add:
        if canonical.load(bodies[item_id], item_id)["kind"] == "emergency":
            db.announce(connection, "emergency", {"channel": channel_id, "edition": number, "item": item_id})
