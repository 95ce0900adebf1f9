"""Understanding a question in people's own words (how well an item answers it: domain.judging).

1. A query is cut into words (domain.cutting). Words that only make a sentence (怎么办) are left out; minor ones (申请,
   孩子) help to rank and are never required. Who asks and where (公司, 打工) is minor beside what is wanted, and wanted
   when nothing else is.
2. A word stands for itself and for the official terms it means (丢了: 补领, 挂失). What no table knows stands for
   itself; a near match may hold a part of it. A single character stands for itself only when it was given alone; one
   that is all that fillers leave of a run (牛家里) is a guess, and what it finds is near.
3. Letters are pinyin initials side by side, or the beginning of a word.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from content_sync.domain import initials, limits, text
from content_sync.domain.cutting import Lexicon, Pieces, cut_query

meant_worth = 0.85  # what a word means, against the word itself
_spelled_most = 4  # two letters spell up to twenty words; the first of the tables are the commonest


@dataclass(frozen=True)
class Way:
    """One way of saying a term, as tokens of the index; `letters`: in the initials; `only_names`: not in a text."""

    said: str
    tokens: str
    worth: float = 1.0
    letters: bool = False
    only_names: bool = False

    @cached_property
    def is_prefix(self) -> bool:
        """Whether a token may go on: a single character is the first of a pair, or stands at the end of a run."""
        return len(self.said) == 1 or not text.is_han(self.said[0])

    @cached_property
    def sought(self) -> str:
        """What stands in names that say it, parted by spaces."""
        return f" {self.tokens}" if self.is_prefix else f" {self.tokens} "


@dataclass(frozen=True)
class Term:
    """What must be said in one of several ways.

    `parts` are the word's pairs, for when no item says it; of an unknown one, `hints` are what single characters in it
    mean: 砍几棵.
    """

    ways: tuple[Way, ...]
    parts: tuple[str, ...] = ()
    hints: tuple[Way, ...] = ()
    minor: bool = False

    @property
    def key(self) -> str:
        """What tells the term from others."""
        return "|".join(way.said for way in self.ways)


@dataclass(frozen=True)
class Question:
    """What is asked.

    `terms` in their order; `whole` are the runs as they were given, `spans` what stands together in them, `later` the
    later acts that were not named, and `elsewhere` the other places when none was. `is_guess`: all that was understood
    is one character out of a run. `scraps` are the pairs of characters that are not said by fillers or minor words
    alone, for when the terms find little.
    """

    terms: tuple[Term, ...]
    whole: tuple[Way, ...]
    later: tuple[str, ...]
    is_errand: bool
    spans: tuple[Way, ...] = ()
    is_guess: bool = False
    elsewhere: tuple[str, ...] = ()
    scraps: tuple[str, ...] = ()

    @property
    def required(self) -> tuple[Term, ...]:
        """The terms that an item must hold."""
        return tuple(term for term in self.terms if not term.minor)


def read(query: str, lexicon: Lexicon) -> Question:
    """Rules 1 to 3."""
    query = query[: limits.query_chars_max]
    runs, pieces = cut_query(query, lexicon)
    aside = lexicon.aside if any(word in lexicon.wanted for one in pieces for word, _ in one) else frozenset[str]()
    terms = [term for one in pieces for term in _terms(one, lexicon, aside)]
    if all(term.minor for term in terms):
        terms += [Term((way(run),), _pairs(run)) for run in runs]
    meant = {way.said for term in terms for way in term.ways}
    later = tuple(act for act in lexicon.later if not any(act in said for said in meant))
    is_here = not any(place in said for place in lexicon.elsewhere for said in meant)
    is_errand = not any(word in query for word in lexicon.told)
    spans = tuple(way(span) for one in pieces for span in _spans(one, lexicon))
    whole = tuple(way(run) for run in runs)
    elsewhere = lexicon.elsewhere if is_here else ()
    scraps = tuple(dict.fromkeys(pair for one in pieces for pair in _scraps(one, lexicon)))
    is_guess = _is_guess(pieces, lexicon)
    return Question(tuple(terms), whole, later, is_errand, spans, is_guess, elsewhere, scraps)


def _is_guess(pieces: Sequence[Pieces], lexicon: Lexicon) -> bool:
    """Whether a single character that was not given alone is all that fillers leave."""
    said = [
        (word, len(one))
        for one in pieces
        for word, _ in one
        if word not in lexicon.fillers and word not in lexicon.minor
    ]
    is_filled = any(word in lexicon.fillers for one in pieces for word, _ in one)
    return is_filled and [(len(word), beside > 1) for word, beside in said] == [(1, True)]


def _spans(pieces: Pieces, lexicon: Lexicon) -> Iterator[str]:
    """What stands together between fillers, when it is more than one word."""
    together: list[str] = []
    for word, _ in [*pieces, ("", False)]:
        if word and word not in lexicon.fillers:
            together.append(word)
            continue
        if len(together) > 1:
            yield "".join(together)
        together = []


def _scraps(pieces: Pieces, lexicon: Lexicon) -> Iterator[str]:
    """The pairs of characters side by side, but for what stands in or between words that say little."""
    run = "".join(word for word, _ in pieces)
    says = [word not in lexicon.fillers and word not in lexicon.minor for word, _ in pieces for _ in word]
    for n in range(len(run) - 1):
        if text.is_han(run[n]) and text.is_han(run[n + 1]) and (says[n] or says[n + 1]):
            yield run[n : n + 2]


def settled(question: Question, counts: Mapping[str, int]) -> Question:
    """The question without what no item's names here say; `counts` are of each key and part (judging, rule 1)."""
    terms: list[Term] = []
    for term in question.terms:
        if term.minor or counts[term.key]:
            terms.append(term)
        else:
            parts = [Term((way(part),)) for part in term.parts if counts[part]]
            terms += parts or ([Term(term.hints)] if term.hints else [])
    if all(term.minor for term in terms):  # there is nothing else to go by
        terms = [Term(term.ways) for term in terms]
    return replace(question, terms=tuple(terms))


