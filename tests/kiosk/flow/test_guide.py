"""The guide page as a visitor meets it: GUI-01, GUI-03, LNG-02 and N-12 by touches, and real procedures on it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from content_sync.domain.county import County
from content_sync.domain.disclosure.guides import Guide as GuideBody
from content_sync.domain.disclosure.items import Item
from content_sync.domain.disclosure.which import case_of, combinations, questions_of, unclear
from kiosk.app import tongues
from kiosk.flow import actions, handout, show, sizes
from kiosk.flow.frame import Code, Frame, Text
from kiosk.flow.pages.plain import Home
from kiosk.flow.pages.reading import CodeOf, Element, Guide, HandoutOf
from kiosk.flow.reduce import reduce
from kiosk.flow.state import Page, State
from kiosk.flow.view import Ticket, View
from tests.kiosk import county
from tests.kiosk.flow import looks

_guides = [name for name, (item, _, _) in county.items().items() if isinstance(item.body, GuideBody)]
_asking = [name for name in _guides if county.items()[name][0].body.which]  # type: ignore[union-attr]  # as above
_real = Path(__file__).resolve().parents[4] / "shared" / "real-data" / "procedures-guangan.json"
_nine = ("steps", "conditions", "limits", "result", "handler", "bases", "fees", "fee_bases", "supervision")


def _body(name: str) -> GuideBody:
    body = county.items()[name][0].body
    assert isinstance(body, GuideBody)
    return body


def _bare(text: str) -> str:
    return "".join(text.split()).replace("　", "")


def _text(frame: Frame) -> str:
    return _bare("".join(line for mark in frame.marks if isinstance(mark, Text) for line in mark.lines))


def _read(frame: Frame) -> str:
    """What stands in the body, without its head, its keys and what is beside it: pages together are one text."""
    labels = {target.label for target in frame.targets}
    texts = [mark for mark in frame.marks if isinstance(mark, Text) and mark.color == "ink" and mark.y > sizes.header]
    texts = [mark for mark in texts if mark.x < 3 * sizes.left and "".join(mark.lines) not in labels]
    heads = (sizes.normal.title, sizes.elder.title)
    return _bare("".join(line for mark in texts if mark.size not in heads for line in mark.lines))


def _frame(state: State, view: View) -> Frame:
    return show.frame(state, view, looks.measure, tongues.words(state.language))


def _touch(state: State, view: View, label: str) -> State:
    target = next(target for target in _frame(state, view).targets if target.label == label)
    return reduce(state, target.action)[0]  # type: ignore[arg-type]  # a target carries any object


def _turned(state: State, view: View) -> Iterator[Frame]:
    """Every page of what lies open, turned by its own key."""
    for _ in range(60):
        frame = _frame(state, view)
        yield frame
        following = [t.action for t in frame.targets if t.label == tongues.words(state.language)("page.next")]
        if not following:
            return
        state = reduce(state, following[0])[0]  # type: ignore[arg-type]  # as above


def _without_codes(name: str) -> View:
    """No phone reaches anything: no address of the county, none of the item."""
    item, body_hash, _ = county.items()[name]
    silent = replace(county.county(), public_url="")
    return replace(county.view(county=silent), item=(replace(item, link=""), body_hash))


@pytest.mark.parametrize("elder", [False, True])
@pytest.mark.parametrize("name", _guides)
def test_without_codes_every_guide_is_complete_on_the_screen(name: str, elder: bool) -> None:
    """LNG-02, GUI-01, N-12: from 指南 each element is one touch, and every word of the guide stands on some page."""
    view, guide, read = _without_codes(name), _body(name), ""
    state = _touch(State((Home(), Guide(name)), elder), view, "指南")
    words = tongues.words("zh-Hans")
    for element in ("materials", *_nine, "questions"):
        opened = _touch(state, view, words(f"element.{element}"))
        assert isinstance(opened.page, Element)
        for frame in _turned(opened, view):
            assert not [mark for mark in frame.marks if isinstance(mark, Code)]
            read += _read(frame)
    texts = [guide.handler.name, guide.handler.place, guide.handler.hours, guide.handler.phone, guide.result]
    texts += [guide.quantity, guide.result_note, guide.paying.place, guide.paying.ways, *guide.conditions]
    texts += [text for one in guide.materials for text in (one.name, one.note, one.source)]
    texts += [text for one in guide.steps for text in (one.name, one.text)]
    texts += [text for one in (*guide.bases, *guide.fee_bases) for text in (one.law, one.article, one.text)]
    texts += [text for one in guide.fees for text in (one.name, one.note)] + [one.note for one in guide.limits]
    texts += [text for one in guide.supervision for text in (one.name, one.phone, one.place)]
    texts += [text for one in guide.questions for text in (one.question, one.answer)]
    assert [text for text in texts if _bare(text) not in read] == []


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
@pytest.mark.parametrize("name", _guides)
def test_the_slip_of_each_case_is_what_the_guide_showed_and_says_its_version(name: str, language: str) -> None:
    """GUI-03, in both languages and offline: for every case the same papers on the guide, the page and the paper."""
    guide, view, words = _body(name), _without_codes(name), tongues.words(language)
    assert view.item
    item = view.item[0]
    every = (*combinations(guide), tuple(unclear(one) for one in questions_of(guide)), ())
    for answers in every[:: max(1, len(every) // 5)]:
        case = case_of(guide, answers)
        made = handout.handout(item, guide, answers, view.site, view.county, view.now, words)
        assert [paper.name.partition(". ")[2] for paper in made.papers] == [one.name for one in case.materials]
        assert str(item.version) in made.version
        marked = [n for n, paper in enumerate(made.papers) if words("guide.maybe") in paper.notes]
        assert set(marked) == case.maybe
        state = State((Home(), Guide(name, answers), HandoutOf(name, answers)), language=language)
        named = _bare(f"{made.title} · {made.name}")
        read = "".join(_read(frame).replace(named, "") for frame in _turned(state, view))
        parts = [made.bring, made.closing, *(paper.name for paper in made.papers)]
        parts += [note for paper in made.papers for note in paper.notes] + [fact.text for fact in made.facts]
        assert [part for part in parts if _bare(part) not in read] == []
        assert all(_bare(line) in _text(_frame(state, view)) for line in (made.version, made.situation))
        assert not made.link


@pytest.mark.parametrize("low", [False, True])
@pytest.mark.parametrize("elder", [False, True])
@pytest.mark.parametrize("name", _asking)
def test_questions_are_answered_on_the_page_and_asked_again_by_going_back(name: str, elder: bool, low: bool) -> None:
    """B1.5: one question at a time with its place, 不清楚 among the answers; 返回 asks the last one again."""
    guide, view = _body(name), county.view(name)
    state = State((Home(), Guide(name)), elder, low)
    count = 0
    while "您的情况：" not in _text(_frame(state, view)):
        frame = _frame(state, view)
        assert f"第{count + 1}问" in _text(frame) or elder  # left out where large type needs the room
        assert "不清楚" in {target.label for target in frame.targets}
        (question,) = [one for one in guide.which if one.text in _text(frame)]
        before, label = state, question.answers[0].label
        state = _touch(state, view, label)
        assert reduce(state, actions.Back())[0] == before
        state, count = _touch(reduce(state, actions.Back())[0], view, label), count + 1
    assert 1 <= count <= len(guide.which)
    changed = next(t for t in _frame(state, view).targets if t.label.startswith("您的情况"))
    assert reduce(state, changed.action)[0].page == Guide(name)  # type: ignore[arg-type]  # as above


def test_who_is_not_sure_sees_everything_that_may_be_needed_marked() -> None:
    """不清楚 to all: all papers, those that depend on the case with 可能要, on the guide and on its page of papers."""
    view, name = county.view("qh-sfz-buling"), "qh-sfz-buling"
    state = State((Home(), Guide(name)))
    for _ in _body(name).which:
        state = _touch(state, view, "不清楚")
    text = _text(_frame(state, view))
    assert "您的情况：不清楚" in text
    assert all(material.name in text for material in _body(name).materials)
    assert text.count("可能要") == len(_body(name).materials)
    assert "20–40元" in text
    read = _text(_frame(State((Home(), Element(name, "materials", state.page.answers))), view))  # type: ignore[union-attr]  # a guide
    assert read.count("可能要") == len(_body(name).materials)


def test_a_question_that_changes_nothing_is_passed_over() -> None:
    """Who only wants a second certificate is not asked about earlier marriages."""
    view, state = county.view("qh-jiehun"), State((Home(), Guide("qh-jiehun")))
    assert "第1问，共2问" in _text(_frame(state, view))
    assert "您的情况：结婚证丢了补一本" in _text(_frame(_touch(state, view, "结婚证丢了补一本"), view))
    assert "以前结过婚吗？" in _text(_frame(_touch(state, view, "领结婚证"), view))


def test_the_case_is_the_slips_the_codes_and_the_elements_too() -> None:
    """告知单, 网上办 and 指南 open with the answers; the code carries them to a phone."""
    answers = ("diu", "ziji", "bendi")
    public: County = replace(county.county(), public_url="https://www.qinghe.example")
    view = county.view("qh-sfz-buling", county=public)
    frame = _frame(State((Home(), Guide("qh-sfz-buling", answers))), view)
    opened: list[Page] = [t.action.page for t in frame.targets if isinstance(t.action, actions.Open)]
    for page in (HandoutOf, CodeOf, Element):
        assert {one.answers for one in opened if isinstance(one, page)} == {answers}
    (code,) = [m for m in _frame(State((CodeOf("qh-sfz-buling", answers),)), view).marks if isinstance(m, Code)]
    assert code.payload == "https://www.qinghe.example/d/qh-sfz-buling?case=diu,ziji,bendi"


@pytest.mark.parametrize("elder", [False, True])
def test_a_ticket_taken_on_the_guide_says_once_more_what_to_bring(elder: bool) -> None:
    """B1.6: the number's page still knows the case; taken elsewhere, or before the case is known, it says nothing."""
    view = county.view("qh-sfz-buling")
    for answers, said in ((("diu", "ziji", "bendi"), True), (("diu",), False)):
        state = _touch(State((Home(), Guide("qh-sfz-buling", answers)), elder), view, "在这里取号")
        given = replace(view, ticket=Ticket("given", "x", "A023", 4))
        assert ("到窗口带上：户口簿" in _text(_frame(state, given))) == said


