"""Reviews: each names the hash it was given for, and who gave it.

1. A review is given for the exact text under review; when the text changed meanwhile, the review is refused.
2. Each kind needs its own role (access), and none of the authors may give any (domain rule 1).
3. A rejection needs a comment and sends the text back to its author; it stays on file like every decision.
4. From the shell a person records every review that person may give, with its ticks (ARCHITECTURE §8).
"""

from sqlalchemy import Connection, insert, update

from content_sync.domain.disclosure import review
from content_sync.domain.disclosure.review import Decision, ReviewKind
from content_sync.domain.edition import body_hash
from content_sync.domain.errors import Broken, Refused
from display_server.access import Actor, check
from display_server.database import audit, content
from display_server.database.engine import Database
from display_server.database.tables.content import decisions, items


def approve(db: Database, actor: Actor, channel_id: str) -> content.Outcome:
    """Record every review this person may give on everything waiting in a channel (rule 4)."""
    done, refused = [], []
    with db.write() as connection:
        unit = content.channel(connection, channel_id).unit.id
        kinds = kinds_of(actor, unit)
        if not kinds:
            check(actor, "review.content", unit)
        waiting = content.waiting(connection, channel_id)
        rulings = content.rulings(connection, [version.item for version in waiting])
        for version in waiting:
            mine = [kind for kind in lacking(version, rulings[version.item]) if kind in kinds]
            try:
                for kind in mine:
                    ticks = review.principles if kind == "content" else ()
                    record(db, connection, actor, version, Decision(kind, actor.name, version.hash, True, ticks))
            except (Refused, Broken) as error:
                refused.append((version.item, str(error)))
            else:
                done += [version.item] if mine else []
    return content.Outcome(channel_id, tuple(done), tuple(refused))


def decide(db: Database, actor: Actor, item_id: str, decision: Decision) -> None:
    """Record one review of the version under review. Raises Refused with the sentence for the reviewer."""
    with db.write() as connection:
        entry = content.entry(connection, item_id)
        check(actor, f"review.{decision.kind}", content.channel(connection, entry.channel).unit.id)  # rule 2
        version = content.version(connection, item_id, entry.submitted)
        if entry.state != "submitted" or version is None:
            raise Refused(f"“{entry.title}”现在不在审查中（{content.state_names[entry.state]}）。")
        if decision.item_hash != version.hash:  # rule 1
            raise Refused("您看的文字已经改过：请重新打开后再审。")
        if decision.kind not in version.needs:
            raise Refused(f"这一件不需要{review.review_kinds[decision.kind]}。")
        record(db, connection, actor, version, decision)


def kinds_of(actor: Actor, unit: str) -> tuple[ReviewKind, ...]:
    """The review kinds this account may give for a unit."""
    return tuple(kind for kind in review.review_kinds if actor.may(f"review.{kind}", unit))  # type: ignore[misc]  # keys are the kinds


def lacking(version: content.Version, rulings: tuple[content.Ruling, ...]) -> tuple[ReviewKind, ...]:
    """The review kinds a version still lacks."""
    return review.lacking(version.needs, version.hash, [ruling.decision for ruling in rulings])


def record(db: Database, connection: Connection, actor: Actor, version: content.Version, decision: Decision) -> None:
    """Keep one decision inside the caller's transaction, who has checked that this account may give it (rules 2, 3)."""
    for author in version.authors:
        review.check_review(decision, author)
    if not decision.passed and not decision.comment.strip():
        raise Refused("退回要写明意见，让作者知道改什么。")  # rule 3
    if body_hash(version.body) != version.hash:
        raise Broken(f"数据库里“{version.item}”的文字与提交时不一致：请不要审查，联系系统管理员。")
    now = db.config.clock.now().isoformat()
    connection.execute(
        insert(decisions).values(
            item=version.item,
            version=version.version,
            hash=version.hash,
            kind=decision.kind,
            account=actor.name,
            passed=int(decision.passed),
            ticks=",".join(decision.ticks),
            comment=decision.comment.strip(),
            at=now,
        )
    )
    if not decision.passed:
        connection.execute(update(items).where(items.c.id == version.item).values(submitted=0))  # rule 3
    action = f"pass.{decision.kind}" if decision.passed else f"reject.{decision.kind}"
    audit.append(connection, now, actor.name, actor.via, action, version.item, version.hash)
