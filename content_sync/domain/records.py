"""Records: facts that travel up, each counted exactly once (promise 10, OFF-03).

1. A record's id is made where it happened, once, from chance; sending it again changes nothing.
2. A record is small and has a known kind; an unknown kind is refused by name and not kept.
3. `report` says that an item is untrue or missing, `answers` holds the taps of one questionnaire. `application`, and
   `panel` (such taps with a panel member's code), are sealed as a whole for the server's records key. What a visitor
   may ask about later carries a `receipt`. `verdict` says of the answer to a receipt whether it satisfied.
"""

from collections.abc import Mapping
from dataclasses import dataclass

kinds: tuple[str, ...] = (
    "ticket",
    "rating",
    "opinion",
    "report",
    "answers",
    "panel",
    "application",
    "verdict",
    "display",
    "heartbeat",
)


@dataclass(frozen=True)
class Record:
    """One fact: `made_at` is an ISO instant with offset by the device's clock; `body` holds strings and integers."""

    id: str
    kind: str
    device: str
    made_at: str
    body: Mapping[str, str | int]
