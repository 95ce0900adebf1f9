"""A kiosk on a disk that is really full: people read on, nothing is promised in vain, and room alone heals it."""

import json
import logging
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from content_sync.domain import limits
from content_sync.storage.content import Full
from content_sync.storage.desk import Block, DeskStore
from kiosk.app.staff import StaffDesk
from kiosk.devices import staff_pin
from kiosk.flow import actions
from kiosk.flow.pages.finding import Search
from kiosk.flow.pages.hall import PositionOf, Services, TicketOf
from kiosk.flow.pages.plain import Home, Idle, NoRoom
from kiosk.flow.pages.reading import Reader
from kiosk.flow.voices import Opinion
from tests.content_sync.small_disk import Disk, mounted
from tests.kiosk.app.test_visit import _texts
from tests.kiosk.app.twins import Kiosk

_pin = "739164"
_refused = "这件事这台机器现在办不了"


@pytest.fixture
def disk(template: Path, tmp_path: Path) -> Iterator[Disk]:
    """A device folder on a disk of its own, as a copy without any log."""
    with mounted(tmp_path / "disk", 16_000_000) as disk:
        for path in template.iterdir():
            shutil.copy(path, disk.folder / path.name)
        yield disk


def _full(disk: Disk) -> None:
    """Fill it, and what the log of desk.db still has room for."""
    disk.leave(0)
    desk = DeskStore(disk.folder / "desk.db")
    with pytest.raises(Full):
        _write_for_ever(desk)
    desk.close()


def _write_for_ever(desk: DeskStore) -> None:
    for n in count():
        desk.note_clock(doubtful=bool(n % 2))


def _read_on(kiosk: Kiosk) -> None:
    """A visitor looks around, twenty pages and more, for two minutes."""
    for _ in range(10):
        kiosk.act(actions.Open(Search("sfz")))
        assert "身份证" in kiosk.glass.text
        kiosk.later(1)
        kiosk.act(actions.Open(Reader("qh-cunwu-banfa")))
        assert "村" in kiosk.glass.text
        kiosk.act(actions.GoHome())
        kiosk.later(11)
        assert kiosk.visit.state.page == Home()
        assert "请稍候" not in kiosk.glass.text


def test_on_a_full_disk_people_read_on(disk: Disk) -> None:
    """Promise 7: the disk fills up under a running kiosk; two minutes of touches draw page after page."""
    kiosk = Kiosk(disk.folder)
    kiosk.later(1)
    _full(disk)
    _read_on(kiosk)
    kiosk.later(limits.idle_seconds + 1)
    assert isinstance(kiosk.visit.state.page, Idle)
    kiosk.close()


def test_a_kiosk_that_starts_on_a_full_disk_shows_what_it_has(disk: Disk, caplog: pytest.LogCaptureFixture) -> None:
    """A restart, also of files copied in without any log: content, services, pages; said once in the program's log."""
    disk.leave(0)
    with caplog.at_level(logging.WARNING):
        kiosk = Kiosk(disk.folder)
        _read_on(kiosk)
    kiosk.act(actions.Open(Services()))
    assert "户口" in kiosk.glass.text
    assert sum("disk is full" in record.message for record in caplog.records) == 1
    kiosk.close()
    again = Kiosk(disk.folder)
    _read_on(again)
    again.close()


@pytest.mark.parametrize("restarted", [False, True])
def test_what_cannot_be_kept_is_said_to_be_done_elsewhere(disk: Disk, restarted: bool) -> None:
    """Ticket, rating, question, opinion: one page says that it cannot be done here and where it can; the form stays."""
    kiosk = None if restarted else Kiosk(disk.folder)
    (disk.leave if restarted else lambda _: _full(disk))(0)
    kiosk = kiosk or Kiosk(disk.folder)
    form = Opinion("failed", ("paper",), "qh-dibao")
    for page, action in (
        (Services(), actions.TakeTicket("huji")),
        (Services(), actions.AskNumber("A001")),
        (Services(), actions.CallHelp()),
        (Services(), actions.SendRating("t0", 1, ())),
        (form, actions.Send()),
    ):
        kiosk.act(actions.GoHome())
        kiosk.act(actions.Open(page))
        kiosk.act(action)
        assert kiosk.visit.state.page == NoRoom()
        assert _refused in kiosk.glass.text
        assert "帮办台" in kiosk.glass.text
        kiosk.act(actions.Back())
        assert kiosk.visit.state.page == page
        kiosk.later(1)
        assert "请稍候" not in kiosk.glass.text
    assert kiosk.agent.waiting_presses() == []
    kiosk.close()


