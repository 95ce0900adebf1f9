"""What stands on the papers of a case beside its number and date: as it was when it was accepted (HAL-02).

1. Every material of the guide for the visitor's situation stands there once: received, missing, or not needed. The list
   of what is missing is complete when it is told; nothing is ever added to it (一次性告知).
2. Fees are the guide's own, and all of them stand on the published fee list (HAL-13); nobody types one.
"""

from dataclasses import dataclass, replace
from typing import Literal

from content_sync.wire import canonical, shapes


@dataclass(frozen=True)
class Paper:
    """One material. `came`: the day it was received."""

    name: str
    pieces: str
    state: Literal["received", "missing", "unneeded"]
    came: str = ""


@dataclass(frozen=True)
class Slip:
    """`version`: of the guide; `department` handles it; `window` and `phone` are where to ask.

    `paying`: where the fees are paid, by the published list, otherwise by the guide; empty where there is none.
    """

    version: int
    department: str
    situation: str
    papers: tuple[Paper, ...]
    fees: tuple[str, ...]
    window: str
    phone: str
    paying: str = ""

    def those(self, state: str) -> tuple[Paper, ...]:
        """The materials in one state."""
        return tuple(paper for paper in self.papers if paper.state == state)


def with_more(slip: Slip, came: frozenset[int], unneeded: frozenset[int], day: str) -> Slip:
    """The slip after more materials came, by their places in the list; only what was missing can come (rule 1)."""

    def after(place: int, paper: Paper) -> Paper:
        if paper.state == "missing" and place in came:
            return replace(paper, state="received", came=day)
        return replace(paper, state="unneeded") if paper.state == "missing" and place in unneeded else paper

    return replace(slip, papers=tuple(after(place, paper) for place, paper in enumerate(slip.papers)))


def text_of(slip: Slip) -> str:
    """A slip as the database keeps it."""
    return canonical.dump(shapes.to_plain(slip)).decode()


def slip_of(text: str) -> Slip:
    """A slip as it was kept."""
    return shapes.from_plain(Slip, canonical.load(text.encode(), "slip"), "slip")
