"""The tables that explain people's words, read once from `assets/`.

1. assets/aliases.json names official terms with the words people use; here a word brings its terms.
2. A word that is made of longer words of the tables is read as those: 外地看病 is 外地 and 看病.
3. assets/finding.json adds sayings, minor words, fillers, who asks and where, later acts, other places, and words of
   what is told rather than done.
"""

import functools
import json

from content_sync import assets
from content_sync.domain import cutting
from content_sync.domain.cutting import Lexicon
from content_sync.domain.text import fold


@functools.cache
def lexicon() -> Lexicon:
    """Rules 1 to 3."""
    terms: dict[str, list[str]] = json.loads(assets.path("aliases.json").read_text("utf-8"))
    plain = json.loads(assets.path("finding.json").read_text("utf-8"))
    said = _folded(plain["words"])
    minor = _folded(plain["minor"])
    fillers = frozenset(fold(word) for word in plain["fillers"])
    meant: dict[str, dict[str, None]] = {}
    for term, everyday in terms.items():
        meant.setdefault(fold(term), {})
        for word in everyday:
            meant.setdefault(fold(word), {})[fold(term)] = None
    long: dict[str, tuple[str, ...]] = {word: () for word in (*meant, *said, *minor) if len(word) > 1}
    words = {word: tuple(found) for word, found in meant.items() if not _is_made_of_others(word, long)}
    for word, found in said.items():
        words[word] = tuple(term for term in dict.fromkeys((*found, *meant.get(word, {}))) if term != word)
    for term in (one for found in (*said.values(), *minor.values()) for one in found if len(one) > 1):
        words.setdefault(term, ())
    kept = {word: found for word, found in words.items() if word not in minor and word not in fillers}
    later, told, elsewhere = (tuple(plain[name]) for name in ("later", "told", "elsewhere"))
    return Lexicon(kept, minor, fillers, later, told, frozenset(plain["aside"]), elsewhere)


def _folded(table: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {fold(word): tuple(fold(term) for term in terms) for word, terms in table.items()}


def _is_made_of_others(word: str, words: dict[str, tuple[str, ...]]) -> bool:
    """Rule 2."""
    itself = words.pop(word, None)
    pieces = cutting.cut(word, Lexicon(words, {}, frozenset()))
    if itself is not None:
        words[word] = itself
    return len(pieces) > 1 and all(known for _, known in pieces)