def test_a_ticket_whose_disk_fills_up_while_it_is_waited_for_is_given_up_honestly(disk: Disk) -> None:
    """Nobody waits before a picture that never changes; as soon as there is room the press is refused."""
    kiosk = Kiosk(disk.folder)
    kiosk.agent.put_block(Block("b", "huji", "A", "2026-11-23", 5001, 5050))
    kiosk.act(actions.TakeTicket("huji"))
    (press,) = kiosk.agent.waiting_presses()
    _full(disk)
    for _ in range(4):
        kiosk.later(0.2)
        assert isinstance(kiosk.visit.state.page, TicketOf)
    kiosk.later(limits.press_patience_seconds)
    assert kiosk.visit.state.pages[-1] == NoRoom()
    assert not any(isinstance(page, TicketOf) for page in kiosk.visit.state.pages)
    disk.tidy()
    kiosk.later(0.02)  # the first look: the agent's answer must not come before
    assert not kiosk.agent.answer(press.id, "late", "A024", 1)
    kiosk.close()


def test_a_press_given_up_on_a_full_disk_is_refused_also_after_a_restart(disk: Disk) -> None:
    """Power goes before there is room again: the next life refuses it first of all."""
    kiosk = Kiosk(disk.folder)
    kiosk.act(actions.TakeTicket("huji"))
    (press,) = kiosk.agent.waiting_presses()
    _full(disk)
    kiosk.later(limits.press_patience_seconds)
    kiosk.close()
    again = Kiosk(disk.folder)
    again.clock.time = kiosk.clock.time
    again.later(0.02)
    disk.tidy()
    again.later(0.02)
    assert not again.agent.answer(press.id, "late", "A024", 1)
    again.close()


def test_a_ticket_that_was_given_stays_on_the_glass_when_the_disk_fills_up(disk: Disk) -> None:
    """A023 is there; how long it will wait cannot be asked any more: nobody asked, and nothing covers the number."""
    kiosk = Kiosk(disk.folder)
    kiosk.act(actions.TakeTicket("huji"))
    (press,) = kiosk.agent.waiting_presses()
    kiosk.agent.answer(press.id, "ticket", "A023", 4)
    _full(disk)
    for _ in range(8):
        kiosk.later(1)
        assert isinstance(kiosk.visit.state.page, TicketOf)
        assert "A023" in kiosk.glass.text
    kiosk.close()


def test_an_estimate_that_nobody_answers_covers_no_ticket(disk: Disk) -> None:
    """The question was written, then the disk filled up: six seconds later the number still stands there."""
    kiosk = Kiosk(disk.folder)
    _estimated(kiosk)
    _full(disk)
    for _ in range(limits.press_patience_seconds + 2):
        kiosk.later(1)
        assert "A023" in kiosk.glass.text
    kiosk.close()


def _estimated(kiosk: Kiosk) -> None:
    """A ticket stands there, and the hall was asked how long it will wait."""
    kiosk.act(actions.TakeTicket("huji"))
    (press,) = kiosk.agent.waiting_presses()
    kiosk.agent.answer(press.id, "ticket", "A023", 4)
    kiosk.later(0.1)
    assert "A023" in kiosk.glass.text
    assert kiosk.visit.state.asked


@pytest.mark.parametrize("is_there", [True, False])
def test_what_one_visitor_left_open_concerns_no_other(disk: Disk, is_there: bool) -> None:
    """One leaves with a question and a press open, the disk fills up: the next types on, or nobody is there."""
    kiosk = Kiosk(disk.folder)
    _estimated(kiosk)
    kiosk.act(actions.GoHome())
    kiosk.act(actions.TakeTicket("shebao"))
    kiosk.act(actions.Finish())
    kiosk.later(0.02)
    _full(disk)
    if is_there:
        kiosk.act(actions.Open(Search("sfz")))
    stands = kiosk.visit.state.page
    for _ in range(limits.press_patience_seconds + 2):
        kiosk.later(1)
        assert kiosk.visit.state.page == stands
    disk.tidy()
    kiosk.later(0.02)
    assert kiosk.agent.waiting_presses() == []
    assert kiosk.agent.waiting_asks() == []
    kiosk.close()


