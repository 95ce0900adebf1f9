"""What the design asked for, at 10,000 items, beside what was reached.

The targets are bytes both ways (heads in, TCP/IP out) and seconds on two shared x86 cores; nothing fails when one is
missed: a table says so.
"""

from dataclasses import dataclass

items_meant = 10_000


@dataclass(frozen=True)
class Target:
    """One line: what, the most it may be, what it was, in which unit. `reached` None: not measured."""

    what: str
    most: float | None
    reached: float | None
    unit: str

    def line(self, *, judged: bool) -> str:
        """The line as a row of a table; `judged`: the targets hold for what was measured."""
        wanted = "–" if self.most is None else f"≤ {_told(self.most)} {self.unit}"
        reached = "not measured" if self.reached is None else f"{_told(self.reached)} {self.unit}"
        silent = self.most is None or self.reached is None or not judged
        met = "" if silent else "yes" if (self.reached or 0) <= (self.most or 0) else "**no**"
        return f"| {self.what} | {wanted} | {reached} | {met} |"


def table(targets: list[Target], items: int) -> str:
    """All of them; with another number of items nothing is called met or missed."""
    lines = [one.line(judged=items == items_meant) for one in targets]
    return "\n".join(["| what | target | reached | met |", "|---|---|---|---|", *lines])


def _told(number: float) -> str:
    return f"{number:,.0f}" if number >= 1000 or number == int(number) else f"{number:,.2f}"
