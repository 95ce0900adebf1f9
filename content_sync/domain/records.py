"""Records: facts that travel up, each counted exactly once (promise 10, OFF-03).

1. A record's id is made where it happened, once, from chance; sending it again changes nothing.
2. A record is small and has a known kind; an unknown kind is refused by name and not kept.
3. `report` says that an item is untrue or missing, `answers` holds the taps of one questionnaire. `application`, and
   `panel` (such taps with a panel member's code), are sealed as a whole for the server's records key. What a visitor
   may ask about later carries a `receipt`. `verdict` says of the answer to a receipt whether it satisfied.
4. A refused record is not sent again. But one whose kind the server above did not know waits again once a day: that
   server is older than whoever sends, and may be made new.
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


_kind, _unknown = "Record kind", "is unknown"  # every version says it so


def refusal_of_kind(kind: object) -> str:
    """What a server says of a kind that it does not know (rule 2)."""
    return f"{_kind} {kind!r} {_unknown}; it may be {', '.join(kinds)}."


def is_newer_than(reason: str) -> bool:
    """Whether this refusal says that the server is older than whoever sends: it does not know the kind yet."""
    return reason.startswith(f"{_kind} '") and f"' {_unknown}" in reason


def waiting_again(refused: Mapping[str, str], last: str, today: str) -> tuple[str, ...]:
    """Of the refused records, with their reasons, those that wait again; `last`: the day on which some did (rule 4)."""
    return tuple(one for one, reason in refused.items() if is_newer_than(reason)) if last != today else ()
