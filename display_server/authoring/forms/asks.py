"""The questions of a questionnaire in a text box: one line a question, then each of its answers behind `- `.

What is wrong with them (one answer only, none) is said by the checker, like everything else about a text.
"""

from collections.abc import Iterable
from typing import Any

from content_sync.domain.disclosure.polls import Ask
from content_sync.domain.errors import BadInput

_marker = "-"


def text_of(questions: Iterable[Ask]) -> str:
    """The lines of questions."""
    return "\n".join(line for ask in questions for line in (ask.text, *(f"- {one}" for one in ask.options)))


def asks_of(text: str) -> list[dict[str, Any]]:
    """The plain questions of edited lines. Raises BadInput for an answer without a question."""
    found: list[dict[str, Any]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if not line.startswith(_marker):
            found.append({"text": line, "options": []})
        elif not found:
            raise BadInput(f"问卷要先写题目，再写选项：“{line}”上面没有题目。")
        else:
            found[-1]["options"].append(line.removeprefix(_marker).strip())
    return found
