"""What visitors say, as pages: each holds all that was tapped and written, and nothing of it lives elsewhere.

1. Whatever is written by hand is written on a sheet of its own, on a pad that lies on top of the page; leaving the pad,
   by whatever key, keeps it.
2. A sheet has one size in every view, so that what was written in large view stands in normal view as it was drawn.
3. An application asks in steps for what APP-01 and APP-07 name, and for nothing else; there is no field for a purpose
   (APP-10). A number that was tapped is masked from the next step on, and can then only be tapped anew.
"""

from dataclasses import dataclass, replace
from typing import Any

from content_sync.domain.cases.handwriting import Writing

sheets: dict[str, Writing] = {
    "text": Writing(1_000, 620),
    "name": Writing(1_000, 270),
    "address": Writing(1_000, 390),
}
no_text = sheets["text"]
sent = ("post", "deliver", "fax", "email")  # forms of an answer that need to know where to
shares = {"text": 5_000, "name": 1_400, "address": 1_400}  # of an application's strokes, in characters


@dataclass(frozen=True)
class Opinion:
    """我要反映 by taps, and in one's own hand who likes; `item` is what was open when it was pressed."""

    about: str = ""
    taps: tuple[str, ...] = ()
    item: str = ""
    text: Writing = no_text


@dataclass(frozen=True)
class Report:
    """不公开、假公开 (SUP-07): `claim` is untrue or missing; `place` is the part of the tree that lacks it.

    `number` is the page of the list that asks whose it is.
    """

    item: str = ""
    place: str = ""
    claim: str = ""
    taps: tuple[str, ...] = ()
    text: Writing = no_text
    number: int = 0


@dataclass(frozen=True)
class Pad:
    """A sheet to write on: it becomes the `field` of the page below."""

    field: str
    writing: Writing


@dataclass(frozen=True)
class Application:
    """申请公开 (APP-01): `step` is the question on the glass; `masked` are the numbers not to be shown any more."""

    step: str = "kind"
    kind: str = ""
    name: Writing = sheets["name"]
    id_proof: str = ""
    contact: str = ""
    address: Writing = sheets["address"]
    text: Writing = no_text
    form: str = ""
    masked: tuple[str, ...] = ()


def steps(page: Application) -> tuple[str, ...]:
    """The questions, in order (rule 3): a citizen shows an id, others write their code beside the name.

    An address is asked of whoever has no telephone, and of whoever wants the answer sent.
    """
    numbered = ("id_proof",) if page.kind in ("", "citizen") else ()
    is_sent = page.form in sent
    early, late = (("address",) if wanted else () for wanted in (not (page.contact or is_sent), is_sent))
    return ("kind", "name", *numbered, "contact", *early, "text", "form", *late, "check")


def answered(page: Application, field: str, value: str | Writing) -> Application:
    """The application with another answer to one question; only a citizen's holds an id."""
    if field == "kind" and value != "citizen":
        page = replace(page, id_proof="")
    return replace(page, **{field: value})  # type: ignore[arg-type]  # each field by its name


def moved(page: Application, by: int) -> Application:
    """The next question (1), or the one before (-1); numbers are masked on leaving them (rule 3)."""
    order = steps(page)
    place = order.index(page.step) + by if page.step in order else order.index("contact")
    hidden = {page.step} & {"id_proof", "contact"} - set(page.masked)
    return replace(page, step=order[min(max(place, 0), len(order) - 1)], masked=(*page.masked, *hidden))


@dataclass(frozen=True)
class Poll:
    """A questionnaire (EVA-03): `answers` are (question, option), both from 1; `at` is the question on the glass.

    `code` is that of a panel member, empty for everybody else.
    """

    item: str
    at: int = 1
    answers: tuple[tuple[int, int], ...] = ()
    number: int = 0
    code: str = ""


@dataclass(frozen=True)
class Panel:
    """A panel member's code being tapped (EVA-03); then comes the questionnaire with it."""

    item: str
    digits: str = ""


def tapped(page: Poll, option: int) -> Poll:
    """This option for the question on the glass, and on to the next one."""
    others = tuple(one for one in page.answers if one[0] != page.at)
    return replace(page, at=page.at + 1, answers=(*others, (page.at, option)), number=0)


@dataclass(frozen=True)
class Progress:
    """我的事办得怎样: a receipt number being tapped; `asking` for the last four digits of the phone."""

    digits: str = ""
    last4: str = ""
    asking: bool = False


@dataclass(frozen=True)
class ProgressOf:
    """How the matter of this receipt stands."""

    digits: str
    last4: str = ""


def about(page: ProgressOf) -> str:
    """The question as the hall is asked it."""
    return page.digits + (f"?last4={page.last4}" if page.last4 else "")


@dataclass(frozen=True)
class Verdict:
    """满意吗 (SUP-02): what the visitor says of the answer to this receipt."""

    digits: str
    verdict: str


Said = Opinion | Report | Application | Poll | Verdict


def kept(page: Any, pad: Pad) -> Any:
    """The page below with what was written (rule 1)."""
    return replace(page, **{pad.field: pad.writing})
