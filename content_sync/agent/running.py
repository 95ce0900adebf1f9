"""The agent for ever: four loops, each with its own connection, so that none waits for another.

1. Pull: at its own pace (agent.pacing), and at once on a hint, unless the edition it names is held already. A long
   transfer is set down for a hint, and every `limits.set_down_seconds`, and taken up again after a look at what is new:
   a withdrawal waits for no download. Attached files come after the texts, and whenever a screen asks (agent.attached).
2. Press: looks at the desk every `limits.press_poll_ms`; a press is answered, and a bell rung, also while an edition is
   applied.
3. Hall: the hall's questions and the records, in rounds (agent.rounds), and at once on a hint.
4. Live: hears hints, and connects again after growing pauses.
5. A loop says a failure once, on stderr, and goes on. SIGTERM ends all of them; whatever is cut is done again by the
   next start, so nobody waits for a transfer to end.
"""

import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from content_sync.agent.attached import Attached
from content_sync.agent.device import one_at_a_time, read_device, read_key
from content_sync.agent.pacing import Pace
from content_sync.agent.rounds import Rounds
from content_sync.agent.steps import puller
from content_sync.agent.stick_spool import clear_leftovers
from content_sync.domain import limits
from content_sync.domain.errors import GongkailanError
from content_sync.live import Hint, listen
from content_sync.net.http import HttpFetcher, HttpServer
from content_sync.net.line import HttpLine
from content_sync.ports import Clock, Ids
from content_sync.pull.step import server_name
from content_sync.pull.timekeeping import BelievedClock
from content_sync.push import asks, hall
from content_sync.push import help as help_calls
from content_sync.storage.content import ContentStore
from content_sync.storage.desk import DeskStore


class Agent:
    """The loops of one device folder; `stop` ends them."""

    def __init__(self, folder: Path, clock: Clock, ids: Ids) -> None:
        self.folder, self.clock, self.ids = folder, clock, ids
        self.device, self.key = read_device(folder), read_key(folder)
        self.stop, self._pull_hint, self._queue_hint = threading.Event(), threading.Event(), threading.Event()
        self._said: dict[str, str] = {}
        self._live_up, self._step_began = False, 0.0

    def run(self) -> None:
        """Run until `stop` is set."""
        clear_leftovers(self.folder)
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
        mirrors = {address: HttpFetcher(address) for address in self.device.mirrors}
        pull = puller(self.folder, self.device, HttpFetcher(line), server, self.clock, mirrors, self._set_down)
        pace = Pace(limits.poll_seconds, limits.poll_seconds_live, limits.poll_seconds_max, self._chance)
        files = Attached(self.folder, self.device, HttpFetcher(line), self.clock, lambda: self._is_due(pace))
        first = True
        while not self.stop.is_set():
            with one_at_a_time(self.folder):
                self._step_began = time.monotonic()
                pulled = pull.step(force=first)
            first = False
            self._say("pull", " ".join(failure.sentence for failure in pulled.failures))
            failed = any(one.channel == server_name for one in pulled.failures)
            pace.asked(time.monotonic(), failed=failed)
            if not failed:
                self._say("files", files.keep(pull.store).sentence)
            self._rest(self._pull_hint, pace, lambda: files.is_asked() and files.keep(pull.store))

    def _is_due(self, pace: Pace) -> bool:
        """Whether it is time to look at what is new: attached files wait for that."""
        return self._pull_hint.is_set() or pace.is_due(time.monotonic(), live=self._live_up)

    def _set_down(self) -> bool:
        """Rule 1; a step goes undisturbed for a moment, so that a flood of hints cannot keep it from getting on."""
        spent = time.monotonic() - self._step_began
        if spent > limits.set_down_seconds:
            self._pull_hint.set()
        return spent > limits.undisturbed_seconds and self._pull_hint.is_set()

    def _press(self) -> None:
        desk, server, seen = DeskStore(self.folder / "desk.db"), HttpServer(self.device.server, self.device.token), -1
        clock = BelievedClock(self.folder, self.clock)  # the screen's, which stamps what it asks
        while not self.stop.wait(limits.press_poll_ms / 1000):
            version = desk.data_version()
            if version == seen:
                continue
            try:
                hall.answer_presses(desk, server, clock.now())
                help_calls.tell(desk, server, clock.now())
                asks.answer_asks(desk, server, clock.now())
                seen = version
                self._say("press", "")
            except GongkailanError as error:  # the screen takes a leased number meanwhile
                self._say("press", str(error))
                self.stop.wait(1)

    def _hall(self) -> None:
        server = HttpServer(self.device.server, self.device.token)
        rounds = Rounds(self.folder, self.device, self.key, server, self.clock, self.ids, self._chance)
        while not self.stop.is_set():
            hinted = self._queue_hint.is_set()
            self._queue_hint.clear()
            said = rounds.go(time.monotonic(), hinted=hinted, live=self._live_up)
            if said is not None:
                self._say("hall", said)
            self.stop.wait(limits.queue_gap_seconds)
            self._queue_hint.wait(limits.rest_seconds)

    def _live(self) -> None:
        line, pause = HttpLine(self.device.server), limits.live_retry_seconds
        while not self.stop.is_set():
            started, ended = time.monotonic(), ""
            try:
                listen(line, self.device.token, self._hear)
            except GongkailanError as error:
                ended = str(error)
            self._live_up = False
            lasted = time.monotonic() - started > limits.live_silence_seconds_max
            self._say("live", "" if lasted else ended)  # a line that lasted may end: the server ends each now and then
            pause = limits.live_retry_seconds if lasted else min(2 * pause, limits.live_retry_seconds_max)
            self.stop.wait(pause * (1 + self._chance()) / 2)

    def _hear(self, hint: Hint) -> None:
        self._live_up = True
        self._say("live", "")
        if hint.name != "queue" and not self._is_held(hint):
            self._pull_hint.set()
        if hint.name in ("queue", "hello"):
            self._queue_hint.set()

    def _is_held(self, hint: Hint) -> bool:
        with closing(ContentStore(self.folder / "content.db", readonly=True)) as store, suppress(GongkailanError):
            held = store.held().get(hint.channel)
            return held is not None and 0 < hint.edition <= held.number
        return False

    def _rest(self, hint: threading.Event, pace: Pace, meanwhile: Callable[[], object]) -> None:
        """Until there is a hint or the pace says so; never shorter than a hint may follow the other."""
        self.stop.wait(limits.hint_gap_seconds)
        while not hint.wait(limits.rest_seconds):
            if pace.is_due(time.monotonic(), live=self._live_up):
                return
            meanwhile()
        hint.clear()
        pace.hinted()

    def _chance(self) -> float:
        return int.from_bytes(self.ids.random(2), "big") / 0xFFFF

    def _say(self, loop: str, sentence: str) -> None:
        """Rule 5."""
        if self._said.get(loop, "") != sentence:
            self._said[loop] = sentence
            if sentence:
                print(f"content-sync {loop.strip('_')}: {sentence}", file=sys.stderr, flush=True)
