"""The sentences of one language, by key. A missing key is a fault of the program and raises KeyError at once."""

from collections.abc import Mapping


class Words:
    """Looks sentences up and fills them in."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self._sentences = sentences

    def __call__(self, key: str, **facts: object) -> str:
        """The sentence of `key` with `{name}` filled in."""
        return self._sentences[key].format(**facts) if facts else self._sentences[key]
