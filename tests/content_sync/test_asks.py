"""A visitor asks how a number stands and gives a ticket back: one answer, in time, of the right shape, or none."""

from datetime import timedelta
from pathlib import Path

import pytest

from content_sync.domain import limits
from content_sync.domain.errors import Unreachable
from content_sync.net.http import Reply
from content_sync.push.asks import answer_asks
from content_sync.storage.desk import DeskStore, Position
from tests.content_sync.world import Counter, start

_known = {"number": "A012", "service": "huji", "state": "waiting", "ahead": 3, "window": 0}
_wait = {"low": 6, "high": 19, "basis": "按今天最近办完的5位估算"}


@pytest.fixture
def desk(tmp_path: Path) -> DeskStore:
    """An empty desk."""
    return DeskStore(tmp_path / "desk.db", Counter())


class Answering:
    """A server that answers every question alike, and remembers what it was asked."""

    def __init__(self, status: int, value: object) -> None:
        self.reply = Reply(status, {}, value)
        self.asked: list[tuple[str, str, object]] = []

    def call(self, method: str, path: str, body: object = None, headers: object = None) -> Reply:
        """ports.Server."""
        self.asked.append((method, path, body))
        return self.reply


def test_the_answer_reaches_the_screen(desk: DeskStore) -> None:
    """“A012?” is asked once; the screen finds who is ahead and how long it may take."""
    desk.ask("q", "position", "A012", start)
    server = Answering(200, {**_known, "wait": _wait})
    assert answer_asks(desk, server, start) == 1
    assert server.asked == [("GET", "/tickets/A012", None)]
    found = desk.asked("q")
    assert found is not None
    assert found.state == "answered"
    assert found.position == Position("A012", "huji", "waiting", 3, 0, 6, 19, _wait["basis"])
    assert answer_asks(desk, server, start) == 0


def test_a_ticket_is_given_back_by_its_press(desk: DeskStore) -> None:
    """The screen that took the ticket gives it back; nobody needs the ticket's secret address."""
    desk.ask("q", "give-back", "p1", start)
    server = Answering(200, {**_known, "state": "cancelled", "wait": None})
    answer_asks(desk, server, start)
    assert server.asked == [("POST", "/tickets/cancel", {"press": "p1"})]
    found = desk.asked("q")
    assert found is not None
    assert found.position.stands == "cancelled"
    assert found.position.low == -1


@pytest.mark.parametrize(
    ("status", "value", "state", "reason"),
    [
        (404, {"error": {"code": "unknown", "message": "没有"}}, "unknown", ""),
        (403, {"error": {"code": "refused", "message": "正在办理，不能退号。"}}, "refused", "正在办理，不能退号。"),
    ],
)
def test_a_no_is_told_as_it_is(desk: DeskStore, status: int, value: object, state: str, reason: str) -> None:
    """A number nobody knows and a ticket that cannot be given back are two different things to say."""
    desk.ask("q", "give-back", "p1", start)
    answer_asks(desk, Answering(status, value), start)
    found = desk.asked("q")
    assert found is not None
    assert (found.state, found.reason) == (state, reason)


@pytest.mark.parametrize(
    "value", [None, [], {}, {**_known, "ahead": "3"}, {**_known, "window": None}, {**_known, "state": 1}]
)
def test_an_answer_of_another_shape_is_none(desk: DeskStore, value: object) -> None:
    """What cannot be read is asked again, not shown."""
    desk.ask("q", "position", "A012", start)
    with pytest.raises(Unreachable, match="cannot be read"):
        answer_asks(desk, Answering(200, value), start)
    assert [ask.id for ask in desk.waiting_asks()] == ["q"]


def test_an_odd_estimate_costs_only_the_estimate(desk: DeskStore) -> None:
    """A newer server may say more about the wait; who is ahead is still told."""
    desk.ask("q", "position", "A012", start)
    answer_asks(desk, Answering(200, {**_known, "wait": {"low": "?"}}), start)
    found = desk.asked("q")
    assert found is not None
    assert (found.position.ahead, found.position.low) == (3, -1)


def test_nobody_is_answered_who_has_left(desk: DeskStore) -> None:
    """After a minute without a network the question is dropped; the screen's own decision also stays."""
    desk.ask("late", "position", "A012", start)
    desk.ask("given-up", "position", "A013", start)
    assert desk.decide("given-up", "unreached")
    server = Answering(200, {**_known, "wait": None})
    answer_asks(desk, server, start + timedelta(seconds=limits.press_seconds_max + 1))
    assert server.asked == []
    assert {ask_id: getattr(desk.asked(ask_id), "state", "") for ask_id in ("late", "given-up")} == {
        "late": "unreached",
        "given-up": "unreached",
    }
    assert not desk.decide("given-up", "answered")
