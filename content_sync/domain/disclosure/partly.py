"""A body that this program cannot read, shown as the text that is in it.

1. A newer server may send a kind, or a form of a kind, that this program does not know. Its item is shown as a
   document of every readable text of the body, in the order of the bytes, and says that it is not the whole.
2. Readable is what was written for people. Code words, ids and hashes are left out, and so are bare numbers: without
   their unit (fen or yuan?) they would tell something untrue.
3. However many texts there are, a screen gets at most `limits.blocks_max` blocks and loses none of the words.
"""

import re
from collections.abc import Iterator
from typing import Any

from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.items import Document

told = "这里只能显示本条内容的文字部分，表格和金额请以原件为准。"
_coded = frozenset({"id", "window", "service", "situations", "kind", "style", "type"})
_code_word = re.compile(r"[a-z0-9]*[a-z_][a-z0-9_-]*")


def as_document(body: Any) -> Document:
    """The document that stands for a plain body (rules 1–3)."""
    texts = list(_readable(body))
    size = -(-len(texts) // (limits.blocks_max - 1)) or 1
    grouped = (" ".join(texts[at : at + size]) for at in range(0, len(texts), size))
    return Document(tuple(Block("p", text) for text in (told, *grouped)))


def _readable(body: Any) -> Iterator[str]:
    """Rule 2; a stack instead of recursion, because nobody has bounded how deep a newer body goes."""
    waiting: list[tuple[str, Any]] = [("", body)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting += reversed([(key, part) for key, part in value.items() if key not in _coded])
        elif isinstance(value, list):
            waiting += reversed([(name, part) for part in value])
        elif isinstance(value, str) and value.strip() and not _code_word.fullmatch(value):
            yield value
