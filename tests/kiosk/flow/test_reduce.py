"""What touches do to the state: one press one ticket, sent once, forgotten wholly."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain import limits
from kiosk.flow import actions
from kiosk.flow.effects import AskPosition, AskTicket, ReturnTicket, StoreRating, StoreSaid, Wipe
from kiosk.flow.pages.finding import Catalogue, Guides, Search
from kiosk.flow.pages.hall import PositionOf, Rate, Services, TicketOf
from kiosk.flow.pages.plain import Help, Home, Idle, Languages, NoRoom, Sight, Thanks
from kiosk.flow.pages.reading import Reader
from kiosk.flow.reduce import reduce
from kiosk.flow.state import Page, State
from kiosk.flow.voices import Opinion, Pad, Poll, Report, no_text

_home = State((Home(),))


def test_a_second_request_while_the_ticket_lies_open_is_not_there() -> None:
    """Ten presses in a row ask for one ticket."""
    state, asked = State((Home(), Services())), []
    for _ in range(10):
        state, effects = reduce(state, actions.TakeTicket("huji", "elder"))
        asked += effects
    assert asked == [AskTicket("huji", "elder")]
    assert state.page == TicketOf("huji")


def test_a_new_request_does_not_show_the_last_ticket() -> None:
    """The number of the ticket before is gone when the next one is asked for."""
    state = State((Home(), Services()), press="before")
    assert reduce(state, actions.TakeTicket("huji"))[0].press == ""


def test_a_rating_is_sent_once_and_its_page_is_gone() -> None:
    """After sending, 返回 does not lead to the send key again."""
    state, effects = reduce(State((Home(), Rate("t", "A1", 5))), actions.SendRating("t", 5, ("fast",)))
    assert effects == (StoreRating("t", 5, ("fast",)),)
    assert state.pages == (Home(), Thanks("rating"))


def test_a_questionnaire_is_answered_once_by_one_visitor() -> None:
    """Sent, it is not sent again, nor is its key there; the next visitor may answer it anew (EVA-03)."""
    answered = Poll("x", 3, ((1, 2),))
    state, effects = reduce(State((Home(), answered)), actions.Send())
    assert effects == (StoreSaid(answered),)
    again = replace(state, pages=(Home(), answered))
    assert reduce(again, actions.Send()) == (again, ())
    after = reduce(again, actions.Finish())[0]
    assert reduce(replace(after, pages=(Home(), answered)), actions.Send())[1] == (StoreSaid(answered),)


def test_an_opinion_shows_no_earlier_receipt() -> None:
    """A receipt number belongs to one opinion."""
    said = Opinion("window", ("rude",))
    state, effects = reduce(State((Home(), Opinion(), said), receipt="OLD"), actions.Send())
    assert effects == (StoreSaid(said),)
    assert state.receipt == ""
    assert state.pages == (Home(), Opinion(), Thanks("opinion"))
    assert reduce(state, actions.Send()) == (state, ())
    assert reduce(state, actions.Received("K3F7 2QXA"))[0].receipt == "K3F7 2QXA"


def test_what_was_written_is_kept_by_whatever_key_leaves_the_pad() -> None:
    """Strokes go onto the sheet one by one; 返回 brings them to the page below; elsewhere a finger writes nothing."""
    state = State((Home(), Report("x", claim="untrue"), Pad("text", no_text)))
    for stroke in (((1, 1), (9, 9)), ((5, 5),)):
        state = reduce(state, actions.Wrote(stroke))[0]
    state = reduce(state, actions.Back())[0]
    assert isinstance(state.page, Report)
    assert state.page.text.strokes == (((1, 1), (9, 9)), ((5, 5),))
    assert reduce(state, actions.Wrote(((1, 1),))) == (state, ())


def test_finishing_forgets_the_visitor_wholly() -> None:
    """Pages, letters, views, press and receipt are gone, and the caches are told."""
    state = State((Home(), Search("sfz")), elder=True, low=True, press="p", receipt="r")
    assert reduce(state, actions.Finish()) == (State(), (Wipe(),))


def test_back_leads_through_every_page_to_the_first() -> None:
    """返回 takes one page off and never the first."""
    state = reduce(reduce(_home, actions.Open(Guides()))[0], actions.Open(Catalogue()))[0]
    state = reduce(state, actions.Back())[0]
    assert state.page == Guides()
    state = reduce(reduce(state, actions.Back())[0], actions.Back())[0]
    assert state == _home


def test_a_view_is_switched_where_the_visitor_stands() -> None:
    """大字 and 低位 keep the page, and wake an idle screen."""
    state = reduce(State((Home(), Guides())), actions.SwitchElder())[0]
    assert (state.elder, state.page) == (True, Guides())
    assert reduce(state, actions.SwitchContrast())[0] == replace(state, contrast=True)
    assert reduce(State((Idle(),)), actions.SwitchLow())[0] == State((Home(),), low=True)


def test_large_letters_come_with_one_touch_and_more_of_it_behind() -> None:
    """大字 is large at once, offers the rest on a page of its own, and 返回 leads to what was being read."""
    state = reduce(State((Home(), Guides())), actions.Enlarge())[0]
    assert (state.elder, state.page) == (True, Sight())
    assert reduce(state, actions.Back())[0] == State((Home(), Guides()), elder=True)
    assert reduce(State((Idle(),)), actions.Enlarge())[0].pages == (Home(), Sight())


def test_news_of_a_reading_that_was_ended_turns_no_page() -> None:
    """The voice was at the end of a page when somebody silenced it: the page stays. Reading wakes an idle screen."""
    silent = State((Home(), Guides()))
    assert reduce(silent, actions.ReadOn(Guides(number=1)))[0] == silent
    assert reduce(replace(silent, aloud=3), actions.ReadOn(Guides(number=1)))[0].page == Guides(number=1)
    assert reduce(State((Idle(),)), actions.ReadAloud())[0] == State((Home(),), aloud=0)


def test_the_program_s_own_question_silences_nobody() -> None:
    """A ticket is being read aloud; that the hall is asked how long it waits ends no sentence."""
    reading = State((Home(), TicketOf("huji")), press="p", aloud=2)
    assert reduce(reading, actions.AskHowLong("A023"))[0].aloud == 2


_seen = (Home(), TicketOf("huji"), Help())
_under = (Home(), PositionOf("A001"), TicketOf("huji"))


@pytest.mark.parametrize(
    ("state", "pages"),
    [
        (State((Idle(),)), (Idle(),)),
        (State((Home(), Search("a"))), (Home(), Search("a"))),
        (State((Home(), TicketOf("huji")), press="p"), (Home(), NoRoom())),
        (State(_seen, press="p"), (Home(), NoRoom(), Help())),
        (State(_seen, press="another"), _seen),
        (State((Home(), TicketOf("huji")), asked="p"), (Home(), TicketOf("huji"))),
        (
            State((Home(), PositionOf("A001"), TicketOf("huji")), asked="p"),
            (Home(), PositionOf("A001"), TicketOf("huji")),
        ),
        (State((Home(), PositionOf("A001")), asked="p"), (Home(), NoRoom())),
        (State((Home(), TicketOf("huji")), given_back="p"), (Home(), TicketOf("huji"), NoRoom())),
        (State(_seen, given_back="p"), _seen),
    ],
)
def test_what_was_given_up_concerns_the_page_that_waits_for_it(state: State, pages: tuple[Page, ...]) -> None:
    """On a full disk nobody else is told, and nobody finds a page below that waits for ever."""
    after = reduce(state, actions.NotKept("p"))[0]
    assert after.pages == pages
    assert after.press != "p"
    assert after.given_back != "p"


@given(
    st.lists(st.sampled_from([actions.Open(Guides()), actions.Back(), actions.GoHome(), actions.Change(Search("a"))]))
)
def test_the_stack_is_never_empty_and_never_long(done: list[actions.Action]) -> None:
    """Whatever is pressed, some page lies open, and memory is bounded."""
    state = _home
    for action in done * 3:
        state = reduce(state, action)[0]
        assert 1 <= len(state.pages) <= limits.pages_open_max + 1


def test_a_ticket_is_given_back_once() -> None:
    """Pressing 退掉这个号 ten times asks the hall once, and only where a ticket lies open."""
    state, effects = reduce(State((Home(), TicketOf("huji", returning=True)), press="p"), actions.GiveBack())
    assert effects == (ReturnTicket("p"),)
    asked = reduce(state, actions.Asked("q", back=True))[0]
    assert reduce(asked, actions.GiveBack())[1] == ()
    assert reduce(_home, actions.GiveBack()) == (_home, ())


def test_asking_again_puts_no_page_on_top() -> None:
    """再查一次 leaves 返回 where it was; another number is another page."""
    state = reduce(_home, actions.AskNumber("A023"))[0]
    again, effects = reduce(state, actions.AskNumber("A023"))
    assert effects == (AskPosition("A023"),)
    assert again.pages == state.pages
    assert len(reduce(state, actions.AskNumber("A024"))[0].pages) == len(state.pages) + 1


def test_a_language_is_one_touch_and_lasts_for_one_visitor() -> None:
    """From the idle screen English opens the first page in English; who finishes leaves Chinese behind."""
    chosen, effects = reduce(State(), actions.SwitchLanguage("en"))
    assert (chosen.page, chosen.language, effects) == (Home(), "en", ())
    assert reduce(chosen, actions.Finish())[0].language == "zh-Hans"


def test_a_chosen_language_closes_the_question_which() -> None:
    """Whoever was asked is back where they came from; elsewhere the page stays."""
    asked = State((Home(), Languages()))
    assert reduce(asked, actions.SwitchLanguage("en"))[0].pages == (Home(),)
    reading = State((Home(), Reader("x")))
    assert reduce(reading, actions.SwitchLanguage("en"))[0].pages == reading.pages
