"""The process of a relay: mirrors its upstream, and passes its devices' records up; a failure of it stops nobody.

1. A hint of the upstream's event stream is followed at once, for the channel that it names; everything is asked about
   at the agent's pace (agent.pacing), and every `limits.mirror_refresh_hours` every signed time is looked at.
2. A long transfer is set down for a hint and goes on after it. At the start, and daily, all that is here is hashed.
3. Records go up within a second of being counted, in batches, and what devices say of themselves (desk.passing_up).
4. A failure is told once, on stderr, and tried again after a growing pause.
5. The process ends at SIGTERM, which may cut it anywhere, and when the process that started it is gone.
"""

import select
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from content_sync.agent.device import read_key
from content_sync.agent.pacing import Pace
from content_sync.domain import limits
from content_sync.domain.errors import GongkailanError
from content_sync.domain.ids import directory_channel
from content_sync.live import Hint, listen
from content_sync.net.http import HttpFetcher, HttpServer
from content_sync.net.line import HttpLine
from display_server.config import Config
from display_server.database import mirrored
from display_server.database.engine import Database
from display_server.desk.mirroring import Heads, mirror, upstream
from display_server.desk.passing_up import PassingUp

_daily_seconds = 86_400.0


class Relay:
    """The loops of one relay's folder."""

    def __init__(self, db: Database) -> None:
        self.db, self.device = db, upstream(db.config)
        self._woken, self._lock = threading.Event(), threading.Lock()
        self._hinted: list[str] = []
        self._refreshed = self._hashed = float("-inf")
        self._live_up = False
        self._said: dict[str, str] = {}

    def run(self) -> None:
        """Start the loops; they end with the process."""
        for loop in (self._mirror, self._listen, self._pass_up):
            threading.Thread(target=self._kept_up, args=(loop,), daemon=True).start()

    def _mirror(self) -> None:
        line, owed = HttpLine(self.device.server), list[str]()
        fetcher, heads = HttpFetcher(line), Heads(HttpServer(line, self.device.token))
        pace = Pace(limits.poll_seconds, limits.poll_seconds_live, limits.poll_seconds_max, self._chance)
        while True:
            hinted, now, cut = self._taken_hints(), time.monotonic(), False
            thorough = now - self._hashed >= _daily_seconds
            whole = thorough or now - self._refreshed >= 3600 * limits.mirror_refresh_hours
            wanted = [*hinted, *owed, *((directory_channel, *self.device.channels) if whole else ())]
            try:
                wanted += [] if wanted else heads.changed(self._held(), self.device.channels)
                names = list(dict.fromkeys(wanted))
                done = mirror(self.db, fetcher, names, thorough=thorough, set_down=self._has_hint)
                owed, cut = sorted(done.unreached), not done.unreached.isdisjoint(done.failures)
                if done.failures:
                    heads.forget()
                if whole:  # what was out of reach is owed
                    self._refreshed, self._hashed = now, now if thorough else self._hashed
                self._say("mirror", " ".join(dict.fromkeys(done.failures.values())))
            except GongkailanError as error:  # the head was not to be had, or another mirror holds the folder
                cut, owed = True, list(dict.fromkeys([*owed, *hinted]))
                heads.forget()
                self._say("mirror", str(error))
            pace.asked(time.monotonic(), failed=cut)
            self._rest(pace)

    def _listen(self) -> None:
        line, pause = HttpLine(self.device.server), limits.live_retry_seconds
        while True:
            started, ended = time.monotonic(), ""
            try:
                listen(line, self.device.token, self._hear)
            except GongkailanError as error:
                ended = str(error)
            self._live_up = False
            lasted = time.monotonic() - started > limits.live_silence_seconds_max
            self._say("live", "" if lasted else ended)
            pause = limits.live_retry_seconds if lasted else min(2 * pause, limits.live_retry_seconds_max)
            time.sleep(pause * (1 + self._chance()) / 2)

    def _pass_up(self) -> None:
        server = HttpServer(self.device.server, self.device.token)
        passing = PassingUp(self.db, self.device.device, read_key(self.db.config.upstream), server)
        pace = Pace(limits.passing_seconds, limits.passing_seconds, limits.hall_poll_seconds_max, self._chance)
        while True:
            failure = ""
            try:
                passing.step(time.monotonic(), live=self._live_up)
            except GongkailanError as error:
                failure = str(error)
            self._say("records", failure)
            pace.asked(time.monotonic(), failed=bool(failure))
            time.sleep(pace.pause())

    def _hear(self, hint: Hint) -> None:
        """Rule 1; a hint that names no channel wakes the asking about everything."""
        self._live_up = True
        self._say("live", "")
        if hint.name == "hello":  # what was said while nobody listened, a head may not tell
            self._refreshed = float("-inf")
        if hint.channel and (
            hint.channel not in (directory_channel, *self.device.channels)
            or 0 < hint.edition < self._held().get(hint.channel, 0)
        ):
            return
        if hint.name != "queue":
            with self._lock:
                self._hinted += [hint.channel] if hint.channel else []
                self._woken.set()

    def _held(self) -> dict[str, int]:
        with self.db.read() as connection:
            return mirrored.editions(connection)

    def _taken_hints(self) -> list[str]:
        with self._lock:
            self._woken.clear()
            hinted, self._hinted = self._hinted, []
        return list(dict.fromkeys(hinted))

    def _has_hint(self) -> bool:
        return bool(self._hinted)

    def _rest(self, pace: Pace) -> None:
        """Until there is a hint or the pace says so."""
        while not self._woken.wait(limits.rest_seconds):
            if pace.is_due(time.monotonic(), live=self._live_up):
                return
        pace.hinted()

    def _kept_up(self, loop: Callable[[], None]) -> None:
        while True:
            try:
                loop()
            except Exception as error:  # noqa: BLE001  # devices must not lose their relay to one bad minute
                self._say(loop.__name__, f"{type(error).__name__}: {error}")
            time.sleep(limits.live_retry_seconds)

    def _chance(self) -> float:
        return int.from_bytes(self.db.config.ids.random(2), "big") / 0xFFFF

    def _say(self, loop: str, sentence: str) -> None:
        """Rule 4."""
        if self._said.get(loop, "") != sentence:
            self._said[loop] = sentence
            if sentence:
                print(f"display-server {loop.strip('_')}: {sentence}", file=sys.stderr, flush=True)


def main(arguments: list[str]) -> None:
    """`relaying DIR LIFE`: the folder, and a pipe that closes when the parent is gone (rule 5)."""
    home, life = Path(arguments[0]), int(arguments[1])
    Relay(Database(Config(home))).run()
    select.select([life], [], [])


if __name__ == "__main__":
    main(sys.argv[1:])
