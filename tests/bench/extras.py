"""What is measured of ours alone: publishing, deltas, a stick, an idle agent."""

import statistics
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench import deltas, story
from tests.bench.corpus import Corpus
from tests.bench.idle import Idle
from tests.bench.measure import Cell
from tests.bench.office import Publication
from tests.bench.ours import Ours
from tests.bench.stick import Stick, stick
from tests.bench.targets import Target

_publications = 5


@dataclass
class Extras:
    """Everything beside the rows of the story."""

    publications: list[Publication] = field(default_factory=list)
    withdrawals: list[Publication] = field(default_factory=list)
    settled: dict[str, float] = field(default_factory=dict)
    deltas: dict[str, float] = field(default_factory=dict)
    first: dict[str, Any] | None = None
    carried: Stick | None = None
    quiet: Idle | None = None

    def of_office(self, method: Ours, corpus: Corpus) -> None:
        """At the end of the story: the stick, then single publications while nothing else runs."""
        with tempfile.TemporaryDirectory() as folder:
            self.carried = stick(method, Path(folder), corpus.bodies)
        method.office.processes.end("serve")
        for _ in range(_publications):
            method.office.publish(corpus.edit())
        self.publications = method.office.published[-_publications:]
        self.withdrawals, self.settled = method.office.withdrawn, method.settled
        self.first = method.devices[0].answers[0]

    def of_deltas(self, corpus: Corpus, seeds: int) -> None:
        """Medians of the delta bodies as built."""
        for name in deltas.changes:
            sizes = [len(deltas.as_built(corpus, change)) for change in deltas.drawn(corpus, name, seeds)]
            self.deltas[name] = statistics.median(sizes)

    def targets(self, cells: Mapping[str, Cell]) -> list[Target]:
        """The design's targets beside what was reached."""
        cut, carried, quiet = cells.get(story.cut), self.carried, self.quiet
        return [
            Target("1 edit: delta, median", 110, self.deltas.get("1 edit"), "B"),
            Target("1 new notice: delta, median", None, self.deltas.get("1 new notice"), "B"),
            Target("1 withdrawal: delta, median", None, self.deltas.get("1 withdrawal"), "B"),
            Target("100 changes: delta, median", 19_000, self.deltas.get(deltas.hundred), "B"),
            Target("1 edit, all in", 1_300, _bytes(cells, story.one_edit), "B"),
            Target("no change, 4 channels, one poll", 300, _bytes(cells, story.no_change), "B"),
            Target(
                "idle with the stream up, per 5 minutes, with its share of the rare poll and new stream",
                150,
                quiet and quiet.of_five_minutes(cells[story.no_change].bytes),
                "B",
            ),
            Target("the same: what passed in one such window", None, quiet and quiet.quiet, "B"),
            Target("records sent meanwhile", None, quiet and quiet.records, "B"),
            Target("100 changes, all in", 19_000, _bytes(cells, story.hundred), "B"),
            Target("30 days: packs and deltas", 100_000, _part(cells, story.month, "packs and deltas"), "B"),
            Target("30 days: requests for packs and deltas", 1, _part(cells, story.month, "of them content"), ""),
            Target("30 days, all in", None, _bytes(cells, story.month), "B"),
            Target("initial", 6_200_000, _bytes(cells, story.initial), "B"),
            Target("initial, with the index", 6, _seconds(cells, story.initial), "s"),
            Target("initial, with the index: processor", None, self.first and self.first["cpu"], "s"),
            Target("initial over a cut line: waste", 1, cut and cut.waste, "%"),
            Target("1 change published: visible", 0.1, _median([one.visible for one in self.publications]), "s"),
            Target("1 change published: returned", None, _median([one.seconds for one in self.publications]), "s"),
            Target("1 change published: processor", None, _median([one.cpu for one in self.publications]), "s"),
            Target("1 withdrawal: visible", None, _median([one.visible for one in self.withdrawals]), "s"),
            Target("1 withdrawal: processor", None, _median([one.cpu for one in self.withdrawals]), "s"),
            Target("made after 1 edit, in the background", None, self.settled.get(story.one_edit), "s"),
            Target("made after 1 withdrawal, in the background", None, self.settled.get(story.one_gone), "s"),
            Target("made after 30 days, in the background", None, self.settled.get(story.month), "s"),
            Target("onto a stick", None, carried and carried.on, "s"),
            Target("onto a stick and off it, with the index", 10, carried and carried.on + carried.off, "s"),
        ]


def _bytes(cells: Mapping[str, Cell], row: str) -> float | None:
    return cells[row].bytes if row in cells else None


def _seconds(cells: Mapping[str, Cell], row: str) -> float | None:
    return cells[row].seconds if row in cells else None


def _part(cells: Mapping[str, Cell], row: str, part: str) -> float | None:
    return cells[row].parts.get(part, 0) if row in cells else None


def _median(values: list[float]) -> float | None:
    return statistics.median(values) if values else None
