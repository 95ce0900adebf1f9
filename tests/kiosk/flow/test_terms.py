"""Words of officials explained on touch: the list itself, where they are marked, what the card says."""

import re
from dataclasses import replace

import pytest

from content_sync.domain import limits
from content_sync.domain.disclosure.items import Document
from kiosk import config
from kiosk.app import tongues
from kiosk.flow import show, terms
from kiosk.flow.actions import Change
from kiosk.flow.frame import Box, Frame, Text
from kiosk.flow.reduce import reduce
from kiosk.flow.state import State
from kiosk.typeset.measuring import FontMeasure
from tests.kiosk.flow import pages

_measure = FontMeasure()
_pages = pages.every()
_sentence = re.compile(r"[^。；！？]+。")


def _frame(name: str, *, elder: bool = False, page: object = None) -> Frame:
    stack, view = _pages[name]
    stack = (*stack[:-1], page) if page else stack  # type: ignore[assignment]  # a page of the same kind
    return show.frame(State(stack, elder), view, _measure, tongues.words("zh-Hans"))


def _text(frame: Frame) -> str:
    return "".join(line for mark in frame.marks if isinstance(mark, Text) for line in mark.lines)


def test_the_list_is_long_plain_and_explains_nothing_by_itself() -> None:
    """At least eighty words, one sentence of at most 40 characters each, in which no hard word stands again."""
    known = config.terms()
    assert len(known) >= 80
    simple = {"工作日", "受理", "原件", "预算"}
    for term, (chinese, english) in known.items():
        assert _sentence.fullmatch(chinese), term
        assert len(chinese) <= 40, term
        assert english.endswith("."), term
        assert term not in chinese, term
        assert [other for other in known if other in chinese and other not in simple] == [], term


def test_the_longest_word_is_explained_once_where_it_stands_first() -> None:
    """征地补偿安置 is not cut into 征地补偿; a second time it has no dots; four words are enough for one page."""
    meanings = {term: chinese for term, (chinese, _) in config.terms().items()}
    found = terms.found(("关于征地补偿安置的公告", "征地补偿安置和征地补偿，以及征地补偿"), meanings)
    assert [(one.word, one.run, one.first) for one in found] == [("征地补偿安置", 0, 2), ("征地补偿", 1, 7)]
    many = "、".join(meanings)
    assert len(terms.found((many,), meanings)) == limits.terms_per_page_max


@pytest.mark.parametrize("elder", [False, True])
@pytest.mark.parametrize("name", ["few terms", "many terms", "element conditions"])
def test_every_marked_word_is_on_the_card_and_the_key_leads_there(name: str, *, elder: bool) -> None:
    """Dots under a word, one key, one card with its sentence; 知道了 leads back to the same page."""
    closed = _frame(name, elder=elder)
    dots = [mark for mark in closed.marks if isinstance(mark, Box) and mark.rect.h == 6 and mark.fill == "blue"]
    key = next(target for target in closed.targets if "带点的词" in target.label)
    assert dots
    assert isinstance(key.action, Change)
    state = State(_pages[name][0], elder)
    opened = _frame(name, elder=elder, page=reduce(state, key.action)[0].page)
    said = _text(opened)
    meanings = {term: chinese for term, (chinese, _) in config.terms().items()}
    explained = [term for term, meaning in meanings.items() if meaning in said]
    assert 1 <= len(explained) <= limits.terms_per_page_max + 3  # some mean the same
    assert len({mark.rect.y for mark in dots}) <= 2 * limits.terms_per_page_max
    back = next(target for target in opened.targets if target.label == "知道了")
    assert isinstance(back.action, Change)
    assert _frame(name, elder=elder, page=back.action.page) == closed


def test_a_text_without_hard_words_has_no_such_key() -> None:
    """Nothing to explain, nothing to touch."""
    stack, view = _pages["few terms"]
    assert view.item
    body = view.item[0].body
    assert isinstance(body, Document)
    plain = replace(view, terms={})
    frame = show.frame(State(stack), plain, _measure, tongues.words("zh-Hans"))
    assert not [target for target in frame.targets if "带点的词" in target.label]


def test_the_pages_of_a_text_do_not_depend_on_its_hard_words() -> None:
    """Whether words are explained or not, the same line begins the same page."""
    stack, view = _pages["text of qh-nuan-butie"]
    both = [
        show.frame(State(stack), one, _measure, tongues.words("zh-Hans")) for one in (view, replace(view, terms={}))
    ]
    texts = [[mark for mark in frame.marks if isinstance(mark, Text) and 200 < mark.y < 1400] for frame in both]
    assert texts[0] == texts[1]
