"""The attachments in item bytes, and the one list of all files that the items of a channel name.

1. Publisher, relay, bundle and device all take what to fetch, keep and carry from `named_blobs`, from nowhere else.
2. What a newer program attached in a way this one does not know (another type, another use) is passed over: it could
   neither be drawn nor checked here. The item is read all the same.
3. Only bodies that can hold attachments are taken apart: in canonical bytes the key is spelled in one way only, and no
   text can hold it, because a quotation mark in a text has a backslash before it. Keys are sorted, so that as a rule
   only the other names of the item stand before it, and the rest need not be read.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from typing import Any

from content_sync.domain import limits
from content_sync.domain.disclosure.attachments import Attachment, Blob, fault, faults_together
from content_sync.domain.errors import BadInput
from content_sync.wire import shapes

_key, _first, _before = b'"attachments":[', '"attachments":[', '{"aliases":['
_decoder = json.JSONDecoder()


def named_blobs(bodies: Iterable[bytes]) -> tuple[Blob, ...]:
    """Every file that these canonical item bodies name, each once, in the order in which they name them (rule 1)."""
    return tuple(dict.fromkeys(one.blob for body in bodies for one in attached(body)))


def attached(body: bytes) -> tuple[Attachment, ...]:
    """The attachments of one canonical item body (rules 2 and 3)."""
    if _key not in body:
        return ()
    try:
        text, at = body.decode(), 0
        if text.startswith(_before):
            at = _decoder.raw_decode(text, len(_before) - 1)[1]
        if text.startswith("," + _first if at else "{" + _first, at):
            begin = at + len(_first)
            return _read(text[begin : _decoder.raw_decode(text, begin)[1]])
        plain = json.loads(text)
    except (ValueError, RecursionError):
        return ()  # no item: whoever stores it says so
    return readable(plain.get("attachments")) if isinstance(plain, dict) else ()


@lru_cache(maxsize=limits.channel_blobs_max)
def _read(text: str) -> tuple[Attachment, ...]:
    """A publisher reads the same channel again and again: what each item names is judged once."""
    return readable(json.loads(text))


def readable(value: Any) -> tuple[Attachment, ...]:
    """Those of the plain attachments of an item that this program can read (rule 2), as many as one may have."""
    found: list[Attachment] = []
    for part in value if isinstance(value, list) else ():
        with suppress(BadInput):
            one = shapes.from_plain(Attachment, part, "attachment", lenient=True)
            if not fault(one) and not faults_together([*found, one]):
                found.append(one)
    return tuple(found)


def check(item_id: str, attachments: tuple[Attachment, ...]) -> None:
    """Refuse the attachments of an item that somebody writes or reviews."""
    for number, one in enumerate(attachments):
        if wrong := fault(one):
            raise BadInput(f"{item_id}.attachments[{number}]: {wrong}.")
    if wrong := faults_together(attachments):
        raise BadInput(f"{item_id} {wrong}.")
