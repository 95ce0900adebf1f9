"""Running text as blocks: what a reader screen, a board page and a public page all draw."""

from dataclasses import dataclass
from typing import Literal

Style = Literal["h1", "h2", "p", "li"]


@dataclass(frozen=True)
class Block:
    """One heading or paragraph. `li` is a numbered or listed point that keeps its own number in its text."""

    style: Style
    text: str


def plain_text(blocks: tuple[Block, ...]) -> str:
    """All blocks as lines of text, for search and counting."""
    return "\n".join(block.text for block in blocks)
