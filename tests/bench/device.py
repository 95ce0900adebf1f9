"""A device's own steps, one for each line on its standard input: `python -m tests.bench.device DIR`.

1. The parts are those of `content-sync run` in a process that stays: one line to the server, the real stores, the
   real verifier. Only the timers are left out, so that the bench says when it looks.
2. A line is `new` (an agent's first step, which believes no hint) or `poll` (a later one), and how many days behind
   its clock is. The answer is one JSON line: seconds, seconds of its processor, editions, failures.
"""

import json
import sys
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time

from content_sync.agent.device import one_at_a_time, read_device
from content_sync.agent.steps import puller
from content_sync.clock import SystemClock
from content_sync.net.http import HttpFetcher, HttpServer
from content_sync.net.line import HttpLine


def main(folder: Path) -> None:
    """Answer until the input ends."""
    device, clock = read_device(folder), SystemClock()
    line = HttpLine(device.server)
    pull = puller(folder, device, HttpFetcher(line), HttpServer(line, device.token), clock)
    for asked in sys.stdin:
        what, days_behind = asked.split()
        clock.offset = timedelta(days=-float(days_behind))
        started, used = perf_counter(), process_time()
        with one_at_a_time(folder):
            pulled = pull.step(force=what == "new")
        answer = {
            "seconds": perf_counter() - started,
            "cpu": process_time() - used,
            "editions": {name: one.edition for name, one in pulled.taken.items()},
            "failures": [failure.sentence for failure in pulled.failures],
        }
        print(json.dumps(answer, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
