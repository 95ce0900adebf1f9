"""Words an item is found by besides its own: what people call it, and pinyin initials.

1. A formal term in the title or plain title brings its everyday words (assets/aliases.json); in a document also one in
   a heading, or named twice in the opening: a law that mentions 最低生活保障 once in a list is not about it.
2. Initials are read by phrase (重庆 cq, 银行 yh); digits and Latin letters stay, in lower case. Each name has its own,
   in their order, also when two are alike: a device takes from them which letter each character has.
3. Aliases an editor wrote come first, then those of the table that are not in the title; `limits.aliases_max` in all.
   The terms give theirs in turn, the longest term first: 个体工商户 leaves room for what only 出版物零售 is called.
"""

import dataclasses
import functools
import itertools
import json

from content_sync import assets
from content_sync.domain import limits
from content_sync.domain.disclosure.blocks import plain_text
from content_sync.domain.disclosure.items import Document, Item, names
from content_sync.domain.spelling import plain
from content_sync.domain.text import fold

_read_chars_max = 2_000
_mentions_min = 2


def index_words(item: Item) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The aliases and the initials of an item, as they travel inside it (rules 1 to 3)."""
    titles = tuple(title for title in (item.title, item.plain_title) if title)
    named, opening = fold("\n".join((*titles, *_headings(item)))), fold(_opening(item))
    terms = (term for term in _table() if term in named or opening.count(term) >= _mentions_min)
    new = [[word for word in _table()[term] if all(word not in title for title in titles)] for term in terms]
    in_turn = itertools.chain.from_iterable(itertools.zip_longest(*new))
    aliases = tuple(itertools.islice(dict.fromkeys((*item.aliases, *filter(None, in_turn))), limits.aliases_max))
    return aliases, tuple(initials(name) for name in names(dataclasses.replace(item, aliases=aliases)))


def initials(title: str) -> str:
    """The pinyin initials of a title (rule 2): 办理居民身份证 → bljmsfz."""
    from pypinyin import Style, lazy_pinyin

    return plain("".join(lazy_pinyin(title, style=Style.FIRST_LETTER, errors=_unchanged)))


def _unchanged(other: str) -> str:
    """What is not a Han character, for rule 2."""
    return other


def _headings(item: Item) -> tuple[str, ...]:
    blocks = item.body.blocks if isinstance(item.body, Document) else ()
    return tuple(block.text for block in blocks if block.style in ("h1", "h2"))


def _opening(item: Item) -> str:
    return plain_text(item.body.blocks[:100])[:_read_chars_max] if isinstance(item.body, Document) else ""


@functools.cache
def _table() -> dict[str, list[str]]:
    """The longest term first, folded: brackets of full width and of half are the same here."""
    table: dict[str, list[str]] = json.loads(assets.path("aliases.json").read_text("utf-8"))
    return {fold(term): table[term] for term in sorted(table, key=len, reverse=True)}
