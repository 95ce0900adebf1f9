"""The contents of a long text: all headings, or its chapters first and then what is in one.

1. Few headings stand in one list. Where that list would be turned, a text of several chapters shows its chapters; one
   that has headings of its own opens them, one that has none is turned to at once.
2. What stands before the first chapter is listed with the chapters.
3. A chapter's list begins with the chapter itself: whoever opened it can read it from its beginning.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.flow.text_pages import Heading, Pages


@dataclass(frozen=True)
class Part:
    """A line of the contents: its heading; if it opens a list, how many headings and the number of its chapter."""

    heading: Heading
    inside: int = 0
    chapter: int = -1


def has_chapters(headings: Sequence[Heading], least: int) -> bool:
    """Rule 1: several chapters, and more headings than stand on one list of `least`."""
    return len(headings) > least and sum(one.is_chapter for one in headings) > 1


def chapters(headings: Sequence[Heading]) -> list[Part]:
    """Rules 1 and 2."""
    parts: list[Part] = []
    starts = [n for n, one in enumerate(headings) if one.is_chapter]
    for n, one in enumerate(headings):
        if n < starts[0]:
            parts.append(Part(one))
    for number, start in enumerate(starts):
        behind = starts[number + 1] if number + 1 < len(starts) else len(headings)
        parts.append(Part(headings[start], behind - start - 1, number))
    return parts


def inside(headings: Sequence[Heading], chapter: int) -> list[Part]:
    """Rule 3; the last chapter when there is none of this number."""
    starts = [n for n, one in enumerate(headings) if one.is_chapter]
    number = min(chapter, len(starts) - 1)
    behind = starts[number + 1] if number + 1 < len(starts) else len(headings)
    return [Part(one) for one in headings[starts[number] : behind]]


def standing_in(laid: Pages, page: int) -> str:
    """The chapter in which this page begins, empty before the first one and where a chapter begins it."""
    every = [one for one in laid.headings if one.is_chapter]
    first = laid.pages[page][0].text if laid.pages[page] else ""
    if any(one.page == page and first and one.text.startswith(first) for one in every):
        return ""
    before = [one.text for one in every if one.page < page]
    return before[-1] if before else ""
