"""The body of each kind of item: as text for its part of the form, and back to a plain body."""

from collections.abc import Mapping, Sequence
from typing import Any

from content_sync.domain.disclosure.items import Answer, Body, Document, Emergency, Notice
from content_sync.domain.disclosure.ledgers import Ledger
from content_sync.domain.errors import BadInput
from display_server.authoring.forms import asks, lines, rows, table

Values = Mapping[str, str]
_handler = ("name", "window", "place", "phone", "hours")
_paying = ("place", "ways")
_emergency = ("level", "event", "progress", "measures", "precautions", "findings")


def body_of(kind: str, values: Values, records: Mapping[str, Sequence[rows.Fields]]) -> dict[str, Any]:
    """The plain body of edited fields. Raises BadInput naming what cannot be read."""
    return _guide(values, records) if kind == "guide" else _bodies[kind](values)


def texts_of(body: Body) -> dict[str, str]:
    """The fields of a body; the rows of a guide are in `rows.texts_of`."""
    match body:
        case Notice():
            return {
                "text": lines.text_of(body.blocks),
                "feedback": body.feedback,
                "public_notice": _tick(body.public_notice),
                "questions": asks.text_of(body.questions),
                "panel": _tick(body.panel),
            }
        case Document():
            texts = {"text": lines.text_of(body.blocks), "explanation": lines.text_of(body.explanation)}
            return {**texts, "number": body.number, "normative": _tick(body.normative)}
        case Ledger():
            signers = "、".join(body.signers)
            return {"table": table.text_of(body), "period": body.period, "signers": signers, "note": body.note}
        case Answer():
            texts = {"question": body.question, "text": lines.text_of(body.reply)}
            return {**texts, "status": body.status, "number": body.number}
        case Emergency():
            return {name: getattr(body, name) for name in _emergency}
        case _:
            guide = {f"handler.{name}": getattr(body.handler, name) for name in _handler}
            guide |= {f"paying.{name}": getattr(body.paying, name) for name in _paying}
            return guide | {
                "visits": str(body.visits),
                "result": body.result,
                "result_note": body.result_note,
                "quantity": body.quantity,
                "free": _tick(body.free),
                "service": body.service,
            }


def _tick(value: bool) -> str:
    return "1" if value else ""


def _guide(values: Values, records: Mapping[str, Sequence[rows.Fields]]) -> dict[str, Any]:
    body: dict[str, Any] = {"handler": {name: values.get(f"handler.{name}", "").strip() for name in _handler}}
    body |= {name: values.get(name, "").strip() for name in ("result", "result_note", "service", "quantity")}
    paying = {name: text for name in _paying if (text := values.get(f"paying.{name}", "").strip())}
    body |= {"paying": paying} if paying else {}
    visits = values.get("visits", "").strip() or "1"
    if not visits.isdecimal():
        raise BadInput(f"“跑几次”写的是“{visits}”，不是数字。")
    return body | {"visits": int(visits), "free": bool(values.get("free"))} | rows.records_of(records)


def _notice(values: Values) -> dict[str, Any]:
    return {
        "blocks": lines.blocks_of(values.get("text", "")),
        "public_notice": bool(values.get("public_notice")),
        "feedback": values.get("feedback", "").strip(),
        "questions": asks.asks_of(values.get("questions", "")),
        "panel": bool(values.get("panel")),
    }


def _document(values: Values) -> dict[str, Any]:
    return {
        "blocks": lines.blocks_of(values.get("text", "")),
        "explanation": lines.blocks_of(values.get("explanation", "")),
        "number": values.get("number", "").strip(),
        "normative": bool(values.get("normative")),
    }


def _ledger(values: Values) -> dict[str, Any]:
    columns, found = table.table_of(values.get("table", ""))
    signers = [name.strip() for name in values.get("signers", "").replace("，", "、").split("、") if name.strip()]
    note, period = values.get("note", "").strip(), values.get("period", "").strip()
    return {"columns": columns, "rows": found, "signers": signers, "note": note, "period": period}


def _answer(values: Values) -> dict[str, Any]:
    return {
        "question": values.get("question", "").strip(),
        "reply": lines.blocks_of(values.get("text", "")),
        "status": values.get("status", ""),
        "number": values.get("number", "").strip(),
    }


def _emergency_body(values: Values) -> dict[str, Any]:
    return {name: values.get(name, "").strip() for name in _emergency}


_bodies = {
    "notice": _notice,
    "document": _document,
    "ledger": _ledger,
    "answer": _answer,
    "emergency": _emergency_body,
}
