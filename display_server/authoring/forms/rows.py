"""The records of a guide as rows of small text fields (materials, steps, limits, fees, …).

1. A row whose fields are all empty does not count; so an empty row can always stand at the end.
2. Situations and the answers of questions are named by their words here, parted by “；”; the ids that materials, limits
   and fees need are kept by those words (so that codes on old slips still open the same case) or made here.
3. A number or an amount that cannot be read is named by its row; nothing is guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from content_sync.domain.disclosure.guides import Guide, Which
from content_sync.domain.disclosure.which import questions_of
from content_sync.domain.errors import BadInput
from content_sync.domain.money import fen_of, typed
from display_server.authoring.forms import answers

Fields = dict[str, str]


@dataclass(frozen=True)
class Cell:
    """One field of a row. `choices` are (value, words)."""

    name: str
    label: str
    type: Literal["text", "number", "yuan", "choice", "situations", "answers", "codes"] = "text"
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class RowKind:
    """A group of rows of the form; `plain` groups hold one text per row."""

    name: str
    title: str
    cells: tuple[Cell, ...]
    plain: bool = False


_only = Cell("situations", "只限情形（用；分开）", "situations")
_basis = (Cell("law", "法规或文件"), Cell("article", "条款"), Cell("text", "原文"))
row_kinds: tuple[RowKind, ...] = (
    RowKind("bases", "办理依据", _basis),
    RowKind("conditions", "办理条件", (Cell("text", "条件"),), plain=True),
    RowKind("situations", "我的情形", (Cell("label", "情形"), Cell("id", "代号"))),
    RowKind(
        "which",
        "先问几句",
        (
            Cell("text", "问题"),
            Cell("answers", "回答（2到4个，用；分开；“不清楚”不用写）", "answers"),
            Cell("id", "代号（不用改）", "codes"),
        ),
    ),
    RowKind(
        "materials",
        "要带的材料",
        (
            Cell("name", "材料"),
            Cell("originals", "原件份数", "number"),
            Cell("copies", "复印件份数", "number"),
            Cell("source", "从哪里来"),
            Cell("note", "说明"),
            Cell("sample", "样表"),
            _only,
        ),
    ),
    RowKind("steps", "办理程序", (Cell("name", "步骤"), Cell("text", "说明"), Cell("place", "地点"))),
    RowKind(
        "limits",
        "办理时限",
        (
            Cell("kind", "哪种", "choice", (("", "—"), ("promised", "承诺"), ("statutory", "法定"))),
            Cell("amount", "多少", "number"),
            Cell(
                "unit",
                "单位",
                "choice",
                (("", "—"), ("working_day", "个工作日"), ("day", "天"), ("instant", "当场办结")),
            ),
            Cell("note", "说明"),
            _only,
        ),
    ),
    RowKind("fee_bases", "收费依据", _basis),
    RowKind(
        "fees",
        "收费标准",
        (
            Cell("name", "收费项目"),
            Cell("fen", "金额（元）", "yuan"),
            Cell("per", "每（证、次…）"),
            Cell("note", "说明"),
            _only,
        ),
    ),
    RowKind("supervision", "监督渠道", (Cell("name", "单位"), Cell("phone", "电话"), Cell("place", "地点"))),
    RowKind("questions", "常见问题", (Cell("question", "问"), Cell("answer", "答"))),
)


def texts_of(guide: Guide) -> dict[str, list[Fields]]:
    """All rows of a guide as text, by group."""
    words = {one.id: one.label for question in questions_of(guide) for one in question.answers}
    return {kind.name: [_texts(kind, record, words) for record in getattr(guide, kind.name)] for kind in row_kinds}


def records_of(rows: Mapping[str, Sequence[Fields]]) -> dict[str, list[Any]]:
    """The plain records of edited rows. Raises BadInput naming the row (rule 3)."""
    situations = _situations(_filled("situations", rows))
    which = answers.questions_of_rows(_filled("which", rows))
    named = [*situations, *(one for question in which for one in question["answers"])]
    ids = {one["label"]: one["id"] for one in named}
    found: dict[str, list[Any]] = {"situations": situations, "which": which}
    for kind in row_kinds:
        if kind.name not in found:
            filled = _filled(kind.name, rows)
            found[kind.name] = [_record(kind, fields, number, ids) for number, fields in enumerate(filled, 1)]
    return {name: records for name, records in found.items() if records}


def _filled(name: str, rows: Mapping[str, Sequence[Fields]]) -> list[Fields]:
    return [fields for fields in rows.get(name, ()) if any(text.strip() for text in fields.values())]  # rule 1


def _situations(rows: list[Fields]) -> list[dict[str, str]]:
    taken = {fields.get("id", "").strip() for fields in rows}
    free = (f"s{number}" for number in range(1, len(rows) * 2 + 1) if f"s{number}" not in taken)
    return [{"id": fields.get("id", "").strip() or next(free), "label": fields["label"].strip()} for fields in rows]


def _texts(kind: RowKind, record: Any, words: Mapping[str, str]) -> Fields:
    if kind.plain:
        return {kind.cells[0].name: record}
    if isinstance(record, Which):
        return answers.row_of(record)
    return {cell.name: _text(cell, getattr(record, cell.name), words) for cell in kind.cells}


def _text(cell: Cell, value: Any, words: Mapping[str, str]) -> str:
    if cell.type == "situations":
        return "；".join(words.get(part, part) for part in value)
    return typed(value) if cell.type == "yuan" else str(value)


def _record(kind: RowKind, fields: Fields, number: int, ids: Mapping[str, str]) -> Any:
    if kind.plain:
        return fields[kind.cells[0].name].strip()
    return {
        cell.name: _value(cell, fields.get(cell.name, "").strip(), f"“{kind.title}”第{number}行", ids)
        for cell in kind.cells
    }


def _value(cell: Cell, text: str, where: str, ids: Mapping[str, str]) -> Any:
    try:
        if cell.type == "number":
            return int(text or "0")
        if cell.type == "yuan":
            return fen_of(text or "0")
    except ValueError as error:
        raise BadInput(f"{where}的“{cell.label}”写的是“{text}”，不是数字。") from error
    if cell.type == "choice" and not text:
        raise BadInput(f"{where}没有选“{cell.label}”。")
    if cell.type == "situations":
        named = [part.strip() for part in text.replace(";", "；").split("；") if part.strip()]
        unknown = [part for part in named if part not in ids]
        if unknown:
            raise BadInput(f"{where}写了“{unknown[0]}”，情形和回答里没有：请先加上。")
        return [ids[part] for part in named]
    return text
