"""Understanding a question in people's own words, and judging how well an item's names answer it.

1. A run of characters is cut into known words: as little unknown as possible, then as few words as possible. Words that
   only make a sentence (怎么办) are left out; minor ones (申请, 孩子) help to rank and are never required.
2. A word stands for itself and for the official terms it means (丢了: 补领, 挂失). What no table knows stands for
   itself; a near match may hold a part of it. A single unknown character counts only when it was given alone.
3. Letters are pinyin initials side by side, or the beginning of a word.
4. An item is found when each term, or the whole of each run, stands somewhere in it. What says only a part is near:
   "did you mean". Terms that few items have weigh more.
5. Title before aliases before text, a word itself before what it means, a short title before a long one. Who names no
   later act (注销, 变更) wants to begin. A guide goes first unless the question asks for what was told (名单, 预算).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import log

from content_sync.domain import initials, limits, text

_unknown_first, _unknown_next, _single, _single_filler, _piece = 3.0, 2.4, 2.8, 2.2, 1.0
_meant, _in_aliases, _in_text, _part = 0.85, 0.9, 0.25, 0.6
_also_worth, _span_worth, _minor_worth, _whole_worth, _tight_worth, _guide_worth, _later_cost = (
    0.06,
    0.35,
    0.15,
    0.5,
    0.2,
    0.08,
    0.15,
)
_counter, _done = re.compile("一?个(?![人体税])"), re.compile("了(?!解)")
_respelled_min = 3
_near_least, _near_share, _hit_share = 0.35, 0.55, 0.4


@dataclass(frozen=True, eq=False)
class Lexicon:
    """What words mean: `words` and `minor` give official terms, `fillers` say nothing; `later` acts, `told` things."""

    words: Mapping[str, tuple[str, ...]]
    minor: Mapping[str, tuple[str, ...]]
    fillers: frozenset[str]
    later: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Way:
    """One way of saying a term, as tokens of the index; `letters`: in the initials; `only_names`: not in a text."""

    said: str
    tokens: str
    worth: float = 1.0
    letters: bool = False
    only_names: bool = False

    @property
    def is_prefix(self) -> bool:
        """Whether a token may go on: a single character is the first of a pair, or stands at the end of a run."""
        return len(self.said) == 1 or not text.is_han(self.said[0])


@dataclass(frozen=True)
class Term:
    """What must be said in one of several ways.

    Of an unknown word, `parts` are its pairs, and `hints` what single characters in it mean: 砍几棵.
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
    later acts that were not named.
    """

    terms: tuple[Term, ...]
    whole: tuple[Way, ...]
    later: tuple[str, ...]
    is_errand: bool
    spans: tuple[Way, ...] = ()

    @property
    def required(self) -> tuple[Term, ...]:
        """The terms that an item must hold."""
        return tuple(term for term in self.terms if not term.minor)


@dataclass(frozen=True)
class Named:
    """An item's names as the index holds them, the titles also as they are written."""

    title: str
    aliases: str
    initials: str
    kind: str
    titles: tuple[str, ...]


def read(query: str, lexicon: Lexicon) -> Question:
    """Rules 1 to 3."""
    runs = text.runs(query[: limits.query_chars_max])
    pieces = [_best_cut(run, lexicon) if text.is_han(run[0]) else [(run, False)] for run in runs]
    terms = [term for one in pieces for term in _terms(one, lexicon)]
    if all(term.minor for term in terms):
        terms += [Term((_way(run),), _pairs(run)) for run in runs]
    meant = {way.said for term in terms for way in term.ways}
    later = tuple(act for act in lexicon.later if not any(act in said for said in meant))
    is_errand = not any(word in query for word in lexicon.told)
    spans = tuple(_way(span) for one in pieces for span in _spans(one, lexicon))
    return Question(tuple(terms), tuple(_way(run) for run in runs), later, is_errand, spans)


def _best_cut(run: str, lexicon: Lexicon) -> list[tuple[str, bool]]:
    """The cheapest reading, as it stands or without the particles of 刻个公章 and 生了孩子."""
    readings = dict.fromkeys((run, _counter.sub("", run), _done.sub("", run), _done.sub("", _counter.sub("", run))))
    return min((_priced(one, lexicon) for one in readings if one), key=lambda one: one[0])[1]


