"""An item: one thing disclosed, and what every item must say about itself.

1. Every item names its unit, its catalogue node (CAT-01), its openness (CAT-14), its date, its source and its
   responsible person (QLT-04). Only `proactive` + `public` items ever enter a published tree (CAT-05, CAT-14).
2. An item is due on a screen from `shown_from` (included) to `shown_until` (excluded, empty = no end); promise 5.
   Callers pass the highest instant seen so far, so that a clock that goes back brings nothing back (OFF-04).
3. Aliases and pinyin initials are made at submission and travel inside the item; a device needs no segmenter. There is
   one text of initials for each of its names, in their order.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from content_sync.domain.disclosure.attachments import Attachment
from content_sync.domain.disclosure.blocks import Block
from content_sync.domain.disclosure.guides import Guide
from content_sync.domain.disclosure.ledgers import Ledger
from content_sync.domain.disclosure.polls import Ask

Kind = Literal["guide", "notice", "document", "ledger", "answer", "emergency"]
Openness = Literal["proactive", "on_application", "withheld"]
Visibility = Literal["public", "internal"]
Timing = Literal["perennial", "staged", "ad_hoc", "financial"]


@dataclass(frozen=True)
class Notice:
    """通知/公示. A 公示 (`public_notice`) needs an end and a feedback channel (CAT-21).

    With `questions` it is a questionnaire, which closes when the notice ends (EVA-03; disclosure.polls); with `panel`
    people with codes answer it too, and are counted apart (disclosure.panels).
    """

    blocks: tuple[Block, ...]
    public_notice: bool = False
    feedback: str = ""
    questions: tuple[Ask, ...] = ()
    panel: bool = False


@dataclass(frozen=True)
class Document:
    """A policy or rule document (`normative` ones need legal review), with its explanation in plain words (CAT-26)."""

    blocks: tuple[Block, ...]
    number: str = ""
    normative: bool = False
    explanation: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A public answer to what people said (SUP-02): done, being done, or why it cannot be."""

    question: str
    status: Literal["done", "doing", "cannot"]
    reply: tuple[Block, ...]
    number: str = ""


@dataclass(frozen=True)
class Emergency:
    """突发事件信息 (CAT-17): progress, what the government does, what to do, findings."""

    level: Literal["red", "orange", "yellow", "blue"]
    event: str
    progress: str
    measures: str
    precautions: str
    findings: str = ""


@dataclass(frozen=True)
class Second:
    """The same in another language (LNG-01): `language` mn, bo, ug or en. The Chinese text stands first and counts."""

    language: str
    title: str
    summary: str = ""
    blocks: tuple[Block, ...] = ()


Body = Guide | Notice | Document | Ledger | Answer | Emergency
body_types: dict[str, type] = {
    "guide": Guide,
    "notice": Notice,
    "document": Document,
    "ledger": Ledger,
    "answer": Answer,
    "emergency": Emergency,
}


@dataclass(frozen=True)
class Item:
    """One disclosed item. Dates are ISO dates, instants ISO with offset. `link` is a public address or empty."""

    id: str
    kind: Kind
    channel: str
    unit: str
    title: str
    node: str
    openness: Openness
    visibility: Visibility
    timing: Timing
    dated: str
    shown_from: str
    source: str
    responsible: str
    body: Body
    shown_until: str = ""
    plain_title: str = ""
    summary: str = ""
    section: str = ""
    topics: tuple[str, ...] = ()
    index_number: str = ""
    aliases: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    link: str = ""
    version: int = 1
    attachments: tuple[Attachment, ...] = ()
    second: tuple[Second, ...] = ()


def is_publishable(item: Item) -> bool:
    """Rule 1: nothing internal, withheld or on-application ever enters a published tree (promise 13)."""
    return item.openness == "proactive" and item.visibility == "public"


def is_due(shown_from: str, shown_until: str, now: datetime) -> bool:
    """Rule 2, for any row that carries the two instants."""
    return datetime.fromisoformat(shown_from) <= now and not is_over(shown_until, now)


def is_over(shown_until: str, now: datetime) -> bool:
    """Whether the end of showing has come (the end itself is already over)."""
    return bool(shown_until) and now >= datetime.fromisoformat(shown_until)


def names(item: Item) -> tuple[str, ...]:
    """Everything it is called: title, plain title and aliases, each once (rule 3)."""
    return tuple(dict.fromkeys(name for name in (item.title, item.plain_title, *item.aliases) if name))


def second_of(item: Item, language: str) -> Second | None:
    """What the item says in a language, None when nobody translated it."""
    return next((one for one in item.second if one.language == language), None)


def call_name(item: Item) -> str:
    """The plain words when there are any, else the official title."""
    return item.plain_title or item.title
