"""Understanding a question in people's own words (how well an item answers it: domain.judging).

1. A run of characters is cut into known words: as little unknown as possible, then as few words as possible. Words that
   only make a sentence (怎么办) and amounts (三个月) are left out, amounts only where a known word is left (三台村 is
   a name); minor ones (申请, 孩子) help to rank and are never required. Who asks and where (公司, 打工) is minor beside
   what is wanted, and wanted when nothing else is. A known word of letters and characters (D级) is not parted.
2. A word stands for itself and for the official terms it means (丢了: 补领, 挂失). What no table knows stands for
   itself; a near match may hold a part of it. A single character stands for itself only when it was given alone; one
   that is all that fillers leave of a run (牛家里) is a guess, and what it finds is near.
3. Letters are pinyin initials side by side, or the beginning of a word.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from content_sync.domain import initials, limits, text

_unknown, _unknown_more = (0.0, 3.3, 5.4, 8.2), 3.4  # a word of so many characters, each further one
_single, _single_filler, _piece = 2.8, 2.2, 1.0
meant_worth = 0.85  # what a word means, against the word itself
_counter, _done = re.compile("一?个(?![人体税])"), re.compile("了(?!解)")
_measures = "个月|月份|[年月天块万元次张份条棵亩间台辆口点号周笔]"
_amount = re.compile(f"[一二两三四五六七八九十百千几半]+[多来]?(?:{_measures})多?")
_measured = re.compile(f"([0-9]+)(?:周岁|[岁人]|{_measures})")
_spelled_most = 4  # two letters spell up to twenty words; the first of the tables are the commonest


@dataclass(frozen=True, eq=False)
class Lexicon:
    """What words mean: `words` and `minor` give official terms, `fillers` say nothing, `aside` who asks and where.

    `later` acts, places that are `elsewhere`, and `told` things are words of titles.
    """

    words: Mapping[str, tuple[str, ...]]
    minor: Mapping[str, tuple[str, ...]]
    fillers: frozenset[str]
    later: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    aside: frozenset[str] = frozenset()
    elsewhere: tuple[str, ...] = ()

    @cached_property
    def wanted(self) -> frozenset[str]:
        """The words that can be what is wanted."""
        return frozenset(self.words.keys() - self.aside)


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
    runs = _runs(query, lexicon)
    bare = _runs(_measured.sub(r"\1 ", query), lexicon)
    pieces = _pieces(bare, lexicon)
    if bare != runs and not any(_has_word(one, lexicon) for one in pieces):  # 3台村 is a name too
        pieces = _pieces(runs, lexicon)
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


def _runs(query: str, lexicon: Lexicon) -> list[str]:
    """The runs of a query, and known words that are letters and characters in one: D级."""
    mixed = _mixed(lexicon)
    return [run for one in mixed.split(text.fold(query)) for run in ([one] if mixed.fullmatch(one) else text.runs(one))]


@cache
def _mixed(lexicon: Lexicon) -> re.Pattern[str]:
    letters, others = "[0-9]*[a-z]+[0-9]*", "[^a-z0-9]+"
    words = [word for word in lexicon.words if re.fullmatch(f"{letters}{others}|{others}{letters}", word)]
    return re.compile(f"({'|'.join(sorted(words, key=len, reverse=True)) or '(?!)'})")


def _pieces(runs: Sequence[str], lexicon: Lexicon) -> list[list[tuple[str, bool]]]:
    return [_best_cut(run, lexicon) if text.is_han(run[0]) else [(run, False)] for run in runs]


def _is_guess(pieces: Sequence[Sequence[tuple[str, bool]]], lexicon: Lexicon) -> bool:
    """Whether a single character that was not given alone is all that fillers leave."""
    said = [
        (word, len(one))
        for one in pieces
        for word, _ in one
        if word not in lexicon.fillers and word not in lexicon.minor
    ]
    is_filled = any(word in lexicon.fillers for one in pieces for word, _ in one)
    return is_filled and [(len(word), beside > 1) for word, beside in said] == [(1, True)]


def _best_cut(run: str, lexicon: Lexicon) -> list[tuple[str, bool]]:
    """The cheapest reading, as it stands or without the particles of 刻个公章 and 生了孩子, and without amounts.

    What is left must hold a word that the tables know: 三台村 asks for a place, not for 村.
    """

    def rest(found: re.Match[str]) -> str:
        return found[0] if found[0] in lexicon.words else ""  # 两份 says more than how many

    readings = {run: None}
    for left_out in (_amount, _counter, _done):
        readings |= dict.fromkeys(left_out.sub(rest, reading) for reading in readings)
    whole, *others = (_priced(one, lexicon) for one in readings if one)
    return min([whole, *(one for one in others if _has_word(one[1], lexicon))], key=lambda one: one[0])[1]


def _has_word(pieces: Sequence[tuple[str, bool]], lexicon: Lexicon) -> bool:
    """Whether a known word of two or more characters, or an age that the tables know, says something."""
    return any(len(word) > 1 and (word in lexicon.words or word in lexicon.minor) for word, _ in pieces)


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


def _scraps(pieces: Sequence[tuple[str, bool]], lexicon: Lexicon) -> Iterator[str]:
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


def _terms(pieces: Sequence[tuple[str, bool]], lexicon: Lexicon, aside: frozenset[str]) -> Iterator[Term]:
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


def cut(run: str, lexicon: Lexicon) -> list[tuple[str, bool]]:
    """Rule 1: the words of a run with whether a table knows them; unknown characters side by side are one word."""
    return _priced(run, lexicon)[1]


def _priced(run: str, lexicon: Lexicon) -> tuple[float, list[tuple[str, bool]]]:
    best: list[tuple[float, int, bool]] = [(0.0, 0, True)]  # cost up to here, where the last piece begins, known
    for end in range(1, len(run) + 1):
        choices = []
        for start in range(end):
            word, before = run[start:end], best[start][0]
            choices.append((before + _unknown_cost(end - start), start, False))
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


@cache
def _unknown_cost(length: int) -> float:
    """Few words that nobody knows are longer than three characters, or one beside a particle: 说明."""
    longest = len(_unknown) - 1
    return _unknown[min(length, longest)] + _unknown_more * max(0, length - longest)


def _cheapest(choice: tuple[float, int, bool]) -> tuple[float, bool]:
    return choice[0], not choice[2]


def _knows(lexicon: Lexicon, word: str) -> bool:
    return word in lexicon.words or word in lexicon.minor or word in lexicon.fillers


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
