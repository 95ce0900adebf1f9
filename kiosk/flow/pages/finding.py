"""Pages that lead to an item: sections, guides by four ways, the catalogue, lists, search."""

from dataclasses import dataclass

from content_sync.domain.cases.handwriting import Writing


@dataclass(frozen=True)
class Section:
    """One of the six sections a hall must show (CAT-12)."""

    section: str
    number: int = 0


@dataclass(frozen=True)
class Guides:
    """All service guides by one of four ways, or those of a service, of what people come for, or of a unit."""

    service: str = ""
    number: int = 0
    way: str = ""
    errand: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Catalogue:
    """What is disclosed: the four hot topics (CAT-06), then each unit's tree. `unit` empty: choose one."""

    unit: str = ""
    number: int = 0


@dataclass(frozen=True)
class Listing:
    """Items of a topic, of one node of a unit's tree, of a kind, or the questionnaires (`asks`); else everything."""

    topic: str = ""
    unit: str = ""
    node: str = ""
    number: int = 0
    asks: bool = False
    kind: str = ""


@dataclass(frozen=True)
class Area:
    """One of the five areas of a 政务公开专区, where a hall presents itself so (N-17)."""

    name: str
    number: int = 0


blank = Writing(600, 600)  # the sheet that one character is written on


@dataclass(frozen=True)
class Search:
    """`terms` are tapped letters and characters (kiosk.flow.typed); `found` shows results without the keypad.

    `more` above 0 lays that batch of characters over the letters. `ink` is the sheet to write on, None for letters.
    """

    terms: str = ""
    number: int = 0
    found: bool = False
    half: int = 0
    more: int = 0
    ink: Writing | None = None
