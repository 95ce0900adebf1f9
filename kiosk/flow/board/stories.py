"""An item as a board tells it: fewer words than the touch screen, none that the item does not say.

1. A notice tells its own text; a 公示 ends with where to object, and counts its days (CAT-21).
2. A ledger tells its totals (four at most) and its three largest entries, in full yuan, never rounded; every line is
   on the touch screen (CAT-16).
3. An answer tells the question, then the reply (SUP-02). An emergency tells first what to do (CAT-17).
4. A guide or document is told only for one of the six sections (CAT-12): its plain explanation, else its summary.
5. Who says it is named as people here say it (kiosk.flow.speaker).
"""

from dataclasses import dataclass
from datetime import datetime

from content_sync.domain.county import County
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.catalogue import sections
from content_sync.domain.disclosure.items import Answer, Document, Emergency, Item, Notice
from content_sync.domain.disclosure.ledgers import Ledger, Row
from content_sync.domain.money import price
from kiosk.flow.board import codes
from kiosk.flow.speaker import spoken

_levels = {"red": "红色", "orange": "橙色", "yellow": "黄色", "blue": "蓝色"}
_totals_most, _largest = 4, 3


@dataclass(frozen=True)
class Figure:
    """One amount of a ledger, ready to read."""

    name: str
    amount: str


@dataclass(frozen=True)
class Story:
    """One item for a board; `item` and `hash` name its exact text in the log, empty for the board's own words."""

    item: str
    hash: str
    kind: str
    label: str
    title: str
    unit: str
    dated: str
    shown_from: datetime
    ends: datetime | None = None
    is_public_notice: bool = False
    topics: tuple[str, ...] = ()
    section: str = ""
    summary: str = ""
    blocks: tuple[Block, ...] = ()
    totals: tuple[Figure, ...] = ()
    largest: tuple[Figure, ...] = ()
    status: str = ""
    number: str = ""
    payload: str = ""

    def is_due(self, now: datetime) -> bool:
        """Whether it may be on the glass (promise 5)."""
        return self.shown_from <= now and (self.ends is None or now < self.ends)


def story(item: Item, body_hash: str, county: County | None) -> Story | None:
    """The item as a board tells it, or None when boards leave it to the touch screen (rule 4)."""
    body = item.body
    if not item.section and not isinstance(body, Notice | Ledger | Answer | Emergency):
        return None
    ledger = body if isinstance(body, Ledger) else None
    return Story(
        item=item.id,
        hash=body_hash,
        kind=item.kind,
        label=_label(item),
        title=item.plain_title or (body.question if isinstance(body, Answer) else item.title),
        unit=spoken(item.source, item.unit, county),
        dated=item.dated,
        shown_from=datetime.fromisoformat(item.shown_from),
        ends=datetime.fromisoformat(item.shown_until) if item.shown_until else None,
        is_public_notice=isinstance(body, Notice) and body.public_notice,
        topics=item.topics,
        section=item.section,
        summary=item.summary,
        blocks=_blocks(item),
        totals=_totals(ledger) if ledger else (),
        largest=_largest_of(ledger) if ledger else (),
        status=body.status if isinstance(body, Answer) else "",
        number=body.number if isinstance(body, Answer) else "",
        payload=codes.payload(item, county),
    )


def _label(item: Item) -> str:
    body = item.body
    if item.section:
        return sections.get(item.section, "")
    if isinstance(body, Notice):
        return "公示" if body.public_notice else "通知"
    if isinstance(body, Ledger):
        return body.period
    return f"{_levels[body.level]}预警" if isinstance(body, Emergency) else ""


def _blocks(item: Item) -> tuple[Block, ...]:
    body = item.body
    if isinstance(body, Notice):
        objection = (Block("p", f"有意见：{body.feedback}"),) if body.public_notice and body.feedback else ()
        return body.blocks + objection  # rule 1
    if isinstance(body, Answer):
        return body.reply
    if isinstance(body, Emergency):
        parts = (("请您这样做", body.precautions), ("现在的情况", body.progress), ("政府正在做", body.measures))
        return tuple(
            block for name, text in (*parts, ("查明的情况", body.findings)) if text for block in _part(name, text)
        )
    if isinstance(body, Document) and body.explanation:
        return body.explanation
    return (Block("p", item.summary),) if item.summary else ()  # rule 4


def _part(name: str, text: str) -> tuple[Block, Block]:
    return Block("h2", name), Block("p", text)


def _totals(ledger: Ledger) -> tuple[Figure, ...]:
    top = min((row.level for row in ledger.rows), default=1)
    return _figures(ledger, [row for row in ledger.rows if row.level == top])[:_totals_most]


def _largest_of(ledger: Ledger) -> tuple[Figure, ...]:
    rows = ledger.rows
    leaves = [row for row, after in zip(rows, (*rows[1:], None), strict=True) if not after or after.level <= row.level]
    entries = [row for row in leaves if row.level > min(r.level for r in rows)]  # a balance is a total, not an entry
    money = _money_column(ledger)
    entries.sort(key=lambda row: -abs(_amount(row, money)))
    return _figures(ledger, entries)[:_largest]


def _figures(ledger: Ledger, rows: list[Row]) -> tuple[Figure, ...]:
    money = _money_column(ledger)
    return tuple(Figure(row.name, f"{price(_amount(row, money))}元") for row in rows if _amount(row, money))


def _money_column(ledger: Ledger) -> int:
    return next((index for index, column in enumerate(ledger.columns) if column.type == "money"), -1)


def _amount(row: Row, column: int) -> int:
    cell = row.cells[column] if 0 <= column < len(row.cells) else None
    return cell if isinstance(cell, int) else 0
