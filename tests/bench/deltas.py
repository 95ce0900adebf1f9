"""Delta bodies alone, in bytes: `python -m tests.bench.deltas [--items N] [--seeds N]`.

1. Each variant encodes the same changes of the same corpus; a row is the median over seeds.
2. *as built* is what the publisher writes (`wire.deltas`), its head included. The others are frames without a head:
   old rows only; with one run of 32 or 128 rows beside the new ones; with a trained dictionary of 110 KB before the
   old rows; and zstd's patch-from, the whole old pack as dictionary (slow: on request, one seed).
"""

import random
import statistics
from collections.abc import Callable

import click
import zstandard

from content_sync.wire import deltas as wire
from content_sync.wire.compression import squeezed
from tests.bench.corpus import Change, Corpus, lines

_level = 19
_trained_bytes = 112_640
_samples = 4_000
_hundred_divisor = 15
hundred = "100 mixed"
changes: dict[str, Callable[[Corpus], Change]] = {
    "1 edit": Corpus.edit,
    "1 new notice": lambda corpus: corpus.new("notice"),
    "1 withdrawal": Corpus.withdrawal,
    hundred: lambda corpus: corpus.mixed(100),
}


def as_built(corpus: Corpus, change: Change) -> bytes:
    """What the publisher writes for a change of the corpus."""
    old = {item.id: corpus.bodies.get(item.id) for item in change.put} | {
        name: corpus.bodies[name] for name in change.gone
    }
    return wire.encode(old, after(corpus, change))


def after(corpus: Corpus, change: Change) -> dict[str, bytes]:
    """The bodies once a change is made; the corpus stays as it is."""
    kept = {name: body for name, body in corpus.bodies.items() if name not in change.gone}
    return kept | change.bodies()


def drawn(corpus: Corpus, name: str, seeds: int) -> list[Change]:
    """A change per seed, each of the same corpus."""
    count = max(1, seeds // _hundred_divisor) if name == hundred else seeds
    return [changes[name](corpus.branch(seed)) for seed in range(count)]


class Variants:
    """The encodings of one corpus (rule 2)."""

    def __init__(self, corpus: Corpus, *, whole: bool) -> None:
        self._corpus, self._ids = corpus, sorted(corpus.bodies)
        samples = random.Random(1).sample([corpus.bodies[name] for name in self._ids], min(_samples, len(self._ids)))
        self._trained = zstandard.train_dictionary(_trained_bytes, samples, level=3).as_bytes()
        self.named: dict[str, Callable[[Change], bytes]] = {
            "as built": lambda change: as_built(corpus, change),
            "old rows only": lambda change: self._frame(change, b""),
            "and 32 rows beside": lambda change: self._frame(change, self._beside(change, 32)),
            "and 128 rows beside": lambda change: self._frame(change, self._beside(change, 128)),
            "and a trained dictionary": lambda change: self._frame(change, self._trained),
        }
        if whole:
            self.named["patch-from"] = lambda change: self._frame(change, lines(corpus.bodies))

    def _frame(self, change: Change, known: bytes) -> bytes:
        put = change.bodies()
        old = b"".join(self._corpus.bodies.get(name, b"") for name in sorted(put))
        gone = "".join(f"{name}\n" for name in change.gone).encode()
        return squeezed(b"".join(put[name] + b"\n" for name in sorted(put)) + gone, known + old, _level)

    def _beside(self, change: Change, count: int) -> bytes:
        new = sorted(item.id for item in change.put if item.id not in self._corpus.bodies)
        firsts = {name[0]: name for name in reversed(new)}  # an id begins with its kind
        return b"".join(self._corpus.bodies[name] for first in firsts.values() for name in self._near(first, count))

    def _near(self, name: str, count: int) -> list[str]:
        middle = sum(other < name for other in self._ids)
        start = max(0, min(middle - count // 2, len(self._ids) - count))
        return self._ids[start : start + count]


@click.command()
@click.option("--items", default=10_000, show_default=True)
@click.option("--seeds", default=300, show_default=True, help="Changes of each sort; a fifteenth for 100 mixed.")
@click.option("--patch-from", "whole", is_flag=True, help="Also zstd's patch-from, with one seed.")
def main(items: int, seeds: int, *, whole: bool) -> None:
    """Print the medians as a table."""
    corpus = Corpus(items)
    variants = Variants(corpus, whole=whole).named
    raw = sum(map(len, corpus.bodies.values()))
    print(f"{items} items, {raw:,} bytes, zstd {'.'.join(map(str, zstandard.ZSTD_VERSION))}\n")
    print(f"| delta body | {' | '.join(variants)} |\n|---|{'---|' * len(variants)}")
    for name in changes:
        found = drawn(corpus, name, seeds)
        sizes = [
            _median(encode, found[:1] if variant == "patch-from" else found) for variant, encode in variants.items()
        ]
        print(f"| {name} | {' | '.join(sizes)} |", flush=True)


def _median(encode: Callable[[Change], bytes], found: list[Change]) -> str:
    return f"{statistics.median(len(encode(change)) for change in found):,.0f}"


if __name__ == "__main__":
    main()
