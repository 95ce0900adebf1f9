"""Paper that is owed: no ticket is lost between the number and the paper, none comes out for nobody."""

from datetime import timedelta
from pathlib import Path

import pytest

from content_sync.domain import limits
from content_sync.storage.desk import DeskStore
from tests.content_sync.world import Counter, start

_patience = timedelta(seconds=limits.print_patience_seconds)


@pytest.fixture
def desk(tmp_path: Path) -> DeskStore:
    """A desk with one ticket given a moment ago."""
    desk = DeskStore(tmp_path / "desk.db", Counter())
    _give(desk, "p", "A001")
    return desk


def _give(desk: DeskStore, press: str, number: str, after: int = 0) -> None:
    desk.press(press, "id", 0, start + timedelta(seconds=after))
    desk.answer(press, f"t-{press}", number, 3)


def _next(desk: DeskStore, after: int = 1) -> str:
    found = desk.next_print(start + timedelta(seconds=after))
    return found.press.number if found else ""


def test_a_number_is_owed_its_paper_from_the_moment_it_is_there(desk: DeskStore, tmp_path: Path) -> None:
    """Also when the power failed before anybody thought of printing."""
    desk.press("waiting", "id", 0, start)
    desk.close()
    again = DeskStore(tmp_path / "desk.db", Counter())
    again.resume_prints()
    assert _next(again) == "A001"


def test_printed_once(desk: DeskStore) -> None:
    """In the order of the presses, each once."""
    _give(desk, "q", "A002", 1)
    for number, press in (("A001", "p"), ("A002", "q")):
        assert _next(desk, 2) == number
        desk.note_print(press, "printing", start)
        desk.note_print(press, "printed", start)
    assert _next(desk, 3) == ""
    assert desk.print_of("p").copies == 1


def test_killed_while_printing_it_is_offered_not_repeated(desk: DeskStore) -> None:
    """Nobody knows whether it came out: the visitor may ask for another, the machine does not by itself."""
    desk.note_print("p", "printing", start)
    desk.resume_prints()
    assert desk.print_of("p").state == "unsure"
    assert _next(desk) == ""
    desk.note_print("p", "wanted", start + timedelta(seconds=90))
    assert _next(desk, 91) == "A001"


def test_a_failed_one_is_tried_while_its_visitor_is_there(desk: DeskStore) -> None:
    """Then dropped, with the reason of the last failure; what was never tried, too."""
    _give(desk, "q", "A002", 1)
    desk.note_print("p", "failed", start + timedelta(seconds=100), "no paper")
    assert _next(desk, 100) == "A002"
    desk.note_print("q", "printed", start + timedelta(seconds=100))
    assert _next(desk, limits.print_patience_seconds) == "A001"
    assert _next(desk, limits.print_patience_seconds + 1) == ""
    _give(desk, "r", "A003", 2)
    assert desk.drop_late_prints(start + _patience + timedelta(seconds=3), "nobody waits any more") == 2
    assert desk.print_of("p").state == desk.print_of("r").state == "dropped"
    assert desk.print_of("p").reason == "nobody waits any more"
    assert desk.print_of("q").state == "printed"


def test_who_asks_again_gets_another_copy(desk: DeskStore) -> None:
    """Hours later, and as often as asked."""
    desk.note_print("p", "printed", start)
    desk.note_print("p", "wanted", start + timedelta(hours=3))
    assert _next(desk, 3 * 3600 + 60) == "A001"
    desk.note_print("p", "failed", start + timedelta(hours=3), "no paper")
    assert _next(desk, 3 * 3600 + 60) == "A001"
    desk.note_print("p", "printed", start + timedelta(hours=3))
    assert desk.print_of("p").copies == 2


def test_a_number_alone_gets_a_paper_that_may_not_have_come_out_and_no_key_to_the_ticket(desk: DeskStore) -> None:
    """Typed by anybody: only what was unsure or dropped, only today, plain, once."""
    assert desk.paper_owed("A001", start) == ""
    desk.note_print("p", "printing", start)
    desk.resume_prints()
    assert desk.paper_owed("A001", start) == "p"
    assert desk.paper_owed("A001", start + timedelta(days=1)) == desk.paper_owed("A002", start) == ""
    desk.print_plain("p", start)
    desk.note_print("p", "failed", start, "no paper")
    found = desk.next_print(start)
    assert found is not None
    assert found.plain
    desk.note_print("p", "printed", start)
    assert desk.paper_owed("A001", start) == ""


def test_copies_have_an_end(desk: DeskStore) -> None:
    """A child at the key does not empty the roll."""
    for _ in range(limits.print_copies_max):
        assert not desk.print_of("p").is_again
        desk.note_print("p", "printed", start)
        found = desk.print_of("p")
        assert found.is_again == (found.copies < limits.print_copies_max)
        desk.note_print("p", "wanted", start)


def test_large_letters_stay_large(desk: DeskStore) -> None:
    """Wished before the number was there, kept through failures."""
    desk.press("q", "id", 0, start)
    desk.print_large("q", start)
    assert _next(desk) == "A001"
    desk.note_print("p", "printed", start)
    assert _next(desk) == ""
    desk.answer("q", "t-q", "A002", 0)
    desk.note_print("q", "failed", start, "no paper")
    found = desk.next_print(start)
    assert found is not None
    assert found.large
    assert not desk.print_of("p").large


def test_papers_go_with_their_day(desk: DeskStore) -> None:
    """Nothing grows for ever."""
    desk.note_print("p", "printed", start)
    desk.forget_old(start + timedelta(days=limits.desk_days_kept + 2))
    desk.press("p", "id", 0, start)
    assert desk.print_of("p").state == "queued"
