"""Traditional characters become the standard ones that public platforms must use (N-08).

1. By phrase, with OpenCC: 皇后 stays, 後面 becomes 后面; words with both scripts inside (讨論, 标準) are cured alike.
2. How many characters changed, with examples, is one finding; places where both met are named in another.
3. What phrases alone cannot decide (著力, but 显著) and known faults of conversion machines are mended by what stands
   beside them, only when the text was converted at all, and told one by one.
"""

import functools
import itertools
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from content_sync.domain.disclosure.lint import Finding
from display_server.authoring.importing.lines import Lines, Step

_machine_faults = (
    (re.compile("(?<!重)复盖(?!章)"), "覆盖"),  # 複 and 覆 both become 复 in some machines
    (re.compile("著(?=[力眼手重急想陆火装落实])"), "着"),
    (re.compile("(?<=[沿随有为本接朝向穿执味志绕在临按跟凭借带附靠顺围])著(?![作名书述称录者])"), "着"),
)


def standard_script(lines: Lines) -> Step:
    """The lines in standard characters."""
    convert = _converter()
    converted = tuple(replace(line, text=convert(line.text)) for line in lines)
    changed = [(old, new) for old, new in zip(lines, converted, strict=True) if old.text != new.text]
    if not changed:
        return lines, ()
    found = Counter((a, b) for old, new in changed for a, b in zip(old.text, new.text, strict=False) if a != b)
    examples = "、".join(f"{a}→{b}" for (a, b), _ in found.most_common(5))
    first = changed[0][0].number
    findings = [Finding("N-08", f"把{found.total()}个繁体字改成规范字（{examples}）：请通读一遍。", first)]
    mixed = Counter(word for old, _ in changed for word in _mixed(old.text))
    if mixed:
        words = "、".join(word for word, _ in mixed.most_common(5))
        findings.append(Finding("A15.7-mixed", f"原文繁简混在一起（如{words}），已统一：请核对。", first))
    return _mended(converted, findings), tuple(findings)


def _mended(lines: Lines, findings: list[Finding]) -> Lines:
    kept = []
    for line in lines:
        text = line.text
        for pattern, right in _machine_faults:  # rule 3
            match = pattern.search(text)
            if match:
                near = text[max(match.start() - 2, 0) : match.end() + 2]
                sentence = f"“{near}”里的“{match.group()}”改成“{right}”：请核对。"
                findings.append(Finding("A15.7-mixed", sentence, line.number))
                text = pattern.sub(right, text)
        kept.append(replace(line, text=text))
    return tuple(kept)


@functools.cache
def _converter() -> Callable[[str], str]:
    import opencc

    # t2s and not tw2s, which reads every Simplified 显著 of a mixed text as 显着.
    converter = opencc.OpenCC("t2s")
    return lambda text: str(converter.convert(text))


def _mixed(text: str) -> list[str]:
    """Neighbours of which one exists only in Traditional and the other only in Simplified writing."""
    return [a + b for a, b in itertools.pairwise(text) if {_script(a), _script(b)} == {"old", "new"}]


@functools.lru_cache(maxsize=8192)
def _script(char: str) -> str:
    """Which of the two writings alone has this character: `old`, `new`, or neither of them (empty)."""
    lacking = (_lacks(char, "gb2312"), _lacks(char, "big5"))
    return {(True, False): "old", (False, True): "new"}.get(lacking, "")


def _lacks(char: str, charset: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return True
    return False
