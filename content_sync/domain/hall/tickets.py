"""Ticket numbers: unique per site, day and letter, readable aloud (QUE-01, promise 8).

1. A number is the letter of its service and a running number of at least `limits.ticket_digits_min` digits: A012. A
   kiosk's own series has a second letter: AK012 (series.py).
2. Numbers asked of the server run from 1; blocks leased to kiosks run from `limits.lease_first_number`. When the
   server's own run reaches the blocks, it goes on behind the highest block, so neither ever meets the other.
3. A number is never used again within its day, and never wraps: A999 is followed by A1000.
4. A kiosk's block is good for one site, service and day; a number outside its block is nobody's.
5. A ticket goes first or it does not; what its holder claims for it is a word of `claims`.
"""

import re
from dataclasses import dataclass, replace

from content_sync.domain import limits
from content_sync.domain.errors import BadInput
from content_sync.domain.hall import series
from content_sync.domain.hall.claims import known_claim

_number = re.compile(rf"([A-Z][{series.letters}]?)([0-9]{{{limits.ticket_digits_min},6}})")


@dataclass(frozen=True)
class Counter:
    """Where a letter's numbers stand on one day: `low` is the next one below the blocks, `high` the next one above."""

    low: int = 1
    high: int = limits.lease_first_number


@dataclass(frozen=True)
class Block:
    """Numbers leased to one kiosk: `first` to `last`, both included."""

    service: str
    letter: str
    day: str
    first: int
    last: int

    def holds(self, service: str, day: str, letter: str, running: int) -> bool:
        """Whether a ticket may have come from this block (rule 4)."""
        ours = (self.service, self.day, self.letter)
        return ours == (service, day, letter) and self.first <= running <= self.last


def number(letters: str, running: int) -> str:
    """The number as printed and called (rule 1)."""
    return f"{letters}{running:0{limits.ticket_digits_min}d}"


def parse_number(text: object) -> tuple[str, int]:
    """Letters and running number of a printed number; BadInput for anything that `number` would not print."""
    found = _number.fullmatch(text) if isinstance(text, str) else None
    if not found or number(found[1], int(found[2])) != text or int(found[2]) == 0:
        raise BadInput(f"{text!r} is not a ticket number such as A012.")
    return found[1], int(found[2])


def claim_of(said: str | int) -> tuple[str, int]:
    """What is claimed, and 1 when the ticket goes first, else 0 (rule 5); BadInput for a number that is neither.

    `said` is the claim's name; a kiosk of before only says 1 or 0.
    """
    if isinstance(said, str):
        claim = known_claim(said)
        return claim, 1 if claim or said == "1" else 0
    if said in {0, 1}:
        return "", said
    raise BadInput(f"priority is {said}; it is 0, or 1 for the elderly, the disabled and others who go first.")


def take(counter: Counter) -> tuple[int, Counter]:
    """The next number asked of the server, and the counter after it (rules 2 and 3)."""
    if counter.low < limits.lease_first_number:
        return counter.low, replace(counter, low=counter.low + 1)
    return counter.high, replace(counter, high=counter.high + 1)


def lease(counter: Counter, size: int) -> tuple[int, int, Counter]:
    """First and last number of a new block, and the counter after it (rules 2 and 3)."""
    return counter.high, counter.high + size - 1, replace(counter, high=counter.high + size)
