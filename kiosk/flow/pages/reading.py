"""Pages of one item: a guide and its parts, a text, a ledger, its code, its slip, its forms, the way."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Guide:
    """A service guide; `answers` are those to its questions (disclosure.which), empty before."""

    item: str
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Element:
    """One of the nine elements of a guide (GUI-01), its materials, its questions; `name` empty: all as keys.

    `explained`: the card with the page's terms lies over it.
    """

    item: str
    name: str = ""
    answers: tuple[str, ...] = ()
    number: int = 0
    explained: bool = False


@dataclass(frozen=True)
class Reader:
    """An item's text, page by page. `tab` is text or explanation; `contents` ≥ 0 shows that page of its headings.

    `chapter` ≥ 0: of the headings those in this chapter (kiosk.flow.contents).
    `explained`: the card with the page's terms lies over it.
    """

    item: str
    tab: str = ""
    number: int = 0
    contents: int = -1
    chapter: int = -1
    explained: bool = False


@dataclass(frozen=True)
class Accounts:
    """A ledger, opened down to the row of index `row` (-1: the whole)."""

    item: str
    row: int = -1
    number: int = 0


@dataclass(frozen=True)
class CodeOf:
    """A code to take an item along on a phone; `answers` are those to the questions of a guide.

    `online`: not to this text but to where the thing itself is done online.
    """

    item: str
    answers: tuple[str, ...] = ()
    online: bool = False


@dataclass(frozen=True)
class HandoutOf:
    """告知单 (GUI-03): what to take along of a guide, for the chosen case; `number` is its page."""

    item: str
    answers: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True)
class Samples:
    """样表: the form of this number, below 0 two beside each other; `part` 0 is the whole, else a piece of it."""

    item: str
    number: int = 0
    part: int = 0


@dataclass(frozen=True)
class Way:
    """怎么走 (GUI-04) to the window of a guide, or to `windows` by their ids; `floor` empty: where it begins.

    `waits`: the visitor's number is not called yet, so nobody is to walk there now.
    """

    item: str = ""
    floor: str = ""
    windows: tuple[str, ...] = ()
    waits: bool = False


@dataclass(frozen=True)
class Translated:
    """An item in the visitor's own language, below its Chinese name."""

    item: str
    number: int = 0
