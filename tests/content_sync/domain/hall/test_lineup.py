"""The line reckoned once for all who ask says to each what the rules say of one."""

from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain.hall.lineup import Lineup
from content_sync.domain.hall.queue import Event, Ticket, fold, order
from content_sync.domain.hall.waiting import OpenWindow, estimate

_services = ("huji", "shebao", "yibao")
_windows = st.lists(
    st.builds(OpenWindow, st.frozensets(st.sampled_from(_services), min_size=1), st.booleans()), max_size=4
)
_seconds = st.dictionaries(st.sampled_from(_services), st.lists(st.sampled_from([60.0, 200.0, 900.0]), max_size=9))


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """A morning: people come, some at one instant; some are called, some go home."""
    events = []
    for n in range(draw(st.integers(1, 14))):
        at = f"2026-11-23T09:{draw(st.integers(0, 5)):02}:00+08:00"
        service, letter = draw(st.sampled_from(list(zip(_services, "ABC", strict=True))))
        number = f"{letter}{n + 1:03}"
        events.append(Event(f"t{n}", "issued", at, "", service, number, draw(st.integers(0, 1))))
        then = draw(st.sampled_from(["", "", "", "called", "cancelled"]))
        if then:
            events.append(Event(f"t{n}", then, at, f"w{n}" if then == "called" else ""))
    return events


def in_front(ticket: Ticket, waiting: list[Ticket]) -> list[Ticket]:
    """Whoever the rule in words lets go before this ticket, in the order of the line."""
    before = [
        one
        for one in waiting
        if (one.priority > ticket.priority) or (one.priority == ticket.priority and order(one) < order(ticket))
    ]
    return [*(one for one in before if one.priority), *(one for one in before if not one.priority)]


@given(logs(), _seconds, _windows)
def test_the_same_as_one_by_one(log: list[Event], seconds: dict[str, list[float]], windows: list[OpenWindow]) -> None:
    """Law: of the folded log, every ahead and every estimate is that of the rule asked for this one ticket alone."""
    waiting = sorted((one for one in fold(log).tickets.values() if one.state == "waiting"), key=order)
    lineup = Lineup(waiting, seconds)
    for ticket in waiting:
        before = in_front(ticket, waiting)
        assert lineup.ahead(ticket.id) == sum(1 for one in before if one.service == ticket.service)
        alone = estimate(ticket.service, [one.service for one in before], seconds, windows)
        assert lineup.wait(ticket.id, windows) == alone
    assert all((name in lineup) == (one.state == "waiting") for name, one in fold(log).tickets.items())
