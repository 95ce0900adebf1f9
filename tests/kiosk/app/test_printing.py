"""Paper beside the touch screen: owed, printed, failed, said; real stores, the twin of a printer."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from content_sync.clock import SystemClock, SystemIds
from content_sync.domain import limits
from content_sync.domain.errors import Broken
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore, Position
from kiosk.app import printing as module
from kiosk.app.printing import Printing, handout_text, printing, trial
from kiosk.devices.printer import PrinterInMemory
from kiosk.devices.printer_line import Health
from kiosk.flow.handout import Handout
from kiosk.flow.slip import Slip
from tests.kiosk import county, device
from tests.kiosk.board.making import StandingClock
from tests.kiosk.typeset import test_handouts as slips

_service = county.county().sites[0].services[0].id
_ready, _low, _out = Health("ready", "ok"), Health("low", "low"), Health("out", "out")


class _Kiosk:
    """A device folder, its printer, and one life of its screen."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock, self.printer = device.make(folder), StandingClock(), PrinterInMemory()
        self.desk = DeskStore(folder / "desk.db")
        self.content = ContentStore(folder / "content.db", readonly=True)
        self.life = self.restart()

    def restart(self) -> Printing:
        """The screen starts."""
        desk, ids, stop = DeskStore(self.folder / "desk.db"), SystemIds(), threading.Event()
        self.life = Printing(self.content, desk, "qinghe-hall", self.printer, self.clock, ids, stop)
        self.life.begin()
        return self.life

    def take(self, press: str, number: str, *, ahead: int = 3, priority: int = 0) -> None:
        """A visitor pressed, and the server answered."""
        self.desk.press(press, _service, priority, self.clock.now())
        self.desk.answer(press, f"t{press}", number, ahead)

    def papers(self) -> list[str]:
        return [slip.number for slip, _ in self.printer.papers if isinstance(slip, Slip)]


@pytest.fixture
def kiosk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Kiosk]:
    """Nobody answers how a ticket stands, and nobody waits for it."""
    monkeypatch.setattr(limits, "print_standing_wait_ms", 0)
    made = _Kiosk(tmp_path / "device")
    yield made
    made.desk.close()
    made.content.close()


def test_a_ticket_is_printed_once_with_what_the_kiosk_knows(kiosk: _Kiosk) -> None:
    """Number, how many ahead, no estimate where nobody gave one."""
    kiosk.take("p", "A001", priority=1)
    while kiosk.life.step():
        pass
    [(slip, large)] = kiosk.printer.papers
    assert (slip.number, slip.ahead, slip.estimate, slip.priority, large) == (
        "A001",
        "前面还有 3 人",
        "",
        "优先",
        False,
    )
    assert kiosk.desk.print_of("p").state == "printed"
    assert not kiosk.restart().step()


