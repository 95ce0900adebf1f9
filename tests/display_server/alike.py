"""What the hundreds of applications of a test run have in common is made once in every process.

1. A template is compiled once; each application runs the same code.
2. So is the function that builds the addresses of one rule: it asks its own application's converters by name.

Every application is still made by `create_app` and keeps its own state.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
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


def share() -> None:
    """From here on; again it changes nothing."""
    Flask.jinja_options = {"bytecode_cache": _Kept()}
    Rule._compile_builder = _built  # type: ignore[method-assign]
