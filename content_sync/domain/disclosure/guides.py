"""A service guide (办事指南): what to bring, where to go, how long, how much.

1. A guide has nine elements (GUI-01): 主体 依据 条件 程序 时限 结果 收费依据 收费标准 监督渠道. Lacking one, it cannot
   be submitted; the missing ones are named.
2. "No fee" is said explicitly (`free`), and then the fee basis and standard count as present.
3. Materials, steps, limits and fees are records, never prose, so that a screen can show only what a case needs
   (disclosure.which).
4. A permit of which only so many are given says how many, in words (`quantity`; 行政许可法 30, N-12). Empty: no limit.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Handler:
    """办理主体: who handles it, at which window, where and when. `window` is the window's id at the site, or empty."""

    name: str
    window: str = ""
    place: str = ""
    phone: str = ""
    hours: str = ""


@dataclass(frozen=True)
class Basis:
    """依据: a law or document, its article, and the words that matter."""

    law: str
    article: str = ""
    text: str = ""


@dataclass(frozen=True)
class Situation:
    """我的情形: one of the cases a visitor may be in; materials, limits and fees name it by id."""

    id: str
    label: str


@dataclass(frozen=True)
class Which:
    """A plain question that tells which case a visitor is in; its answers are named by id like situations."""

    id: str
    text: str
    answers: tuple[Situation, ...] = ()


@dataclass(frozen=True)
class Material:
    """材料: one paper to bring. Counts are pieces; `situations` empty means always."""

    name: str
    originals: int = 0
    copies: int = 0
    source: str = ""
    note: str = ""
    sample: str = ""
    situations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """程序: one step the visitor takes or waits for."""

    name: str
    text: str = ""
    place: str = ""


@dataclass(frozen=True)
class Limit:
    """时限: statutory or promised, in working days, calendar days, or on the spot (0 `instant`).

    `situations` empty means always.
    """

    kind: Literal["statutory", "promised"]
    amount: int
    unit: Literal["working_day", "day", "instant"]
    note: str = ""
    situations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fee:
    """收费标准: one fee in fen (1/100 yuan) per `per`; `situations` empty means always."""

    name: str
    fen: int
    per: str = ""
    note: str = ""
    situations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paying:
    """缴费地点和方式: the one place where its fees are paid (GUI-08), and how; both in words."""

    place: str = ""
    ways: str = ""


@dataclass(frozen=True)
class Channel:
    """监督渠道: where to complain about this service."""

    name: str
    phone: str = ""
    place: str = ""


@dataclass(frozen=True)
class Question:
    """常见问题: a question people really ask, with its answer."""

    question: str
    answer: str


@dataclass(frozen=True)
class Guide:
    """The body of an item of kind `guide`."""

    handler: Handler
    bases: tuple[Basis, ...] = ()
    conditions: tuple[str, ...] = ()
    situations: tuple[Situation, ...] = ()
    materials: tuple[Material, ...] = ()
    steps: tuple[Step, ...] = ()
    limits: tuple[Limit, ...] = ()
    visits: int = 1
    result: str = ""
    result_note: str = ""
    free: bool = False
    fee_bases: tuple[Basis, ...] = ()
    fees: tuple[Fee, ...] = ()
    supervision: tuple[Channel, ...] = ()
    questions: tuple[Question, ...] = field(default=())
    service: str = ""
    which: tuple[Which, ...] = ()
    paying: Paying = Paying()
    quantity: str = ""


def missing_elements(guide: Guide) -> tuple[str, ...]:
    """The Chinese names of the nine elements that are absent (rules 1 and 2); empty when complete."""
    present: Iterator[tuple[str, object]] = iter(
        (
            ("办理主体", guide.handler.name),
            ("办理依据", guide.bases),
            ("办理条件", guide.conditions),
            ("办理程序", guide.steps),
            ("办理时限", guide.limits),
            ("办事结果", guide.result),
            ("收费依据", guide.free or guide.fee_bases),
            ("收费标准", guide.free or guide.fees),
            ("监督渠道", guide.supervision),
        )
    )
    return tuple(name for name, value in present if not value)
