"""Cutting a query into words that the tables know.

1. A run of characters is cut into known words: as little unknown as possible, then as few words as possible.
2. Amounts (三个月, 80岁) and particles (刻个公章, 生了孩子) are left out, but only where a known word is left: 三台村
   is a name. An amount that the tables know (两份) stays.
3. A known word of letters and characters (D级) is not parted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from content_sync.domain import text

Pieces = Sequence[tuple[str, bool]]
"""Words in their order, each with whether a table knows it."""

_unknown, _unknown_more = (0.0, 3.3, 5.4, 8.2), 3.4  # a word of so many characters, each further one
_single, _single_filler, _piece = 2.8, 2.2, 1.0
_counter, _done = re.compile("一?个(?![人体税])"), re.compile("了(?!解)")
_measures = "个月|月份|[年月天块万元次张份条棵亩间台辆口点号周笔]"
_amount = re.compile(f"[一二两三四五六七八九十百千几半]+[多来]?(?:{_measures})多?")
_measured = re.compile(f"([0-9]+)(?:周岁|[岁人]|{_measures})")


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


def cut_query(query: str, lexicon: Lexicon) -> tuple[list[str], list[Pieces]]:
    """The runs of a query, and the pieces of each run as far as they are no amounts."""
    runs = _runs(query, lexicon)
    bare = _runs(_measured.sub(r"\1 ", query), lexicon)
    pieces = _pieces(bare, lexicon)
    if bare != runs and not any(_has_word(one, lexicon) for one in pieces):  # rule 2: 3台村 is a name too
        pieces = _pieces(runs, lexicon)
    return runs, pieces


def _runs(query: str, lexicon: Lexicon) -> list[str]:
    """The runs of a query, and known words that are letters and characters in one: D级."""
    mixed = _mixed(lexicon)
    return [run for one in mixed.split(text.fold(query)) for run in ([one] if mixed.fullmatch(one) else text.runs(one))]


@cache
def _mixed(lexicon: Lexicon) -> re.Pattern[str]:
    letters, others = "[0-9]*[a-z]+[0-9]*", "[^a-z0-9]+"
    words = [word for word in lexicon.words if re.fullmatch(f"{letters}{others}|{others}{letters}", word)]
    return re.compile(f"({'|'.join(sorted(words, key=len, reverse=True)) or '(?!)'})")


def _pieces(runs: Sequence[str], lexicon: Lexicon) -> list[Pieces]:
    return [_best_cut(run, lexicon) if text.is_han(run[0]) else [(run, False)] for run in runs]


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


def _has_word(pieces: Pieces, lexicon: Lexicon) -> bool:
    """Whether a known word of two or more characters, or an age that the tables know, says something."""
    return any(len(word) > 1 and (word in lexicon.words or word in lexicon.minor) for word, _ in pieces)


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
