"""Characters for a letter that was typed (domain.spelling), out of names kept woven in memory.

1. What is kept is made anew when other items are due (content_epoch). It grows with the content, about 300 bytes an
   item, and holds nothing a visitor did.
2. Only items that the rest of the query finds count: every character that is offered leads to a result.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlite_utils import Database

from content_sync.domain.spelling import following, standing_anywhere, standing_for, woven
from content_sync.domain.text import match_expression
from content_sync.storage import content_read
from content_sync.storage.content_epoch import Epoch, epoch


@dataclass
class Names:
    """Names of the guides and of the other items that are due, by their row number, newest dated first.

    `occurring` are all characters of them, `first` those of each letter: every search begins with one.
    """

    epoch: Epoch = ()
    guides: Mapping[int, str] = field(default_factory=dict)
    others: Mapping[int, str] = field(default_factory=dict)
    occurring: frozenset[str] = frozenset()
    first: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def characters(
    db: Database, names: Names, letter: str, now: datetime, query: str, befores: Sequence[str]
) -> tuple[tuple[str, ...], int]:
    """What `letter` stands for in the names of due items, and how many of these, the first ones, follow `befores`.

    Of `befores` the first counts that anything follows. Reads `names` anew when it must (rule 1).
    """
    match = match_expression(query) if query else ""
    if not letter.strip() or (query and not match):
        return (), 0
    _read_again(db, names, now)
    if not match and not any(befores):
        return names.first.get(letter, ()), 0
    guides, others = names.guides, names.others
    if match:  # rule 2
        found = {n for (n,) in db.execute("SELECT rowid FROM search WHERE search MATCH ?", [match])}
        guides, others = ({n: name for n, name in some.items() if n in found} for some in (guides, others))
    offered = partial(standing_for, letter, guides=list(guides.values()), others=list(others.values()))
    first = next(filter(None, (offered(before) for before in befores)), ())
    known = frozenset(first)
    return (*first, *(char for char in offered("") if char not in known)), len(first)


def standing(
    db: Database, names: Names, now: datetime, befores: Sequence[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """The characters in names of due items, and those of them that follow the first of `befores` that any does."""
    _read_again(db, names, now)
    return names.occurring, following(befores, [*names.guides.values(), *names.others.values()])


def _read_again(db: Database, names: Names, now: datetime) -> None:
    """Rule 1."""
    if (current := epoch(db, now)) != names.epoch:
        _read(db, names, now)
        names.epoch = current


def _read(db: Database, names: Names, now: datetime) -> None:
    spellings = dict(_pairs(db))
    found = db.execute(
        f"SELECT n, kind FROM items WHERE {content_read.due} ORDER BY dated DESC, id",  # noqa: S608  # a constant is put in
        content_read.instants(db, content_read.later(db, now)),
    ).fetchall()
    due = [(n, kind, spellings[n]) for n, kind in found if n in spellings]
    texts = woven(spelled for _, _, spelled in due)
    known = list(zip(due, texts, strict=True)) if due else []
    names.guides = {n: text for (n, kind, _), text in known if kind == "guide"}
    names.others = {n: text for (n, kind, _), text in known if kind != "guide"}
    names.occurring = frozenset().union(*texts)
    names.first = standing_anywhere(list(names.guides.values()), list(names.others.values()))


def _pairs(db: Database) -> Iterator[tuple[int, tuple[str, str]]]:
    """Characters and letters by row number."""
    for n, han, letters in db.execute("SELECT n, han, letters FROM spellings"):
        yield n, (str(han), str(letters))
