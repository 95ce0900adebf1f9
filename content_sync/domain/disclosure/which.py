"""Which case is mine (B1.5): two or three plain questions, and what the answers leave of a guide.

1. A guide with questions (`which`) asks them in their order; one with situations alone asks one question, that of its
   situations. What is not known is 不清楚 (`unclear`), an answer to every question.
2. A material, a limit or a fee names answers. Of one question any of the named ones will do; each question of which it
   names an answer must agree. One that names nothing is needed always.
3. It is ruled out by one clear answer that disagrees, sure when every question it depends on agrees, and else it may
   be needed.
4. A question is asked only while it can change something: while a record that is not ruled out depends on it. So an
   answer never brings a question back that was settled, and nobody is asked about nothing.
5. An answer to a question that is not asked counts for nothing; of two answers to one question the last one counts.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal, TypeVar

from content_sync.domain import limits
from content_sync.domain.disclosure.guides import Fee, Guide, Limit, Material, Which

Answers = tuple[str, ...]
Need = Literal["sure", "maybe", "no"]
_Record = TypeVar("_Record", Material, Limit, Fee)


@dataclass(frozen=True)
class Case:
    """What a guide is for these answers: what to bring, with the places of what only may be needed; limits, fees."""

    labels: tuple[str, ...]
    materials: tuple[Material, ...]
    maybe: frozenset[int]
    limits: tuple[Limit, ...]
    fees: tuple[Fee, ...]


def questions_of(guide: Guide) -> tuple[Which, ...]:
    """Rule 1. The text of the question of situations is empty: whoever shows it has words for it."""
    return guide.which or ((Which("", "", guide.situations),) if guide.situations else ())


def unclear(question: Which) -> str:
    """The answer 不清楚 to a question."""
    return f"?{question.id}"


def answer_to(question: Which, answers: Answers) -> str:
    """What was answered to a question: the id of an answer, `unclear`, or an empty string (rule 5)."""
    known = {unclear(question), *(one.id for one in question.answers)}
    return next((one for one in reversed(answers) if one in known), "")


def need(guide: Guide, named: Iterable[str], answers: Answers) -> Need:
    """Whether what names these answers is needed (rules 2 and 3)."""
    names, found = frozenset(named), "sure"
    for question in questions_of(guide):
        every = {one.id for one in question.answers}
        if not every & names:
            continue
        answer = answer_to(question, answers)
        if answer in every and answer not in names:
            return "no"
        if answer not in every and every - names:
            found = "maybe"
    return "maybe" if found == "maybe" else "sure"


def matters(guide: Guide, question: Which, answers: Answers) -> bool:
    """Rule 4: whether this question, taken as not answered yet, can change anything."""
    every = {one.id for one in question.answers}
    others = tuple(one for one in answers if one not in every)
    return any(
        every & set(record.situations) and every - set(record.situations)
        for record in _records(guide)
        if need(guide, record.situations, others) != "no"
    )


def asked(guide: Guide, answers: Answers) -> tuple[Which, ...]:
    """The questions on the way of these answers, those answered and those still to be asked, in their order."""
    known: Answers = ()
    found: list[Which] = []
    for question in questions_of(guide):
        if matters(guide, question, known):
            found.append(question)
            answer = answer_to(question, answers)
            known += (answer,) if answer else ()
    return tuple(found)


def settled(guide: Guide, answers: Answers) -> Answers:
    """The answers that count, in the order of their questions (rule 5)."""
    given = (answer_to(question, answers) for question in asked(guide, answers))
    return tuple(answer for answer in given if answer)


def following(guide: Guide, answers: Answers) -> Which | None:
    """The next question, None when nothing is left to ask."""
    return next((one for one in asked(guide, answers) if not answer_to(one, answers)), None)


def clear(guide: Guide, answers: Answers) -> Answers:
    """The answers that say something: what a code carries to a phone. Without 不清楚 the list stays as long."""
    return tuple(one for one in settled(guide, answers) if not one.startswith("?"))


def case_of(guide: Guide, answers: Answers) -> Case:
    """What these answers leave."""
    count = settled(guide, answers)
    words = {one.id: one.label for question in questions_of(guide) for one in question.answers}
    materials = _left(guide, guide.materials, count)
    unsure = (n for n, one in enumerate(materials) if need(guide, one.situations, count) == "maybe")
    return Case(
        tuple(words[one] for one in count if one in words),
        materials,
        frozenset(unsure),
        _left(guide, guide.limits, count),
        _left(guide, guide.fees, count),
    )


def total(guide: Guide, answers: Answers) -> tuple[int, int]:
    """The least and the most that is paid in all, in fen, over the cases these answers leave open."""
    count = settled(guide, answers)
    fees = _left(guide, guide.fees, count)
    open_ones = tuple(q for q in questions_of(guide) if answer_to(q, count) not in {one.id for one in q.answers})
    asking = tuple(q for q in open_ones if any({one.id for one in q.answers} & set(fee.situations) for fee in fees))
    if math.prod(len(q.answers) for q in asking) > limits.which_answers_max**limits.which_questions_max:
        asking = ()  # no guide that was checked has so many ways; then what surely is paid, and all of it
    ways = product(*((one.id for one in q.answers) for q in asking))
    clear_ones = tuple(one for one in count if not one.startswith("?"))
    sums = [_sum(guide, fees, (*clear_ones, *way), also_maybe=False) for way in ways]
    return (min(sums), max(sums)) if asking else (sums[0], _sum(guide, fees, clear_ones, also_maybe=True))


def _sum(guide: Guide, fees: tuple[Fee, ...], answers: Answers, *, also_maybe: bool) -> int:
    needs = ((fee.fen, need(guide, fee.situations, answers)) for fee in fees)
    return sum(fen for fen, needed in needs if needed == "sure" or (also_maybe and needed == "maybe"))


def narrowed(guide: Guide, answers: Answers) -> Guide:
    """The guide with what a case needs, and its answers alone; whole when nothing was answered."""
    count = clear(guide, answers)
    if not count:
        return guide
    case = case_of(guide, count)
    chosen = tuple(one for one in guide.situations if one.id in count)
    which = tuple(
        replace(question, answers=tuple(one for one in question.answers if one.id in count))
        if answer_to(question, count)
        else question
        for question in asked(guide, count)
        if guide.which
    )
    return replace(guide, which=which, situations=chosen, materials=case.materials, limits=case.limits, fees=case.fees)


def only(guide: Guide, named: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Which answers a record is for, in words: one of each group must be given; empty: needed always."""
    names = frozenset(named)
    groups = (tuple(one.label for one in q.answers if one.id in names) for q in questions_of(guide))
    return tuple(group for group in groups if group)


def combinations(guide: Guide) -> tuple[Answers, ...]:
    """Every way through the questions with clear answers."""
    every = product(*((one.id for one in question.answers) for question in questions_of(guide)))
    return tuple(dict.fromkeys(settled(guide, chosen) for chosen in every))


def _left(guide: Guide, records: tuple[_Record, ...], answers: Answers) -> tuple[_Record, ...]:
    return tuple(one for one in records if need(guide, one.situations, answers) != "no")


def _records(guide: Guide) -> Iterator[Material | Limit | Fee]:
    yield from guide.materials
    yield from guide.limits
    yield from guide.fees


def text_of(answers: Answers) -> str:
    """Answers as one text: a field of a form, a part of an address."""
    return ",".join(answers)


def answers_of(text: str) -> Answers:
    """The answers of a text; what it names need not exist."""
    return tuple(part for part in text.split(",")[: limits.which_questions_max * 2] if part)
