"""Pages that need no content: nobody here, the first page, thanks, help, how one sees it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Idle:
    """Nobody is here."""


@dataclass(frozen=True)
class Home:
    """The first page."""


@dataclass(frozen=True)
class Thanks:
    """What was sent (rating, opinion, report …), with its receipt number."""

    what: str


@dataclass(frozen=True)
class Apply:
    """Where and how to ask for what is not disclosed."""

    number: int = 0


@dataclass(frozen=True)
class Help:
    """Where a person helps."""

    number: int = 0


@dataclass(frozen=True)
class Sight:
    """怎样看得清楚: how large, on what ground, in which language."""


@dataclass(frozen=True)
class Languages:
    """Which language the visitor reads; asked only where there are more than two."""


@dataclass(frozen=True)
class NoRoom:
    """What was asked for cannot be kept here now: the disk is full. Where it can be done."""

    number: int = 0


@dataclass(frozen=True)
class Unheard:
    """Nothing can be read aloud here: who reads it instead."""
