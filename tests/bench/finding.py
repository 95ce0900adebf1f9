"""How long a question takes on a device: `python -m tests.bench.finding [--items 10000]`.

A store of the benchmark's items is asked letters and questions as they are typed, each once warm; printed are the
median, the 99th percentile and the slowest in milliseconds of the processor, which other work on the machine does not
lengthen. The promise is 100 ms for one keystroke.
"""

import argparse
import tempfile
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles
from time import process_time

from content_sync.clock import place
from content_sync.domain.edition import Edition, root_of
from content_sync.storage.content import ContentStore
from tests.bench.corpus import Corpus

_now = datetime(2027, 1, 1, tzinfo=place)
_as_of = "2026-12-31T09:00:00+08:00"
_sentences = ("身份证丢了怎么办", "看病能报多少", "给娃上户口", "80岁老人补贴", "低保一个月多少钱", "开饭馆要办什么证")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    items = parser.parse_args().items
    with tempfile.TemporaryDirectory() as folder:
        store = ContentStore(Path(folder) / "content.db")
        corpus = Corpus(items)
        store.follow([corpus.channel])
        store.apply(Edition(corpus.channel, 1, _as_of, items, root_of(corpus.bodies)), _as_of, corpus.bodies, ())
        store.find("a", _now)
        for name, typed in _typed().items():
            spent = sorted(_milliseconds(store, one) for one in typed)
            tail = quantiles(spent, n=100)[98]
            print(f"{name}: {len(spent)}, p50 {median(spent):.1f} ms, p99 {tail:.1f} ms, slowest {spent[-1]:.1f} ms")


def _typed() -> dict[str, list[str]]:
    letters = "abcdefghjklmnopqrstwxyz"
    growing = [sentence[:end] for sentence in _sentences for end in range(1, len(sentence) + 1)]
    return {
        "one letter": list(letters),
        "two letters": [one + other for one in letters[::3] for other in letters[::3]],
        "four letters": ["sfzd", "ybbx", "lrbt", "zzzz", "xyxy", "dbsq"],
        "a question as it grows": growing,
    }


def _milliseconds(store: ContentStore, typed: str) -> float:
    began = process_time()
    store.find(typed, _now)
    return (process_time() - began) * 1000


if __name__ == "__main__":
    main()
