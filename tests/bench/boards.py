"""From a clerk's key to the boards, with fifty boards listening.

1. Two boards are whole: a real agent process, and the screen's own code in a process of its own (tests.bench.glass).
   The others load the server as real ones do: an open stream each, and at every hint the queue and the services asked
   on a new connection. They do not draw: fifty boards are fifty machines, and these would share two cores.
2. A call is the clerk's press of "next" in the window's page, with its session and form. The clock runs from the moment
   it is sent until the frame with the new number exists in the screen's process.
3. Calls come at moments that no poll knows, one after the other.
"""

import http.client
import json
import re
import selectors
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from random import Random

from sqlalchemy import select

from display_server.access import shell
from display_server.accounts import service as accounts
from display_server.database.tables.queue import tickets
from display_server.devices import service as devices
from display_server.queue import issuing
from tests.bench.halls import Halls

_boards, _whole = 50, 2
_patience = 20.0
_password = "正确的马 电池 订书钉"
_questions = ("queue", "services")
_quantiles = {"p50": 0.5, "p99": 0.99, "max": 1.0}
_csrf = re.compile(r'name="csrf_token" value="([^"]+)"')


def boards(halls: Halls, calls: int) -> list[str]:
    """Call so often, and tell how long it took."""
    hall = halls.ids[-1]
    glasses = [Glass(halls, f"lcd-{number}", hall) for number in range(_whole)]
    crowd = Crowd(halls.port, [halls.enrolled(f"board-{n}", hall, "lcd") for n in range(_boards - _whole)])
    try:
        crowd.wait_for_streams()
        clerk, chance, took, answered = Clerk(halls, hall, "w3"), Random(4), [], []
        for glass in glasses:
            glass.wait_for_frame()
        for number in range(calls):
            issuing.issue(halls.db, "boards", hall, "sb", f"call-{number}")
            time.sleep(0.3 + 0.4 * chance.random())  # rule 3
            sent = time.monotonic()
            called = clerk.next()
            answered.append(time.monotonic() - sent)
            took += [glass.seen(called) - sent for glass in glasses]
            clerk.finish()
        lags = sorted(lag for times in crowd.lags() for lag in times)
    finally:
        crowd.close()
        for glass in glasses:
            glass.close()
    drawn, told, heard = _told(took), _told(answered), _told(lags)
    return [
        "",
        f"Call → frame, {_boards} boards listening, {calls} calls on {_whole} whole boards, ms: {drawn}.",
        f"The clerk's own answer: {told}. From hint to queue on the other boards: {heard}.",
    ]


class Glass:
    """One whole board (rule 1)."""

    def __init__(self, halls: Halls, name: str, hall: str) -> None:
        self._halls, self._seen = halls, dict[str, float]()
        code = devices.add(halls.db, shell, name, "lcd", ["qinghe"], hall, _fingerprint(halls))
        home = halls.demo.home(name)
        halls.processes.run("content-sync", "init", str(home), "--server", halls.demo.url, "--code", code)
        halls.processes.run("content-sync", "--dir", str(home), "once")
        halls.processes.start(f"agent-{name}", "content-sync", "--dir", str(home), "run")
        command = [sys.executable, "-m", "tests.bench.glass", str(home)]
        self._screen = subprocess.Popen(
            command, env=halls.processes.environment, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        self._changed = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def wait_for_frame(self) -> None:
        """Until it has drawn once."""
        self.seen("")

    def seen(self, number: str) -> float:
        """When the frame that first showed a number was there."""
        with self._changed:
            if not self._changed.wait_for(lambda: number in self._seen, _patience):
                raise AssertionError(f"{number} did not come to the board within {_patience} s.")
            return self._seen[number]

    def close(self) -> None:
        """End its screen; the agent ends with the county."""
        self._screen.kill()
        self._screen.wait()

    def _read(self) -> None:
        assert self._screen.stdout is not None
        for line in self._screen.stdout:
            at, *numbers = line.split()
            with self._changed:
                for number in ("", *numbers):
                    self._seen.setdefault(number, float(at))
                self._changed.notify_all()


class Clerk:
    """A clerk at a window, by its pages."""

    def __init__(self, halls: Halls, hall: str, window: str) -> None:
        self._halls, self._hall, self._place = halls, hall, f"/desk/{hall}/{window}"
        self._cookie, self._form = "", ""
        one_time = accounts.add_account(halls.db, shell, "caller", ("clerk",), ("*",))
        self._get("/login")
        self._post("/login", name="caller", password=one_time)
        self._get("/password")
        self._post("/password", old=one_time, new=_password, again=_password)
        self._get(self._place)
        self._post(f"{self._place}/sit", plate=f"员工{window[1:]}")
        self._get(self._place)

    def next(self) -> str:
        """Press "next"; the number that was called."""
        self._post(f"{self._place}/next")
        return self._current().number

    def finish(self) -> None:
        """Serve and finish who was called."""
        for step in ("serving", "finished"):
            self._post(f"{self._place}/{step}", ticket=self._current().id)

    def _current(self):  # type: ignore[no-untyped-def]  # a row
        asked = select(tickets).where(tickets.c.site == self._hall, tickets.c.state.in_(["called", "serving"]))
        with self._halls.db.read() as connection:
            return connection.execute(asked).one()

    def _get(self, path: str) -> None:
        self._form = _csrf.findall(self._ask("GET", path))[-1]

    def _post(self, path: str, **form: str) -> None:
        self._ask("POST", path, urllib.parse.urlencode({"csrf_token": self._form, **form}))

    def _ask(self, method: str, path: str, body: str | None = None) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self._halls.port, timeout=_patience)
        fields = {"Cookie": self._cookie} | ({"Content-Type": "application/x-www-form-urlencoded"} if body else {})
        connection.request(method, path, body, fields)
        answer = connection.getresponse()
        text = answer.read().decode()
        if cookie := answer.headers["Set-Cookie"]:
            self._cookie = cookie.split(";")[0]
        connection.close()
        assert answer.status in (200, 302, 303), (path, answer.status, text[:300])
        return text


