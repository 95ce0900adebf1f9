"""What a real agent costs while nothing happens: `content-sync run` with its event stream up.

1. A small office of its own, so that no publication of the story disturbs it; four channels, a board without a hall.
2. Counting begins when everything is held and the stream is up. What goes up (a heartbeat) is counted apart: it is a
   record, not a question.
3. Few windows of five minutes see the poll that a live agent makes every `limits.poll_seconds_live`, or the new stream
   after `limits.stream_seconds_max`. So what these cost is measured by itself, and each window bears its share.
"""

import json
import time
from dataclasses import dataclass
from pathlib import Path

from content_sync.domain import limits
from tests.bench.corpus import Corpus
from tests.bench.office import Office
from tests.bench.proxy import Proxy

_items = 20
_quiet_seconds = 3.0
_window_seconds = 300.0


@dataclass(frozen=True)
class Idle:
    """Bytes both ways within `seconds` of quiet, of records sent meanwhile, and of opening one stream."""

    seconds: float
    quiet: int
    records: int
    opening: int

    def of_five_minutes(self, poll: int) -> float | None:
        """Bytes with the shares of rule 3, when one poll costs `poll`; None when the window was shorter."""
        if self.seconds < _window_seconds:
            return None
        shares = poll / limits.poll_seconds_live + self.opening / limits.stream_seconds_max
        return self.quiet * _window_seconds / self.seconds + shares * _window_seconds


def idle(folder: Path, seconds: float) -> Idle:
    """Run an agent and count for so long."""
    office = Office(folder / "office")
    line: Proxy | None = None
    try:
        office.fill(Corpus(_items))
        office.serve()
        office.settled()
        line, home = Proxy(office.port), folder / "device"
        address = f"http://127.0.0.1:{line.port}"
        office.processes.run("content-sync", "init", str(home), "--server", address, "--code", office.code("idle"))
        office.processes.start("agent", "content-sync", "--dir", str(home), "run")
        office.processes.wait_for("the first sync", lambda: _is_synced(office, home), 60)
        _wait_until_quiet(line)
        opening = max(one.up + one.down for one in line.log if "/events" in one.what)
        before = _spent(line)
        time.sleep(seconds)
        after = _spent(line)
        return Idle(seconds, after[0] - before[0], after[1] - before[1], opening)
    finally:
        office.close()
        if line is not None:
            line.close()


def _is_synced(office: Office, home: Path) -> bool:
    status = json.loads(office.processes.run("content-sync", "--dir", str(home), "status", "--json"))
    return all(channel["items"] for channel in status["channels"].values())


def _wait_until_quiet(line: Proxy) -> None:
    last = -1
    while line.total != last or not any("/events" in one.what for one in line.log):
        last = line.total
        time.sleep(_quiet_seconds)


def _spent(line: Proxy) -> tuple[int, int]:
    records = sum(one.up + one.down for one in line.log if "/records" in one.what)
    return line.total - records, records
