"""What a visitor looks for in the store, while it is being typed or written: results, characters, what ink may be.

1. The last question and its answer are kept while they stand on the glass, and dropped with the visitor (OFF-08).
2. A store that cannot be read finds nothing.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from content_sync.domain.cases.handwriting import Writing
from content_sync.storage.content import ContentStore, Found
from kiosk.devices.hand import Hand
from kiosk.flow import typed
from kiosk.flow.pages.finding import Search
from kiosk.flow.state import Page


class Seeking:
    """One window's search. `safe` reads the store, or gives what it is handed instead (rule 2)."""

    def __init__(self, content: ContentStore, safe: Callable[[Callable[[], Any], Any], Any]) -> None:
        self._content, self._safe = content, safe
        self.hand: Hand | None = None
        self.forget()

    def forget(self) -> None:
        """Rule 1."""
        self._hits: tuple[str, Found] = ("", Found())
        self._characters: tuple[str, tuple[str, ...], int] = ("", (), 0)
        self._guesses: tuple[tuple[str, Writing | None], tuple[str, ...]] = (("", None), ())

    def is_forgotten(self) -> bool:
        """Whether nothing of a visitor is kept."""
        return (self._hits, self._characters, self._guesses) == (("", Found()), ("", (), 0), (("", None), ()))

    def get_ready(self, now: datetime) -> None:
        """Read, while nobody is here, what the first letter of the next visitor would wait for."""
        nothing: tuple[tuple[str, ...], int] = ((), 0)
        self._safe(lambda: self._content.characters("a", now), nothing)
        self._safe(lambda: self._content.find("a", now), Found())

    def found(self, page: Page, now: datetime) -> Found:
        """What the terms on the search page find."""
        if not isinstance(page, Search) or not page.terms:
            return Found()
        if self._hits[0] != page.terms:
            self._hits = (page.terms, self._safe(lambda: self._content.find(page.terms, now), Found()))
        return self._hits[1]

    def standing_for(self, page: Page, now: datetime) -> tuple[tuple[str, ...], int]:
        """The characters of the letter that waits, and how many of them follow what stands before it."""
        nothing: tuple[tuple[str, ...], int] = ((), 0)
        if not isinstance(page, Search) or page.found or page.ink or not typed.waiting(page.terms):
            return nothing
        if self._characters[0] != page.terms:
            terms = page.terms
            asked = partial(self._content.characters, query=terms[:-1], befores=typed.befores(terms))
            found = self._safe(lambda: asked(typed.waiting(terms), now), nothing)
            self._characters = (terms, *found)
        return self._characters[1:]

    def guessed(self, page: Page, now: datetime) -> tuple[str, ...]:
        """What the ink on the search sheet may be."""
        if self.hand is None or not isinstance(page, Search) or page.ink is None or not page.ink.strokes:
            return ()
        if self._guesses[0] != (page.terms, page.ink):
            nowhere: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
            befores = typed.befores(f"{page.terms} ") if page.terms else ()
            occurs, follows = self._safe(lambda: self._content.standing(now, befores=befores), nowhere)
            self._guesses = ((page.terms, page.ink), self.hand.read(page.ink, occurs, follows))
        return self._guesses[1]
