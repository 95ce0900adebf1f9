"""What a touch, or the program, may do to the state. Values only; kiosk.flow.reduce says what follows."""

from dataclasses import dataclass

from content_sync.domain.cases.handwriting import Stroke
from kiosk.flow.behind import Carried
from kiosk.flow.state import Page
from kiosk.flow.voices import ProgressOf, Verdict


@dataclass(frozen=True)
class Wake:
    """Somebody touched the idle screen."""


@dataclass(frozen=True)
class Open:
    """Put a page on top."""

    page: Page


@dataclass(frozen=True)
class Change:
    """The page on top becomes this one: another number, tab, choice, letter."""

    page: Page


@dataclass(frozen=True)
class Back:
    """Take the top page off."""


@dataclass(frozen=True)
class GoHome:
    """Back to the first page."""


@dataclass(frozen=True)
class Finish:
    """This visitor is done, or gone: forget them."""


@dataclass(frozen=True)
class Stay:
    """再给我一点时间: a touch that does nothing else."""


@dataclass(frozen=True)
class Enlarge:
    """大字: everything large at once, and the page that offers more of it."""


@dataclass(frozen=True)
class SwitchElder:
    """Large type, or back."""


@dataclass(frozen=True)
class SwitchContrast:
    """White on black, or back."""


@dataclass(frozen=True)
class ReadAloud:
    """Read this screen to me, or be silent."""


@dataclass(frozen=True)
class Heard:
    """The voice is at this sentence of the screen; -1: it has come to the end."""

    sentence: int


@dataclass(frozen=True)
class ReadOn:
    """The voice has come to the end of a page of a long text: this is the next one."""

    page: Page


@dataclass(frozen=True)
class Unheard:
    """Nothing can be read aloud here, or not any more."""


@dataclass(frozen=True)
class NotKept:
    """What was asked for could not be written down: the disk is full.

    `given_up`: the press or the question of earlier that nobody waits for any more.
    """

    given_up: str = ""


@dataclass(frozen=True)
class SwitchLow:
    """Everything to touch in the lower half, or back."""


@dataclass(frozen=True)
class SwitchLanguage:
    """Everything in this language, for this visitor only."""

    language: str


@dataclass(frozen=True)
class TakeTicket:
    """A ticket for a service; `claim` is why it goes first, empty when it does not.

    `code`: the last digits of a booking, whose service it is.
    """

    service: str
    claim: str = ""
    code: str = ""


@dataclass(frozen=True)
class GiveBack:
    """The ticket just taken is not wanted any more."""


@dataclass(frozen=True)
class PrintAgain:
    """Another paper of the ticket that this page shows."""


@dataclass(frozen=True)
class PrintHandout:
    """The notice slip on this page, on paper: of the version whose body has this hash."""

    item: str
    answers: tuple[str, ...]
    shown: str


@dataclass(frozen=True)
class PrintReceipt:
    """The receipt on this page, on paper; `what` was sent."""

    what: str


@dataclass(frozen=True)
class AskNumber:
    """How a number stands."""

    number: str


@dataclass(frozen=True)
class AskHowLong:
    """The program asks how long the ticket on the glass will wait (kiosk.flow.estimates)."""

    number: str


@dataclass(frozen=True)
class AskProgress:
    """How the matter of a receipt stands."""

    page: ProgressOf


@dataclass(frozen=True)
class CallHelp:
    """A person shall come."""


@dataclass(frozen=True)
class SendRating:
    """One rating of one ticket."""

    ticket: str
    level: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Judge:
    """Whether the answer to this receipt satisfied."""

    verdict: Verdict


@dataclass(frozen=True)
class Send:
    """What the page on top says, as it stands (kiosk.flow.voices)."""


@dataclass(frozen=True)
class FetchHelp:
    """A person shall come and do this together with the visitor."""


@dataclass(frozen=True)
class Wrote:
    """A finger drew a stroke on the sheet."""

    stroke: Stroke


@dataclass(frozen=True)
class Pressed:
    """The program wrote the press down under this id."""

    press: str


@dataclass(frozen=True)
class Asked:
    """The program wrote the question down under this id; `back` when it gives a ticket back."""

    ask: str
    back: bool = False


@dataclass(frozen=True)
class Called:
    """The program wrote the call for a person down under this press."""

    press: str


@dataclass(frozen=True)
class HandedOut:
    """The program wrote the notice slip down under this id."""

    job: str


@dataclass(frozen=True)
class Received:
    """The program put what the visitor said into the outbox; the visitor gets this receipt number.

    Of a panel's sheet it is the record's id, which nobody sees.
    """

    receipt: str


@dataclass(frozen=True)
class TryPin:
    """Whether these digits open the staff screen."""

    digits: str


@dataclass(frozen=True)
class Admitted:
    """The program found the PIN right."""


@dataclass(frozen=True)
class LookAgain:
    """The device's report, afresh."""


@dataclass(frozen=True)
class CarryStick:
    """Take the stick's bundle and carry records out (import), or carry records out alone (export)."""

    what: Carried


Action = (
    Wake
    | Open
    | Change
    | Back
    | GoHome
    | Finish
    | Stay
    | Enlarge
    | SwitchElder
    | SwitchContrast
    | ReadAloud
    | Heard
    | ReadOn
    | Unheard
    | NotKept
    | SwitchLow
    | SwitchLanguage
    | TakeTicket
    | GiveBack
    | PrintAgain
    | PrintHandout
    | PrintReceipt
    | AskHowLong
    | AskNumber
    | AskProgress
    | CallHelp
    | SendRating
    | Judge
    | Send
    | FetchHelp
    | Wrote
    | Pressed
    | Asked
    | Called
    | HandedOut
    | Received
    | TryPin
    | Admitted
    | LookAgain
    | CarryStick
)
