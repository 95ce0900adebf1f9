"""找人帮忙 by its rules: one owner until the end, no closing without a hand, honest words on the screen (GUI-06)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Refused
from content_sync.domain.hall import enquiries as rules
from content_sync.domain.hall.enquiries import Enquiry
from tests.content_sync.world import start

_people = st.sampled_from(["wang", "li", "zhao", ""])
_steps = st.tuples(st.sampled_from(["take", "hand", "close"]), _people, _people, st.booleans())


@given(st.lists(_steps, max_size=30))
def test_the_first_clerk_stays_owner(steps: list[tuple[str, str, str, bool]]) -> None:
    """Whatever clerks press, the first who took it owns it, somebody holds it, and after the end nothing changes."""
    enquiry, first = Enquiry(), ""
    for kind, who, to, for_all in steps:
        before = enquiry
        try:
            if kind == "take":
                enquiry = rules.taken(enquiry, who or "qian")
                first = first or enquiry.owner
            elif kind == "hand":
                enquiry = rules.handed(enquiry, who, to, for_all=for_all)
            else:
                enquiry = rules.closed(enquiry, who, "solved", for_all=for_all)
        except Refused:
            assert enquiry == before
        assert enquiry.owner == first
        assert bool(enquiry.holder) == (enquiry.state != "waiting")
        assert before.state != "closed" or enquiry == before
        assert bool(enquiry.outcome) == (enquiry.state == "closed")


def test_handed_over_twice() -> None:
    """An enquiry handed over twice still lists the first clerk as owner, who may close it (GUI-06)."""
    enquiry = rules.taken(Enquiry(), "wang")
    enquiry = rules.handed(rules.handed(enquiry, "wang", "li"), "li", "zhao")
    assert (enquiry.owner, enquiry.holder) == ("wang", "zhao")
    assert rules.closed(enquiry, "wang", "solved").owner == "wang"


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (lambda: rules.taken(Enquiry("coming", "wang", "wang"), "li", "王丽"), "王丽"),
        (lambda: rules.handed(Enquiry(), "wang", "li"), "还没有人应答"),
        (lambda: rules.closed(Enquiry(), "wang", "solved"), "还没有人应答"),
        (lambda: rules.handed(Enquiry("coming", "wang", "li"), "zhao", "qian"), "别的同事手上"),
        (lambda: rules.closed(Enquiry("closed", "wang", "li", "solved"), "wang", "gone"), "已经了结"),
        (lambda: rules.closed(Enquiry("coming", "wang", "wang"), "wang", "whatever"), "请选择结果"),
    ],
)
def test_refusals_say_why(step, words: str) -> None:  # type: ignore[no-untyped-def]  # a table of steps
    """Each refusal is one sentence for the clerk."""
    with pytest.raises(Refused, match=words):
        step()


def test_nobody_gets_what_they_hold() -> None:
    """Handing something to its holder or to nobody is a slip, not a step."""
    for to in ("", "wang"):
        with pytest.raises(BadInput):
            rules.handed(Enquiry("coming", "wang", "wang"), "wang", to)


@pytest.mark.parametrize(
    ("state", "seconds", "told"),
    [
        ("asking", 1, "asking"),
        ("asking", limits.help_patience_seconds + 1, "unreached"),
        ("asking", -5, "unreached"),
        ("unreached", 1, "unreached"),
        ("ringing", 600, "ringing"),
        ("coming", 600, "coming"),
        ("closed", 600, "closed"),
    ],
)
def test_the_screen_is_honest(state: str, seconds: int, told: str) -> None:
    """A desk that has not answered within a few seconds cannot be reached, and the visitor is told so."""
    assert rules.seen(state, start, start + timedelta(seconds=seconds)) == told


def test_late_is_the_halls_own_number() -> None:
    """Who waits longer than the hall's minutes is late; who is being helped is not."""
    late = start + timedelta(minutes=3, seconds=1)
    assert rules.is_late("waiting", start, late, 3)
    assert not rules.is_late("waiting", start, late, 4)
    assert not rules.is_late("coming", start, late, 3)
