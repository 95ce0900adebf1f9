"""What every subject of content asks of the database: channels, items, their versions and decisions.

1. The state of an item is derived here and nowhere else (ARCHITECTURE §5.13).
2. A row becomes a value at this door; nobody else reads these columns by name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, and_, or_, select

from content_sync.domain.county import Unit
from content_sync.domain.disclosure.review import Decision, ReviewKind
from content_sync.domain.errors import BadInput
from content_sync.wire import canonical, shapes
from display_server.database.tables.content import decisions, editions, items, published, versions, withdrawals
from display_server.database.tables.core import channels, units

State = Literal["draft", "returned", "submitted", "published", "withdrawn"]
state_names: dict[State, str] = {
    "draft": "草稿",
    "returned": "退回修改",
    "submitted": "审查中",
    "published": "已发布",
    "withdrawn": "已撤下",
}


@dataclass(frozen=True)
class Channel:
    """A channel and the unit that answers for it."""

    id: str
    unit: Unit


@dataclass(frozen=True)
class Entry:
    """One item as its authors see it: `submitted` is the version under review or published, 0 for a working draft."""

    id: str
    channel: str
    kind: str
    title: str
    authors: tuple[str, ...]
    submitted: int
    updated_at: str
    state: State
    published_version: int


@dataclass(frozen=True)
class Version:
    """One submitted text: its canonical bytes and their hash at submission."""

    item: str
    version: int
    hash: str
    body: bytes
    kind: str
    title: str
    needs: tuple[ReviewKind, ...]
    authors: tuple[str, ...]
    submitted_by: str
    submitted_at: str


@dataclass(frozen=True)
class Ruling:
    """A decision as it stands on file."""

    decision: Decision
    version: int
    at: str


@dataclass(frozen=True)
class Outcome:
    """What an act on a whole channel did: ids done, and (id, sentence) for each one refused."""

    channel: str
    done: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def all_channels(connection: Connection) -> tuple[Channel, ...]:
    """Every channel with its unit, in the order of their ids."""
    joined = select(channels.c.id, units.c.detail).join(units, units.c.id == channels.c.unit).order_by(channels.c.id)
    return tuple(Channel(row.id, _unit(row.detail)) for row in connection.execute(joined))


def channel(connection: Connection, channel_id: str) -> Channel:
    """One channel, or BadInput naming it."""
    joined = select(units.c.detail).join(channels, units.c.id == channels.c.unit).where(channels.c.id == channel_id)
    detail = connection.execute(joined).scalar()
    if detail is None:
        raise BadInput(f"没有频道“{channel_id}”。")
    return Channel(channel_id, _unit(detail))


def entry(connection: Connection, item_id: str) -> Entry:
    """One item, or BadInput naming it."""
    row = connection.execute(_entries().where(items.c.id == item_id)).first()
    if row is None:
        raise BadInput(f"没有编号为“{item_id}”的事项。")
    return _entry(row)


def entries(connection: Connection, channel_id: str) -> tuple[Entry, ...]:
    """All items of a channel, last changed first."""
    rows = connection.execute(_entries().where(items.c.channel == channel_id).order_by(items.c.updated_at.desc()))
    return tuple(_entry(row) for row in rows)


def draft(connection: Connection, item_id: str) -> dict[str, Any]:
    """The working text of an item, as a plain value."""
    text = connection.execute(select(items.c.draft).where(items.c.id == item_id)).scalar_one()
    plain: dict[str, Any] = canonical.load(text.encode(), item_id)
    return plain


def version(connection: Connection, item_id: str, number: int) -> Version | None:
    """One submitted version."""
    wanted = and_(versions.c.item == item_id, versions.c.version == number)
    row = connection.execute(select(versions).where(wanted)).first()
    return _version(row) if row else None


def waiting(connection: Connection, channel_id: str) -> tuple[Version, ...]:
    """The submitted versions of a channel that no edition holds yet, oldest submission first."""
    on_show = and_(published.c.item == items.c.id, published.c.version == items.c.submitted)
    joined = (
        select(versions)
        .join(items, and_(items.c.id == versions.c.item, items.c.submitted == versions.c.version))
        .join(published, on_show, isouter=True)
        .join(withdrawals, withdrawals.c.item == items.c.id, isouter=True)
        .where(items.c.channel == channel_id, published.c.item.is_(None), withdrawals.c.item.is_(None))
        .order_by(versions.c.submitted_at, versions.c.item)
    )
    return tuple(_version(row) for row in connection.execute(joined))


def shown_items(connection: Connection, channel_id: str) -> set[str]:
    """The items that the channel's newest edition holds."""
    return set(connection.execute(select(published.c.item).where(published.c.channel == channel_id)).scalars())


