"""Yellow and red cards as the audit log keeps them (HAL-10): reading them. They are given in supervision.giving.

1. A card is a record of the audit log under the case it belongs to: it names due date and who had the case. There is no
   other table of cards that could be changed.
2. A reason, an answer or a new due date leaves every card where it is.
3. Of bad ratings nobody is told who may sit at a window, whatever else they may do (promise 11).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, select

from content_sync.wire import canonical
from display_server.access import Actor
from display_server.database import audit
from display_server.database.tables.core import audit as log

Colour = Literal["yellow", "red"]
colours: dict[Colour, str] = {"yellow": "黄牌", "red": "红牌"}
kinds: dict[str, str] = {
    "opinion": "群众意见",
    "rating": "差评整改",
    "application": "依申请公开",
    "handling": "窗口办件",
    "reply": "部门会办",
}


@dataclass(frozen=True)
class Card:
    """A card: whose clock, due when (ISO day), in whose hands. `subject` is the case in the audit log."""

    colour: Colour
    subject: str
    kind: str
    number: str
    site: str
    unit: str
    about: str
    due: str
    owner: str

    def is_for(self, other: "Card") -> bool:
        """Whether both are of one turn of one clock. A department that was asked has a clock of its own."""
        mine, theirs = ((one.colour, one.subject, one.kind, one.due) for one in (self, other))
        return mine == theirs and (self.kind != "reply" or self.owner == other.owner)


@dataclass(frozen=True)
class Given:
    """A card as it stands in the log: when it was given, and the record's number."""

    card: Card
    at: str
    seq: int


def seen_by(actor: Actor, unit: str = "") -> tuple[str, ...]:
    """The kinds of clocks this account is told of (rule 3)."""
    return tuple(kind for kind in kinds if kind != "rating" or actor.may_judge(unit))


def write(connection: Connection, at: str, card: Card) -> None:
    """Put a card on record, for good."""
    told = {name: value for name, value in vars(card).items() if name not in {"colour", "subject"}}
    detail = canonical.dump(told).decode()
    audit.append(connection, at, "supervision", "system", f"card.{card.colour}", card.subject, detail)


def of_case(connection: Connection, subject: str) -> list[Given]:
    """Every card a case got."""
    return list(_given(audit.of(connection, subject)))


def within(connection: Connection, first: str, last: str) -> list[Given]:
    """Every card given from one local day to another (both included), the newest first."""
    actions = [f"card.{colour}" for colour in colours]
    asked = select(log).where(log.c.action.in_(actions), log.c.at >= first, func.substr(log.c.at, 1, 10) <= last)
    return list(_given(connection.execute(asked.order_by(log.c.seq.desc()))))


def _given(events: Iterable[Row[Any]]) -> Iterator[Given]:
    for event in events:
        family, _, colour = event.action.partition(".")
        if family == "card" and colour in colours:
            told = canonical.load(event.detail.encode(), "card")
            yield Given(Card(colour, event.subject, **told), event.at, event.seq)
