"""What stood on the glass is noted once it stands there (promise 17): no touch waits for the disk."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from content_sync.domain import limits
from content_sync.domain.errors import Broken
from content_sync.storage.content import Full
from kiosk.app.visit import Visit
from kiosk.flow import actions
from kiosk.flow.pages.finding import Search
from kiosk.flow.pages.reading import Reader
from kiosk.flow.words import Words
from tests.content_sync.attaching import attachment, file
from tests.kiosk.app.twins import Ids, Kiosk


class Swapped(Kiosk):
    """A kiosk whose pictures are swapped when the test says so."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.waiting = list[Callable[[], None]]()
        words: Callable[[str], Words] = self.visit._words
        self.visit = Visit(self.gatherer, self.glass, words, Ids(), after=self.waiting.append)

    def swap(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()

    def drawn(self) -> set[str]:
        return {item for item, _ in self.agent.drawn("touch")}

    def told(self) -> dict[str, float]:
        """Seconds by item, of every picture that ended."""
        ended = [r.body for r in self.agent.waiting_records(200) if r.kind == "display"]
        return {str(b["item"]): (_at(b["end"]) - _at(b["start"])).total_seconds() for b in ended}


def _at(instant: object) -> datetime:
    return datetime.fromisoformat(str(instant))


@pytest.fixture
def kiosk(template: Path, tmp_path: Path) -> Iterator[Swapped]:
    """Over its own copy of the folder."""
    for path in template.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    made = Swapped(tmp_path)
    yield made
    made.close()


def test_a_picture_is_noted_once_it_stands_there(kiosk: Swapped) -> None:
    """Nothing is written while the touch is answered; after the swap the item is on the glass, and its keys are."""
    kiosk.act(actions.Wake())
    kiosk.swap()
    kiosk.act(actions.Open(Reader("qh-tousu")))
    assert "qh-tousu" not in kiosk.drawn()
    assert kiosk.agent.glass().screen == "home"  # type: ignore[union-attr]  # it was swapped
    kiosk.swap()
    assert "qh-tousu" in kiosk.drawn()
    assert kiosk.agent.glass().screen == "reader"  # type: ignore[union-attr]  # it was swapped


def test_a_picture_that_never_stood_there_is_not_noted(kiosk: Swapped) -> None:
    """Two touches before one swap: only the second picture was ever seen."""
    kiosk.act(actions.Open(Reader("qh-tousu")))
    kiosk.act(actions.Back())
    kiosk.swap()
    kiosk.act(actions.Finish())
    kiosk.swap()
    assert "qh-tousu" not in kiosk.told()


def test_a_page_that_is_read_for_ten_minutes_is_told_whole(kiosk: Swapped) -> None:
    """The screen is heard all the while, though its picture does not change: no silence cuts the record short."""
    kiosk.act(actions.Open(Reader("qh-tousu")))
    for _ in range(60):
        kiosk.swap()
        kiosk.visit.touched(kiosk.moment)
        kiosk.later(10)
    kiosk.act(actions.Back())
    kiosk.swap()
    assert kiosk.told()["qh-tousu"] == 600


def test_what_was_forgotten_before_its_swap_is_noted_nowhere(kiosk: Swapped) -> None:
    """A visitor leaves within the same turn of the clock: the glass that is noted is the idle one."""
    kiosk.act(actions.Open(Search("sfz")))
    kiosk.act(actions.Finish())
    kiosk.swap()
    assert kiosk.agent.glass().screen == "idle"  # type: ignore[union-attr]  # it was swapped


def test_a_note_that_cannot_be_taken_is_a_fault(kiosk: Swapped, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be said to have been shown is not left standing: 请稍候, until the desk can be used again."""

    def held(*_: object) -> None:
        raise Broken("cannot be used now")

    kiosk.act(actions.Open(Reader("qh-tousu")))
    with monkeypatch.context() as broken:
        broken.setattr(kiosk.gatherer.desk, "log_shown", held)
        kiosk.swap()
        assert kiosk.glass.frames[-1].name == "wait"
    kiosk.act(actions.Open(Reader("qh-tousu")))
    kiosk.swap()
    assert "qh-tousu" in kiosk.drawn()


def _no_room(*_: object) -> None:
    raise Full("no room")


def test_what_found_no_room_is_written_in_five_seconds_though_a_smaller_note_fitted(
    kiosk: Swapped, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the last visitor was told is still to be forgotten: that the next one's page could be noted is no rest."""
    forgotten, room = list[str](), list[str]()
    monkeypatch.setattr(kiosk.gatherer.desk, "forget_receipts", lambda: forgotten.append("it") if room else _no_room())
    kiosk.act(actions.Finish())
    kiosk.act(actions.Open(Reader("qh-tousu")))
    kiosk.swap()
    assert "qh-tousu" in kiosk.drawn()
    room.append("again")
    kiosk.later(limits.full_retry_seconds)
    kiosk.swap()
    assert forgotten == ["it"]


def test_a_picture_that_could_not_be_noted_is_noted_in_five_seconds_of_room(
    kiosk: Swapped, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log of what was shown begins anew then, though nobody touches anything."""
    with monkeypatch.context() as full:
        full.setattr(kiosk.gatherer.desk, "log_shown", _no_room)
        kiosk.act(actions.Open(Reader("qh-tousu")))
        kiosk.swap()
    kiosk.later(limits.full_retry_seconds)
    kiosk.swap()
    assert "qh-tousu" in kiosk.drawn()


def test_files_that_could_not_be_asked_for_are_asked_for_in_five_seconds_of_room(
    kiosk: Swapped, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who waits for the picture of a form sees it come."""
    wished = list[object]()
    monkeypatch.setattr(kiosk.gatherer, "wanted", lambda _: (attachment(file("form")),))
    with monkeypatch.context() as full:
        full.setattr(kiosk.gatherer.desk, "wish", _no_room)
        kiosk.act(actions.Open(Reader("qh-tousu")))
        kiosk.swap()
    monkeypatch.setattr(kiosk.gatherer.desk, "wish", lambda hashes, _: wished.append(hashes))
    kiosk.later(limits.full_retry_seconds)
    kiosk.swap()
    assert len(wished) == 1
