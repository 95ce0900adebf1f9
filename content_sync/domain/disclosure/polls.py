"""Questionnaires: a published notice with questions, answered by taps, anonymous (EVA-03, SUP-05).

1. A questionnaire has up to `limits.poll_questions_max` questions, each with two to `limits.poll_options_max` answers.
2. The answers of one session are written `1:3,2:5`: question 1 got its third answer, question 2 its fifth. Both count
   from 1. A question may be passed over; one answered twice, or with an answer it has not, spoils the sheet as a
   whole, since nobody can say what was meant.
3. It takes answers until the notice ends (disclosure.sheets). It must have an end, or it would never have a result.
4. A result says how many sheets came, and of every question how often each answer was given; nothing is left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from content_sync.domain import limits
from content_sync.domain.errors import BadInput


@dataclass(frozen=True)
class Ask:
    """One question and the answers to choose from."""

    text: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Tally:
    """What became of one question: how often each of its answers was given, in their order."""

    ask: Ask
    counts: tuple[int, ...]


def faults(questions: tuple[Ask, ...], shown_until: str) -> list[str]:
    """One sentence for each thing that keeps this from being a questionnaire (rules 1 and 3); none for no questions."""
    if not questions:
        return []
    found = [] if shown_until else ["问卷要有结束时间：到期才能统计结果。"]
    if len(questions) > limits.poll_questions_max:
        found.append(f"问卷最多 {limits.poll_questions_max} 题，现在有 {len(questions)} 题。")
    for place, ask in enumerate(questions, 1):
        if not ask.text.strip():
            found.append(f"问卷第 {place} 题没有题目。")
        if not 2 <= len(ask.options) <= limits.poll_options_max:
            found.append(f"问卷第 {place} 题要有 2 到 {limits.poll_options_max} 个选项，现在有 {len(ask.options)} 个。")
        if len(set(ask.options)) != len(ask.options) or not all(one.strip() for one in ask.options):
            found.append(f"问卷第 {place} 题有空的或重复的选项。")
    return found


def parse(text: str) -> dict[int, int]:
    """The answers of one sheet, by question. Raises BadInput for what is no sheet (rule 2)."""
    found: dict[int, int] = {}
    for part in text.split(","):
        question, colon, option = part.strip().partition(":")
        if not (colon and _is_place(question) and _is_place(option)) or int(question) in found:
            raise BadInput(f"{text[:40]!r} is no sheet of answers such as 1:3,2:5.")
        found[int(question)] = int(option)
    return found


def text_of(answers: dict[int, int]) -> str:
    """A sheet as records carry it."""
    return ",".join(f"{question}:{option}" for question, option in sorted(answers.items()))


def fits(answers: Mapping[int, int], questions: tuple[Ask, ...]) -> bool:
    """Whether every answer belongs to a question that has it (rule 2)."""
    return all(
        0 < question <= len(questions) and 0 < option <= len(questions[question - 1].options)
        for question, option in answers.items()
    )


def tally(questions: tuple[Ask, ...], sheets: Iterable[dict[int, int]]) -> tuple[int, tuple[Tally, ...]]:
    """How many sheets count, and what they say of every question (rules 2 and 4)."""
    good = [sheet for sheet in sheets if fits(sheet, questions)]
    return len(good), tuple(
        Tally(
            ask,
            tuple(sum(sheet.get(place) == option for sheet in good) for option in range(1, len(ask.options) + 1)),
        )
        for place, ask in enumerate(questions, 1)
    )


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < len(text) <= 2 and int(text) > 0
