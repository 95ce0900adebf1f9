"""Words of officials in a text, which one may have explained (B2: terms explained on touch).

1. A longer term goes before a shorter one in it: 征地补偿安置, not 征地补偿. Each is marked once on a page, where it
   stands first; of two that mean the same the first one.
2. At most `limits.terms_per_page_max`, the longest ones: long words are the hard ones, and more would be noise.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from content_sync.domain import limits


@dataclass(frozen=True)
class Term:
    """A word, what it means, and where it stands first: which run of the text, first and behind-last character."""

    word: str
    meaning: str
    run: int
    first: int
    behind: int


def found(runs: Sequence[str], meanings: Mapping[str, str]) -> tuple[Term, ...]:
    """The terms of a page whose paragraphs are these, in the order in which they stand there."""
    if not meanings:
        return ()
    pattern, first = _pattern(tuple(meanings)), dict[str, Term]()
    for run, text in enumerate(runs):
        for match in pattern.finditer(text):
            meaning = meanings[match[0]]
            first.setdefault(meaning, Term(match[0], meaning, run, match.start(), match.end()))  # rule 1
    longest = sorted(first.values(), key=lambda term: -len(term.word))[: limits.terms_per_page_max]  # rule 2
    return tuple(sorted(longest, key=lambda term: (term.run, term.first)))


@lru_cache(maxsize=2)
def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
