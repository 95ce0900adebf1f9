"""JSON files → drafts: a hall's list of procedures, or items in our own form.

1. A list of {department, main_item, name, link} becomes guides: the department handles it, the main item is the
   summary unless it says 未分类, the link stays when phones can open it and a code can hold it (QUE-02).
2. Such a guide lacks elements and says which (GUI-01); two of one name are told on both.
3. One item, or a list of items, in the form of `wire.items`; id, channel and unit are left to whoever imports.
4. Anything else is refused with one sentence that names the place.
"""

import json
from collections import Counter
from dataclasses import replace
from typing import Any

from content_sync.domain import limits
from content_sync.domain.disclosure.guides import Guide, Handler
from content_sync.domain.disclosure.items import Item
from content_sync.domain.disclosure.lint import Finding, element_findings, link_findings, text_findings
from content_sync.domain.errors import BadInput
from content_sync.wire import shapes
from content_sync.wire.items import item_from_plain
from display_server.authoring.importing.cleaning import clean
from display_server.authoring.importing.decoding import decoded
from display_server.authoring.importing.drafts import Draft

_procedure = frozenset(("department", "main_item", "name", "link"))
_left_out = ("id", "channel", "unit", "schema", "version", "initials")
# What an unfinished item may leave open; only used while its other fields are checked.
_open = {
    "id": "draft",
    "channel": "draft",
    "unit": "draft",
    "node": "",
    "openness": "proactive",
    "visibility": "public",
    "timing": "ad_hoc",
    "dated": "2000-01-01",
    "shown_from": "2000-01-01T00:00:00+08:00",
    "source": "",
    "responsible": "",
}


def read_json(data: bytes, kind: str) -> tuple[Draft, ...]:
    """The drafts of a JSON file; all of it or a BadInput."""
    text, findings = decoded(data)
    entries = _entries(text)
    if all(isinstance(entry, dict) and set(entry) <= _procedure and "name" in entry for entry in entries):
        drafts = _procedures(entries)
    else:
        drafts = tuple(_item(entry, number) for number, entry in enumerate(entries, 1))
    wrong = next((draft for draft in drafts if kind and draft.kind != kind), None)
    if wrong:
        raise BadInput(f"“{wrong.title}”的类型是{wrong.kind}，不是{kind}：请去掉类型选择再导入。")
    return tuple(
        Draft(d.kind, d.title, d.fields, (*d.findings, *findings), number) for number, d in enumerate(drafts, 1)
    )


def _entries(text: str) -> list[Any]:
    try:
        value = json.loads(text.removeprefix("\ufeff"))
        json.dumps(value, ensure_ascii=False).encode()  # half a character, written as an escape, is no text
    except json.JSONDecodeError as error:
        raise BadInput(f"这不是正确的 JSON：第{error.lineno}行第{error.colno}个字附近有错，请改正。") from error
    except (ValueError, RecursionError) as error:
        raise BadInput("这不是正确的 JSON：嵌套太深、数字太长或有半个字，请改正。") from error
    entries = value if isinstance(value, list) else [value]
    if not entries or not all(isinstance(entry, dict) for entry in entries):
        raise BadInput("JSON 里应当是一件事项，或者事项的列表：请改正。")
    if len(entries) > limits.import_items_max:
        raise BadInput(f"JSON 里有{len(entries)}件，最多{limits.import_items_max}件：请分成几份导入。")
    return entries


def _procedures(entries: list[dict[str, Any]]) -> tuple[Draft, ...]:
    texts = [
        {key: _line(entry.get(key, ""), number, key) for key in _procedure} for number, entry in enumerate(entries, 1)
    ]
    twice = Counter(text["name"][0] for text in texts)
    return tuple(_guide(text, number, twice[text["name"][0]] > 1) for number, text in enumerate(texts, 1))


def _line(value: object, number: int, key: str) -> tuple[str, tuple[Finding, ...]]:
    """One short text, cleaned like any other; a link is taken as it is."""
    if not isinstance(value, str):
        raise BadInput(f"第{number}件的{key}不是文字：请改正。")
    if key == "link":
        return value.strip(), ()
    cleaned = clean(value)
    text = " ".join(line.text for line in cleaned.lines if line.text) or value.strip()
    return text, tuple(replace(finding, line=number) for finding in cleaned.findings)


def _guide(texts: dict[str, tuple[str, tuple[Finding, ...]]], number: int, twice: bool) -> Draft:
    (title, found), (department, more), (main_item, most) = (texts[key] for key in ("name", "department", "main_item"))
    if not title or len(title) > limits.title_chars_max:
        raise BadInput(f"第{number}件的名称是空的，或超过{limits.title_chars_max}字：请改正。")
    link = texts["link"][0]
    doubts = link_findings(link)
    guide = Guide(handler=Handler(name=department))
    fields: dict[str, Any] = {"kind": "guide", "title": title, "body": shapes.to_plain(guide)}
    if main_item and main_item != "未分类":
        fields["summary"] = main_item
    findings = [*element_findings(guide), *found, *more, *most]
    if link and not doubts:
        fields["link"] = link
    findings += [Finding(d.rule, f"网址{link[:120]}没有采用：{d.message}", number) for d in doubts]
    if twice:
        findings.append(Finding("A15.7-repeated", f"重名：文件里不止一件叫“{title}”，请核对是不是同一件事。", number))
    return Draft("guide", title, fields, tuple(findings), number)


def _item(entry: dict[str, Any], number: int) -> Draft:
    given = {key: value for key, value in entry.items() if key not in _left_out}
    try:
        item: Item = item_from_plain(_open | given)
    except BadInput as error:
        raise BadInput(f"第{number}件不合格式：{error}") from error
    findings = (*(element_findings(item.body) if isinstance(item.body, Guide) else ()), *text_findings(item))
    return Draft(item.kind, item.title, given, (*findings, *link_findings(item.link)), number)
