"""One of a guide's nine elements (GUI-01), its materials or its questions; without a name all of them as keys."""

from collections.abc import Callable
from dataclasses import replace

from content_sync.domain.disclosure import fees
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.guides import Basis, Guide
from content_sync.domain.disclosure.which import Answers, case_of
from kiosk.flow import amounts, lists, surroundings, text_pages
from kiosk.flow.actions import Action, Change, Open
from kiosk.flow.pages.reading import CodeOf, Element
from kiosk.flow.screens import gone
from kiosk.flow.screens.guide import elements
from kiosk.flow.sheet import Sheet
from kiosk.flow.view import Row
from kiosk.flow.words import Words

icons = {
    "materials": "bag",
    "steps": "steps",
    "conditions": "check",
    "limits": "clock",
    "result": "result",
    "handler": "people",
    "bases": "discipline",
    "fees": "money",
    "fee_bases": "document",
    "supervision": "phone",
    "questions": "answer",
}


def draw(sheet: Sheet, page: Element) -> None:
    """The element's own words, paged."""
    if sheet.view.item is None or not isinstance(sheet.view.item[0].body, Guide):
        gone.draw(sheet)
        return
    item, body_hash = sheet.view.item
    guide = sheet.view.item[0].body
    sheet.showing(item.id, body_hash, item.channel)
    surroundings.begin(sheet)
    surroundings.warnings(sheet, {item.channel})
    sheet.text(item.plain_title or item.title, sheet.size.body, color="soft", most=0 if page.name else 1)
    if not page.name:
        _all(sheet, page)
    else:
        sheet.text(sheet.words(f"element.{page.name}_title"), sheet.size.title, bold=True, most=2)
        sheet.y += 16
        _text(sheet, page, guide)
    surroundings.finish(sheet, {item.channel})


def _all(sheet: Sheet, page: Element) -> None:
    """All elements as keys; in low view three columns, so that all stand in the lower half."""
    sheet.title(sheet.words("guide.more"))
    sheet.reach()
    low = sheet.state.low
    names = ("materials", *elements, "questions")
    rows = 4 if low else 6
    high = min(sheet.size.key + 60, (sheet.left_over - (rows - 1) * sheet.size.gap) / rows)
    keys: list[tuple[str, Action, str, str]] = [
        (sheet.words(f"element.{name}"), Open(Element(page.item, name, page.answers)), icons[name], "plain")
        for name in names
    ]
    sheet.keys(keys, 3 if low else 2, high=high)


def _text(sheet: Sheet, page: Element, guide: Guide) -> None:
    blocks = _parts[page.name](guide, page.answers, sheet.words) or (Block("p", sheet.words("element.none")),)
    listed = _fee_list(sheet) if page.name in ("fees", "fee_bases") else None
    words, one = sheet.words, sheet.size.key + sheet.size.gap
    below = one * (2 if listed else 1)
    sheet.bottom -= below
    closed = Change(replace(page, explained=False)) if page.explained else None
    marked = text_pages.paged(
        sheet, blocks, page.number, lambda n: replace(page, number=n), is_marked=True, closed=closed, below=below
    )
    if closed and marked:
        return
    sheet.bottom += below
    taken = Open(CodeOf(page.item, page.answers))
    keys: list[tuple[str, Action, str, str]] = [(words("item.code"), taken, "code", "plain")]
    if listed:
        keys.append((words("element.fee_list"), Open(lists.page_of(listed)), "money", "plain"))
    if marked:
        keys.append((words("terms.open"), Change(replace(page, explained=True)), "answer", "plain"))
    sheet.y = sheet.bottom - sheet.size.key - (one if len(keys) > 2 else 0)
    sheet.keys(keys, 2 if listed else len(keys))


def _fee_list(sheet: Sheet) -> Row | None:
    """The published list of everything that may be asked for (HAL-13): the one of the guide's own unit first."""
    shelf, own = sheet.view.shelf, sheet.view.item[0].channel if sheet.view.item else ""
    known = shelf.once("fee lists", lambda: [row for row in shelf if fees.is_list(row.kind, row.node, row.title)])
    return next((row for row in known if row.channel == own), known[0] if known else None)


def _steps(guide: Guide, _: Answers, words: Words) -> tuple[Block, ...]:
    once = words("guide.visit_once") if guide.visits == 1 else words("element.visits", n=guide.visits)
    blocks = [Block("p", once if guide.visits else words("guide.no_visit"))]
    for number, step in enumerate(guide.steps, 1):
        key = "element.step_at" if step.place else "element.step"
        blocks.append(Block("h2", words(key, number=number, name=step.name, place=step.place)))
        blocks += [Block("p", step.text)] if step.text else []
    return tuple(blocks)


