"""An item as a reader sees it: titled parts, the same for the phone page, the review page and the preview.

1. A guide shows its nine elements (GUI-01) and its materials; “不收费” is said where there is no fee. What only some
   cases need says which; the questions that tell the case are read as they are asked.
2. A document without an explanation says 尚无解读 (CAT-26); a ledger shows every row, its period and signers.
3. Attached files are named with their kind, size and fingerprint (web.files).
4. Everything is plain text here; the template escapes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from content_sync.domain import money
from content_sync.domain.disclosure import which
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.guides import Basis, Fee, Guide, Limit
from content_sync.domain.disclosure.items import Answer, Document, Emergency, Item, Notice
from content_sync.domain.disclosure.ledgers import Column, Ledger, Row
from display_server.web.files import file_line

_units = {"working_day": "个工作日", "day": "天"}
_statuses = {"done": "已办结", "doing": "正在办", "cannot": "办不了，原因如下"}
_panel = "这份问卷另请代表凭评议码作答，结果和群众答卷分开公布。"
_levels = {"red": "红色（特别重大）", "orange": "橙色（重大）", "yellow": "黄色（较大）", "blue": "蓝色（一般）"}


@dataclass(frozen=True)
class Fact:
    """A label and what it says; `phone` when it can be called."""

    label: str
    text: str
    phone: bool = False


@dataclass(frozen=True)
class Table:
    """A table: head cells, and rows of (level, cells); `numbers` are the places of right-aligned columns."""

    head: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Part:
    """One titled part of the page: whatever it has of blocks, facts, numbered points and a table, in this order."""

    title: str
    blocks: tuple[Block, ...] = ()
    facts: tuple[Fact, ...] = ()
    points: tuple[str, ...] = ()
    table: Table | None = None


def parts_of(item: Item) -> tuple[Part, ...]:
    """The parts of an item, in reading order."""
    match item.body:
        case Guide() as guide:
            return tuple(_guide(guide))
        case Ledger() as ledger:
            return (_ledger(ledger),)
        case Notice() as notice:
            feedback = (Part("意见反馈", facts=(Fact("反馈渠道", notice.feedback),)),) if notice.feedback else ()
            asks = (Part(f"第{n}题　{ask.text}", points=ask.options) for n, ask in enumerate(notice.questions, 1))
            panel = (Part("代表评议", (Block("p", _panel),)),) if notice.panel else ()
            return (Part("", notice.blocks), *feedback, *asks, *panel)
        case Document() as document:
            explanation = document.explanation or (Block("p", "尚无解读。"),)  # rule 2
            number = (Fact("文号", document.number),) if document.number else ()
            return (Part("原文", document.blocks, number), Part("解读", explanation))
        case Answer() as answer:
            status = Fact("办理情况", _statuses[answer.status])
            return (Part("群众反映", (Block("p", answer.question),)), Part("答复", answer.reply, (status,)))
        case Emergency() as emergency:
            return _emergency(emergency)


def lines_of(item: Item) -> list[str]:
    """Everything a reader can see, line by line: what two versions are compared by."""
    head = [item.title, item.plain_title, item.summary, f"公开日期 {item.dated}", f"来源 {item.source}"]
    head += [
        f"展示 {item.shown_from} 至 {item.shown_until or '不限'}",
        f"目录 {item.node}",
        f"责任人 {item.responsible}",
    ]
    text = [line for line in head if line] + [line for part in parts_of(item) for line in _part_lines(part)]
    return [*text, *map(file_line, item.attachments)]


def _part_lines(part: Part) -> Iterator[str]:
    if part.title:
        yield f"【{part.title}】"
    yield from (block.text for block in part.blocks)
    yield from (f"{fact.label}：{fact.text}" for fact in part.facts)
    yield from part.points
    if part.table:
        yield " | ".join(part.table.head)
        yield from (" | ".join(cells) for _, cells in part.table.rows)


def _guide(guide: Guide) -> Iterator[Part]:
    handler, result = guide.handler, (guide.result, guide.result_note)
    facts = (
        ("办理单位", handler.name),
        ("地点", handler.place),
        ("时间", handler.hours),
        ("跑几次", f"{guide.visits}次"),
    )
    called = (Fact("电话", handler.phone, phone=True),) if handler.phone else ()
    yield Part("办理主体", facts=(*(Fact(label, text) for label, text in facts if text), *called))
    asked = tuple(f"{q.text}{'／'.join(one.label for one in q.answers)}" for q in guide.which)
    if asked:
        yield Part("先问几句", points=asked)
    if guide.materials:
        yield Part("要带的材料", facts=tuple(_materials(guide)))
    yield Part("办理条件", points=guide.conditions)
    if guide.quantity:
        yield Part("数量", (Block("p", guide.quantity),))
    yield Part("办理程序", points=tuple(_joined(step.name, step.text, step.place) for step in guide.steps))
    yield Part("办理时限", points=tuple(_limit(guide, limit) for limit in guide.limits))
    yield Part("办事结果", tuple(Block("p", text) for text in result if text))
    free = (Block("p", "不收费。"),) if guide.free else ()  # rule 1
    paying = (("缴费地点", guide.paying.place), ("缴费方式", guide.paying.ways))
    paid = tuple(Fact(label, text) for label, text in paying if text)
    yield Part("收费标准", free, paid, points=tuple(_fee(guide, fee) for fee in guide.fees))
    yield Part("收费依据", free, points=tuple(_basis(basis) for basis in guide.fee_bases))
    yield Part("办理依据", points=tuple(_basis(basis) for basis in guide.bases))
    yield Part(
        "监督渠道", facts=tuple(fact for c in guide.supervision for fact in _complaint(c.name, c.phone, c.place))
    )
    if guide.questions:
        yield Part("常见问题", facts=tuple(Fact(q.question, q.answer) for q in guide.questions))


def _joined(name: str, text: str, place: str) -> str:
    return name + (f"：{text}" if text else "") + (f"（{place}）" if place else "")


def _complaint(name: str, phone: str, place: str) -> Iterator[Fact]:
    if phone:
        yield Fact(name, phone, phone=True)
    if place or not phone:
        yield Fact(name, place or "—")


def _limit(guide: Guide, limit: Limit) -> str:
    kind = "承诺" if limit.kind == "promised" else "法定"
    amount = "当场办结" if limit.unit == "instant" else f"{limit.amount}{_units[limit.unit]}"
    return f"{kind}：{amount}{_told(limit.note, _only(guide, limit.situations))}"


def _told(*texts: str) -> str:
    told = "；".join(text for text in texts if text)
    return f"（{told}）" if told else ""


def _only(guide: Guide, situations: tuple[str, ...]) -> str:
    return "，并且".join("、".join(group) for group in which.only(guide, situations))


def _fee(guide: Guide, fee: Fee) -> str:
    amount = f"{fee.name}：{money.price(fee.fen)}元" + (f"/{fee.per}" if fee.per else "")
    return amount + _told(fee.note, _only(guide, fee.situations))


def _basis(basis: Basis) -> str:
    return f"{basis.law}{basis.article}" + (f"：{basis.text}" if basis.text else "")


def _materials(guide: Guide) -> Iterator[Fact]:
    for material in guide.materials:
        pieces = ((material.originals, "原件"), (material.copies, "复印件"))
        counts = "，".join(f"{kind}{count}份" for count, kind in pieces if count)
        only = _only(guide, material.situations)
        told = (counts, material.source, material.note, f"只限：{only}" if only else "")
        yield Fact(material.name, "；".join(text for text in told if text))


def _ledger(ledger: Ledger) -> Part:
    facts = (Fact("期间", ledger.period), Fact("签字人", "、".join(ledger.signers)), Fact("说明", ledger.note))
    head = ("项目", *(f"{column.name}（元）" if _lacks_unit(column) else column.name for column in ledger.columns))
    rows = tuple((row.level, (row.name, *_cells(ledger, row))) for row in ledger.rows)
    numbers = frozenset(place for place, column in enumerate(ledger.columns, 1) if column.type in ("money", "number"))
    return Part("", facts=tuple(fact for fact in facts if fact.text), table=Table(head, rows, numbers))


def _lacks_unit(column: Column) -> bool:
    return column.type == "money" and "元" not in column.name


def _cells(ledger: Ledger, row: Row) -> Iterator[str]:
    for cell, column in zip(row.cells, ledger.columns, strict=False):
        if cell is None:
            yield ""
        else:
            yield money.exact(cell) if column.type == "money" and isinstance(cell, int) else str(cell)


def _emergency(body: Emergency) -> tuple[Part, ...]:
    facts = (Fact("等级", _levels[body.level]), Fact("事件", body.event))
    texts = (
        ("事件进展", body.progress),
        ("政府措施", body.measures),
        ("您要怎么做", body.precautions),
        ("调查处理结果", body.findings),
    )
    told = (Part(title, tuple(Block("p", line) for line in text.splitlines())) for title, text in texts if text)
    return (Part("", facts=facts), *told)
