"""File bytes and a file name → drafts.

1. The ending of the name decides how a file is read; an unknown one is refused with the list of known ones.
2. A text becomes one draft: a notice when its title says so (通知, 公告, 公示 …), otherwise a document, or what the
   caller asked for. A 公示 is marked as one, so that its end and feedback are asked for (CAT-21).
3. Nothing is read beyond `limits.import_bytes_max`.
"""

import re
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from content_sync.domain import limits
from content_sync.domain.disclosure.items import Kind
from content_sync.domain.errors import BadInput
from content_sync.wire import canonical, shapes
from display_server.authoring.importing.cleaning import clean
from display_server.authoring.importing.decoding import decoded
from display_server.authoring.importing.drafts import Draft
from display_server.authoring.importing.json_files import read_json
from display_server.authoring.importing.structure import structured

_notice = re.compile("(?:通知|通告|公告|公示|公示表|名单)(?:（[^）]{1,8}）)?$")


def read_file(data: bytes, name: str, kind: str = "") -> tuple[Draft, ...]:
    """The drafts of one file; `kind` is asked for by the caller or empty. Raises BadInput with one sentence."""
    if len(data) > limits.import_bytes_max:  # rule 3
        raise BadInput(f"{name}超过{limits.import_bytes_max}字节：请分成几份导入。")
    reader = _readers.get(PurePath(name).suffix.lower())
    if reader is None:  # rule 1
        known = "、".join(ending.lstrip(".") for ending in _readers)
        raise BadInput(f"不能导入{name}：可以导入的文件有 {known}。")
    return reader(data, name, kind)


def read_text(text: str, name: str, kind: str = "") -> Draft:
    """The draft of a pasted text (rule 2); `name` stands in for a title when the text has none."""
    cleaned = clean(text)
    whole = structured(cleaned.lines, PurePath(name).stem)
    chosen = _kind(kind, whole.title)
    blocks = shapes.to_plain(whole.blocks)
    body: dict[str, Any] = {"reply": blocks} if chosen == "answer" else {"blocks": blocks}
    if chosen == "answer":
        body |= {"question": whole.title, "status": "done"}
    if chosen == "notice" and whole.title.rstrip("）").endswith("公示"):
        body["public_notice"] = True
    fields: dict[str, Any] = {"kind": chosen, "title": whole.title, "body": body}
    if whole.dated:
        fields["dated"] = whole.dated
    size = len(canonical.dump(fields))
    if size > limits.item_bytes_max:
        raise BadInput(f"{name}整理后有{size}字节，一件最多{limits.item_bytes_max}字节：请分成几份导入。")
    findings = sorted((*cleaned.findings, *whole.findings), key=lambda finding: (not finding.blocking, finding.line))
    return Draft(chosen, whole.title, fields, tuple(findings))


def _kind(asked: str, title: str) -> Kind:
    if asked in ("document", "notice", "answer"):
        return asked  # type: ignore[return-value]  # narrowed to three kinds by the test above
    if asked:
        raise BadInput("文本文件可以导入为文件、通知或答复；办事指南、账目和紧急信息请用表单填写或导入 json。")
    return "notice" if _notice.search(title) else "document"


def _text_file(data: bytes, name: str, kind: str) -> tuple[Draft, ...]:
    text, findings = decoded(data)
    draft = read_text(text, name, kind)
    return (Draft(draft.kind, draft.title, draft.fields, (*findings, *draft.findings)),)


_readers: dict[str, Callable[[bytes, str, str], tuple[Draft, ...]]] = {
    ".txt": _text_file,
    ".md": _text_file,
    ".json": lambda data, _name, kind: read_json(data, kind),
}
endings: tuple[str, ...] = tuple(_readers)
