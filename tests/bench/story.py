"""What happens to the channel while it is measured: the same for every method, in the same order.

1. A step is one row of the table: what is published before a client asks once more.
2. Thirty days offline are thirty publications with twenty changes each (fourteen edits, four new items, two withdrawn).
3. "Link cut" begins a new client at the end of the story, over a line that dies every 100 KB.
"""

from dataclasses import dataclass

from tests.bench.corpus import Change, Corpus

initial, no_change, cut = "initial", "no change", "initial, link cut every 100 KB"
one_edit, one_new, one_gone = "1 item edited", "1 new notice", "1 withdrawal"
hundred, month = "100 changes", "30 days offline"
cut_bytes = 100_000
_days, _changes_a_day = 30, 20


@dataclass(frozen=True)
class Step:
    """A row: its name, what is published before it, and the channel's bodies after that."""

    name: str
    changes: tuple[Change, ...]
    bodies: dict[str, bytes]


def story(corpus: Corpus) -> tuple[Step, ...]:
    """The rows in order; the corpus stands at the end of the story afterwards."""
    steps = [Step(initial, (), dict(corpus.bodies)), Step(no_change, (), dict(corpus.bodies))]
    for name, change in (
        (one_edit, corpus.edit),
        (one_new, lambda: corpus.new("notice")),
        (one_gone, corpus.withdrawal),
    ):
        steps.append(Step(name, (change(),), dict(corpus.bodies)))
    steps.append(Step(hundred, (corpus.mixed(min(100, len(corpus.items) // 10)),), dict(corpus.bodies)))
    days = tuple(corpus.mixed(_changes_a_day) for _ in range(_days))
    return (*steps, Step(month, days, dict(corpus.bodies)))
