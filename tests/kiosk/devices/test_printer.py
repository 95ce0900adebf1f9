"""Printers: a real line over TCP, a file, the library's own dummy, and the twin keep the same promises."""

import os
import select
import socket
import threading
import tty
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from escpos.printer import Dummy
from PIL import Image

from content_sync.domain.errors import BadInput, Broken
from kiosk.devices.printer import EscposPrinter, PrinterInMemory
from kiosk.devices.printer_line import Health, Line, _made, checked, health
from kiosk.typeset.tickets import picture
from tests.kiosk.typeset import test_handouts as handouts
from tests.kiosk.typeset.test_tickets import made

_ready, _low, _out, _open = Health("ready", "ok"), Health("low", "low"), Health("out", "out"), Health("dead", "ok")
_paper_bytes = {"ok": 0x12, "low": 0x1E, "out": 0x7E}


class _Device:
    """A printer at the end of a TCP line: keeps what it is sent, answers what it is asked."""

    def __init__(self) -> None:
        self.now, self.got, self.answers, self.fails_after = _ready, bytearray(), True, -1
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self.got_all = threading.Condition()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Switch it off."""
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join(10)

    def printed(self) -> bytes:
        """Everything but the questions."""
        return bytes(self.got).replace(b"\x10\x04\x01", b"").replace(b"\x10\x04\x04", b"")

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:
                return
            with line:
                self._listen(line)

    def _listen(self, line: socket.socket) -> None:
        while part := line.recv(65_536):
            self.got += part
            if 0 <= self.fails_after < len(self.got):
                self.now = _out
            for question in (b"\x10\x04\x01", b"\x10\x04\x04"):
                if part.endswith(question) and self.answers:
                    online = 0x1A if self.now.state == "dead" else 0x12
                    line.sendall(bytes([online if question[-1] == 1 else _paper_bytes[self.now.paper]]))


@pytest.fixture
def device() -> Iterator[_Device]:
    """A printer that is ready."""
    made_device = _Device()
    yield made_device
    made_device.end()


def _printer(device: _Device, paper_mm: int = 80, form: str = "picture") -> EscposPrinter:
    return EscposPrinter(Line(f"net:127.0.0.1:{device.port}", paper_mm), paper_mm, form, lambda _: None)  # type: ignore[arg-type]


def _picture_of(sent: bytes) -> Image.Image:
    """The raster pictures (GS v 0) in what was sent, one below the other, as the paper shows them."""
    rows, width, at = bytearray(), 0, sent.find(b"\x1dv0\0")
    while at >= 0:
        across, down = int.from_bytes(sent[at + 4 : at + 6], "little"), int.from_bytes(sent[at + 6 : at + 8], "little")
        rows += sent[at + 8 : at + 8 + across * down]
        width, at = across * 8, sent.find(b"\x1dv0\0", at + 8 + across * down)
    return Image.frombytes("1", (width, len(rows) * 8 // width), bytes(byte ^ 0xFF for byte in rows))


class _Both:
    """The same tests for a line and for the twin."""

    def __init__(self, device: _Device | None) -> None:
        self.device, self.twin = device, PrinterInMemory()
        self.printer: EscposPrinter | PrinterInMemory = _printer(device) if device else self.twin

    def becomes(self, now: Health) -> None:
        if self.device:
            self.device.now = now
        self.twin.now = now

    def runs_out_inside(self) -> None:
        if self.device:
            self.device.fails_after = 5_000
        self.twin.fails_while_printing = _out

    def papers(self) -> int:
        return self.device.printed().count(b"\x1dVB\0") if self.device else len(self.twin.papers)


@pytest.fixture(params=["line", "twin"])
def both(request: pytest.FixtureRequest, device: _Device) -> _Both:
    """Each of them."""
    return _Both(device if request.param == "line" else None)


@pytest.mark.parametrize("now", [_ready, _low, _out])
def test_health_is_what_the_printer_says(both: _Both, now: Health) -> None:
    """Paper there, nearly used up, used up."""
    both.becomes(now)
    assert both.printer.health() == now


def test_a_ticket_comes_out_cut(both: _Both) -> None:
    """One press, one paper; with little paper left, too."""
    both.printer.put(made())
    both.becomes(_low)
    both.printer.put(made(), large=True)
    assert both.papers() == 2


@pytest.mark.parametrize(("now", "sentence"), [(_out, "no paper"), (_open, "cover")])
def test_without_paper_or_with_an_open_cover_nothing_is_sent(both: _Both, now: Health, sentence: str) -> None:
    """Nothing waits in the printer's memory to come out later, for somebody else."""
    both.becomes(now)
    with pytest.raises(Broken, match=sentence):
        both.printer.put(made())
    assert both.papers() == 0
    both.becomes(_ready)
    both.printer.put(made())
    assert both.papers() == 1


