"""Who goes first, and by whose word (QUE-01, B5).

1. Whoever is 65 or older, disabled or pregnant, and whoever serves or served as a soldier, goes first. Visitors say so
   themselves when they take a ticket; the machine asks for no proof.
2. The clerk looks at the proof at the window. Where there is none the claim is refused: the ticket goes on as any
   other, with its number and its time, and the clerk has a kind sentence to say.
3. A reason that nobody knows is no reason. A printed ticket that names one is still a ticket, without precedence.
4. Which reason it was is the visitor's own business: clerks see it on the day, the log of the queue never holds it, and
   the end of the day erases it.
"""

from content_sync.domain.errors import BadInput

claims: dict[str, str] = {
    "elder": "65岁以上老人",
    "disabled": "残疾人",
    "pregnant": "孕妇",
    "veteran": "军人、退役军人",
}
_also = {"soldier": "veteran"}


def known_claim(text: str) -> str:
    """The claim that a word names, empty for every other word (rules 1 and 3)."""
    claim = _also.get(text, text)
    return claim if claim in claims else ""


def checked_claim(text: object) -> str:
    """The claim, or empty for none; BadInput for a word that is no claim (rule 1)."""
    claim = known_claim(text) if isinstance(text, str) else ""
    if claim or text == "":
        return claim
    raise BadInput(f"claim is {str(text)[:40]!r}; it is one of {', '.join(claims)}, or empty.")


def refusal(number: str) -> str:
    """What the clerk says to a visitor whose claim could not be confirmed (rule 2)."""
    return f"这次没能核对到优先的证件，{number} 按取号的时间继续排队，不用重新取号，请再等一会儿。"
