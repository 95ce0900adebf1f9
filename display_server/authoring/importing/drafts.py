"""What every reader hands back."""

from dataclasses import dataclass
from typing import Any

from content_sync.domain.disclosure.items import Kind
from content_sync.domain.disclosure.lint import Finding


@dataclass(frozen=True)
class Draft:
    """A draft item: `fields` is the plain item without id, channel and unit, `source_line` where it began in the file.

    What the source does not say (node, openness, show times, source, responsible person) is not in `fields`.
    """

    kind: Kind
    title: str
    fields: dict[str, Any]
    findings: tuple[Finding, ...]
    source_line: int = 1
