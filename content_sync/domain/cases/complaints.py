"""What an opinion may be about, what visitors tap, and which of the nine staff situations it is (ACC-02, N-19).

1. The nine are the rule's own and keep their numbers; a tap files at most one of them.
2. Only complaints about how somebody was served have one: a broken chair, a text or a road is nobody's misconduct.
3. An opinion about staff, about something that was not handled or about money is a complaint in the sense of electronic
   supervision (N-18; our reading).
"""

from collections.abc import Iterable

abouts: tuple[str, ...] = ("failed", "window", "money", "content", "place", "village")
about_service = frozenset({"failed", "window", "money"})  # rule 3
situations: dict[int, str] = {
    1: "擅自离岗",
    2: "该受理的不受理",
    3: "不兑现承诺",
    4: "擅自提出额外条件和要求",
    5: "违反办事程序",
    6: "违反规定收费",
    7: "阻挠检查、弄虚作假",
    8: "不尽责、态度差",
    9: "其他",
}
of_tap: dict[str, int] = {
    "absent": 1,
    "refused": 2,
    "noanswer": 3,
    "paper": 4,
    "agent": 4,
    "favour": 5,
    "over": 6,
    "noreceipt": 6,
    "fake": 7,
    "rude": 8,
    "slow": 8,
    "again": 8,
    "pushed": 8,
    "unclear": 8,
    "unpaid": 9,
    "other": 9,
}


def codes(taps: Iterable[str]) -> tuple[int, ...]:
    """The situations that these taps name, in the rule's order; an unknown tap names none."""
    return tuple(sorted({of_tap[tap] for tap in taps if tap in of_tap}))