@dataclass
class _Board:
    token: str
    stream: socket.socket
    got: bytes = b""
    hinted: float = 0.0
    asking: list[str] = field(default_factory=list)
    again: bool = False
    lags: list[float] = field(default_factory=list)


class Crowd:
    """The boards that only load the server (rule 1), driven by one thread."""

    def __init__(self, port: int, tokens: list[str]) -> None:
        self._port, self._poller, self._stop = port, selectors.DefaultSelector(), False
        self._hello, self._boards = 0, [_Board(token, self._asked(token, "events")) for token in tokens]
        for board in self._boards:
            self._poller.register(board.stream, selectors.EVENT_READ, (board, None))
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def wait_for_streams(self) -> None:
        """Until all of them listen."""
        until = time.monotonic() + _patience
        while self._hello < len(self._boards):
            assert time.monotonic() < until, f"{self._hello} of {len(self._boards)} boards listen."
            time.sleep(0.05)

    def lags(self) -> list[list[float]]:
        """From hint to answer, by board."""
        return [board.lags for board in self._boards]

    def close(self) -> None:
        """End them."""
        self._stop = True
        self._thread.join()
        for board in self._boards:
            board.stream.close()

    def _run(self) -> None:
        while not self._stop:
            for key, _ in self._poller.select(0.2):
                board, question = key.data
                if question is None:
                    self._hear(board)
                else:
                    self._answered(board, key.fileobj, question)  # type: ignore[arg-type]  # a socket, always

    def _hear(self, board: _Board) -> None:
        board.got += board.stream.recv(65_536)
        *whole, board.got = board.got.split(b"\n\n")
        self._hello += sum(b"event: hello" in one for one in whole)
        if any(b"event: queue" in one for one in whole):
            if board.asking:
                board.again = True
            else:
                self._begin(board)

    def _begin(self, board: _Board) -> None:
        board.hinted, board.asking, board.again = time.monotonic(), list(_questions), False
        self._ask_next(board)

    def _ask_next(self, board: _Board) -> None:
        question = board.asking[0]
        self._poller.register(self._asked(board.token, question), selectors.EVENT_READ, (board, question))

    def _answered(self, board: _Board, sock: socket.socket, question: str) -> None:
        head, _, body = sock.recv(262_144).partition(b"\r\n\r\n")
        self._poller.unregister(sock)
        sock.close()
        assert head.startswith(b"HTTP/1.1 200"), head
        json.loads(body)
        if question == "queue":
            board.lags.append(time.monotonic() - board.hinted)
        board.asking.pop(0)
        if board.asking:
            self._ask_next(board)
        elif board.again:
            self._begin(board)

    def _asked(self, token: str, question: str) -> socket.socket:
        sock = socket.create_connection(("127.0.0.1", self._port))
        sock.sendall(f"GET /api/v1/{question} HTTP/1.1\r\nHost: hall\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
        return sock


def _fingerprint(halls: Halls) -> bytes:
    from content_sync.publish import Publisher

    config = halls.db.config
    return Publisher(config.repo, config.keys, config.clock).fingerprint()


def _told(times: list[float]) -> str:
    ordered = sorted(times)
    parts = {name: ordered[min(len(ordered) - 1, int(part * len(ordered)))] for name, part in _quantiles.items()}
    return ", ".join(f"{name} {1000 * seconds:.0f}" for name, seconds in parts.items())
