"""A kiosk's own numbers, for when neither the server nor a leased block of today has one (promise 8, HAL-15).

1. A series is one letter that the server of a site gives to one desk (desk.db) of one kiosk, and to no other. A kiosk
   whose desk was lost comes with a new desk and gets another series: nobody knows which numbers the old one printed.
2. A number of it is the letter of the service, the letter of the series and a running number: AK001. Numbers of the
   server and of blocks have one letter, so the two never meet. There is no dash to say aloud or to miss, and no digit
   that could be taken for a part of the count: A7-001 heard without its dash is A7001.
3. Series letters neither look like a digit on a coarse board (B D G I O Q S Z) nor sound like many others (C E P V, and
   N beside M), nor double the commonest service letter (A).
4. The running number goes on from day to day, whatever the clock says: no power cut, no wrong date and no midnight
   brings a number back that somebody holds. On the first later day after `limits.series_restart_number` it begins at 1
   again, so that numbers stay short.
5. The letter of a desk that is gone (its kiosk was revoked, or came with a new desk) rests `limits.series_rest_days`
   before another gets it.
"""

from dataclasses import dataclass

from content_sync.domain import limits

letters = "KRXLHUYMWTFJ"  # rule 3


@dataclass(frozen=True)
class Run:
    """Where a series stands for one service letter: the next running number, and the latest day (ISO) it was used."""

    next: int = 1
    day: str = ""


def take(run: Run, day: str) -> tuple[int, Run]:
    """The next running number on this day, and the run after it (rule 4)."""
    restarts = run.next > limits.series_restart_number and day > run.day
    running = 1 if restarts else run.next
    return running, Run(running + 1, max(day, run.day))


def free(taken: str) -> str:
    """The letter for one more desk of a site where these are taken or rest; empty when there is none left."""
    return next((letter for letter in letters if letter not in taken), "")
