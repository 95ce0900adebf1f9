"""Canonical JSON: the one byte form of a value.

1. UTF-8, keys sorted, no white space, text in Unicode NFC, no escapes that are not needed.
2. Only objects, arrays, strings, whole numbers, true, false and null. A fraction has no one byte form and is refused.
3. Bytes are canonical when writing their value gives the same bytes. In NFC as a whole they are in NFC in each part, so
   the texts need no second look; only bytes that are not (a line break before an accent) are taken apart.
"""

import json
import unicodedata
from typing import Any

from content_sync.domain.errors import BadInput


def dump(value: Any) -> bytes:
    """The canonical bytes of a value (rules 1 and 2)."""
    try:
        return json.dumps(_checked(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    except RecursionError as error:
        raise BadInput("A value is nested too deeply; use flatter lists and objects.") from error


def load_canonical(data: bytes, what: str) -> Any:
    """The value of canonical bytes; BadInput for anything else, also for the same value in other bytes (rule 3)."""
    try:
        text = data.decode()
        value = json.loads(text, parse_float=_no_fraction, parse_constant=_no_fraction)
        checked = value if unicodedata.is_normalized("NFC", text) else _checked(value)
        written = json.dumps(checked, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{what} cannot be read as JSON: {error}.") from error
    if written != text:  # also a key that stood twice, half a character written as an escape, another order
        raise BadInput(f"{what} is not in canonical form.")
    return value


def load(data: bytes, what: str) -> Any:
    """The value of JSON bytes; BadInput for fractions, NaN, duplicate keys, half characters and what is not JSON."""
    try:
        value = json.loads(
            data.decode(), parse_float=_no_fraction, parse_constant=_no_fraction, object_pairs_hook=_no_duplicates
        )
        if b"\\u" in data:
            json.dumps(value, ensure_ascii=False).encode()  # half a character, written as an escape, is no text
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{what} cannot be read as JSON: {error}.") from error
    return value


def _checked(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, list | tuple):
        return [_checked(part) for part in value]
    if isinstance(value, dict):
        return {_checked(key): _checked(part) for key, part in value.items()}
    raise BadInput(f"{value!r} has no canonical form: use text, whole numbers, lists and objects.")


def _no_fraction(text: str) -> Any:
    raise ValueError(f"the number {text} is not whole")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found
