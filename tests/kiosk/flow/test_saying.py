"""What a visitor is asked when saying something, and what is asked no more."""

from dataclasses import replace

import pytest

from kiosk.app import tongues
from kiosk.flow import show
from kiosk.flow.actions import Open, Send
from kiosk.flow.frame import Frame
from kiosk.flow.pages.finding import Listing
from kiosk.flow.pages.reading import Reader
from kiosk.flow.voices import Application, Poll, Report, moved, steps
from tests.kiosk.flow import looks

_reported = frozenset({"reader", "guide", "accounts"})


@pytest.mark.parametrize("form", ["post", "deliver", "fax", "email"])
@pytest.mark.parametrize("contact", ["", "13800138000"])
def test_an_answer_that_is_sent_asks_where_to(form: str, contact: str) -> None:
    """The sheet for it comes right after the form was chosen, once, whether there is a telephone or not."""
    page = Application("form", "citizen", contact=contact, form=form)
    assert steps(page).count("address") == 1
    assert moved(page, 1).step == "address"
    assert moved(moved(page, 1), 1).step == "check"


def test_an_answer_that_is_fetched_asks_no_address_of_whoever_has_a_telephone() -> None:
    """Nothing is asked that nobody needs (APP-10); without a telephone an address is the only way to be found."""
    assert "address" not in steps(Application("form", "citizen", contact="13800138000", form="print"))
    assert "address" in steps(Application("form", "citizen", form="print"))


@pytest.mark.parametrize("look", looks.looks)
def test_every_text_can_be_reported_from_where_it_is_read(look: str) -> None:
    """SUP-07: in every view a notice, a guide and a ledger have the key, and it is about them."""
    seen = set()
    for name, frame in looks.drawn(look).items():
        state, view = looks.state(name, look)
        if view.item and frame.name in _reported and not _lies_over(state.page):
            assert Open(Report(view.item[0].id)) in [target.action for target in frame.targets], name
            seen.add(frame.name)
    assert seen == _reported


@pytest.mark.parametrize("look", looks.looks)
def test_an_answered_questionnaire_has_no_key_to_send_it_again(look: str) -> None:
    """The guard is on the glass too (EVA-03)."""
    state, view = looks.state("poll ends", look)
    assert isinstance(state.page, Poll)
    done, words = replace(state, polled=(state.page.item,)), tongues.words(state.language)
    assert _sends(looks.drawn(look)["poll ends"])
    assert not _sends(show.frame(done, view, looks.measure, words))


@pytest.mark.parametrize("look", looks.looks)
def test_a_questionnaire_is_found_without_coming_across_it(look: str) -> None:
    """EVA-03: from 我要反映 to the only one, to a list of several, and no key while nothing is asked."""
    first = {name: _opened(looks.drawn(look)[name]) for name in ("opinion", "opinion, two questionnaires")}
    assert Reader("qh-wenjuan") in first["opinion"]
    assert Listing(asks=True) in first["opinion, two questionnaires"]
    assert {Reader("x"), Reader("qh-wenjuan")} <= set(_opened(looks.drawn(look)["questionnaires"]))
    none = _opened(looks.drawn(look)["opinion, nothing asked"])
    assert [page for page in none if isinstance(page, Reader | Listing)] == []


def _opened(frame: Frame) -> list[object]:
    return [target.action.page for target in frame.targets if isinstance(target.action, Open)]


def _lies_over(page: object) -> bool:
    """The contents or the words of a text: one touch leads back to it."""
    return isinstance(page, Reader) and (page.contents >= 0 or page.explained)


def _sends(frame: Frame) -> bool:
    return any(isinstance(target.action, Send) for target in frame.targets)
