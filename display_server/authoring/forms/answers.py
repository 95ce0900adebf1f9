"""The questions of a guide (disclosure.which) ↔ one row of text fields each.

1. A row holds the question, its answers parted by “；”, and the codes: `q1：丢了=diu；坏了=huai`.
2. A code stays with the words it was given to, wherever they stand now; words changed in their place keep it too, when
   nothing else moved. What is new gets the next free code.
"""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from content_sync.domain.disclosure.guides import Which

Fields = dict[str, str]


def row_of(question: Which) -> Fields:
    """A question as a row (rule 1)."""
    codes = "；".join(f"{one.label}={one.id}" for one in question.answers)
    answers = "；".join(one.label for one in question.answers)
    return {"text": question.text, "answers": answers, "id": f"{question.id}：{codes}"}


def questions_of_rows(rows: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """The plain questions of rows."""
    known = [_codes(fields.get("id", "")) for fields in rows]
    taken = {code for question, codes in known for code in (question, *codes.values())}
    free = (f"w{number}" for number in count(1) if f"w{number}" not in taken)
    found: list[dict[str, Any]] = []
    for fields, (question, codes) in zip(rows, known, strict=True):
        labels, before = _parts(fields.get("answers", "")), list(codes.items())
        answers = []
        for place, label in enumerate(labels):
            code = codes.get(label, "")
            if not code and len(before) == len(labels) and before[place][0] not in labels:  # rule 2
                code = before[place][1]
            answers.append({"id": code or next(free), "label": label})
        found.append({"id": question or next(free), "text": fields.get("text", "").strip(), "answers": answers})
    return found


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.replace(";", "；").split("；") if part.strip()]


def _codes(text: str) -> tuple[str, dict[str, str]]:
    question, _, rest = text.replace(":", "：").partition("：")
    pairs = (part.rpartition("=") for part in _parts(rest))
    return question.strip(), {label.strip(): code.strip() for label, _, code in pairs if label and code}