def _conditions(guide: Guide, _: Answers, words: Words) -> tuple[Block, ...]:
    """What one must fulfil, and how many are given (N-12)."""
    blocks = [Block("p", f"{number}. {text}") for number, text in enumerate(guide.conditions, 1)]
    quantity = (Block("h2", words("element.quantity")), Block("p", guide.quantity)) if guide.quantity else ()
    return (*blocks, *quantity)


def _limits(guide: Guide, answers: Answers, words: Words) -> tuple[Block, ...]:
    blocks = []
    for limit in sorted(case_of(guide, answers).limits, key=lambda limit: limit.kind != "promised"):
        blocks.append(Block("h2", words(f"element.{limit.kind}", limit=amounts.limit_words(limit, words))))
        blocks += [Block("p", limit.note)] if limit.note else []
    return tuple(blocks)


def _result(guide: Guide, _: Answers, __: Words) -> tuple[Block, ...]:
    return (Block("h2", guide.result), *((Block("p", guide.result_note),) if guide.result_note else ()))


def _handler(guide: Guide, _: Answers, words: Words) -> tuple[Block, ...]:
    handler = guide.handler
    facts = (("place", handler.place), ("hours", handler.hours), ("phone", handler.phone))
    named = [pair for key, text in facts if text for pair in (Block("h2", words(f"element.{key}")), Block("p", text))]
    return (Block("h2", handler.name), *named)


def _basis(bases: tuple[Basis, ...], words: Words) -> tuple[Block, ...]:
    blocks = []
    for basis in bases:
        law = basis.law if basis.law.startswith("《") or "（" in basis.law else words("element.law", law=basis.law)
        blocks.append(Block("h2", f"{law}{basis.article}"))
        blocks += [Block("p", basis.text)] if basis.text else []
    return tuple(blocks)


def _bases(guide: Guide, _: Answers, words: Words) -> tuple[Block, ...]:
    return _basis(guide.bases, words)


def _fees(guide: Guide, answers: Answers, words: Words) -> tuple[Block, ...]:
    charged = case_of(guide, answers).fees
    if guide.free or (guide.fees and not charged):
        return (Block("h2", words("guide.free")), Block("p", words("element.free")))
    paying = (("paying", guide.paying.place), ("paying_ways", guide.paying.ways))
    said = [(words(f"element.{key}"), text) for key, text in paying if text]
    facts = [block for name, text in said for block in (Block("h2", name), Block("p", text))]
    return (*(Block("p", amounts.fee_line(one, words)) for one in charged), *facts)


def _fee_bases(guide: Guide, _: Answers, words: Words) -> tuple[Block, ...]:
    return _basis(guide.fee_bases, words) or (Block("p", words("element.free")),)


def _supervision(guide: Guide, _: Answers, __: Words) -> tuple[Block, ...]:
    blocks = []
    for channel in guide.supervision:
        blocks.append(Block("h2", channel.name))
        blocks.append(Block("p", "　".join(part for part in (channel.phone, channel.place) if part)))
    return tuple(blocks)


def _questions(guide: Guide, _: Answers, __: Words) -> tuple[Block, ...]:
    return tuple(block for q in guide.questions for block in (Block("h2", q.question), Block("p", q.answer)))


def _materials(guide: Guide, answers: Answers, words: Words) -> tuple[Block, ...]:
    case, blocks = case_of(guide, answers), []
    for place, material in enumerate(case.materials):
        blocks.append(Block("h2", f"{place + 1}. {material.name}"))
        unsure = words("guide.maybe") if place in case.maybe else ""
        parts = [part for part in (unsure, amounts.papers(material, words), material.note) if part]
        blocks += [Block("p", " · ".join(parts))] if parts else []
        blocks += [Block("p", words("element.source", source=material.source))] if material.source else []
    return tuple(blocks)


_parts: dict[str, Callable[[Guide, Answers, Words], tuple[Block, ...]]] = {
    "materials": _materials,
    "steps": _steps,
    "conditions": _conditions,
    "limits": _limits,
    "result": _result,
    "handler": _handler,
    "bases": _bases,
    "fees": _fees,
    "fee_bases": _fee_bases,
    "supervision": _supervision,
    "questions": _questions,
}
