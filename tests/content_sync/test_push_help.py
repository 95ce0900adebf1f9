"""A call for help from the device's side: told once, heard of, and honest when nobody can be told (GUI-06)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_sync.domain import limits
from content_sync.domain.errors import Unreachable
from content_sync.push import help as calls
from content_sync.storage.desk import DeskStore
from tests.content_sync.world import Hall, Reply, start


@dataclass
class Bell(Hall):
    """A server with a bell: what rang by press, and how far each is."""

    rang: list[str] = field(default_factory=list)
    said: dict[str, Any] = field(default_factory=lambda: {"state": "waiting"})
    status: int = 200

    def _reply(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Any:
        if path == "/help":
            self.rang += [] if body["press"] in self.rang else [body["press"]]
            return Reply(self.status, {}, {"help": f"h-{body['press']}", "state": "waiting"})
        return Reply(self.status, {}, self.said)


@pytest.fixture
def desk(tmp_path: Path) -> DeskStore:
    """An empty desk."""
    return DeskStore(tmp_path / "desk.db")


def state(desk: DeskStore) -> str:
    """The state of the last call."""
    found = desk.help()
    assert found is not None
    return found.state


@given(st.lists(st.sampled_from(["ask", "tell", "before", "after", "again"]), max_size=20))
def test_one_press_rings_one_bell(tmp_path_factory: pytest.TempPathFactory, steps: list[str]) -> None:
    """Lost requests, lost answers, double touches and restarts: in the end one press has rung exactly once."""
    path, server = tmp_path_factory.mktemp("desk") / "desk.db", Bell()
    desk = DeskStore(path)
    for step in ["ask", *steps, "tell"]:
        if step == "ask":
            desk.ask_help("p", "首页", start)
        elif step == "again":
            desk.close()
            desk = DeskStore(path)
        else:
            server.lost = [step] if step != "tell" else []
            try:
                calls.tell(desk, server, start)
            except Unreachable:
                assert state(desk) == "asking"
            server.lost = []
    assert server.rang == ["p"]
    assert state(desk) == "ringing"
    desk.close()


def test_somebody_comes(desk: DeskStore) -> None:
    """The screen learns who comes, and that it is over; what is over is asked about no more."""
    server = Bell()
    desk.ask_help("p", "首页", start)
    calls.tell(desk, server, start)
    server.said = {"state": "coming", "by": "刘志勇"}
    calls.follow(desk, server)
    found = desk.help()
    assert found is not None
    assert (found.state, found.by) == ("coming", "刘志勇")
    server.said = {"state": "closed", "by": "刘志勇"}
    calls.follow(desk, server)
    assert state(desk) == "closed"
    asked = len(server.calls)
    calls.follow(desk, server)
    assert calls.tell(desk, server, start) == 0
    assert len(server.calls) == asked


def test_nobody_stands_there_any_more(desk: DeskStore) -> None:
    """When the line comes back after the visitor left, no bell rings."""
    server = Bell()
    desk.ask_help("p", "首页", start)
    assert calls.tell(desk, server, start + timedelta(seconds=limits.help_seconds_max + 1)) == 0
    assert (state(desk), server.rang) == ("unreached", [])


def test_a_wrong_clock_silences_no_bell(desk: DeskStore) -> None:
    """A machine whose clock stands in the past beside the time the screen believes still rings."""
    server = Bell()
    desk.ask_help("p", "首页", start)
    assert calls.tell(desk, server, start - timedelta(days=9_000)) == 1


def test_a_server_without_a_bell(desk: DeskStore) -> None:
    """An older server refuses: the screen can say at once where to go instead."""
    desk.ask_help("p", "首页", start)
    calls.tell(desk, Bell(status=404), start)
    assert state(desk) == "unreached"


@pytest.mark.parametrize("said", [None, 7, {}, {"state": "dancing"}, {"by": "x"}])
def test_a_strange_answer_changes_nothing(desk: DeskStore, said: Any) -> None:
    """What cannot be read is as good as no answer."""
    server = Bell()
    desk.ask_help("p", "首页", start)
    calls.tell(desk, server, start)
    server.said = said
    with pytest.raises(Unreachable):
        calls.follow(desk, server)
    assert state(desk) == "ringing"


def test_a_busy_server_is_asked_again(desk: DeskStore) -> None:
    """A fault of the server loses no call."""
    desk.ask_help("p", "首页", start)
    with pytest.raises(Unreachable):
        calls.tell(desk, Bell(status=503), start)
    assert state(desk) == "asking"
    assert calls.tell(desk, Bell(), start) == 1
