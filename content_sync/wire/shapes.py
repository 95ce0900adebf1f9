"""Plain values ↔ frozen dataclasses, strictly, by their type hints.

1. An unknown key, a missing key without a default, or a value of another type is refused by its path.
2. No text is longer than `limits.text_chars_max`, no list longer than `limits.rows_max`.
3. A field that equals its default is left out of the plain form, so that a new field changes no old bytes.
4. A `lenient` reading passes over unknown keys, and over nothing else: a newer program may have written them.
5. The hints of a class are looked up once and become a reader; a path is spelled only when something is refused.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, Literal, TypeVar

from content_sync.domain import limits
from content_sync.domain.errors import BadInput

_T = TypeVar("_T")
_Reader = Callable[[Any], Any]


class _Odd(Exception):
    """What is wrong, and where: the names of the places around it are added on the way out."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.places: list[str] = []


def from_plain(
    cls: type[_T], value: Any, path: str, given: Mapping[str, Any] | None = None, *, lenient: bool = False
) -> _T:
    """An instance of `cls` from a plain value (rules 1, 2 and 4).

    `path` names the place in the sentence of a refusal; `given` holds fields that were read already.
    """
    try:
        return typing.cast("_T", _read_object(cls, lenient, given or {}, value))
    except _Odd as odd:
        raise BadInput(f"{path}{''.join(reversed(odd.places))} {odd}") from None


def to_plain(instance: Any) -> Any:
    """The plain form of an instance, without fields that equal their default (rule 3)."""
    if dataclasses.is_dataclass(instance) and not isinstance(instance, type):
        return {
            field.name: to_plain(part)
            for field in dataclasses.fields(instance)
            if (part := getattr(instance, field.name)) != field.default
        }
    return [to_plain(part) for part in instance] if isinstance(instance, tuple | list) else instance


@cache
def _fields(cls: Any, lenient: bool) -> tuple[dict[str, _Reader], frozenset[str]]:
    """The reader of each field, and the names without a default."""
    hints, fields = typing.get_type_hints(cls), dataclasses.fields(cls)
    readers = {field.name: _reader(hints[field.name], lenient) for field in fields}
    needed = (f for f in fields if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING)
    return readers, frozenset(field.name for field in needed)


def _reader(hint: Any, lenient: bool) -> _Reader:
    """What reads a value of this hint (rule 5)."""
    origin = typing.get_origin(hint)
    if origin is Literal:
        return partial(_read_one_of, typing.get_args(hint))
    if origin is tuple:
        return partial(_read_list, _reader(typing.get_args(hint)[0], lenient))
    if origin in (types.UnionType, typing.Union):
        return partial(_read_scalar, typing.get_args(hint))
    if dataclasses.is_dataclass(hint):
        return partial(_read_object, hint, lenient, {})
    return _read_text if hint is str else partial(_read_scalar, (hint,))


def _read_object(cls: Any, lenient: bool, given: Mapping[str, Any], value: Any) -> Any:
    if not isinstance(value, dict):
        raise _Odd("is not an object.")
    readers, needed = _fields(cls, lenient)
    unknown = value.keys() - readers.keys() | value.keys() & given.keys()
    if unknown and not lenient:
        raise _Odd(f"has unknown fields: {', '.join(sorted(unknown))}.")
    if lacking := needed - value.keys() - given.keys():
        raise _Odd(f"lacks {', '.join(name for name in readers if name in lacking)}.")
    read, name = dict(given), ""
    try:
        for name, part in value.items():
            if name not in unknown:
                read[name] = readers[name](part)
    except _Odd as odd:
        odd.places.append(f".{name}")
        raise
    return cls(**read)


def _read_list(read: _Reader, value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _Odd("is not a list.")
    if len(value) > limits.rows_max:
        raise _Odd(f"has {len(value)} entries; {limits.rows_max} are allowed.")
    done: list[Any] = []
    try:
        done.extend(map(read, value))
    except _Odd as odd:
        odd.places.append(f"[{len(done)}]")
        raise
    return tuple(done)


def _read_one_of(allowed: tuple[Any, ...], value: Any) -> Any:
    if value not in allowed:
        raise _Odd(f"is {value!r}; it may be {', '.join(map(str, allowed))}.")
    return value


def _read_text(value: Any) -> Any:
    return value if type(value) is str and len(value) <= limits.text_chars_max else _read_scalar((str,), value)


def _read_scalar(allowed: tuple[Any, ...], value: Any) -> Any:
    if type(value) not in allowed:  # exact: True is not a number here
        names = " or ".join("null" if t is type(None) else t.__name__ for t in allowed)
        raise _Odd(f"is {type(value).__name__}, not {names}.")
    if isinstance(value, str) and len(value) > limits.text_chars_max:
        raise _Odd(f"has {len(value)} characters; {limits.text_chars_max} are allowed.")
    return value