def test_paper_that_ends_inside_a_ticket_is_a_ticket_that_did_not_come_out(both: _Both) -> None:
    """Half a number is none."""
    both.runs_out_inside()
    with pytest.raises(Broken, match="no paper"):
        both.printer.put(made())
    assert both.printer.health() == _out


@pytest.mark.parametrize("paper_mm", [58, 80])
def test_what_is_sent_is_the_picture_dot_by_dot(device: _Device, paper_mm: int) -> None:
    """The bytes on the line decode back to the ticket; then feed and cut."""
    _printer(device, paper_mm).put(made())
    sent = device.printed()
    assert _picture_of(sent).tobytes() == picture(made(), paper_mm).tobytes()
    assert sent.startswith(b"\x1b@")
    assert sent.endswith(b"\x1bd\x04\x1dVB\0")


def test_a_dummy_gets_the_same_bytes(monkeypatch: pytest.MonkeyPatch, device: _Device) -> None:
    """The library's own memory printer never answers: its paper is unknown, and it prints."""
    _printer(device).put(made())
    dummy = Dummy(profile="TM-T20II")
    monkeypatch.setattr("kiosk.devices.printer_line._made", lambda *_: dummy)
    monkeypatch.setattr(Dummy, "_read", lambda _: b"", raising=False)
    printer = EscposPrinter(Line("net:192.0.2.1", 80), 80, "picture", lambda _: None)
    assert printer.health() == Health("ready", "unknown")
    printer.put(made())
    sent = dummy.output.replace(b"\x10\x04\x01", b"").replace(b"\x10\x04\x04", b"")
    assert sent == device.printed()


def test_text_mode_is_gb18030_with_the_code_as_a_picture(device: _Device) -> None:
    """Chinese mode on, every sentence in the printer's own letters, rare names whole, no command inside the words."""
    from dataclasses import replace

    odd = replace(made(), service="㐂𠮷\x1b@户口", hall="清河县政务服务大厅")
    _printer(device, form="gb18030").put(odd)
    sent = device.printed()
    assert sent.startswith(b"\x1b@\x1c&")
    lines = [line for line in sent.split(b"\x1dv0")[0].split(b"\n") if line]
    told = [line[line.index(b"\x1c!") + 3 :].decode("gb18030") for line in lines]
    assert told[:2] == ["清河县政务服务大厅", "A032"]
    assert "㐂𠮷 @户口" in told
    assert lines[1].split(b"\x1c!")[0].endswith(b"\x1d!\x33")
    assert _picture_of(sent).width > 200
    assert "监督电话 0000-1234567".encode("gb18030") in sent


@pytest.mark.parametrize(("language", "told"), [("zh-Hans", "什么时候："), ("en", "When: ")])
def test_a_slip_in_text_mode_joins_its_facts_as_its_language_does(device: _Device, language: str, told: str) -> None:
    """What the glass says of hours and fees, to the letter: no Chinese colon stands between English words."""
    made = handouts.made(language=language)
    _printer(device, form="gb18030").put(made)
    sent = device.printed().decode("gb18030", "ignore")
    assert told in sent


