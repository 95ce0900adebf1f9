"""The agent for ever: four loops, each with its own connections, so that none waits for another.

1. Pull: every `limits.poll_seconds` with jitter, and at once on a hint.
2. Press: looks at the desk every `limits.press_poll_ms`; a press is answered also while an edition is applied.
3. Hall: services, queue and leased numbers every `limits.hall_poll_seconds`, the queue at once on a hint; records;
   a heartbeat every `limits.heartbeat_seconds`.
4. Live: hears hints, and connects again after growing pauses.
5. A loop says a failure once, on stderr, and goes on. SIGTERM ends all of them; whatever is cut is done again by the
   next start, so nobody waits for a transfer to end.
"""

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from content_sync.agent.device import one_at_a_time, read_device, read_key
from content_sync.agent.reporting import clock_is_doubtful
from content_sync.agent.steps import puller
from content_sync.domain import limits
from content_sync.domain.errors import GongkailanError, Unreachable
from content_sync.domain.ids import spelled
from content_sync.domain.records import Record
from content_sync.live import Hint, listen
from content_sync.net.http import HttpFetcher, HttpServer
from content_sync.net.line import HttpLine
from content_sync.ports import Clock, Ids
from content_sync.push import hall
from content_sync.push.records import send_records
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore
from content_sync.storage.desk_presses import record_id_bytes


class Agent:
    """The loops of one device folder; `stop` ends them."""

    def __init__(self, folder: Path, clock: Clock, ids: Ids) -> None:
        self.folder, self.clock, self.ids = folder, clock, ids
        self.device, self.key = read_device(folder), read_key(folder)
        self.stop, self._pull_hint, self._queue_hint = threading.Event(), threading.Event(), threading.Event()
        self._said: dict[str, str] = {}

    def run(self) -> None:
        """Run until `stop` is set."""
        loops: list[Callable[[], None]] = [self._pull, self._hall, self._live]
        if self.device.kind == "touch" and self.device.site:
            loops.append(self._press)
        threads = [threading.Thread(target=self._kept_up, args=(loop,), daemon=True) for loop in loops]
        for thread in threads:
            thread.start()
        self.stop.wait()
        self._pull_hint.set()
        self._queue_hint.set()
        given_up = time.monotonic() + limits.stop_seconds_max
        for thread in threads:
            thread.join(max(0.0, given_up - time.monotonic()))

    def _kept_up(self, loop: Callable[[], None]) -> None:
        """Rule 5: a loop that fails unexpectedly begins again."""
        while not self.stop.is_set():
            try:
                loop()
            except Exception as error:  # noqa: BLE001  # a screen must not lose its agent to one bad minute
                self._say(loop.__name__, f"{type(error).__name__}: {error}")
                self.stop.wait(limits.live_retry_seconds)

    def _pull(self) -> None:
        line = HttpLine(self.device.server)
        server = HttpServer(line, self.device.token)
        pull = puller(self.folder, self.device, HttpFetcher(line), server, self.clock)
        first = True
        while not self.stop.is_set():
            with one_at_a_time(self.folder):
                pulled = pull.step(force=first)
            first = False
            self._say("pull", " ".join(failure.sentence for failure in pulled.failures))
            jitter = int.from_bytes(self.ids.random(2), "big") / 0xFFFF * 2 - 1
            self._pull_hint.wait(limits.poll_seconds + jitter * limits.poll_jitter_seconds)
            self._pull_hint.clear()

    def _press(self) -> None:
        desk, server, seen = DeskStore(self.folder / "desk.db"), self._server(), -1
        while not self.stop.wait(limits.press_poll_ms / 1000):
            version = desk.data_version()
            if version == seen:
                continue
            try:
                hall.answer_presses(desk, server, self.clock.now())
                seen = version
                self._say("press", "")
            except GongkailanError as error:  # the screen takes a leased number meanwhile
                self._say("press", str(error))
                self.stop.wait(1)

    def _hall(self) -> None:
        desk, server = DeskStore(self.folder / "desk.db"), self._server()
        beat = -float(limits.heartbeat_seconds)
        while not self.stop.is_set():
            if time.monotonic() - beat >= limits.heartbeat_seconds:
                beat = time.monotonic()
                desk.forget_old(self.clock.now())
                desk.add_record(self._heartbeat(desk))
            steps: list[Callable[[], object]] = [
                lambda: send_records(desk, server, self.device.device, self.key),
            ]
            if self.device.site:
                steps = [lambda: hall.refresh_queue(desk, server), *steps]
                steps.append(lambda: hall.refresh_services(desk, server, self.clock.now()))
            if self.device.site and self.device.kind == "touch":
                steps.append(lambda: hall.lease_numbers(desk, server, self.clock.now()))
            self._try_all(steps)
            self._queue_hint.wait(limits.hall_poll_seconds)
            self._queue_hint.clear()

    def _try_all(self, steps: list[Callable[[], object]]) -> None:
        sentences: list[str] = []
        for step in steps:
            try:
                step()
            except Unreachable as error:
                sentences.append(str(error))
                break  # the others would only wait as long
            except GongkailanError as error:
                sentences.append(str(error))
        self._say("hall", " ".join(dict.fromkeys(sentences)))

    def _live(self) -> None:
        pause = limits.live_retry_seconds
        while not self.stop.is_set():
            started = time.monotonic()
            try:
                listen(HttpLine(self.device.server), self.device.token, self._hear)
            except GongkailanError as error:
                self._say("live", str(error))
            heard = time.monotonic() - started > limits.live_silence_seconds_max
            pause = limits.live_retry_seconds if heard else min(2 * pause, limits.live_retry_seconds_max)
            self.stop.wait(pause)

    def _hear(self, hint: Hint) -> None:
        self._say("live", "")
        if hint.name != "queue":
            self._pull_hint.set()
        if hint.name in ("queue", "hello"):
            self._queue_hint.set()

    def _heartbeat(self, desk: DeskStore) -> Record:
        store = ContentStore(self.folder / "content.db", readonly=True)
        held, now = store.held(), self.clock.now()
        body: dict[str, str | int] = {
            "editions": ",".join(f"{one.channel}:{one.number}" for one in held.values()),
            "as_of": min((one.as_of for one in held.values()), default=""),
            "outbox": desk.outbox_size(),
            "problems": len(store.problems()),
            "clock": "doubtful" if clock_is_doubtful(store, now) else "ok",
        }
        store.close()
        made_at, record = now.isoformat(), spelled(self.ids.random(record_id_bytes))
        return Record(record, "heartbeat", self.device.device, made_at, body)

    def _server(self) -> HttpServer:
        return HttpServer(self.device.server, self.device.token)

    def _say(self, loop: str, sentence: str) -> None:
        """Rule 5."""
        if self._said.get(loop, "") != sentence:
            self._said[loop] = sentence
            if sentence:
                print(f"content-sync {loop.strip('_')}: {sentence}", file=sys.stderr, flush=True)
