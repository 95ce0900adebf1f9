"""What the staff screen knows: tries at the PIN, how the device is, and the stick's turn."""

from dataclasses import dataclass, field
from typing import Literal

Carried = Literal["import", "export"]


@dataclass(frozen=True)
class Held:
    """A channel: its unit's name, its edition (0: none yet), as of when (ISO, empty), and how many items."""

    name: str
    number: int
    as_of: str
    items: int


@dataclass(frozen=True)
class Problem:
    """What `content-sync status` says, in its own words, and what it is about."""

    about: str
    sentence: str


@dataclass(frozen=True)
class Health:
    """How the device is. Parts are words of kiosk.devices; `free` is MB; `problems` are those of `content-sync status`.

    `failed`: the report could not be had; its sentence is the only problem then.
    """

    held: tuple[Held, ...] = ()
    outbox: int = 0
    doubtful: bool = False
    printer: str = "none"
    paper: str = "none"
    speaker: str = "none"
    free: int = 0
    problems: tuple[Problem, ...] = ()
    failed: bool = False


@dataclass(frozen=True)
class Carrying:
    """The stick's turn: what was asked, how far it is, and at its end what became of it.

    `state`: reading (`done` of `of` bytes), working (the stick was read), or over. `bundle` and `records` are the words
    of content_sync.agent.stick_telling; missing, two or unread when there was not one stick to begin with. `taken`
    counts channels with a new edition.
    """

    what: Carried
    state: Literal["reading", "working", "over"] = "reading"
    done: int = 0
    of: int = 0
    bundle: str = ""
    records: str = ""
    written: int = 0
    taken: int = 0
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Behind:
    """`wrong`: the last PIN was; `pause` seconds until the next one. `health` is None while it is asked for."""

    wrong: bool = False
    pause: int = 0
    health: Health | None = None
    carrying: Carrying | None = field(default=None)
