"""The corpus of the benchmark and how it changes: seeded, the same in every run.

1. N items of one channel, about 2.84 KB each (`making`), sealed as canonical bytes.
2. An edit changes one place of one item — a sentence, a number or a day — and its version.
3. A day of work is seven edits, two new items and one withdrawal in every ten changes.

`python -m tests.bench.corpus` prints how the corpus compresses beside the reference corpus it was set by.
"""

import copy
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.guides import Guide
from content_sync.domain.disclosure.items import Item, Kind, Notice
from content_sync.domain.disclosure.ledgers import Ledger
from content_sync.wire.items import item_bytes
from tests.bench import making
from tests.bench.language import Language, Voice, day, person


@dataclass(frozen=True)
class Change:
    """What one edition does: items put (new or edited) and ids withdrawn."""

    put: tuple[Item, ...] = ()
    gone: tuple[str, ...] = ()

    def bodies(self) -> dict[str, bytes]:
        """The bytes of what is put, by id."""
        return {item.id: item_bytes(item) for item in self.put}


class Corpus:
    """A channel of `count` items; every change is kept, so the next one continues from it."""

    def __init__(self, count: int, seed: int = 1, channel: str = "qinghe") -> None:
        self._language, self._chance, self.channel = Language(seed), random.Random(seed), channel
        made = [self._made() for _ in range(count)]
        self.items: dict[str, Item] = {item.id: item for item in made}
        self.bodies: dict[str, bytes] = {item.id: item_bytes(item) for item in made}

    def branch(self, seed: int) -> "Corpus":
        """The same items with another future; what happens to it does not happen here.

        Its chance never repeats what the corpus was made with, or its new items would be old ones.
        """
        other = copy.copy(self)
        other.items, other.bodies, other._chance = dict(self.items), dict(self.bodies), random.Random(f"branch {seed}")
        return other

    def edit(self) -> Change:
        """One item edited (rule 2)."""
        return self._kept(Change(put=(self._edited(self._any()),)))

    def new(self, kind: Kind | None = None) -> Change:
        """One item added."""
        return self._kept(Change(put=(self._made(kind),)))

    def withdrawal(self) -> Change:
        """One item taken down."""
        return self._kept(Change(gone=(self._any().id,)))

    def mixed(self, changes: int) -> Change:
        """`changes` changes as rule 3 mixes them, all of different items."""
        new, gone = changes // 5, changes // 10
        touched = self._chance.sample(list(self.items), changes - new)
        put = [self._edited(self.items[name]) for name in touched[gone:]]
        put += [self._made() for _ in range(new)]
        return self._kept(Change(tuple(put), tuple(touched[:gone])))

    def _made(self, kind: Kind | None = None) -> Item:
        return making.make(self._language, self._chance, self.channel, kind)

    def _any(self) -> Item:
        return self.items[self._chance.choice(list(self.items))]

    def _kept(self, change: Change) -> Change:
        self.items |= {item.id: item for item in change.put}
        self.bodies |= change.bodies()
        for name in change.gone:
            del self.items[name], self.bodies[name]
        return change

    def _edited(self, item: Item) -> Item:
        body, chance = item.body, self._chance
        if isinstance(body, Notice):
            body = replace(body, blocks=self._one_block(body.blocks))
        elif isinstance(body, Guide):
            body = self._guide(body)
        elif isinstance(body, Ledger):
            body = _corrected(body, chance)
        return replace(item, body=body, version=item.version + 1)

    def _one_block(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        at = self._chance.randrange(len(blocks) - 1)
        return (*blocks[:at], replace(blocks[at], text=self._one_place(blocks[at].text)), *blocks[at + 1 :])

    def _guide(self, guide: Guide) -> Guide:
        at = self._chance.randrange(len(guide.steps))
        step = guide.steps[at]
        other = replace(step, text=self._one_place(step.text))
        return replace(guide, steps=(*guide.steps[:at], other, *guide.steps[at + 1 :]))

    def _one_place(self, text: str) -> str:
        """The text with one sentence rewritten or, one time in four, one fact added."""
        voice = Voice(self._language, self._chance)
        sentences = text.split("。")[:-1]
        at = self._chance.randrange(len(sentences))
        if self._chance.random() < 0.75:
            sentences[at] = voice.sentence()[:-1]
        else:
            sentences[at] += voice.fact()
        return "。".join([*sentences, ""])


def _corrected(ledger: Ledger, chance: random.Random) -> Ledger:
    """One line with another sum, day and name, and its total with it."""
    rows = list(ledger.rows)
    at = chance.choice([number for number, row in enumerate(rows) if row.level == 2])
    top = max(number for number in range(at) if rows[number].level == 1)
    amount = chance.randint(1_000, 9_999_999)
    total = int(rows[top].cells[0] or 0) - int(rows[at].cells[0] or 0) + amount
    rows[at] = replace(rows[at], cells=(amount, day(chance).isoformat(), rows[at].cells[2], person(chance)))
    rows[top] = replace(rows[top], cells=(total, *rows[top].cells[1:]))
    return replace(ledger, rows=tuple(rows))


def lines(bodies: Mapping[str, bytes]) -> bytes:
    """All bodies as one pack before compression: a line each, by id."""
    return b"".join(bodies[name] + b"\n" for name in sorted(bodies))
