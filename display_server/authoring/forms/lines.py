r"""Running text in a text box: one block per line.

1. `# ` and `## ` begin headings, `- ` a listed point; any other line is a paragraph. Empty lines only part.
2. A paragraph that happens to begin like a marker is written with a `\` before it, so that nothing changes by editing.
"""

from collections.abc import Iterable
from typing import Any

from content_sync.domain.disclosure.blocks import Block, Style

_markers: dict[str, Style] = {"# ": "h1", "## ": "h2", "- ": "li"}
_written = {style: marker for marker, style in _markers.items()}
_escape = "\\"


def text_of(blocks: Iterable[Block]) -> str:
    """The blocks as lines to edit."""
    return "\n".join(_line(block) for block in blocks)


def blocks_of(text: str) -> list[dict[str, Any]]:
    """The plain blocks of edited lines."""
    return [_block(line.strip()) for line in text.splitlines() if line.strip()]


def _line(block: Block) -> str:
    one_line = " ".join(block.text.split("\n"))
    if block.style != "p":
        return _written[block.style] + one_line
    return _escape + one_line if one_line.startswith((*_markers, _escape)) else one_line  # rule 2


def _block(line: str) -> dict[str, Any]:
    for marker, style in _markers.items():
        if line.startswith(marker):
            return {"style": style, "text": line.removeprefix(marker).strip()}
    return {"style": "p", "text": line.removeprefix(_escape)}