def test_a_question_whose_disk_fills_up_is_not_waited_for_either(disk: Disk) -> None:
    """Where am I in the line: the page that would wait for ever is replaced."""
    kiosk = Kiosk(disk.folder)
    kiosk.act(actions.AskNumber("A001"))
    _full(disk)
    kiosk.later(limits.press_patience_seconds + 1)
    assert kiosk.visit.state.page == NoRoom()
    assert not any(isinstance(page, PositionOf) for page in kiosk.visit.state.pages)
    kiosk.close()


@pytest.mark.parametrize("restarted", [False, True])
def test_with_room_again_everything_works_by_itself(disk: Disk, restarted: bool) -> None:
    """No restart, no staff: the next touch is kept, and what was shown is written down from then on."""
    kiosk = None if restarted else Kiosk(disk.folder)
    (disk.leave if restarted else lambda _: _full(disk))(0)
    kiosk = kiosk or Kiosk(disk.folder)
    _read_on(kiosk)
    disk.tidy()
    kiosk.act(actions.GoHome())
    kiosk.act(actions.TakeTicket("huji"))
    assert isinstance(kiosk.visit.state.page, TicketOf)
    agent = DeskStore(disk.folder / "desk.db")
    (press,) = agent.waiting_presses()
    agent.answer(press.id, "ticket", "A023", 4)
    kiosk.later(0.05)
    assert "A023" in kiosk.glass.text
    assert agent.glass().screen == "ticketof"
    agent.close()
    kiosk.close()


def test_the_log_of_what_was_shown_has_a_gap_and_no_invented_row(disk: Disk) -> None:
    """OFF-06: A, then B while the disk is full, then A again: A is two rows, B, which nobody wrote down, none."""
    kiosk = Kiosk(disk.folder)
    kiosk.act(actions.Open(Reader("qh-cunwu-banfa")))
    heard = kiosk.clock.time
    _full(disk)
    kiosk.later(5)
    kiosk.act(actions.Open(Reader("qh-dibao")))
    kiosk.later(5)
    kiosk.act(actions.Back())
    disk.tidy()
    kiosk.later(limits.full_retry_seconds)
    back = kiosk.clock.time
    kiosk.act(actions.GoHome())
    rows = [r.body for r in kiosk.agent.waiting_records(50) if r.kind == "display"]
    assert [row["item"] for row in rows] == ["qh-cunwu-banfa", "qh-cunwu-banfa"]
    assert rows[0]["end"] <= heard.isoformat()
    assert heard.isoformat() < rows[1]["start"] <= back.isoformat()
    kiosk.close()


def test_what_a_visitor_asked_is_forgotten_as_soon_as_there_is_room(disk: Disk) -> None:
    """OFF-08: memory at once, and the glass is the idle one; the disk, which takes no write, when it does."""
    kiosk = Kiosk(disk.folder)
    kiosk.act(actions.Open(Search("sfz")))
    forgotten = kiosk.visit.forgotten
    _full(disk)
    kiosk.later(limits.idle_seconds + 1)
    assert isinstance(kiosk.visit.state.page, Idle)
    assert kiosk.glass.frames[-1].name == "idle"
    assert kiosk.visit.forgotten == forgotten + 1
    held = (kiosk.visit.state, kiosk.visit._drawn, kiosk.visit._unmarked, kiosk.visit._noting)
    assert "sfz" not in _texts(*held)
    assert kiosk.agent.glass().screen == "search"
    disk.tidy()
    kiosk.later(limits.full_retry_seconds)
    assert kiosk.agent.glass().screen == "idle"
    kiosk.close()


def test_who_looks_after_it_gets_in_and_reads_that_the_disk_is_full(disk: Disk) -> None:
    """The PIN opens although the tries cannot be counted on the disk; the report says what is wrong."""
    (disk.folder / "device.json").write_text(
        json.dumps({"site": "qinghe-hall", "device": "k1", "server": "http://127.0.0.1:9", "channels": []})
    )
    staff_pin.put(disk.folder, _pin)
    disk.leave(0)
    desk = StaffDesk(disk.folder)
    assert not desk.opens("918273", 1)
    assert desk.opens(_pin, 2)
    assert staff_pin.Lock(disk.folder).pause(3) == 0