def rulings(connection: Connection, item_ids: Iterable[str]) -> dict[str, tuple[Ruling, ...]]:
    """All decisions on these items, oldest first, by item."""
    found: dict[str, list[Ruling]] = {item_id: [] for item_id in item_ids}
    rows = connection.execute(select(decisions).where(_among(decisions.c.item, list(found))).order_by(decisions.c.seq))
    for row in rows:
        ticks = tuple(row.ticks.split(",")) if row.ticks else ()
        decision = Decision(row.kind, row.account, row.hash, bool(row.passed), ticks, row.comment)
        found[row.item].append(Ruling(decision, row.version, row.at))
    return {item_id: tuple(made) for item_id, made in found.items()}


def waiting_edition(connection: Connection, channel_id: str) -> int:
    """The number of the edition that was begun and is not out (it waits for signatures, or was cut off); or 0."""
    begun = select(editions.c.number).where(editions.c.channel == channel_id, editions.c.done == 0)
    return connection.execute(begun).scalar() or 0


def newest_edition(connection: Connection, channel_id: str) -> tuple[int, int, str]:
    """Number, items and time of the channel's newest finished edition; 0, 0 and an empty text before the first."""
    finished = select(editions).where(editions.c.channel == channel_id, editions.c.done == 1)
    row = connection.execute(finished.order_by(editions.c.number.desc()).limit(1)).first()
    return (row.number, row.items, row.time) if row else (0, 0, "")


def _among(column: Any, wanted: list[str]) -> Any:
    chunks = [wanted[start : start + 500] for start in range(0, len(wanted), 500)]  # SQLite bounds variables
    return or_(*(column.in_(chunk) for chunk in chunks)) if chunks else column.is_(None)


def _entries() -> Select[Any]:
    returned = select(decisions.c.seq).where(
        decisions.c.item == items.c.id,
        decisions.c.passed == 0,
        decisions.c.version
        == select(versions.c.version)
        .where(versions.c.item == items.c.id)
        .order_by(versions.c.version.desc())
        .limit(1)
        .scalar_subquery(),
    )
    return (
        select(
            items,
            published.c.version.label("published_version"),
            withdrawals.c.item.label("withdrawn"),
            returned.exists().label("returned"),
        )
        .join(published, published.c.item == items.c.id, isouter=True)
        .join(withdrawals, withdrawals.c.item == items.c.id, isouter=True)
    )


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        row.id,
        row.channel,
        row.kind,
        row.title,
        tuple(row.authors.split(",")),
        row.submitted,
        row.updated_at,
        _state(row),
        row.published_version or 0,
    )


def _state(row: Row[Any]) -> State:
    if row.withdrawn:
        return "withdrawn"
    if not row.submitted:
        return "returned" if row.returned else "draft"
    return "published" if row.published_version == row.submitted else "submitted"


def _version(row: Row[Any]) -> Version:
    needs: Any = tuple(row.needs.split(","))
    authors = tuple(row.authors.split(","))
    return Version(
        row.item,
        row.version,
        row.hash,
        row.body,
        row.kind,
        row.title,
        needs,
        authors,
        row.submitted_by,
        row.submitted_at,
    )


def _unit(detail: str) -> Unit:
    return shapes.from_plain(Unit, canonical.load(detail.encode(), "unit"), "unit")
