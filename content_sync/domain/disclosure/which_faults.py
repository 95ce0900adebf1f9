"""What keeps a guide's questions from working, one Chinese sentence for each fault (disclosure.which asks them).

1. A guide asks by questions or by situations, not both; at most `limits.which_questions_max` questions, each with two
   to `limits.which_answers_max` answers, short enough for a key. 不清楚 stands on every screen and is not written.
   Answers are read back without their questions (您的情况：丢了、本人来办), so no two of them are called the same.
2. Ids are ids (domain.ids), and nothing is named twice.
3. What a material, a limit or a fee names is there. A question that changes nothing would be asked for nothing.
4. Every case has a time limit (GUI-01); that it has no fee is a case too.
"""

from collections import Counter
from collections.abc import Iterator

from content_sync.domain import limits
from content_sync.domain.disclosure.guides import Guide, Which
from content_sync.domain.disclosure.which import asked, case_of, combinations, questions_of
from content_sync.domain.ids import is_id

_unsure = "不清楚"


def faults(guide: Guide) -> list[str]:
    """All of them; none for a guide that asks nothing."""
    found = [*_shape(guide), *_names(guide)]
    return found or [*_ways(guide)]  # ways are walked only where their number is bounded


def _shape(guide: Guide) -> Iterator[str]:
    """Rules 1 and 2."""
    if guide.which and guide.situations:
        yield "“我的情形”和“先问几句”只能用一种：请把情形写成一个问题的回答。"
    if len(guide.which) > limits.which_questions_max:
        yield f"“先问几句”最多{limits.which_questions_max}问，现在有{len(guide.which)}问：请合并。"
    for place, question in enumerate(guide.which, 1):
        yield from _question(question, f"第{place}问")
    labels = Counter(one.label.strip() for question in guide.which for one in question.answers)
    for label in (label for label, count in labels.items() if label and count > 1):
        yield f"回答“{label}”写了不止一次：每个回答单独看也要明白，如“本人来办”。"
    every = [q.id for q in guide.which] + [one.id for q in questions_of(guide) for one in q.answers]
    for name, count in Counter(every).items():
        if not is_id(name):
            yield f"情形代号“{name}”不能用：用小写字母、数字和“-”。"
        elif count > 1:
            yield f"情形代号“{name}”用了{count}次：每个代号只能用一次。"


def _question(question: Which, where: str) -> Iterator[str]:
    labels = [one.label.strip() for one in question.answers]
    if not 0 < len(question.text.strip()) <= limits.which_question_chars_max:
        yield f"{where}要有一句话的问题，最多{limits.which_question_chars_max}字。"
    if not 2 <= len(labels) <= limits.which_answers_max:
        yield f"{where}要有2到{limits.which_answers_max}个回答，现在有{len(labels)}个。"
    if not all(labels):
        yield f"{where}有空的回答。"
    if _unsure in labels:
        yield f"{where}不用写“{_unsure}”：屏幕上总有这一个。"
    for label in labels:
        if len(label) > limits.which_answer_chars_max:
            yield f"{where}的回答“{label}”太长，最多{limits.which_answer_chars_max}字。"


def _names(guide: Guide) -> Iterator[str]:
    """Rule 3."""
    known = {one.id for question in questions_of(guide) for one in question.answers}
    groups = (("材料", guide.materials), ("收费", guide.fees))
    records = [(f"{kind}“{one.name}”", one) for kind, group in groups for one in group]
    for where, record in (*records, *((f"时限第{n}行", one) for n, one in enumerate(guide.limits, 1))):
        for name in record.situations:
            if name not in known:
                yield f"{where}写了没有的情形“{name}”：请先加上，或者删去。"


def _ways(guide: Guide) -> Iterator[str]:
    """Rules 3 and 4."""
    ways = combinations(guide)
    heard = {question for answers in ways for question in asked(guide, answers)}
    for question in guide.which:
        if question not in heard:
            yield f"“{question.text}”怎么答都一样：请写明哪些材料、时限或收费只限哪个回答，或者不问。"
    for answers in ways if guide.limits else ():
        case = case_of(guide, answers)
        if not case.limits:
            yield f"“{'、'.join(case.labels)}”没有办理时限：请补上。"
