"""What visitors say, as pages: each holds all that was tapped and written, and nothing of it lives elsewhere.

1. Whatever is written by hand is written on a sheet of its own, on a pad that lies on top of the page; leaving the pad,
   by whatever key, keeps it.
2. A sheet has one size in every view, so that what was written in large view stands in normal view as it was drawn.
"""

from dataclasses import dataclass, replace
from typing import Any

from content_sync.domain.cases.handwriting import Writing

sheets: dict[str, Writing] = {"text": Writing(1_000, 620)}
no_text = sheets["text"]


@dataclass(frozen=True)
class Opinion:
    """我要反映 by taps, and in one's own hand who likes; `item` is what was open when it was pressed."""

    about: str = ""
    taps: tuple[str, ...] = ()
    item: str = ""
    text: Writing = no_text


@dataclass(frozen=True)
class Report:
    """不公开、假公开 (SUP-07): `claim` is untrue or missing; `place` is the part of the tree that lacks it."""

    item: str = ""
    place: str = ""
    claim: str = ""
    taps: tuple[str, ...] = ()
    text: Writing = no_text


@dataclass(frozen=True)
class Pad:
    """A sheet to write on: it becomes the `field` of the page below."""

    field: str
    writing: Writing


Said = Opinion | Report


def kept(page: Any, pad: Pad) -> Any:
    """The page below with what was written (rule 1)."""
    return replace(page, **{pad.field: pad.writing})