def test_the_hall_is_asked_how_it_stands(kiosk: _Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer in time stands on the paper with its method."""
    monkeypatch.setattr(limits, "print_standing_wait_ms", 5_000)
    kiosk.take("p", "A001")

    def answer() -> None:
        while not (asks := kiosk.desk.waiting_asks()):
            pass
        kiosk.desk.decide(asks[0].id, "answered", Position("A001", _service, "waiting", 2, 0, 4, 12, "估算。"))

    agent = threading.Thread(target=answer)
    agent.start()
    assert kiosk.life.step()
    agent.join()
    [(slip, _)] = kiosk.printer.papers
    assert (slip.ahead, slip.estimate, slip.basis) == ("前面还有 2 人", "大约要等 4 到 12 分钟", "估算。")


def test_a_forecast_that_does_not_come_holds_no_paper_up(kiosk: _Kiosk) -> None:
    """Printed without; the question is closed, nobody answers it later."""
    kiosk.take("p", "A001")
    assert kiosk.life.step()
    assert kiosk.desk.waiting_asks() == []
    assert kiosk.papers() == ["A001"]


def test_without_paper_the_ticket_stays_owed_and_everybody_is_told(kiosk: _Kiosk) -> None:
    """Screen, heartbeat and status read the same words; a new roll prints who still waits, in order."""
    kiosk.printer.now = _out
    kiosk.take("p", "A001")
    kiosk.life.look()
    assert not kiosk.life.step()
    assert kiosk.desk.parts() == {"printer": "out", "paper": "out"}
    assert kiosk.desk.print_of("p").state == "queued"
    kiosk.take("q", "A002")
    kiosk.printer.now = _low
    assert kiosk.life.look()
    while kiosk.life.step():
        pass
    assert kiosk.papers() == ["A001", "A002"]
    assert kiosk.desk.parts() == {"printer": "low", "paper": "low"}


def test_paper_that_ends_inside_a_ticket_is_printed_again_when_there_is_some(kiosk: _Kiosk) -> None:
    """The visitor who waits at the machine gets a whole one."""
    kiosk.take("p", "A001")
    kiosk.printer.fails_while_printing = _out
    assert not kiosk.life.step()
    assert kiosk.desk.print_of("p").state == "failed"
    assert "no paper" in kiosk.desk.print_of("p").reason
    assert not kiosk.life.step()
    kiosk.printer.now, kiosk.printer.fails_while_printing = _ready, None
    kiosk.life._rests_until = 0
    kiosk.life.look()
    assert kiosk.life.step()
    assert kiosk.papers() == ["A001"]


def test_a_printer_that_only_says_it_is_well_gets_few_tries(kiosk: _Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It rests after each failure, and no roll is wasted on halves; the next visitor's ticket is tried all the same."""
    tried = list[object]()

    def put(slip: object, *, large: bool = False) -> None:
        tried.append(slip)
        raise Broken("Half of it came out.")

    monkeypatch.setattr(kiosk.printer, "put", put)
    kiosk.take("p", "A001")
    for _ in range(9):
        assert not kiosk.life.step()
    assert len(tried) == 1
    monkeypatch.setattr(limits, "printer_look_seconds", 0)
    kiosk.life._rests_until = 0
    for _ in range(9):
        assert not kiosk.life.step()
    assert len(tried) == limits.print_tries_max
    found = kiosk.desk.print_of("p")
    assert (found.state, found.reason) == ("dropped", "Half of it came out.")
    kiosk.take("q", "A002")
    kiosk.life.step()
    assert len(tried) == limits.print_tries_max + 1


def test_nothing_comes_out_for_nobody(kiosk: _Kiosk) -> None:
    """A roll put in at noon does not print the morning; the number was on the screen all the time."""
    kiosk.printer.now = _out
    kiosk.life.look()
    kiosk.take("p", "A001")
    assert not kiosk.life.step()
    kiosk.clock.pass_by(limits.print_patience_seconds + 1)
    assert not kiosk.life.step()
    kiosk.printer.now = _ready
    kiosk.life.look()
    assert not kiosk.life.step()
    assert kiosk.papers() == []
    found = kiosk.desk.print_of("p")
    assert (found.state, found.press.number) == ("dropped", "A001")
    assert "had gone" in found.reason


def test_killed_between_press_and_print_it_is_printed_after_the_start(kiosk: _Kiosk) -> None:
    """The number is in the store from the press on; the next life prints what nobody began to print."""
    kiosk.take("p", "A001")
    assert kiosk.restart().step()
    assert kiosk.papers() == ["A001"]


def test_killed_while_printing_another_is_offered(kiosk: _Kiosk) -> None:
    """Not by itself, for it may have come out; who asks gets it."""
    kiosk.take("p", "A001")
    kiosk.desk.note_print("p", "printing", kiosk.clock.now())
    assert not kiosk.restart().step()
    assert kiosk.desk.print_of("p").state == "unsure"
    kiosk.clock.pass_by(600)
    kiosk.desk.note_print("p", "wanted", kiosk.clock.now())
    assert kiosk.life.step()
    assert kiosk.papers() == ["A001"]


def test_who_knows_the_number_alone_gets_no_code(kiosk: _Kiosk) -> None:
    """The address of the ticket's page is the key to the ticket; the number is on every board."""
    kiosk.take("p", "A001")
    kiosk.desk.note_print("p", "printing", kiosk.clock.now())
    kiosk.restart()
    kiosk.desk.print_plain("p", kiosk.clock.now())
    assert kiosk.life.step()
    [(slip, _)] = kiosk.printer.papers
    assert (slip.number, slip.link, slip.scan) == ("A001", "", "")


def test_a_leased_number_has_paper_too(kiosk: _Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut off, nobody is asked how it stands, however long one would wait."""
    from content_sync.storage.desk import Block

    monkeypatch.setattr(limits, "print_standing_wait_ms", 60_000)
    kiosk.desk.put_block(Block("b", _service, "A", f"{kiosk.clock.now():%Y-%m-%d}", 601, 650))
    kiosk.desk.press("p", _service, 0, kiosk.clock.now())
    kiosk.desk.take_leased("p", kiosk.clock.now(), SystemIds())
    kiosk.desk.print_large("p", kiosk.clock.now())
    assert kiosk.life.step()
    [(slip, large)] = kiosk.printer.papers
    assert (slip.number, slip.ahead, large) == ("A601", "", True)


def test_the_thread_prints_by_itself_and_ends(kiosk: _Kiosk) -> None:
    """A press is printed at once, without anybody calling."""
    done = threading.Event()
    put = kiosk.printer.put

    def noted(slip: object, *, large: bool = False) -> None:
        put(slip, large=large)  # type: ignore[arg-type]
        done.set()

    kiosk.printer.put = noted  # type: ignore[method-assign, assignment]
    with printing(kiosk.folder, "qinghe-hall", kiosk.printer, kiosk.clock, SystemIds()):
        kiosk.take("p", "A001")
        assert done.wait(60)
    assert kiosk.papers() == ["A001"]
    assert not [thread for thread in threading.enumerate() if thread.name.endswith("(_print)")]


def test_a_new_roll_is_found_without_anybody_telling(kiosk: _Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paper that ended inside a ticket; a clerk puts a roll in and walks away: the ticket comes out by itself."""
    monkeypatch.setattr(limits, "printer_look_seconds", 0.02)
    monkeypatch.setattr(limits, "printer_looks_fewer", 1_000_000)
    kiosk.printer.fails_while_printing = _out
    with printing(kiosk.folder, "qinghe-hall", kiosk.printer, kiosk.clock, SystemIds()):
        kiosk.take("p", "A001")
        assert _soon(lambda: kiosk.desk.parts()["printer"] == "out")
        kiosk.printer.now, kiosk.printer.fails_while_printing = _ready, None
        assert _soon(lambda: kiosk.papers() == ["A001"])
        assert _soon(lambda: kiosk.desk.print_of("p").state == "printed")


def _soon(happened: Callable[[], bool]) -> bool:
    until = time.monotonic() + 60
    while not happened() and time.monotonic() < until:
        threading.Event().wait(0.005)
    return happened()


def test_a_kiosk_without_a_printer_says_so(kiosk: _Kiosk) -> None:
    """The hall page shows it, and nothing is owed to anybody's eyes."""
    with printing(kiosk.folder, "qinghe-hall", None, kiosk.clock, SystemIds()):
        assert kiosk.desk.parts() == {"printer": "none", "paper": "none"}


def test_a_trial_names_the_hall_and_nobodys_number(kiosk: _Kiosk) -> None:
    """It cannot be mistaken for a ticket."""
    found = trial(kiosk.folder)
    assert found.hall == county.county().sites[0].name
    assert (found.number, found.ahead) == ("TEST", "打印机试印")


def test_a_fault_in_printing_is_tried_again(kiosk: _Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it is, the thread lives on."""
    monkeypatch.setattr(limits, "printer_look_seconds", 0.01)
    faults, done = [RuntimeError("odd")], threading.Event()

    def begin(self: Printing) -> None:
        if faults:
            raise faults.pop()
        done.set()

    monkeypatch.setattr(module.Printing, "begin", begin)
    with printing(kiosk.folder, "qinghe-hall", kiosk.printer, kiosk.clock, SystemIds()):
        assert done.wait(60)


def test_patience_is_longer_than_a_change_of_paper() -> None:
    """Two minutes and more: a clerk puts a roll in, the visitor gets the paper."""
    assert timedelta(seconds=limits.print_patience_seconds) >= timedelta(minutes=2)


@pytest.mark.process
def test_a_screen_killed_while_the_paper_runs_loses_no_ticket(tmp_path: Path) -> None:
    """Killed in the middle of sending: the number is kept, another paper is offered, none comes by itself."""
    folder, reached = device.make(tmp_path / "device"), tmp_path / "reached"
    desk = DeskStore(folder / "desk.db")
    now = SystemClock().now()
    desk.press("p", _service, 0, now)
    desk.answer("p", "tp", "A001", 3)
    stuck = (
        "import sys, threading; from pathlib import Path\n"
        "from content_sync.clock import SystemClock, SystemIds\n"
        "from kiosk.app.printing import printing\n"
        "from kiosk.devices.printer_line import Health\n"
        "class Stuck:\n"
        "    def health(self): return Health('ready', 'ok')\n"
        "    def put(self, slip, *, large=False): Path(sys.argv[2]).touch(); threading.Event().wait()\n"
        "with printing(Path(sys.argv[1]), 'qinghe-hall', Stuck(), SystemClock(), SystemIds()): threading.Event().wait()"
    )
    with subprocess.Popen([sys.executable, "-c", stuck, str(folder), str(reached)]) as screen:
        until = time.monotonic() + 60
        while not reached.exists() and time.monotonic() < until:
            os.sched_yield()
        screen.send_signal(signal.SIGKILL)
    assert desk.print_of("p").state == "printing"
    printer = PrinterInMemory()
    content = ContentStore(folder / "content.db", readonly=True)
    life = Printing(content, desk, "qinghe-hall", printer, SystemClock(), SystemIds(), threading.Event())
    life.begin()
    assert not life.step()
    assert (desk.print_of("p").state, desk.print_of("p").press.number) == ("unsure", "A001")
    desk.note_print("p", "wanted", SystemClock().now())
    assert life.step()
    assert [slip.number for slip, _ in printer.papers] == ["A001"]


def _hand_out(kiosk: _Kiosk, job: str, name: str) -> None:
    made = replace(slips.made(), name=name)
    kiosk.desk.ask_handout(job, handout_text(made), kiosk.clock.now(), large=True)


def test_a_notice_slip_is_printed_after_the_tickets_in_the_words_of_its_moment(kiosk: _Kiosk) -> None:
    """GUI-03: tickets first; its words go with the paper, so that nobody reads them later."""
    _hand_out(kiosk, "h", "补办身份证")
    kiosk.take("p", "A001")
    while kiosk.life.step():
        pass
    (ticket, _), (paper, large) = kiosk.printer.papers
    assert isinstance(ticket, Slip)
    assert isinstance(paper, Handout)
    assert (paper.name, paper.version, large) == ("补办身份证", slips.made().version, True)
    assert kiosk.desk.handout("h") == "printed"
    with closing(sqlite3.connect(kiosk.folder / "desk.db")) as db:
        assert db.execute("SELECT text FROM handouts").fetchall() == [("",)]


def test_a_notice_slip_waits_for_paper_and_is_given_up_when_nobody_waits(kiosk: _Kiosk) -> None:
    """It is tried again while its visitor is there, then dropped, and never begins after a restart."""
    kiosk.printer.now = _out
    kiosk.life.look()
    _hand_out(kiosk, "h", "补办身份证")
    assert not kiosk.life.step()
    assert kiosk.desk.handout("h") == "queued"
    kiosk.printer.now = _ready
    kiosk.life.look()
    assert kiosk.life.step()
    kiosk.printer.now = _out
    kiosk.life.look()
    _hand_out(kiosk, "late", "补办身份证")
    kiosk.clock.pass_by(limits.print_patience_seconds + 1)
    kiosk.life.step()
    assert kiosk.desk.handout("late") == "dropped"
    _hand_out(kiosk, "cut", "补办身份证")
    kiosk.printer.now = _ready
    kiosk.restart()
    assert kiosk.desk.handout("cut") == "dropped"
    assert not kiosk.life.step()
    assert len(kiosk.printer.papers) == 1


def test_a_printer_that_fails_at_a_notice_slip_is_not_given_the_roll(
    kiosk: _Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So many tries, then it is dropped; the ticket behind it is printed."""
    monkeypatch.setattr(limits, "printer_look_seconds", 0)
    _hand_out(kiosk, "h", "补办身份证")
    for _ in range(limits.print_tries_max):
        kiosk.printer.fails_while_printing = Health("dead", "ok")
        kiosk.life.step()
        kiosk.printer.now, kiosk.printer.fails_while_printing = _ready, None
        kiosk.life.look()
    assert kiosk.desk.handout("h") in ("failed", "dropped")
    kiosk.take("p", "A001")
    kiosk.life.step()
    assert [type(paper) for paper, _ in kiosk.printer.papers][:1] == [Slip]
