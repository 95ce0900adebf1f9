"""What of an item is searched: every text a visitor can read of it, no code word, no id, no remark of this program."""

import dataclasses
import typing
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from content_sync.domain.disclosure import partly
from content_sync.domain.disclosure.items import Item
from content_sync.domain.text import index_tokens, initials_tokens

_ids = frozenset({"id", "window", "service", "situations"})


def body_text(item: Item) -> str:
    """All readable text of the body, in the order of its fields, one line each."""
    return "\n".join(_texts(item.body))


def search_columns(item: Item) -> tuple[str, str, str, str]:
    """The token columns title, aliases, text, initials."""
    text = "\n".join((item.summary, body_text(item)))
    return (
        index_tokens(f"{item.title}\n{item.plain_title}"),
        index_tokens("\n".join(item.aliases)),
        index_tokens(text),
        initials_tokens(item.initials),
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value and value != partly.told:
            yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for name in _readable(type(value)):
            yield from _texts(getattr(value, name))


@cache
def _readable(cls: Any) -> tuple[str, ...]:
    hints = typing.get_type_hints(cls)
    return tuple(
        field.name
        for field in dataclasses.fields(cls)
        if field.name not in _ids and typing.get_origin(hints[field.name]) is not Literal
    )
