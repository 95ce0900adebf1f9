"""告知单 (GUI-03): the same materials as the guide shown, its version, nothing that needs a phone."""

from dataclasses import replace

import pytest

from content_sync.domain.county import County
from content_sync.domain.disclosure.guides import Guide
from content_sync.domain.disclosure.which import Answers, case_of, combinations
from content_sync.domain.limits import handouts_per_visit_max
from kiosk import config
from kiosk.flow import actions, show, sizes
from kiosk.flow.effects import PutHandout
from kiosk.flow.frame import Code, Frame, Text
from kiosk.flow.handout import Handout, handout
from kiosk.flow.pages.plain import Home
from kiosk.flow.pages.reading import HandoutOf
from kiosk.flow.reduce import reduce
from kiosk.flow.state import State
from kiosk.flow.words import Words
from kiosk.typeset.measuring import FontMeasure
from tests.kiosk import county

_words, _site = Words(config.wording()), county.county().sites[0]
_cases = [
    (item, answers)
    for item, (whole, _, row) in county.items().items()
    if row.kind == "guide" and isinstance(whole.body, Guide)
    for answers in ((), *combinations(whole.body))
]


def _made(item: str, answers: Answers, public: County | None = None) -> tuple[Handout, Guide]:
    whole = county.items()[item][0]
    assert isinstance(whole.body, Guide)
    facts = (answers, _site, public or county.county(), county.now, _words)
    return handout(whole, whole.body, *facts), whole.body


def _frame(page: HandoutOf, **view: object) -> Frame:
    return show.frame(State((Home(), page)), county.view(page.item, **view), FontMeasure(), _words)


def _text(frame: Frame) -> str:
    return "".join(line for mark in frame.marks if isinstance(mark, Text) for line in mark.lines)


def _body(frame: Frame) -> list[Text]:
    """What stands between the page's name and the keys."""
    labels = {target.label for target in frame.targets}
    texts = [m for m in frame.marks if isinstance(m, Text) and m.color == "ink" and m.y > sizes.header]
    mine = [m for m in texts if m.x < 3 * sizes.left and "".join(m.lines) not in labels]
    return [m for m in mine if "一次性告知单" not in m.lines[0]]


@pytest.mark.parametrize(("item", "answers"), _cases)
def test_a_slip_lists_what_the_guide_lists_and_says_its_version(item: str, answers: Answers) -> None:
    """The acceptance of GUI-03: the same materials as the version shown, each once, and that version's number."""
    made, guide = _made(item, answers)
    case = case_of(guide, answers)
    names = [paper.name.partition(". ")[2] for paper in made.papers]
    assert names == [material.name for material in case.materials]
    assert f"第 {county.items()[item][0].version} 版" in made.version
    for material, paper in zip(case.materials, made.papers, strict=True):
        text = "".join(paper.notes)
        assert material.source in text
        assert (f"原件{material.originals}份" in text) == bool(material.originals)
        assert (f"复印件{material.copies}份" in text) == bool(material.copies)
    fees = next(fact.text for fact in made.facts if fact.label == "收多少钱")
    assert all(fee.name in fees for fee in case.fees) or guide.free


@pytest.mark.parametrize("elder", [False, True])
@pytest.mark.parametrize("item", ["qh-dibao", "qh-budongchan-guohu"])
def test_every_word_of_the_slip_stands_on_the_screen_without_a_code(item: str, elder: bool) -> None:
    """LNG-02: with no phone and no printer nothing is missing; the pages together say all of it."""
    unlinked, (whole, body_hash, _) = replace(county.county(), public_url=""), county.items()[item]
    made, _ = _made(item, (), unlinked)
    text, page = "", HandoutOf(item)
    while True:
        view = replace(county.view(county=unlinked), item=(replace(whole, link=""), body_hash))
        seen = State((Home(), page), elder=elder)
        frame = show.frame(seen, view, FontMeasure(), _words)
        assert not [mark for mark in frame.marks if isinstance(mark, Code)]
        text += "".join(line for mark in _body(frame) for line in mark.lines)
        following = [t.action for t in frame.targets if t.label == "下一页"]
        if not following:
            break
        assert isinstance(following[0], actions.Change)
        assert isinstance(following[0].page, HandoutOf)
        page = following[0].page
    said = text.replace("　", "").replace(" ", "")
    assert made.version in _text(frame)
    parts = [made.closing, *(paper.name for paper in made.papers)]
    parts += [note for paper in made.papers for note in paper.notes] + [fact.text for fact in made.facts]
    assert [part for part in parts if part.replace(" ", "") not in said] == []


def test_the_code_opens_the_page_of_the_same_case() -> None:
    """Who scans it sees at home what the slip says."""
    public = replace(county.county(), public_url="https://www.qinghe.example")
    frame = _frame(HandoutOf("qh-sfz-buling", ("diu",)), county=public)
    (code,) = [mark for mark in frame.marks if isinstance(mark, Code)]
    assert code.payload == "https://www.qinghe.example/d/qh-sfz-buling?case=diu"


def test_one_paper_at_a_time_and_not_a_whole_roll() -> None:
    """While one is coming the key is gone; after six the visitor is told whom to ask."""
    page = HandoutOf("qh-sfz-buling", ("diu",))
    ready = _frame(page, printer="ready")
    (key,) = [t for t in ready.targets if t.label == "打印这张单子"]
    now = State((Home(), page))
    now, effects = reduce(now, key.action)  # type: ignore[arg-type]  # a target carries any object
    assert effects == (PutHandout("qh-sfz-buling", ("diu",), county.items()["qh-sfz-buling"][1]),)
    for n in range(handouts_per_visit_max):
        now, _ = reduce(now, actions.HandedOut(f"job{n}"))
    assert reduce(now, key.action)[1] == ()  # type: ignore[arg-type]  # as above
    assert not [t for t in _frame(page, printer="ready", handout="queued").targets if "打" in t.label]
    enough = show.frame(now, county.view(page.item, printer="ready", handout="dropped"), FontMeasure(), _words)
    assert "请找工作人员" in _text(enough)
    assert not [t for t in enough.targets if "打" in t.label]
