"""The line to a printer, by python-escpos, and what the printer says of itself.

    usb:04b8:0e15            by vendor and product (lsusb); needs pyusb and libusb
    file:/dev/usb/lp0        the kernel's own printer device, or a file
    net:192.0.2.9:9100       a printer in the hall's network; several kiosks may share it
    serial:/dev/ttyUSB0:19200

1. A printer is asked for its state by DLE EOT, which it answers also while it prints or has no paper. Many cheap ones
   never answer: then it is there as long as it takes what is sent, and its paper is unknown.
2. An answer without the fixed bits of such an answer is none (it may be an old byte of something else).
3. A network printer is let go after every use; the others stay open until they fail.
"""

import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from select import select
from typing import TYPE_CHECKING, Any, Literal

from content_sync.domain import limits
from content_sync.domain.errors import BadInput, Broken

if TYPE_CHECKING:
    from escpos.escpos import Escpos

State = Literal["ready", "low", "out", "dead"]
Paper = Literal["ok", "low", "out", "unknown"]

_usb = re.compile(r"usb:([0-9a-fA-F]{4}):([0-9a-fA-F]{4})")
_net = re.compile(r"net:([\w.-]+)(?::(\d{1,5}))?")
_serial = re.compile(r"serial:(/[\w/.-]+)(?::(\d{3,7}))?")
_file = re.compile(r"file:(/[^\0]+)")
_profiles = {58: "NT-5890K", 80: "TM-T20II"}  # python-escpos wants to know how many dots a line has: 384, 576
_write_seconds, _default_port, _default_baud = 8.0, 9_100, 9_600
_ask_online, _ask_paper = b"\x10\x04\x01", b"\x10\x04\x04"
_fixed, _fixed_as = 0x93, 0x12  # rule 2
_offline, _no_paper, _low_paper = 0x08, 0x60, 0x0C


@dataclass(frozen=True)
class Health:
    """Whether it prints, and how its paper is."""

    state: State
    paper: Paper = "unknown"


class Line:
    """A printer at `where`, with paper `paper_mm` wide."""

    def __init__(self, where: str, paper_mm: int) -> None:
        self._where, self._paper_mm = checked(where), paper_mm
        self._device: Escpos | None = None

    @contextmanager
    def open(self) -> "Iterator[Escpos]":
        """The printer, ready to take commands; Broken with a sentence when it is not there or fails meanwhile."""
        try:
            if self._device is None:
                self._device = _device(self._where, self._paper_mm)
                self._device.open()
            yield self._device
        except Broken:
            self.close()
            raise
        except Exception as error:  # each kind of line has errors of its own
            self.close()
            raise Broken(f"The printer at {self._where} does not answer ({_short(error)}).") from error
        if self._where.startswith("net:"):
            self.close()  # rule 3

    def close(self) -> None:
        """Let go of it."""
        device, self._device = self._device, None
        if device is not None:
            with suppress(Exception):
                device.close()


def checked(where: str) -> str:
    """The same text, or BadInput when it names no printer."""
    if not any(form.fullmatch(where) for form in (_usb, _net, _serial, _file)):
        raise BadInput(f"{where!r} names no printer: usb:04b8:0e15, file:/dev/usb/lp0, net:HOST:9100 or serial:/dev/X.")
    return where


def health(device: "Escpos") -> Health:
    """Rules 1 and 2."""
    paper = _answer(device, _ask_paper)
    if paper is not None and paper & _no_paper:
        return Health("out", "out")
    online = _answer(device, _ask_online)
    if online is not None and online & _offline:
        return Health("dead", "unknown" if paper is None else "low" if paper & _low_paper else "ok")
    if paper is None:
        return Health("ready")
    return Health("low", "low") if paper & _low_paper else Health("ready", "ok")


def _answer(device: "Escpos", question: bytes) -> int | None:
    device._raw(question)  # noqa: SLF001  # its own query_status reads the same way
    try:
        reply = bytes(device._read())  # noqa: SLF001
    except (TimeoutError, NotImplementedError):  # so the library says that a device cannot be read
        return None
    except OSError as error:
        if "timed out" in str(error).lower() or "timeout" in str(error).lower():  # pyusb
            return None
        raise
    sound = [byte for byte in reply if byte & _fixed == _fixed_as]
    return sound[-1] if sound else None


def _device(where: str, paper_mm: int) -> "Escpos":
    try:
        return _made(where, _profiles[paper_mm])
    except ImportError as error:
        raise Broken(f"python-escpos is not installed ({error}); this device prints nothing.") from error


def _made(where: str, profile: str) -> "Escpos":
    from escpos import printer

    if found := _usb.fullmatch(where):
        ids = (int(found[1], 16), int(found[2], 16))
        return printer.Usb(*ids, timeout=int(_write_seconds * 1000), profile=profile)
    if found := _serial.fullmatch(where):
        baud = int(found[2] or _default_baud)
        return _prompt(printer.Serial(found[1], baudrate=baud, timeout=limits.printer_answer_seconds, profile=profile))
    if found := _net.fullmatch(where):
        network = printer.Network(found[1], int(found[2] or _default_port), _write_seconds, profile=profile)
        return _answering(network)
    return _file_device(where.removeprefix("file:"), profile)


def _prompt(serial: Any) -> "Escpos":
    """The library waits for sixteen bytes; an answer is one, and each look would last the whole patience."""

    def read() -> bytes:
        line = serial.device
        return bytes(line.read(1)) + bytes(line.read(line.in_waiting))

    serial._read = read  # noqa: SLF001
    made: Escpos = serial
    return made


def _answering(network: Any) -> "Escpos":
    """Waits for an answer less long than for room to write, and leaves nothing open when nobody is there."""

    def begin() -> None:
        network.device = socket.create_connection((network.host, network.port), limits.printer_answer_seconds)
        network.device.settimeout(_write_seconds)

    def read() -> bytes:
        network.device.settimeout(limits.printer_answer_seconds)
        try:
            reply: bytes = network.device.recv(16)
        finally:
            network.device.settimeout(_write_seconds)
        if not reply:
            raise ConnectionResetError("the line ended")
        return reply

    network._read, network.open = read, begin  # noqa: SLF001
    made: Escpos = network
    return made


def _file_device(path: str, profile: str) -> "Escpos":
    """The library's file printer cannot be read from; the kernel's printer device can."""
    from escpos.printer import File

    device = File(path, profile=profile)

    def read() -> bytes:
        stream = device.device
        if not stream or os.path.isfile(path) or not stream.readable():  # noqa: PTH113  # a path as python-escpos has it
            return b""  # a file takes what is printed and says nothing
        if not select([stream], [], [], limits.printer_answer_seconds)[0]:
            raise TimeoutError
        return os.read(stream.fileno(), 16)

    def begin() -> None:
        kind = "ab" if os.path.isfile(path) else "r+b"  # noqa: PTH113
        device.device = open(path, kind, buffering=0)  # noqa: PTH123, SIM115  # closed by Line.close

    device._read, device.open = read, begin  # noqa: SLF001
    made: Escpos = device
    return made


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
