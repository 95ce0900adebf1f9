"""Texts from a seeded model of official Chinese.

1. Words are drawn by rank (few are frequent, many rare), so that one document repeats its words about as real ones do.
2. Some clauses are set phrases of the place and come back in many documents; the rest is new each time.
3. Numbers, dates, names and sums are random everywhere: they are what nobody can compress.
4. The same seed gives the same text in every run. The constants below were set by hand so that a document alone and
   the whole corpus compress as the reference corpus and the real texts did (`python -m tests.bench.corpus` prints it).
"""

import itertools
import random
from bisect import bisect
from datetime import date, timedelta

from tests.bench import vocabulary

_set_phrase_share = 0.08
_own_term_share = 0.38
_own_terms = 9
_made_words = 3_600
_set_phrases = 6_000
_first_day = date(2024, 1, 1)
_days = 1_050


class Language:
    """What all documents of a place share: its words by rank and its set phrases (rules 1 and 2)."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        made = ["".join(chance.sample(vocabulary.characters, 2)) for _ in range(_made_words)]
        listed = [*vocabulary.nouns, *vocabulary.verbs]
        chance.shuffle(listed)
        self._words = [*listed, *made]
        self._word_ranks = list(itertools.accumulate(1 / (rank + 20) for rank in range(len(self._words))))
        self._phrases = [self.clause(chance, ()) for _ in range(_set_phrases)]
        self._phrase_ranks = list(itertools.accumulate(1 / (rank + 60) for rank in range(_set_phrases)))

    def word(self, chance: random.Random) -> str:
        """A word; the first ranks are frequent."""
        return self._words[_drawn(self._word_ranks, chance)]

    def set_phrase(self, chance: random.Random) -> str:
        """A clause that other documents hold too."""
        return self._phrases[_drawn(self._phrase_ranks, chance)]

    def clause(self, chance: random.Random, terms: tuple[str, ...]) -> str:
        """A new clause; `terms` are what its document is about."""
        parts: list[str] = []
        for _ in range(chance.randint(2, 5)):
            own = bool(terms) and chance.random() < _own_term_share
            parts.append(chance.choice(terms) if own else self.word(chance))
            if chance.random() < 0.4:
                parts.append(chance.choice(vocabulary.fillers))
        return "".join([*parts, chance.choice(vocabulary.endings)] if chance.random() < 0.3 else parts)


class Voice:
    """The writer of one document, with terms of its own that come back in it."""

    def __init__(self, language: Language, chance: random.Random) -> None:
        self._language, self.chance = language, chance
        self._terms = tuple(self.short(chance.randint(1, 3)) for _ in range(_own_terms))

    def short(self, words: int) -> str:
        """A few words without a stop: a name of a paper, a condition, a label."""
        return "".join(self._language.word(self.chance) for _ in range(words))

    def sentence(self) -> str:
        """Two to five clauses and a full stop."""
        clauses = [self._clause() for _ in range(self.chance.randint(2, 5))]
        if self.chance.random() < 0.5:
            clauses[self.chance.randrange(len(clauses))] += self.fact()
        return "，".join(clauses) + "。"

    def fact(self) -> str:
        """A number, a date, a name or a sum (rule 3)."""
        chance = self.chance
        return (
            f"{chance.randint(2, 9_999)}户",
            f"{chance.randint(100, 9_999_999) / 100:.2f}元",
            told(day(chance)),
            f"由{person(chance)}负责",
            f"（联系电话{phone(chance)}）",
            f"第{chance.randint(1, 120)}条",
        )[chance.randrange(6)]

    def _clause(self) -> str:
        if self.chance.random() < _set_phrase_share:
            return self._language.set_phrase(self.chance)
        return self._language.clause(self.chance, self._terms)


def person(chance: random.Random) -> str:
    """A name of two or three characters."""
    return chance.choice(vocabulary.surnames) + "".join(chance.choices(vocabulary.characters, k=chance.randint(1, 2)))


def phone(chance: random.Random) -> str:
    """A number of an office; the area code 0000 exists nowhere."""
    return f"0000-{chance.randint(2_000_000, 8_999_999)}"


def day(chance: random.Random) -> date:
    """A day of the last three years."""
    return _first_day + timedelta(days=chance.randrange(_days))


def told(when: date) -> str:
    """A day as documents write it."""
    return f"{when.year}年{when.month}月{when.day}日"


def _drawn(ranks: list[float], chance: random.Random) -> int:
    return bisect(ranks, chance.random() * ranks[-1])
