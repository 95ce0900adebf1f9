"""Plain values ↔ frozen dataclasses, strictly, by their type hints.

1. An unknown key, a missing key without a default, or a value of another type is refused by its path.
2. No text is longer than `limits.text_chars_max`, no list longer than `limits.rows_max`.
3. A field that equals its default is left out of the plain form, so that a new field changes no old bytes.
4. A `lenient` reading passes over unknown keys, and over nothing else: a newer program may have written them.
"""

import dataclasses
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, TypeVar

from content_sync.domain import limits
from content_sync.domain.errors import BadInput

_T = TypeVar("_T")


def from_plain(
    cls: type[_T], value: Any, path: str, given: Mapping[str, Any] | None = None, *, lenient: bool = False
) -> _T:
    """An instance of `cls` from a plain value (rules 1, 2 and 4).

    `path` names the place in the sentence of a refusal; `given` holds fields that were read already.
    """
    given = given or {}
    if not isinstance(value, dict):
        raise BadInput(f"{path} is not an object.")
    fields = _fields(typing.cast("Any", cls))
    unknown = set(value) - (set(fields) - set(given))
    if unknown and not lenient:
        raise BadInput(f"{path} has unknown fields: {', '.join(sorted(unknown))}.")
    lacking = [name for name, (_, required) in fields.items() if required and name not in value and name not in given]
    if lacking:
        raise BadInput(f"{path} lacks {', '.join(lacking)}.")
    read = {
        name: _value(fields[name][0], part, f"{path}.{name}", lenient)
        for name, part in value.items()
        if name not in unknown
    }
    return cls(**given, **read)


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
def _fields(cls: Any) -> dict[str, tuple[Any, bool]]:
    hints = typing.get_type_hints(cls)
    return {
        field.name: (
            hints[field.name],
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING,
        )
        for field in dataclasses.fields(cls)
    }


def _value(hint: Any, value: Any, path: str, lenient: bool) -> Any:
    origin = typing.get_origin(hint)
    if origin is Literal:
        return _one_of(typing.get_args(hint), value, path)
    if origin is tuple:
        return _tuple(typing.get_args(hint)[0], value, path, lenient)
    if origin in (types.UnionType, typing.Union):
        return _scalar(typing.get_args(hint), value, path)
    if dataclasses.is_dataclass(hint):
        return from_plain(typing.cast("type[Any]", hint), value, path, lenient=lenient)
    return _scalar((hint,), value, path)


def _one_of(allowed: tuple[Any, ...], value: Any, path: str) -> Any:
    if value not in allowed:
        raise BadInput(f"{path} is {value!r}; it may be {', '.join(map(str, allowed))}.")
    return value


def _tuple(hint: Any, value: Any, path: str, lenient: bool) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise BadInput(f"{path} is not a list.")
    if len(value) > limits.rows_max:
        raise BadInput(f"{path} has {len(value)} entries; {limits.rows_max} are allowed.")
    return tuple(_value(hint, part, f"{path}[{number}]", lenient) for number, part in enumerate(value))


def _scalar(allowed: tuple[Any, ...], value: Any, path: str) -> Any:
    if type(value) not in allowed:  # exact: True is not a number here
        names = " or ".join("null" if t is type(None) else t.__name__ for t in allowed)
        raise BadInput(f"{path} is {type(value).__name__}, not {names}.")
    if isinstance(value, str) and len(value) > limits.text_chars_max:
        raise BadInput(f"{path} has {len(value)} characters; {limits.text_chars_max} are allowed.")
    return value