def _terms(pieces: Pieces, lexicon: Lexicon, aside: frozenset[str]) -> Iterator[Term]:
    for word, known in pieces:
        if not text.is_han(word[0]):
            explained = (way(one, meant_worth) for one in lexicon.words.get(word, ()))
            yield Term((way(word), *_by_letters(word, lexicon), *explained))
        elif not known:
            if len(word) > 1 or len(pieces) == 1:
                hints = (way(one, meant_worth) for char in word for one in lexicon.words.get(char, ()))
                yield Term((way(word),), _pairs(word), tuple(hints))
        elif word not in lexicon.fillers:
            minor = word not in lexicon.words
            meant = lexicon.minor[word] if minor else lexicon.words[word]
            itself = (way(word),) if len(word) > 1 or not meant or len(pieces) == 1 else ()
            parts = () if minor else _pairs(word)
            ways = (*itself, *(way(one, meant_worth) for one in meant))
            yield Term(ways, parts, minor=minor or word in aside)


def _by_letters(word: str, lexicon: Lexicon) -> Iterator[Way]:
    """The words of the tables that these letters spell, as they may stand inside a title."""
    spelled = [one for one in spelled_words(lexicon).get(word, ()) if len(one) > 1]
    for one in spelled[:_spelled_most]:
        yield replace(way(one), only_names=True)


def way(said: str, worth: float = 1.0) -> Way:
    """A way of saying it in these characters or letters."""
    if said.isascii() and said.isalpha():
        return Way(said, " ".join(said), worth, letters=True)
    return Way(said, text.phrase_tokens(said), worth)


def _pairs(word: str) -> tuple[str, ...]:
    return tuple(word[n : n + 2] for n in range(len(word) - 1)) if text.is_han(word[0]) and len(word) > 2 else ()


@cache
def spelled_words(lexicon: Lexicon) -> Mapping[str, tuple[str, ...]]:
    """The words of the tables by their pinyin initials, as far as their characters are common ones."""
    found: dict[str, list[str]] = {}
    for word in (*lexicon.words, *lexicon.minor):
        if letters := initials.of(word):
            found.setdefault(letters, []).append(word)
    return {letters: tuple(words) for letters, words in found.items()}
