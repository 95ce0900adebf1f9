"""Ways to keep a channel of 10,000 items up to date, side by side: `python -m tests.bench.sync`.

1. One seeded corpus and one story (`corpus`, `story`) for all: a first copy, nothing new, one edit, one new notice, one
   withdrawal, a hundred changes, thirty days offline, and a first copy over a line that dies every 100 KB.
2. Every method is real servers and real clients on this machine, with a proxy between them that counts the bytes.
   A tool that is not installed is left out and named.
3. Then what is ours alone is measured, and everything is set beside the targets. Nothing fails here: a target that
   was missed says no.
4. Seconds depend on what else this machine does, those of the processor less, bytes hardly. `--quick` is a try of
   everything with 1,000 items: the targets are meant for 10,000, so nothing is called met.
"""

import os
import platform
import sqlite3
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click
import zstandard

from tests.bench import floor, peers, story
from tests.bench.corpus import Corpus
from tests.bench.extras import Extras
from tests.bench.idle import idle
from tests.bench.measure import Cell, measured
from tests.bench.method import Method, Missing
from tests.bench.ours import Ours
from tests.bench.story import Step
from tests.bench.targets import table

_others: dict[str, Callable[[Path], Method]] = {
    "rsync": lambda folder: peers.Rsync(folder, packed=False),
    "rsync-pack": lambda folder: peers.Rsync(folder, packed=True),
    "git": peers.Git,
    "gzip": peers.Gzip,
}
_names = ("ours", *_others, "floor")
_rows = (
    *(story.initial, story.cut, story.no_change, story.one_edit, story.one_new, story.one_gone),
    *(story.hundred, story.month),
)


@click.command()
@click.option("--items", default=10_000, show_default=True, help="Items in the channel.")
@click.option("--quick", is_flag=True, help="1,000 items, and the idle agent for 20 seconds only.")
@click.option("--only", default="", metavar="NAME,NAME", help=f"Some of {', '.join(_names)}.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the tables there too.")
def main(items: int, only: str, out: Path | None, *, quick: bool) -> None:
    """Measure and print the tables."""
    started, items = time.monotonic(), 1_000 if quick else items
    wanted = [name.strip() for name in only.split(",") if name.strip()] or list(_names)
    if unknown := set(wanted) - set(_names):
        raise click.UsageError(f"{', '.join(sorted(unknown))}: choose of {', '.join(_names)}.")
    first = Corpus(items)
    last = first.branch(2)
    steps, extras = story.story(last), Extras()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, ThreadPoolExecutor(1) as beside:
        quiet = beside.submit(idle, Path(folder) / "idle", 20 if quick else 300) if "ours" in wanted else None
        columns = _measured(wanted, steps, (first, last), Path(folder), extras)
        extras.quiet = quiet.result() if quiet else None
    if "ours" in wanted:
        extras.of_deltas(first, 40 if quick else 300)
    text = _told(items, steps, columns, extras, time.monotonic() - started)
    print(text)
    if out:
        out.write_text(text + "\n")


def _measured(
    wanted: list[str], steps: tuple[Step, ...], corpus: tuple[Corpus, Corpus], folder: Path, extras: Extras
) -> dict[str, Mapping[str, Cell]]:
    columns: dict[str, Mapping[str, Cell]] = {}
    if "ours" in wanted:
        _say("gongkailan: writing, reviewing and publishing the first edition")
        ours = Ours(folder / "ours", corpus[0])
        columns[ours.name] = measured(ours, steps, folder / "ours", _say, lambda: extras.of_office(ours, corpus[1]))
    for name, make in _others.items():
        if name in wanted:
            _say(name)
            try:
                method = make(folder / name)
            except Missing as missing:
                _say(f"{missing}; left out")
            else:
                columns[method.name] = measured(method, steps, folder / name, _say)
    if "floor" in wanted:
        _say(floor.name)
        columns[floor.name] = floor.floor(steps)
    return columns


def _told(
    items: int, steps: tuple[Step, ...], columns: Mapping[str, Mapping[str, Cell]], extras: Extras, seconds: float
) -> str:
    raw = sum(map(len, steps[0].bodies.values()))
    machine = (
        f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, zstd {'.'.join(map(str, zstandard.ZSTD_VERSION))}"
    )
    lines = [
        f"{items} items, {raw:,} bytes. {machine}. {seconds:.0f} s in all.",
        "",
        "Bytes both ways (seconds of the client):",
        "",
        f"| | {' | '.join(columns)} |",
        f"|---|{'---|' * len(columns)}",
    ]
    for row in _rows:
        cells = [cells[row].told() if row in cells else "–" for cells in columns.values()]
        lines.append(f"| {row} | {' | '.join(cells)} |")
    if Ours.name in columns:
        ours = columns[Ours.name]
        lines += ["", table(extras.targets(ours), items), "", "What our bytes were for:", ""]
        lines += [f"- {row}: {ours[row].told_parts()}" for row in _rows if ours[row].parts]
    return "\n".join(lines)


def _say(what: str) -> None:
    click.echo(what, err=True)


if __name__ == "__main__":
    main()