def _procedures() -> list[Item]:
    """The longest names, and every fortieth of the others, on a guide with questions and on one with situations."""
    rows = sorted(json.loads(_real.read_text("utf-8")), key=lambda row: -len(row["name"]))
    found = []
    for n, row in enumerate([*rows[:24], *rows[24::40]]):
        item = county.items()["qh-zhizhao-geti" if n % 2 else "qh-yibao-baoxiao"][0]
        assert isinstance(item.body, GuideBody)
        body = replace(item.body, handler=replace(item.body.handler, name=row["department"]))
        found.append(replace(item, title=row["name"], plain_title="", body=body, link=row["link"]))
    return found


@pytest.mark.skipif(not _real.exists(), reason="the real procedures are not beside this checkout")
@pytest.mark.parametrize("look", ["normal", "elder", "low", "elder low", "normal, en"])
def test_real_procedures_keep_every_law_on_the_guide_page(look: str) -> None:
    """Names of up to 110 characters: nothing covered or out of reach, asking and asked; none is only seen cut."""
    seen, _, language = look.partition(", ")
    (elder, low), language = looks.views[seen], language or "zh-Hans"
    words = tongues.words(language)
    for item in _procedures():
        assert isinstance(item.body, GuideBody)
        view = replace(county.view(), item=(item, "0" * 64))
        end = max(combinations(item.body), key=len)
        for page in (
            Guide(item.id),
            Guide(item.id, end),
            Element(item.id),
            Element(item.id, "steps"),
            HandoutOf(item.id, end),
        ):
            frame = _frame(State((Home(), page), elder, low, language=language), view)
            assert looks.judging.touch_screen(frame, words, elder=elder, low=low) == (), (item.title, page)
            if (isinstance(page, Guide) and not elder) or page == Element(item.id, "steps"):
                assert _bare(item.title) in _text(frame), page
