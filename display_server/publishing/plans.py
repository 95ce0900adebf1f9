"""What an edition does to the published state, as it is planned and kept; and from that, what was before.

1. A plan names versions that come, items that leave, and of each of them the version that was published until then.
2. From the plans of the editions since, it follows what of an older edition was different: the first plan that touches
   an item says what it was. One edition without such a plan (made by the first release, or lost with a backup), and
   nothing before it is known.
3. Texts are read from the submitted versions, which stay for the archive; nothing is stored twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from content_sync.domain import limits
from content_sync.wire import canonical
from display_server.database.tables.content import editions, published, versions

if TYPE_CHECKING:
    from content_sync.packs import Past


@dataclass(frozen=True)
class Plan:
    """What an edition does: versions by (item, version, hash), ids that leave, and (item, version) as it was."""

    add: tuple[tuple[str, int, str], ...] = ()
    remove: tuple[str, ...] = ()
    was: tuple[tuple[str, int], ...] | None = ()

    @property
    def items(self) -> tuple[str, ...]:
        """Every item it touches."""
        return (*self.remove, *(entry[0] for entry in self.add))


def with_past(connection: Connection, channel: str, plan: Plan) -> Plan:
    """The plan with what is published now of the items it touches (rule 1)."""
    wanted = select(published.c.item, published.c.version).where(published.c.channel == channel)
    if len(plan.items) <= limits.page_rows:
        wanted = wanted.where(published.c.item.in_(plan.items))
    held = {row.item: row.version for row in connection.execute(wanted)}
    return Plan(plan.add, plan.remove, tuple((item, held[item]) for item in plan.items if item in held))


def replanned(old: Plan, new: Plan) -> Plan:
    """A waiting plan made anew: a publication brings its own items, a withdrawal takes its items out of the others."""
    kept = new.add or tuple(entry for entry in old.add if entry[0] not in new.remove)
    return Plan(kept, tuple(dict.fromkeys((*old.remove, *new.remove))))


def begun(connection: Connection, channel: str) -> tuple[int, set[tuple[str, int]]]:
    """The number of the edition that was begun and is not out, or 0, and the versions that it brings."""
    wanted = select(editions.c.number, editions.c.plan).where(editions.c.channel == channel, editions.c.done == 0)
    row = connection.execute(wanted).first()
    return (row.number, {(item, version) for item, version, _ in plan_of(row.plan).add}) if row else (0, set())


def text_of(plan: Plan) -> str:
    """The kept form of a plan."""
    plain: dict[str, Any] = {"add": [list(entry) for entry in plan.add], "remove": list(plan.remove)}
    if plan.was is not None:
        plain["was"] = [list(entry) for entry in plan.was]
    return canonical.dump(plain).decode()


def plan_of(text: str) -> Plan:
    """The plan that was kept."""
    plain = canonical.load(text.encode(), "plan")
    was = tuple((item, version) for item, version in plain["was"]) if "was" in plain else None
    return Plan(tuple((item, version, hash_) for item, version, hash_ in plain["add"]), tuple(plain["remove"]), was)


def past_of(connection: Connection, channel: str, number: int) -> "Past":
    """What was different in the editions before edition `number` of a channel (rules 2 and 3)."""
    kept: dict[int, Plan | None] = {}
    bodies: dict[tuple[str, int], bytes] = {}

    def past(since: int) -> dict[str, bytes | None] | None:
        was: dict[str, int] = {}
        for later in range(number, since, -1):  # backwards: the earliest plan has the last word
            if later not in kept:
                kept[later] = _kept(connection, channel, later)
            plan = kept[later]
            if plan is None or plan.was is None:
                return None
            was |= dict.fromkeys(plan.items, 0) | dict(plan.was)
        return {item: _body(connection, bodies, item, version) if version else None for item, version in was.items()}

    return past


def starts_of(connection: Connection, channel: str, number: int, now: datetime) -> set[int]:
    """The editions from which devices may still come: the last ones, and before them the last of each day.

    A device that was switched off in the evening holds the last edition of a day.
    """
    oldest = (now - timedelta(days=limits.delta_days_back_max)).isoformat()
    wanted = select(editions.c.number, editions.c.time).where(editions.c.channel == channel, editions.c.time >= oldest)
    last = {row.time[:10]: row.number for row in connection.execute(wanted.order_by(editions.c.number))}
    return {*last.values(), *range(max(1, number - limits.delta_editions_back_max), number)}


def _kept(connection: Connection, channel: str, number: int) -> Plan | None:
    wanted = select(editions.c.plan).where(editions.c.channel == channel, editions.c.number == number)
    text = connection.execute(wanted).scalar()
    return plan_of(text) if text else None


def _body(connection: Connection, known: dict[tuple[str, int], bytes], item: str, version: int) -> bytes:
    if (item, version) not in known:
        wanted = select(versions.c.body).where(versions.c.item == item, versions.c.version == version)
        known[item, version] = connection.execute(wanted).scalar_one()
    return known[item, version]