def _spans(pieces: Sequence[tuple[str, bool]], lexicon: Lexicon) -> Iterator[str]:
    """What stands together between fillers, when it is more than one word."""
    together: list[str] = []
    for word, _ in [*pieces, ("", False)]:
        if word and word not in lexicon.fillers:
            together.append(word)
            continue
        if len(together) > 1:
            yield "".join(together)
        together = []


def settled(question: Question, counts: Mapping[str, int]) -> Question:
    """The question without what no item's names here say; `counts` are of each term's key and each part (rule 4)."""
    terms: list[Term] = []
    for term in question.terms:
        if term.minor or counts[term.key]:
            terms.append(term)
        else:
            parts = [Term((_way(part),)) for part in term.parts if counts[part]]
            terms += parts or ([Term(term.hints)] if term.hints else [])
    if all(term.minor for term in terms):  # there is nothing else to go by
        terms = [Term(term.ways) for term in terms]
    return replace(question, terms=tuple(terms))


def _terms(pieces: Sequence[tuple[str, bool]], lexicon: Lexicon) -> Iterator[Term]:
    for word, known in pieces:
        if not text.is_han(word[0]):
            yield Term((_way(word), *_by_letters(word, lexicon)))
        elif not known:
            if len(word) > 1 or len(pieces) == 1:
                hints = (_way(one, _meant) for char in word for one in lexicon.words.get(char, ()))
                yield Term((_way(word),), _pairs(word), tuple(hints))
        elif word not in lexicon.fillers:
            minor = word not in lexicon.words
            meant = lexicon.minor[word] if minor else lexicon.words[word]
            itself = (_way(word),) if len(word) > 1 or not meant else ()
            yield Term((*itself, *(_way(one, _meant) for one in meant)), minor=minor)


def _by_letters(word: str, lexicon: Lexicon) -> Iterator[Way]:
    """The words of the tables that these letters spell, as they may stand inside a title."""
    for one in spelled_words(lexicon).get(word, ()) if len(word) > 1 else ():
        if len(one) > 1:
            yield replace(_way(one), only_names=True)


def cut(run: str, lexicon: Lexicon) -> list[tuple[str, bool]]:
    """Rule 1: the words of a run with whether a table knows them; unknown characters side by side are one word."""
    return _priced(run, lexicon)[1]


def _priced(run: str, lexicon: Lexicon) -> tuple[float, list[tuple[str, bool]]]:
    best: list[tuple[float, int, bool]] = [(0.0, 0, True)]  # cost up to here, where the last piece begins, known
    for end in range(1, len(run) + 1):
        choices = []
        for start in range(end):
            word, before = run[start:end], best[start][0]
            choices.append((before + _unknown_first + _unknown_next * (end - start - 1), start, False))
            if _knows(lexicon, word):
                alone = _single_filler if word in lexicon.fillers else _single
                choices.append((before + (_piece if end - start > 1 else alone), start, True))
        best.append(min(choices, key=_cheapest))
    pieces: list[tuple[str, bool]] = []
    end = len(run)
    while end:
        _, start, known = best[end]
        pieces.append((run[start:end], known))
        end = start
    return best[-1][0], pieces[::-1]


def _cheapest(choice: tuple[float, int, bool]) -> tuple[float, bool]:
    return choice[0], not choice[2]


def _knows(lexicon: Lexicon, word: str) -> bool:
    return word in lexicon.words or word in lexicon.minor or word in lexicon.fillers


def _way(said: str, worth: float = 1.0) -> Way:
    if said.isascii() and said.isalpha():
        return Way(said, " ".join(said), worth, letters=True)
    return Way(said, text.phrase_tokens(said), worth)


def _pairs(word: str) -> tuple[str, ...]:
    return tuple(word[n : n + 2] for n in range(len(word) - 1)) if text.is_han(word[0]) and len(word) > 2 else ()


def respelled(query: str, lexicon: Lexicon) -> Iterator[Question]:
    """Other readings of letters that found nothing, the likeliest first; a query with characters has none."""
    letters = "".join(query.split()).casefold()
    if not (letters.isascii() and letters.isalpha()) or len(letters) < _respelled_min:
        return
    by_letters = spelled_words(lexicon)
    for cut_at in range(1, len(letters)):
        first, second = letters[:cut_at], letters[cut_at:]
        if first in by_letters and second in by_letters:
            yield _asked(_of_words(by_letters[first], lexicon), _of_words(by_letters[second], lexicon), lexicon=lexicon)
        if min(len(first), len(second)) > 1:
            yield _asked(Term((_way(first),)), Term((_way(second),)), lexicon=lexicon)
    if letters in by_letters:
        yield _asked(_of_words(by_letters[letters], lexicon), lexicon=lexicon)
    fewer = dict.fromkeys(letters[:n] + letters[n + 1 :] for n in range(len(letters)))
    yield _asked(Term(tuple(_way(one, _part) for one in fewer)), lexicon=lexicon)


