"""The sentences of one language, by key. A missing key is a fault of the program and raises KeyError at once."""

from collections.abc import Mapping
from functools import cached_property


class Words:
    """Looks sentences up and fills them in."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self._sentences = sentences

    def __call__(self, key: str, **facts: object) -> str:
        """The sentence of `key` with `{name}` filled in."""
        return self._sentences[key].format(**facts) if facts else self._sentences[key]

    def is_cut(self, said: str) -> bool:
        """Whether one of the sentences begins like this and goes on, as far as no facts stand in it."""
        begun = "".join(said.split())
        if not begun or begun in self._heads or f"{begun}…" in self._heads:
            return False
        return any(head.startswith(begun) for head in self._heads)

    @cached_property
    def _heads(self) -> tuple[str, ...]:
        """The sentences up to their first fact, without blanks."""
        return tuple("".join(one.partition("{")[0].split()) for one in self._sentences.values())