def test_a_printer_that_never_answers_prints(device: _Device, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many cheap ones do not; their paper is unknown."""
    monkeypatch.setattr("content_sync.domain.limits.printer_answer_seconds", 0.02)
    device.answers = False
    printer = _printer(device)
    assert printer.health() == Health("ready", "unknown")
    printer.put(made())
    assert _picture_of(device.printed()).tobytes() == picture(made(), 80).tobytes()


def test_a_printer_that_is_not_there_is_dead(device: _Device) -> None:
    """Unplugged, switched off, another address: one sentence, and it works again when it is there."""
    for where in ("net:127.0.0.1:1", "file:/no/such/printer", "usb:ffff:ffff", "serial:/dev/none"):
        printer = EscposPrinter(Line(where, 80), 80, "picture")
        assert printer.health() == Health("dead")
        with pytest.raises(Broken, match="The printer at"):
            printer.put(made())


def test_a_file_takes_what_a_printer_would(tmp_path: Path) -> None:
    """For looking at, and for printers that the kernel shows as a file."""
    target = tmp_path / "lp0"
    target.touch()
    printer = EscposPrinter(Line(f"file:{target}", 80), 80, "picture", lambda _: None)
    assert printer.health() == Health("ready", "unknown")
    printer.put(made())
    printer.put(made())
    assert target.read_bytes().count(b"\x1dVB\0") == 2


@pytest.mark.parametrize("form", ["file:{}", "serial:{}:19200"])
def test_a_printer_at_the_kernels_own_device_is_asked_and_printed_on(form: str) -> None:
    """As /dev/usb/lp0 or a serial line: bytes go there, answers come back; here a terminal plays the printer."""
    ours, theirs = os.openpty()
    tty.setraw(ours)
    tty.setraw(theirs)
    got, stop = bytearray(), threading.Event()

    def play() -> None:
        while not stop.is_set():
            if select.select([ours], [], [], 0.05)[0]:
                part = os.read(ours, 65_536)
                got.extend(part)
                if part.endswith((b"\x10\x04\x01", b"\x10\x04\x04")):
                    os.write(ours, b"\x1e" if part.endswith(b"\x04") else b"\x12")

    playing = threading.Thread(target=play)
    playing.start()
    try:
        line = Line(form.format(os.ttyname(theirs)), 58)
        printer = EscposPrinter(line, 58, "picture", lambda _: None)
        assert printer.health() == _low
        printer.put(made())
        line.close()
    finally:
        stop.set()
        playing.join()
        os.close(ours)
        os.close(theirs)
    assert _picture_of(bytes(got)).tobytes() == picture(made(), 58).tobytes()


def test_one_byte_on_a_serial_line_is_an_answer() -> None:
    """No look at the printer waits for bytes that no printer sends."""

    class _Wire:
        in_waiting, is_open = 0, False
        asked: ClassVar[list[int]] = []

        def read(self, size: int) -> bytes:
            self.asked.append(size)
            return b"\x12"[:size]

    device: Any = _made("serial:/dev/ttyS0:19200", "TM-T20II")
    device._device = _Wire()
    assert device._read() == b"\x12"
    assert _Wire.asked == [1, 0]


@pytest.mark.parametrize("where", ["", "usb", "usb:04b8", "net:", "lp0", "file:lp0", "net:a b:9100", "serial:ttyS0"])
def test_a_typing_error_is_refused_with_an_example(where: str) -> None:
    """Whoever configures a printer is told how."""
    with pytest.raises(BadInput, match="usb:04b8:0e15"):
        checked(where)


def test_noise_is_no_answer(device: _Device) -> None:
    """A byte without the fixed bits of an answer says nothing of the paper."""

    class _Noisy:
        def _raw(self, _: bytes) -> None:
            pass

        def _read(self) -> bytes:
            return b"\xff\x00"

    assert health(_Noisy()) == Health("ready", "unknown")
