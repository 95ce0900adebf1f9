"""How well an item's names answer a question that was understood (domain.finding).

1. An item is found when each term, or the whole of each run, stands somewhere in it. What says only a part is near:
   "did you mean". Terms that few items have weigh more.
2. Title before aliases before text, a word itself before what it means, a short title before a long one. Who names no
   later act (注销, 变更) wants to begin, and who names no other place (跨省) asks here. A guide goes first unless the
   question asks for what was told (名单, 预算).
3. Near matches go by their score, but what the first few leave unsaid of the question has its best item beside them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from re import Pattern

from content_sync.domain.finding import Question, Term, Way, meant_worth

_in_aliases, _in_text, _part = 0.9, 0.25, 0.6
_also_worth, _span_worth, _minor_worth, _whole_worth, _tight_worth = 0.06, 0.35, 0.15, 0.5, 0.2
_guide_worth, _later_cost, _elsewhere_cost = 0.08, 0.15, 0.06
_near_least, _near_share, _hit_share = 0.35, 0.45, 0.4
_said_least, _unsaid_least, _unsaid_most = 0.6, 0.2, 2


@dataclass(frozen=True)
class Named:
    """An item's names as the index holds them with a space around, the titles also as they are written."""

    title: str
    aliases: str
    initials: str
    kind: str
    titles: tuple[str, ...]


def weight(found: int, items: int) -> float:
    """How much a term counts that `found` of so many items have in their names (rule 1)."""
    return log(1 + items / (1 + found))


def score(question: Question, named: Named, weights: Sequence[float], *, is_whole: bool) -> float:
    """How well the names answer (rule 2); `weights` are those of the required terms, `is_whole`: the item is found."""
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
    titles = "\n".join(named.titles)
    said -= _elsewhere_cost * bool(_any_of(question.elsewhere).search(titles))
    return said - _later_cost * bool(_any_of(question.later).search(titles))


@cache
def _any_of(words: tuple[str, ...]) -> Pattern[str]:
    """What finds any of the words at once."""
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


def hit_least(best: float) -> float:
    """What scores less than this answers every term, but hardly in its names: a near match beside the best."""
    return _hit_share * best


def is_near(value: float, best: float) -> bool:
    """Whether a part that scores so is worth offering beside the best."""
    return value >= _near_least and value >= _near_share * best


def says(question: Question, named: Named) -> frozenset[int]:
    """Which of the required terms the names say."""
    return frozenset(n for n, term in enumerate(question.required) if _level(term, named) >= _said_least)


def spread(ranked: Sequence[tuple[float, frozenset[int]]], best: float, most: int) -> list[int]:
    """The places of at most so many near matches among what is ranked best first, with what it says (rule 3)."""
    near = [place for place, (value, _) in enumerate(ranked) if is_near(value, best)]
    kept = near[: most - _unsaid_most]
    said = frozenset[int]().union(*(ranked[place][1] for place in kept))
    for place, (value, says) in enumerate(ranked):
        if len(kept) < most and value >= _unsaid_least and says - said:
            kept.append(place)
            said |= says
    kept += [place for place in near if place not in kept]
    return kept[:most]


def _level(term: Term, named: Named) -> float:
    found = sorted((way.worth * _in(way, named) for way in term.ways), reverse=True)
    if found and found[0]:
        return found[0] + _also_worth * sum(level >= meant_worth for level in found[1:3])
    if not term.parts:
        return 0.0
    names = f"{named.title}{named.aliases}"
    return _part * sum(f" {pair} " in names for pair in term.parts) / len(term.parts)


def _in(way: Way, named: Named) -> float:
    """1 in a title, less in an alias, 0 in neither."""
    if way.letters:
        return _in_initials(way, named)
    sought = way.sought
    if sought in named.title:
        return 1.0
    return _in_aliases if sought in named.aliases else 0.0


def _in_initials(way: Way, named: Named) -> float:
    """A whole title, its beginning, a whole alias, its beginning, the middle of either."""
    best = 0.9 if f" {way.said}" in named.title or f" {way.said}" in named.aliases else 0.0
    if f" {way.tokens} " not in f" {named.initials} ":
        return best
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