def _asked(*terms: Term, lexicon: Lexicon) -> Question:
    return Question(terms, (), lexicon.later, is_errand=True)


def _of_words(words: Sequence[str], lexicon: Lexicon) -> Term:
    meant = dict.fromkeys(
        term for word in words for term in (*lexicon.words.get(word, ()), *lexicon.minor.get(word, ()))
    )
    return Term((*(_way(word) for word in words), *(_way(term, _meant) for term in meant)))


@cache
def spelled_words(lexicon: Lexicon) -> Mapping[str, tuple[str, ...]]:
    """The words of the tables by their pinyin initials, as far as their characters are common ones."""
    found: dict[str, list[str]] = {}
    for word in (*lexicon.words, *lexicon.minor):
        if letters := initials.of(word):
            found.setdefault(letters, []).append(word)
    return {letters: tuple(words) for letters, words in found.items()}


def weight(found: int, items: int) -> float:
    """How much a term counts that `found` of so many items have in their names (rule 4)."""
    return log(1 + items / (1 + found))


def score(question: Question, named: Named, weights: Sequence[float], *, is_whole: bool) -> float:
    """How well the names answer (rule 5); `weights` are those of the required terms, `is_whole`: the item is found."""
    levels = [_level(term, named) for term in question.required]
    if is_whole:
        levels = [max(level, _in_text) for level in levels]
    said = sum(level * weight for level, weight in zip(levels, weights, strict=True)) / (sum(weights) or 1)
    minor = [_level(term, named) for term in question.terms if term.minor]
    said += _minor_worth * sum(minor) / max(1, len(minor))
    if all(_in(way, named) for way in question.whole):
        said += _whole_worth
    elif any(_in(way, named) for way in question.spans):
        said += _span_worth
    said += _tight_worth * _tightness(question, named)
    if question.is_errand and named.kind == "guide":
        said += _guide_worth
    return said - _later_cost * any(act in title for act in question.later for title in named.titles)


def hit_least(best: float) -> float:
    """What scores less than this answers every term, but hardly in its names: a near match beside the best."""
    return _hit_share * best


def is_near(value: float, best: float) -> bool:
    """Whether a part that scores so is worth offering beside the best."""
    return value >= _near_least and value >= _near_share * best


def _level(term: Term, named: Named) -> float:
    found = sorted((way.worth * _in(way, named) for way in term.ways), reverse=True)
    if found and found[0]:
        return found[0] + _also_worth * sum(level >= _meant for level in found[1:3])
    if not term.parts:
        return 0.0
    names = f" {named.title} {named.aliases} "
    return _part * sum(f" {pair} " in names for pair in term.parts) / len(term.parts)


def _in(way: Way, named: Named) -> float:
    """1 in a title, less in an alias, 0 in neither."""
    if way.letters:
        return _in_initials(way, named)
    sought = f" {way.tokens}{'' if way.is_prefix else ' '}"
    if sought in f" {named.title} ":
        return 1.0
    return _in_aliases if sought in f" {named.aliases} " else 0.0


def _in_initials(way: Way, named: Named) -> float:
    """A whole title, its beginning, a whole alias, its beginning, the middle of either."""
    best = 0.9 if f" {way.said}" in f" {named.title} {named.aliases}" else 0.0
    for n, name in enumerate(named.initials.split(" 0 ")):
        if f" {way.tokens} " in f" {name} ":
            whole, begins = name == way.tokens, name.startswith(way.tokens)
            of_title, of_alias = (1.0, 0.92) if whole else (0.95, 0.85) if begins else (0.8, 0.7)
            best = max(best, of_title if n < len(named.titles) else of_alias)
    return best


def _tightness(question: Question, named: Named) -> float:
    """How much of the best title is what was asked for."""
    most = 0.0
    for title in named.titles:
        said = [max((len(w.said) for w in term.ways if w.said in title), default=0) for term in question.terms]
        most = max(most, min(1.0, sum(said) / max(1, len(title))))
    return most
