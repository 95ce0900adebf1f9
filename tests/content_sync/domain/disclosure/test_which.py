"""Which case is mine: a few answers shrink the list, and nobody is asked about nothing (B1.5)."""

from dataclasses import replace
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain.disclosure.guides import Fee, Guide, Handler, Limit, Material, Situation, Which
from content_sync.domain.disclosure.which import (
    Answers,
    answer_to,
    answers_of,
    asked,
    case_of,
    clear,
    combinations,
    following,
    matters,
    narrowed,
    need,
    only,
    questions_of,
    settled,
    text_of,
    total,
    unclear,
)
from content_sync.domain.disclosure.which_faults import faults
from tests.content_sync.making import complete_guide

what = Which(
    "what", "身份证怎么了？", (Situation("lost", "丢了"), Situation("worn", "坏了"), Situation("due", "到期了"))
)
who = Which("who", "谁来办？", (Situation("self", "本人"), Situation("child", "不满16岁的孩子")))
home = Which("home", "户口在本县吗？", (Situation("here", "在本县"), Situation("away", "在外地")))
book = Material("户口簿", 1, situations=("lost",))
card = Material("旧身份证", 1, situations=("worn", "due"))
parent = Material("监护人的身份证", 1, situations=("child",))
permit = Material("居住证", 1, situations=("away", "lost"))
photo = Material("照片回执", 1)
guide = replace(
    complete_guide,
    which=(what, who, home),
    materials=(photo, book, card, parent, permit),
    fees=(Fee("补领", 4000, situations=("lost",)), Fee("换领", 2000, situations=("due",))),
    limits=(
        Limit("statutory", 60, "day"),
        Limit("promised", 20, "working_day", situations=("here",)),
        Limit("promised", 30, "working_day", situations=("away",)),
    ),
)


def _names(of: Guide, answers: Answers) -> list[str]:
    return [one.name for one in case_of(of, answers).materials]


def test_each_answer_shrinks_the_list() -> None:
    """Lost, one's own, at home: two papers of five, 40 yuan, twenty working days."""
    assert _names(guide, ()) == ["照片回执", "户口簿", "旧身份证", "监护人的身份证", "居住证"]
    assert _names(guide, ("lost",)) == ["照片回执", "户口簿", "监护人的身份证", "居住证"]
    case = case_of(guide, ("lost", "self", "here"))
    assert ([one.name for one in case.materials], case.maybe) == (["照片回执", "户口簿"], frozenset())
    assert case.labels == ("丢了", "本人", "在本县")
    assert [limit.amount for limit in case.limits] == [60, 20]
    assert total(guide, ("lost",)) == (4000, 4000)
    assert total(guide, ()) == (0, 4000)


def test_several_questions_must_agree_and_any_named_answer_will_do() -> None:
    """居住证 is for who lost it and lives elsewhere; the old card for both worn and expired."""
    assert "居住证" in _names(guide, ("lost", "self", "away"))
    assert "居住证" not in _names(guide, ("due", "self", "away"))
    assert {"旧身份证"} <= set(_names(guide, ("worn",))) & set(_names(guide, ("due",)))


def test_not_sure_keeps_what_may_be_needed_and_says_so() -> None:
    """不清楚 rules nothing out: such papers stay, marked."""
    answers = (unclear(what), "self", "here")
    case = case_of(guide, answers)
    assert [one.name for one in case.materials] == ["照片回执", "户口簿", "旧身份证"]
    assert case.maybe == {1, 2}
    assert following(guide, answers) is None
    assert clear(guide, answers) == ("self", "here")


def test_what_cannot_change_anything_is_not_asked() -> None:
    """Where the limit is the same, 户口在哪 matters to who lost the card only."""
    same = replace(guide, limits=(Limit("statutory", 60, "day"),))
    assert [one.id for one in asked(same, ())] == ["what", "who", "home"]
    assert [one.id for one in asked(same, ("worn", "self"))] == ["what", "who"]
    assert following(same, ("worn", "self")) is None
    assert settled(same, ("worn", "self", "away")) == ("worn", "self")  # an answer to nothing counts for nothing


def test_situations_alone_are_one_question() -> None:
    """Guides written before questions existed work as they did; one that names none asks none."""
    old = replace(complete_guide, situations=what.answers, materials=(photo, book, card))
    assert following(old, ()) == Which("", "", what.answers)
    assert _names(old, ("lost",)) == ["照片回执", "户口簿"]
    assert following(old, ("lost",)) is None
    assert following(complete_guide, ()) is None


def test_a_narrowed_guide_is_that_case_and_no_other() -> None:
    """What a slip's code opens on a phone."""
    one = narrowed(guide, ("lost", "self", "here"))
    assert [m.name for m in one.materials] == ["照片回执", "户口簿"]
    assert [[a.label for a in q.answers] for q in one.which] == [["丢了"], ["本人"], ["在本县"]]
    assert narrowed(guide, (unclear(what),)) == guide
    assert only(guide, permit.situations) == (("丢了",), ("在外地",))


def test_answers_travel_as_one_text() -> None:
    """In an address and in a form; what they name need not exist."""
    assert answers_of(text_of(("lost", "self"))) == ("lost", "self")
    assert answers_of("") == ()
    assert case_of(guide, answers_of("nonsense,,lost")).labels == ("丢了",)


def _also(name: str, label: str) -> tuple[Which, ...]:
    """The questions, the last one with a third answer."""
    return (what, who, replace(home, answers=(*home.answers, Situation(name, label))))


