"""What a visitor has done so far: which pages lie open and how they want to see them. Nothing else is remembered.

1. The visitor's path is a stack of pages; 返回 takes the top one off. Each page carries all it needs to be drawn.
2. Forgetting a visitor is replacing this value by a fresh one (OFF-08); nothing typed lives anywhere else.
"""

from dataclasses import dataclass, field

from kiosk.flow.voices import Application, Opinion, Pad, Poll, Progress, ProgressOf, Report


@dataclass(frozen=True)
class Idle:
    """Nobody is here."""


@dataclass(frozen=True)
class Home:
    """The first page."""


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
    """Items of a topic, or of one node of one unit's tree; both empty: everything, newest first."""

    topic: str = ""
    unit: str = ""
    node: str = ""
    number: int = 0


@dataclass(frozen=True)
class Guide:
    """A service guide; `situation` is the case the visitor chose, empty before."""

    item: str
    situation: str = ""


@dataclass(frozen=True)
class Element:
    """One of the nine elements of a guide (GUI-01), its materials, its questions; `name` empty: all as keys."""

    item: str
    name: str = ""
    situation: str = ""
    number: int = 0


@dataclass(frozen=True)
class Reader:
    """An item's text, page by page. `tab` is text or explanation; `contents` ≥ 0 shows that page of its headings."""

    item: str
    tab: str = ""
    number: int = 0
    contents: int = -1


@dataclass(frozen=True)
class Accounts:
    """A ledger, opened down to the row of index `row` (-1: the whole)."""

    item: str
    row: int = -1
    number: int = 0


@dataclass(frozen=True)
class CodeOf:
    """A code to take an item along on a phone; `situation` is the case chosen of a guide."""

    item: str
    situation: str = ""


@dataclass(frozen=True)
class HandoutOf:
    """告知单 (GUI-03): what to take along of a guide, for the chosen case; `number` is its page."""

    item: str
    situation: str = ""
    number: int = 0


@dataclass(frozen=True)
class Samples:
    """样表: the form of this number; `part` 0 is the whole, 1–4 one quarter of it enlarged."""

    item: str
    number: int = 0
    part: int = 0


@dataclass(frozen=True)
class Way:
    """怎么走 (GUI-04) to the window of a guide; `floor` is the one shown, empty: where the way begins."""

    item: str
    floor: str = ""


@dataclass(frozen=True)
class Search:
    """`terms` are tapped letters and characters (kiosk.flow.typed); `found` shows results without the keypad.

    `more` above 0 lays that batch of characters over the letters.
    """

    terms: str = ""
    number: int = 0
    found: bool = False
    half: int = 0
    more: int = 0


@dataclass(frozen=True)
class Services:
    """What a ticket can be taken for; `claim` is why the visitor says they go first, asked for while `choosing`."""

    claim: str = ""
    choosing: bool = False
    number: int = 0


@dataclass(frozen=True)
class TicketOf:
    """The ticket of the last press; `returning` asks whether it is really given back."""

    service: str
    returning: bool = False


@dataclass(frozen=True)
class MyNumber:
    """A number being tapped, to ask how it stands: `letter`, then `digits`.

    A kiosk's own series has two letters; while `second` is set, the second one is asked for.
    """

    letter: str = ""
    digits: str = ""
    second: bool = False


@dataclass(frozen=True)
class Booking:
    """The code of a booking being tapped: its last digits, or all of it."""

    digits: str = ""


@dataclass(frozen=True)
class PositionOf:
    """How this number stands, as the hall says."""

    number: str


@dataclass(frozen=True)
class Rate:
    """Which ticket, how well, why: nothing is chosen in advance (promise 11)."""

    ticket: str = ""
    shown: str = ""
    level: int = 0
    reasons: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True)
class Thanks:
    """What was sent (rating, opinion, report …), with its receipt number."""

    what: str


@dataclass(frozen=True)
class Apply:
    """Where and how to ask for what is not disclosed."""

    number: int = 0


@dataclass(frozen=True)
class Translated:
    """An item in the visitor's own language, below its Chinese name."""

    item: str
    number: int = 0


@dataclass(frozen=True)
class Languages:
    """Which language the visitor reads; asked only where there are more than two."""


@dataclass(frozen=True)
class Help:
    """Where a person helps."""

    number: int = 0


@dataclass(frozen=True)
class StaffPin:
    """The PIN of the staff screen being tapped."""

    digits: str = ""


@dataclass(frozen=True)
class Staff:
    """How this device is, for the people who look after it; opened by the right PIN alone."""

    number: int = 0


@dataclass(frozen=True)
class Stick:
    """A stick's turn, from the staff screen."""


Page = (
    Idle
    | Home
    | Section
    | Guides
    | Catalogue
    | Listing
    | Guide
    | Element
    | Reader
    | Accounts
    | CodeOf
    | HandoutOf
    | Samples
    | Way
    | Search
    | Services
    | TicketOf
    | MyNumber
    | Booking
    | PositionOf
    | Rate
    | Opinion
    | Report
    | Application
    | Poll
    | Progress
    | ProgressOf
    | Pad
    | Thanks
    | Apply
    | Help
    | Languages
    | StaffPin
    | Staff
    | Stick
    | Translated
)


@dataclass(frozen=True)
class State:
    """`elder` and `low` are how this visitor sees it, `language` is what they read.

    `press` is the ticket press, `receipt` that of an opinion; `asked` is the question to the hall, `given_back` the one
    that gave the ticket back, `called` the press that called a person. `handout` is the last notice slip asked for on
    paper, `handouts` how many were. `polled` are the questionnaires this visitor answered.
    """

    pages: tuple[Page, ...] = field(default=(Idle(),))
    elder: bool = False
    low: bool = False
    press: str = ""
    receipt: str = ""
    asked: str = ""
    given_back: str = ""
    called: str = ""
    language: str = "zh-Hans"
    handout: str = ""
    handouts: int = 0
    polled: tuple[str, ...] = ()

    @property
    def page(self) -> Page:
        """The page on the glass."""
        return self.pages[-1]
