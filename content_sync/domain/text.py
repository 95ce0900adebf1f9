"""Text for searching: one fold for index and query, so that what was typed finds what was written.

1. Folding: full width → half width, upper → lower case, Traditional → Simplified, and the few variants that a table of
   single characters leaves apart (著力/着力). Only search sees folded text.
2. A run of Han characters is indexed as its overlapping pairs and its last character alone; a query run of two or
   more is the phrase of its pairs, a single character is a prefix. Any substring is found (recall 1.000 measured).
3. Letters of a query match pinyin initials as a phrase of single letters, or a word as a prefix. `0` parts two titles.
4. All terms of a query must match.
"""

import re
import unicodedata
from operator import add

from content_sync.domain import limits
from content_sync.domain.folding import simplified, traditional

_variants = ("著瞭藉餘馀鍾锺覆衞敍痺谘簷暱钜迳", "着了借余余钟钟复卫叙痹咨檐昵巨径")  # OpenCC decides these by phrase
_folds = dict(zip(traditional + _variants[0], simplified + _variants[1], strict=True))
_folds = {char: _folds.get(plain, plain) for char, plain in _folds.items()}  # 薴 is 苧, and 苧 is 苎
_folded = re.compile(f"[{''.join(_folds)}]")
# what a compatibility form may change: all but ASCII and common Han, with the ASCII before it, which may take an accent
_uncommon = re.compile(r"[\x00-\x7f]?[^\x00-\x7f\u4e00-\u9fff]+")
_han_range = "\u3007\u3400-\u9fff\U00020000-\U0003ffff"
_han = re.compile(f"[{_han_range}]")
_runs = re.compile(f"[{_han_range}]+|[^\\W{_han_range}_]+")
_text_columns = "{title aliases text}"


def fold(text: str) -> str:
    """Rule 1. Looks only at the few characters that can change: most of a text is common Han (3 times as fast)."""
    plain = _uncommon.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text).casefold()
    return _folded.sub(lambda found: _folds[found[0]], plain)


def index_tokens(text: str) -> str:
    """The text as space-parted tokens for a full-text index (rule 2)."""
    tokens: list[str] = []
    for run in _runs.findall(fold(text)):
        if is_han(run[0]):
            tokens += map(add, run, run[1:])
            tokens.append(run[-1])
        else:
            tokens.append(run)
    return " ".join(tokens)


def initials_tokens(initials: tuple[str, ...]) -> str:
    """Pinyin initials as single letters, titles parted by 0 (rule 3)."""
    return " 0 ".join(" ".join(fold(word)) for word in initials)


def match_expression(query: str) -> str:
    """The FTS5 expression of a query, empty when nothing in it can be searched (rules 2–4).

    It is made of letters, digits and Han characters only, so nothing typed can be syntax.
    """
    return " AND ".join(_term(run) for run in runs(query[: limits.query_chars_max]))


def runs(query: str) -> list[str]:
    """The runs of a folded query: Han characters, or what else is one word."""
    found: list[str] = _runs.findall(fold(query))
    return found


def phrase(run: str) -> str:
    """A run as the index holds it inside a longer one: its pairs, or itself."""
    if not is_han(run[0]):
        return run
    return " ".join(run[i : i + 2] for i in range(len(run) - 1)) or run


def _term(run: str) -> str:
    if is_han(run[0]):
        return f'({_text_columns} : "{phrase(run)}"{"" if len(run) > 1 else " *"})'
    word = f'({_text_columns} : "{run}" *)'
    return f'({word} OR (initials : "{" ".join(run)}"))' if run.isascii() and run.isalpha() else word


def phrase_tokens(said: str) -> str:
    """Several runs as the index holds them side by side, the last one as a run that may go on; empty without any."""
    *before, last = _runs.findall(said) or [""]
    return " ".join([*(index_tokens(run) for run in before), phrase(last)]) if last else ""


def is_han(char: str) -> bool:
    """Whether search takes the character for Chinese."""
    return _han.match(char) is not None
