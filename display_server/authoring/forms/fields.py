"""The whole form of one item: as text for the page, and back to a plain item.

1. A form is values by field name, and rows by group; what was typed comes back as it was when it cannot be saved.
2. Everything wrong is told at once, one sentence each, before anything is saved.
3. Facts that the form does not show (translations, seconds of an instant) are kept as they were.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from content_sync.domain.disclosure.guides import Guide
from content_sync.domain.disclosure.items import Item
from content_sync.domain.errors import BadInput
from display_server.authoring.forms import bodies, rows
from display_server.authoring.forms.rows import Fields

_plain_texts = (
    *("title", "plain_title", "summary", "node", "section", "timing", "openness", "visibility", "dated"),
    *("source", "responsible", "index_number", "link"),
)
_needed = ("title", "node", "source", "responsible", "body")
_minute_chars = len("2026-11-23T09:00")


@dataclass(frozen=True)
class Form:
    """What stands in the fields of the page."""

    kind: str
    values: dict[str, str]
    topics: tuple[str, ...] = ()
    rows: dict[str, list[Fields]] = field(default_factory=dict)


def form_of(item: Item, zone: tzinfo | None) -> Form:
    """The form of an item."""
    values = {name: getattr(item, name) for name in _plain_texts}
    values |= {name: _local(getattr(item, name), zone) for name in ("shown_from", "shown_until")}
    values["aliases"] = "、".join(item.aliases)
    records = rows.texts_of(item.body) if isinstance(item.body, Guide) else {}
    return Form(item.kind, values | bodies.texts_of(item.body), item.topics, records)


def plain_of(form: Form, known: Mapping[str, Any], zone: tzinfo | None) -> dict[str, Any]:
    """The plain item of a form; `known` is the saved one, for what the form does not show (rule 3).

    Raises BadInput with every sentence at once (rule 2).
    """
    told: list[str] = []
    plain: dict[str, Any] = {name: form.values.get(name, "").strip() for name in _plain_texts}
    for name in ("shown_from", "shown_until"):
        try:
            plain[name] = _instant(form.values.get(name, ""), known.get(name, ""), zone)
        except BadInput as error:
            told.append(str(error))
    plain["kind"], plain["topics"] = form.kind, list(form.topics)
    plain["second"] = list(known.get("second", ()))
    plain["aliases"] = [part.strip() for part in form.values.get("aliases", "").split("、") if part.strip()]
    try:
        plain["body"] = bodies.body_of(form.kind, form.values, form.rows)
    except BadInput as error:
        told.append(str(error))
    if told:
        raise BadInput("\n".join(told))
    return {name: value for name, value in plain.items() if value not in ("", []) or name in _needed}


def _local(instant: str, zone: tzinfo | None) -> str:
    return datetime.fromisoformat(instant).astimezone(zone).isoformat()[:_minute_chars] if instant else ""


def _instant(text: str, known: str, zone: tzinfo | None) -> str:
    if text.strip() == _local(known, zone):
        return known  # rule 3
    if not text.strip():
        return ""
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=zone).isoformat(timespec="seconds")
    except ValueError as error:
        raise BadInput(f"“{text}”不是一个时间，应写成 2026-11-23T09:00。") from error
