"""The fee list (统一收费, HAL-13): every fee an office may ask for, what it rests on, and the one place to pay it.

1. A fee list is a ledger at the node of fees (行政事业性收费) whose title holds “收费目录”. It is written, reviewed and
   published as any other item, and read on kiosks and phones as any other.
2. A line with an amount in its column 收费标准 is a fee; others are headings. Its columns 收费依据 and 缴费地点 say
   what it rests on and where it is paid; a fee that lacks either cannot be submitted. 计费单位 may stand beside.
3. A guide's fee is on the list when a line has its name and its amount. A fee that is not is refused where it would be
   asked for: in a guide that is submitted, and on the notice of a case that a window takes in.
4. What counts is the lists of the guide's own unit and of the units above it. Where none of them published one nothing
   is compared: nobody knows better than the guide.
5. Who is sent away (退回件) is asked for no fee, and nothing is compared.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from content_sync.domain.disclosure.guides import Fee, Guide
from content_sync.domain.disclosure.items import Item
from content_sync.domain.disclosure.ledgers import Ledger, Row
from content_sync.domain.money import price
from content_sync.domain.text import fold

node, called = "c05", "收费目录"
_amount, _per, _basis, _place = "收费标准", "计费单位", "收费依据", "缴费地点"


@dataclass(frozen=True)
class Listed:
    """One line of a list: a fee in fen (1/100 yuan) per `per`, its basis, and where it is paid."""

    name: str
    fen: int
    per: str
    basis: str
    place: str


def is_list(kind: str, its_node: str, title: str) -> bool:
    """Whether an item is a fee list (rule 1)."""
    return kind == "ledger" and its_node == node and called in title


def listed(item: Item) -> tuple[Listed, ...]:
    """The fees of a list, none of any other item (rule 2)."""
    if not isinstance(item.body, Ledger) or not is_list(item.kind, item.node, item.title):
        return ()
    return tuple(line for _, line in _lines(item.body))


def faults(ledger: Ledger) -> Iterator[tuple[int, str]]:
    """What a fee list still lacks, by line, 0 for the whole, in sentences for its author (rule 2)."""
    if not any(column.name == _amount and column.type == "money" for column in ledger.columns):
        yield 0, f"收费目录没有“{_amount}”一栏（金额）：请补上。"
    for number, line in _lines(ledger):
        lacking = [name for name, text in ((_basis, line.basis), (_place, line.place)) if not text.strip()]
        if lacking:
            yield number, f"收费目录第{number}行“{line.name}”没有写{'、'.join(lacking)}：请补上。"


def unlisted(fees: Iterable[Fee], known: Sequence[Listed]) -> tuple[Fee, ...]:
    """The fees that are not on the list (rules 3 and 4)."""
    amounts = {(_same(line.name), line.fen) for line in known}
    return tuple(fee for fee in fees if known and (_same(fee.name), fee.fen) not in amounts)


def refusal(fees: Iterable[Fee], known: Sequence[Listed]) -> str:
    """Why these fees may not be asked for, in a sentence; empty when they may (rule 3)."""
    told = []
    for fee in unlisted(fees, known):
        others = [f"{price(line.fen)}元" for line in known if _same(line.name) == _same(fee.name)]
        why = f"目录上是{'或'.join(dict.fromkeys(others))}" if others else "目录上没有这一项"
        told.append(f"“{fee.name}”{price(fee.fen)}元（{why}）")
    if not told:
        return ""
    return f"收费和公布的收费目录对不上：{'、'.join(told)}。不在目录里的不能收，请改正指南，或者先公布新的目录。"


def places(fees: Iterable[Fee], known: Sequence[Listed]) -> tuple[str, ...]:
    """Where these fees are paid by the list, each place once."""
    where = {(_same(line.name), line.fen): line.place for line in known}
    found = (where.get((_same(fee.name), fee.fen), "") for fee in fees)
    return tuple(dict.fromkeys(place for place in found if place))


def of_guide(guide: Guide) -> tuple[Fee, ...]:
    """The fees a guide asks for."""
    return () if guide.free else guide.fees


def _lines(ledger: Ledger) -> Iterator[tuple[int, Listed]]:
    names = [column.name for column in ledger.columns]
    for number, row in enumerate(ledger.rows, 1):
        amount = _cell(row, names, _amount)
        if isinstance(amount, int):
            per, basis, place = (str(_cell(row, names, name) or "") for name in (_per, _basis, _place))
            yield number, Listed(row.name, amount, per, basis, place)


def _cell(row: Row, names: Sequence[str], name: str) -> int | str | None:
    place = names.index(name) if name in names else len(row.cells)
    return row.cells[place] if place < len(row.cells) else None


def _same(name: str) -> str:
    return "".join(fold(name).split())
