"""One method through the whole story: bytes both ways and seconds, row by row.

1. Bytes are counted by the proxy between client and server, HTTP heads in, TCP/IP out; all on 127.0.0.1.
2. Seconds are the client's own time from asking to having applied everything; publishing is not in them.
3. Over a line that is cut, a client tries again at once, as long as it does not fetch everything for the fifth time;
   one that begins anew each time is let off after twenty tries.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from tests.bench.method import Client, Method
from tests.bench.proxy import Exchange, Proxy
from tests.bench.story import Step, cut, cut_bytes, initial

_tries_max = 20
_times_over_max = 4
_purposes = {
    "/api/v1/": "poll",
    "/repo/_directory/": "directory",
    "/metadata/": "metadata",
    "/targets/": "manifests",
    "/packs/": "packs and deltas",
}


@dataclass(frozen=True)
class Cell:
    """What a row cost. `waste` is percent over an uncut line (None: never finished), `parts` what bytes were for."""

    bytes: int
    seconds: float = 0.0
    connections: int = 0
    waste: float | None = None
    parts: Mapping[str, int] = field(default_factory=dict)

    def told(self) -> str:
        """As a cell of the table."""
        if self.connections:
            ending = "never finished" if self.waste is None else f"{self.waste:.1f} % waste"
            return f"{self.bytes:,} ({self.connections} connections, {ending})"
        return f"{self.bytes:,} ({self.seconds:.2f})" if self.seconds else f"{self.bytes:,}"

    def told_parts(self) -> str:
        """What the bytes were for, as a list in words."""
        return ", ".join(f"{name} {count:,}" for name, count in self.parts.items())


def measured(
    method: Method,
    steps: Sequence[Step],
    folder: Path,
    say: Callable[[str], None],
    at_the_end: Callable[[], None] = lambda: None,
) -> dict[str, Cell]:
    """The cells of one method, by row, each told when it is known; `at_the_end` is called before its server ends."""
    cells: dict[str, Cell] = {}
    client, line = None, None
    try:
        for step in steps:
            method.publish(step)
            if client is None or line is None:
                line = Proxy(method.port)
                client = method.client(folder / "client", line.port)
            cells[step.name] = _synced(client, line)
            say(f"  {step.name}: {cells[step.name].told()}")
            if not client.holds(step.bodies):
                raise AssertionError(f"{method.name} does not hold what was published: {step.name}.")
            if step.name == initial:
                cells[cut] = _over_cut_line(method, folder / "cut", cells[initial].bytes)
                say(f"  {cut}: {cells[cut].told()}")
        at_the_end()
    finally:
        if client is not None and line is not None:
            client.close()
            line.close()
        method.close()
    return cells


def _synced(client: Client, line: Proxy) -> Cell:
    before, said, started = line.total, len(line.log), perf_counter()
    if not client.sync():
        raise AssertionError("A client could not sync over a line that works.")
    return Cell(line.total - before, perf_counter() - started, parts=_parts(line.log[said:]))


def _over_cut_line(method: Method, folder: Path, whole: int) -> Cell:
    """Rule 3."""
    line = Proxy(method.port)
    client = method.client(folder, line.port)
    before, started, tries = line.total, perf_counter(), 1
    line.cut_every(cut_bytes)
    try:
        while not (done := client.sync()) and (method.resumes or tries < _tries_max):
            tries += 1
            if line.total - before > _times_over_max * whole:
                break
        spent = line.total - before
        waste = 100 * (spent / whole - 1) if done else None
        return Cell(spent, perf_counter() - started, line.connections, waste)
    finally:
        client.close()
        line.close()


def _parts(log: Sequence[Exchange]) -> dict[str, int]:
    """Bytes of our own requests by what they were for, heads included, and how many requests that was."""
    sums: dict[str, int] = {}
    for one in log:
        name = next((name for mark, name in _purposes.items() if mark in one.what), "")
        if name:
            sums[name] = sums.get(name, 0) + one.up + one.down
            sums["requests"] = sums.get("requests", 0) + 1
            sums["of them content"] = sums.get("of them content", 0) + (name == "packs and deltas")
    return sums
