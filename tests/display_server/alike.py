"""What the hundreds of applications of a test run have in common is made once in every process.

1. A template is compiled once; each application runs the same code.
2. So is the function that builds the addresses of one rule: it asks its own application's converters by name.
3. A question is put into the database's words once; every database of the run speaks the same dialect.

Every application is still made by `create_app` and keeps its own state, every database its own connections.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

_templates: dict[tuple[str, str], Any] = {}
_builders: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}
_compiled = Rule._compile_builder


class _Kept(BytecodeCache):
    """Rule 1: by the name of the file and what stands in it."""

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = _templates.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        _templates[bucket.key, bucket.checksum] = bucket.code


def _built(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    """Rule 2."""
    key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
    found = _builders.get(key)
    if found is None:
        found = _builders[key] = _compiled(rule, append_unknown)
    return found


class _Questions(LRUCache[Any, Any]):
    """Rule 3: by everything of SQLAlchemy's key but which of the alike dialects it was."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), value)


_questions = _Questions(5000)


def share() -> None:
    """From here on; again it changes nothing."""
    Flask.jinja_options = {"bytecode_cache": _Kept()}
    Rule._compile_builder = _built  # type: ignore[method-assign, assignment]
    Engine._compiled_cache = property(lambda _: _questions, lambda *_: None)  # type: ignore[assignment]
