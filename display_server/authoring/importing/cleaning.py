"""A pasted text → clean lines and findings: the steps in their order (A15.7, N-08, N-09).

1. Unseen things go first, so that nothing can hide between the digits of a number or the letters of a word.
2. Spam is taken out before anything is beautified; script and marks come before page numbers, which are known by
   what stands around them.
3. What is removed or changed is quoted or counted in a finding; what is only doubtful stays and is pointed out.
"""

from dataclasses import dataclass

from content_sync.domain import limits
from content_sync.domain.disclosure.lint import Finding
from content_sync.domain.errors import BadInput
from display_server.authoring.importing import pages, punctuation, script, spam, suspects
from display_server.authoring.importing.lines import Lines
from display_server.authoring.importing.markup import visible_lines

_steps = (
    spam.without_spam,
    script.standard_script,
    punctuation.full_width,
    pages.without_contents,
    pages.without_lone_numbers,
    pages.without_glued_numbers,
)


@dataclass(frozen=True)
class Cleaned:
    """Clean lines (blank ones kept: they part paragraphs) and what was found, by line."""

    lines: Lines
    findings: tuple[Finding, ...]


def clean(text: str) -> Cleaned:
    """The clean lines of `text`; BadInput when it is longer than one item can be."""
    if len(text) > limits.import_text_chars_max:
        raise BadInput(f"文字有{len(text)}个字，最多{limits.import_text_chars_max}个：请分成几份导入。")
    lines, findings = visible_lines(text)
    size = sum(len(line.text.encode()) for line in lines)
    if size > limits.item_bytes_max or len(lines) > limits.import_lines_max:
        raise BadInput(
            f"文字有{size}字节、{len(lines)}行，一件最多{limits.item_bytes_max}字节、{limits.import_lines_max}行：请分成几份导入。"
        )
    for step in _steps:
        lines, more = step(lines)
        findings += more
    findings += suspects.doubtful_places(lines) + suspects.personal_findings(lines)
    return Cleaned(lines, tuple(sorted(findings, key=lambda finding: finding.line)))