_wrong = {
    "只能用一种": replace(guide, situations=(Situation("x", "别的"),)),
    "最多3问": replace(guide, which=(*guide.which, replace(what, id="again"))),
    "要有一句话的问题": replace(guide, which=(replace(what, text=" "), who, home)),
    "要有2到4个回答": replace(guide, which=(what, replace(who, answers=who.answers[:1]), home)),
    "有空的回答": replace(guide, which=(what, who, replace(home, answers=(home.answers[0], Situation("away", ""))))),
    "不用写“不清楚”": replace(guide, which=_also("n", "不清楚")),
    "太长": replace(guide, which=_also("n", "长" * 17)),
    "不止一次": replace(guide, which=_also("n", "本人")),
    "用了2次": replace(guide, which=_also("self", "借住")),
    "不能用": replace(guide, which=_also("?who", "借住")),
    "材料“介绍信”写了没有的情形": replace(guide, materials=(*guide.materials, Material("介绍信", situations=("no",)))),
    "时限第4行写了没有的情形": replace(guide, limits=(*guide.limits, Limit("promised", 1, "day", situations=("no",)))),
    "怎么答都一样": replace(guide, materials=(photo, book, card, permit)),
    "没有办理时限": replace(guide, limits=guide.limits[2:]),
}


@pytest.mark.parametrize("sentence", _wrong)
def test_each_fault_is_one_sentence_that_says_what_to_do(sentence: str) -> None:
    """An editor reads what is wrong with the questions; nothing is wrong with the good ones."""
    assert [told for told in faults(_wrong[sentence]) if sentence in told], faults(_wrong[sentence])
    assert faults(guide) == []


def test_a_paper_for_every_answer_asks_nothing() -> None:
    """Naming all answers of a question is naming none."""
    both = replace(complete_guide, which=(who,), materials=(replace(parent, situations=("self", "child")),))
    assert following(both, ()) is None
    assert not matters(both, who, ())


_ids = ("a", "b", "c", "d")
_which = st.lists(st.integers(2, 4), min_size=1, max_size=3).map(
    lambda counts: tuple(
        Which(f"q{n}", "？", tuple(Situation(f"{_ids[k]}{n}", f"{n}{k}") for k in range(count)))
        for n, count in enumerate(counts)
    )
)


@st.composite
def _guides(draw: st.DrawFn) -> Guide:
    which = draw(_which)
    every = [one.id for question in which for one in question.answers]
    named = st.sets(st.sampled_from(every), max_size=4).map(lambda names: tuple(sorted(names)))
    materials = tuple(Material(f"m{n}", situations=s) for n, s in enumerate(draw(st.lists(named, max_size=5))))
    fees = tuple(Fee(f"f{n}", 100 * n, situations=s) for n, s in enumerate(draw(st.lists(named, max_size=3))))
    limits = tuple(Limit("promised", n, "day", situations=s) for n, s in enumerate(draw(st.lists(named, max_size=3))))
    return Guide(Handler("县民政局"), which=which, materials=materials, fees=fees, limits=limits)


@st.composite
def _walks(draw: st.DrawFn) -> tuple[Guide, list[Answers]]:
    """A guide, and the answers after each touch of somebody who goes through its questions."""
    of, answers = draw(_guides()), ()
    seen: list[Answers] = [answers]
    while question := following(of, answers):
        answer = draw(st.sampled_from([*(one.id for one in question.answers), unclear(question)]))
        answers = settled(of, (*answers, answer))
        assert answer_to(question, answers) == answer
        seen.append(answers)
    return of, seen


@given(_walks())
def test_the_laws_of_asking(walk: tuple[Guide, list[Answers]]) -> None:
    """Questions only become fewer; papers only become fewer and are always of the full list; the end is reached."""
    of, seen = walk
    for before, after in pairwise(seen):
        assert set(asked(of, after)) <= set(asked(of, before))
        assert set(_names(of, after)) <= set(_names(of, before)) <= {one.name for one in of.materials}
        low, high = total(of, after)
        assert total(of, before)[0] <= low <= high <= total(of, before)[1]
    assert len(seen) - 1 <= len(of.which)
    end = seen[-1]
    if not any(one.startswith("?") for one in end):
        case = case_of(of, end)
        assert case.maybe == frozenset()
        assert total(of, end) == (sum(fee.fen for fee in case.fees),) * 2


@given(_walks(), st.data())
def test_nothing_is_asked_about_an_empty_difference(walk: tuple[Guide, list[Answers]], data: st.DataObject) -> None:
    """Of a question that is asked two answers lead to different cases in the end; of any other no answer ever does."""
    of, seen = walk
    answers = data.draw(st.sampled_from(seen))
    given_answers = {one for one in answers if not one.startswith("?")}
    for question in (one for one in questions_of(of) if not answer_to(one, answers)):
        ends: dict[Answers, set[object]] = {}
        for way in product(*((one.id for one in q.answers) for q in questions_of(of))):
            if given_answers <= set(way):
                mine = next(one.id for one in question.answers if one.id in way)
                left = tuple(
                    record
                    for record in (*of.materials, *of.fees, *of.limits)
                    if need(of, record.situations, way) == "sure"
                )
                ends.setdefault(tuple(one for one in way if one != mine), set()).add(left)
        assert matters(of, question, answers) == any(len(found) > 1 for found in ends.values())


@given(_guides())
def test_every_combination_is_a_way_through(of: Guide) -> None:
    """Whoever answers clearly comes to one of the combinations, and each of them is settled."""
    ways = combinations(of)
    assert len(set(ways)) == len(ways)
    for answers in ways:
        assert settled(of, answers) == answers
        assert following(of, answers) is None
