"""May a sheet of a questionnaire be taken? One rule for every way in which one comes (EVA-03).

1. It was filled in before the questionnaire's end, the end itself being too late; when it arrives says nothing. Whoever
   calls says when that was: no later than now, whatever the clock of a device told.
2. It answers a question at least, and each with an answer that the question has, by the questions as they stand now.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from content_sync.domain.disclosure import polls
from content_sync.domain.disclosure.items import Item, Notice, is_over
from content_sync.domain.disclosure.polls import Ask

Why = Literal["over", "unfit"]


def questions_of(item: Item) -> tuple[Ask, ...]:
    """The questions of a notice; none of anything else."""
    return item.body.questions if isinstance(item.body, Notice) else ()


def why_not(item: Item, answers: Mapping[int, int], filled_in: datetime) -> Why | None:
    """What keeps a sheet from being taken; None when nothing does."""
    if is_over(item.shown_until, filled_in):
        return "over"
    return None if answers and polls.fits(answers, questions_of(item)) else "unfit"
