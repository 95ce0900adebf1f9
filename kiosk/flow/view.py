"""What a screen knows at one instant, as plain values: gathered by kiosk.app, read by the screens."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from content_sync.domain.county import County, Site
from content_sync.domain.disclosure.items import Item
from content_sync.domain.hall.opening import DayOff
from kiosk.flow.behind import Behind
from kiosk.flow.board.pages import Page
from kiosk.flow.shelf import Shelf


class Row(Protocol):
    """One due item in a list, as content_sync.storage.rows keeps it."""

    @property
    def id(self) -> str: ...  # noqa: D102  # the field's own name says it
    @property
    def channel(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def plain_title(self) -> str: ...  # noqa: D102
    @property
    def summary(self) -> str: ...  # noqa: D102
    @property
    def node(self) -> str: ...  # noqa: D102
    @property
    def section(self) -> str: ...  # noqa: D102
    @property
    def topics(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def dated(self) -> str: ...  # noqa: D102
    @property
    def shown_until(self) -> str: ...  # noqa: D102
    @property
    def link(self) -> str: ...  # noqa: D102
    @property
    def service(self) -> str: ...  # noqa: D102
    @property
    def hash(self) -> str: ...  # noqa: D102
    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def asks(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True)
class Edition:
    """What is held of a channel: `number` 0 before its first edition; `as_of` is a signed ISO instant."""

    number: int
    as_of: str


@dataclass(frozen=True)
class Waiting:
    """A service one can take a ticket for; `waiting` is None when nobody has said for a while how many wait.

    `why` says to a visitor why there are no tickets now, where the hall has said so.
    """

    service: str
    name: str
    open: bool
    waiting: int | None
    why: str = ""


@dataclass(frozen=True)
class Served:
    """A ticket that was just served and may be rated."""

    ticket: str
    number: str
    window: int


@dataclass(frozen=True)
class Ticket:
    """What became of the press: `state` waiting, given or refused; `ahead` -1 where nobody knows.

    `back` says how giving it back stands: empty, waiting, done, or no (then `reason` says why). `paper` is empty where
    nothing prints; otherwise queued, printing, wanted, printed, failed, unsure or dropped (storage.desk_prints);
    `again`: another one may be asked for.
    """

    state: str
    ticket: str = ""
    number: str = ""
    ahead: int = -1
    reason: str = ""
    back: str = ""
    paper: str = ""
    again: bool = False


@dataclass(frozen=True)
class Position:
    """What the hall says of a number: `state` waiting, answered, unknown or unreached; the rest when answered.

    `low` and `high` are minutes, -1 when nothing can be said of them; `basis` says how they were computed. `owed`: its
    paper may not have come out of this kiosk, and can be printed now.
    """

    state: str
    number: str = ""
    service: str = ""
    stands: str = ""
    ahead: int = 0
    window: int = 0
    low: int = -1
    high: int = -1
    basis: str = ""
    owed: bool = False


@dataclass(frozen=True)
class Matter:
    """What the hall says of a receipt: `state` waiting, answered, unknown or unreached; the rest when answered.

    `kind` is opinion, report or application; `due` an ISO date or empty, `item` the published answer or empty,
    `verdict` what its visitor said of it.
    """

    state: str
    kind: str = ""
    step: str = ""
    due: str = ""
    item: str = ""
    verdict: str = ""


@dataclass(frozen=True)
class Helper:
    """A call for a person: `state` asking, ringing, coming, closed or unreached; `by` who comes."""

    state: str
    by: str = ""


@dataclass(frozen=True)
class View:
    """`now` is never before the newest signed time; `doubtful`: the machine's own clock was.

    `item` is the page's item with its body's hash, None when it is not (or no longer) to be shown. `idle_left` is the
    number of seconds until the visitor is forgotten, None while there is plenty. `hits` answer all that was typed,
    `near` a part of it. `can_write`: handwriting is recognised here; `guesses` are what the ink on the search sheet may
    be, the likeliest first.
    `characters` are what the last typed letter may stand for, the first `following` of them known
    to follow what stands before it. `printer` is none, ready, low (the paper ends soon), out (of paper) or dead.
    `languages` are those a visitor may choose, Chinese first. `handout` is how the notice slip asked for stands
    (storage.desk_handouts), empty when none was.
    `second` is the hall's second language on signs and titles, `beside` its words by key (LNG-01).
    `day_off` is the public holiday on which the hall is closed today, None on every other day.
    `can_seal`: it is known for whom applications are sealed.
    `device` is the id of this kiosk. `behind` is what the staff screen knows.
    `uncounted`: the server refused the panel's sheet that was just sent.
    `lies`: the panel is wider than high, and screens become two columns (kiosk.flow.landscape).
    `film` is the page that stands on the idle screen, None while there is nothing to tell.
    `files` are the attached pictures of the page that are here, by hash. `terms` are the words that can be explained,
    each with its sentence in the visitor's language.
    """

    now: datetime
    county: County | None = None
    site: Site | None = None
    held: Mapping[str, Edition] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    item: tuple[Item, str] | None = None
    hits: tuple[Row, ...] = ()
    near: tuple[Row, ...] = ()
    characters: tuple[str, ...] = ()
    following: int = 0
    can_write: bool = False
    guesses: tuple[str, ...] = ()
    services: tuple[Waiting, ...] = ()
    day_off: DayOff | None = None
    served: tuple[Served, ...] = ()
    ticket: Ticket | None = None
    position: Position | None = None
    matter: Matter | None = None
    helper: Helper | None = None
    doubtful: bool = False
    idle_left: int | None = None
    blanked: bool = False
    printer: str = "none"
    can_seal: bool = False
    languages: tuple[str, ...] = ("zh-Hans", "en")
    handout: str = ""
    uncounted: bool = False
    second: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)
    device: str = ""
    behind: Behind = field(default_factory=Behind)
    film: Page | None = None
    lies: bool = False
    files: frozenset[str] = frozenset()
    terms: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_content(self) -> bool:
        """Whether any edition was ever taken in."""
        return any(edition.number for edition in self.held.values())

    @property
    def shelf(self) -> Shelf:
        """`rows`, with what is worked out of them once."""
        return Shelf.of(self.rows)

    def unit_name(self, unit: str) -> str:
        """The unit's name, or an empty string."""
        units = self.county.units if self.county else ()
        return next((u.name for u in units if u.id == unit), "")
