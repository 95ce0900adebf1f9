"""The demonstration county with more halls in it, served by the real `serve`: what the queue's bench works on.

1. Each measurement has a hall of its own, so that a line is never longer than the measurement makes it. The bound of a
   day's tickets is lifted there: it is a rule of the office, not of the machine.
2. Devices are enrolled by the server's own service, not over HTTP, which lets ten a minute in from one address.
3. Old tickets are finished ones of the sixty days before, each with its three events, in all halls alike.
"""

import json
import os
from base64 import b64encode
from datetime import datetime, timedelta
from pathlib import Path

from nacl.signing import SigningKey
from sqlalchemy import func, select

from content_sync.clock import SystemClock, place
from content_sync.domain.county import Service, Site, StaffPlate, Window
from content_sync.domain.hall.rules import HallRules
from deploy.demo.county import DemoCounty
from deploy.demo.processes import Processes
from display_server.access import shell
from display_server.config import Config
from display_server.database import county
from display_server.database.engine import Database
from display_server.database.tables.queue import queue_events, tickets
from display_server.devices import service as devices

_letters = "ABCDEFGHJKLM"
_windows = 12
_days = 60
_row_chunk = 5_000


class Halls:
    """The server, its database as this process sees it, and devices by hall."""

    def __init__(self, folder: Path, halls: int, devices_each: int) -> None:
        self.processes = Processes(folder)
        self.demo = DemoCounty(self.processes)
        self.demo.found()
        clock = SystemClock()
        clock.offset = timedelta(seconds=float(self.processes.environment["GONGKAILAN_CLOCK_OFFSET"]))
        self.db, self.ids = Database(Config(self.demo.server, clock)), [f"hall-{n}" for n in range(halls)]
        self.services = [f"s{letter.lower()}" for letter in _letters]
        for hall in self.ids:
            with self.db.write() as connection:
                county.put_site(connection, self._site(hall))
        self.tokens = {hall: [self.enrolled(f"{hall}-k{n}", hall) for n in range(devices_each)] for hall in self.ids}

    @property
    def port(self) -> int:
        """Where it is served."""
        return int(self.demo.url.rsplit(":", 1)[1])

    def serve(self) -> None:
        """Start the server and wait until it is ready."""
        self.demo.start_server()

    def enrolled(self, name: str, hall: str, kind: str = "touch") -> str:
        """The token of a new device (rule 2)."""
        code = devices.add(self.db, shell, name, kind, ["qinghe"], hall, bytes(16))
        return devices.enrol(self.db, code, b64encode(bytes(SigningKey(b"d" * 32).verify_key)).decode())[1]

    def age(self, count: int) -> None:
        """Put so many old tickets into the database (rule 3)."""
        today = self.db.config.clock.now().astimezone(place)
        for begin in range(0, count, _row_chunk):
            rows, events = [], []
            for n in range(begin, min(count, begin + _row_chunk)):
                ticket, said = _old(n, self.ids[n % len(self.ids)], today - timedelta(days=1 + n % _days))
                rows.append(ticket)
                events += said
            with self.db.write() as connection:
                connection.execute(tickets.insert(), rows)
                connection.execute(queue_events.insert(), events)

    def held(self, hall: str) -> int:
        """How many tickets of today the database holds for a hall."""
        today = self.db.config.clock.now().astimezone(place).date().isoformat()
        asked = select(func.count()).where(tickets.c.site == hall, tickets.c.day == today)
        with self.db.read() as connection:
            return connection.execute(asked).scalar_one()

    def cpu(self, module: str = "serving.requests") -> float:
        """Seconds of the processor that a part of the server has used."""
        return sum(cpu_of(pid) for pid in pids(module, str(self.demo.server)))

    def close(self) -> None:
        """End everything."""
        self.processes.end()
        self.db.close()

    def _site(self, hall: str) -> Site:
        services = tuple(Service(f"s{letter.lower()}", letter, f"业务{letter}") for letter in _letters)
        windows = tuple(
            Window(f"w{n}", n, f"{n}号窗口", "一楼", tuple(s.id for s in services)) for n in range(1, _windows + 1)
        )
        staff = tuple(StaffPlate(f"员工{n}", "科员", "受理申请", f"w{n}") for n in range(1, _windows + 1))
        rules = HallRules(tickets_per_day_max=1_000_000)  # rule 1
        return Site(
            hall, "qinghe", "大厅", "0000-1234567", services=services, windows=windows, staff=staff, rules=rules
        )


def ticket_request(token: str, service: str, press: str) -> bytes:
    """A press as an agent sends it."""
    body = json.dumps({"service": service, "press": press}).encode()
    head = (
        f"POST /api/v1/tickets HTTP/1.1\r\nHost: hall\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def cpu_of(pid: int) -> float:
    """Seconds of the processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pids(module: str, folder: str) -> list[int]:
    """The processes that run a module on a server's folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().decode(errors="replace").split("\0")
            except OSError:
                continue
            if folder in words and any(word.endswith(module) for word in words):
                found.append(int(entry.name))
    return found


def _old(n: int, hall: str, day: datetime) -> tuple[dict[str, object], list[dict[str, object]]]:
    running, letter = n // _days + 1, _letters[n % len(_letters)]
    ticket, service, number = f"old-{n}", f"s{letter.lower()}", f"{letter}{running:03d}"
    moments = [(day + timedelta(seconds=60 * step)).isoformat() for step in range(3)]
    row: dict[str, object] = {
        "id": ticket,
        "site": hall,
        "day": day.date().isoformat(),
        "letter": letter,
        "running": running,
        "number": number,
        "service": service,
        "priority": 0,
        "device": "old",
        "press": f"old-{n}",
        "leased": 0,
        "issued": moments[0],
        "since": moments[0],
        "state": "finished",
        "window": "w1",
        "called": moments[1],
        "serving": moments[1],
        "finished": moments[2],
    }
    base = {"site": hall, "day": row["day"], "ticket": ticket, "service": service, "priority": 0}
    events: list[dict[str, object]] = [
        {**base, "kind": kind, "at": at, "window": "w1", "number": number, "actor": "clerk"}
        for kind, at in zip(("issued", "called", "finished"), moments, strict=True)
    ]
    return row, events
