"""What a visitor has done so far: which pages lie open and how they want to see them. Nothing else is remembered.

1. The visitor's path is a stack of pages; 返回 takes the top one off. Each page carries all it needs to be drawn.
2. Forgetting a visitor is replacing this value by a fresh one (OFF-08); nothing typed lives anywhere else.
"""

from dataclasses import dataclass, field

from kiosk.flow.pages.finding import Area, Catalogue, Guides, Listing, Search, Section
from kiosk.flow.pages.hall import Booking, MyNumber, PositionOf, Rate, Services, TicketOf
from kiosk.flow.pages.plain import Apply, Help, Home, Idle, Languages, NoRoom, Sight, Thanks, Unheard
from kiosk.flow.pages.reading import Accounts, CodeOf, Element, Guide, HandoutOf, Reader, Samples, Translated, Way
from kiosk.flow.pages.staff import Staff, StaffPin, Stick
from kiosk.flow.voices import Application, Opinion, Pad, Panel, Poll, Progress, ProgressOf, Report

Page = (
    Idle
    | Home
    | Section
    | Guides
    | Catalogue
    | Listing
    | Area
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
    | Panel
    | Progress
    | ProgressOf
    | Pad
    | Thanks
    | Apply
    | Help
    | Languages
    | Sight
    | StaffPin
    | Staff
    | Stick
    | Translated
    | Unheard
    | NoRoom
)


@dataclass(frozen=True)
class State:
    """`elder`, `low` and `contrast` are how this visitor sees it, `language` is what they read.

    `press` is the ticket press, `receipt` that of an opinion, or the record of a panel's sheet; `asked` is the question
    to the hall, `given_back` the one that gave the ticket back, `called` the press that called a person. `handout` is
    the last notice slip asked for on paper, `handouts` how many were. `polled` are the questionnaires this visitor
    answered, `judged` the receipts whose answer they judged.
    `aloud` is the number of the sentence being read to them, -1: none.
    """

    pages: tuple[Page, ...] = field(default=(Idle(),))
    elder: bool = False
    low: bool = False
    contrast: bool = False
    aloud: int = -1
    press: str = ""
    receipt: str = ""
    asked: str = ""
    given_back: str = ""
    called: str = ""
    language: str = "zh-Hans"
    handout: str = ""
    handouts: int = 0
    polled: tuple[str, ...] = ()
    judged: tuple[str, ...] = ()

    @property
    def page(self) -> Page:
        """The page on the glass."""
        return self.pages[-1]
