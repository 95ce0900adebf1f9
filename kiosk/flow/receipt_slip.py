"""The receipt of what a visitor said, on paper: the number and what comes next, and nothing of what was said.

Whoever picks up a slip that was left lying learns that somebody spoke up, and no more.
"""

from datetime import datetime

from content_sync.domain.county import Site
from kiosk.flow.handout import Handout, fact
from kiosk.flow.words import Words

printable = ("opinion", "report", "application")


def receipt_slip(what: str, receipt: str, site: Site | None, now: datetime, words: Words) -> Handout:
    """`what` is one of `printable`."""
    steps = [fact(words(f"thanks.{what}_{n}"), words(f"thanks.{what}_{n}_note"), words) for n in (2, 3)]
    return Handout(
        hall=site.name if site else "",
        title=words("thanks.receipt"),
        name=receipt,
        official="",
        situation="",
        bring=words("thanks.next"),
        papers=(),
        facts=tuple(steps),
        version="",
        link="",
        scan="",
        closing=words("thanks.keep"),
        time=words("handout.time", time=f"{now:%Y-%m-%d %H:%M}"),
        phone=words("slip.phone", phone=site.phone) if site and site.phone else "",
    )
