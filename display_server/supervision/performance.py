"""The hall's performance from its cases and ratings (HAL-11)."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, or_, select

from content_sync.domain.hall import ratings as rules
from content_sync.domain.hall.rates import Case, rates, share
from display_server.database.tables.handlings import handlings
from display_server.ratings import queries as ratings


@dataclass(frozen=True)
class Share:
    """One figure: its name, the share in words, and the two counts behind it."""

    name: str
    words: str
    part: int
    whole: int


def of_days(connection: Connection, site: str, first: str, last: str) -> list[Share]:
    """The figures of these local days, both included."""
    found = rates(_cases(connection, site, first, last), first, last)
    sums = ratings.summaries(connection, site, first, last).values()
    good = sum(n for one in sums for level, n in one.counts.items() if rules.grade_of(level) == rules.grades[0])
    return [
        _share("即办率", found.instant, found.accepted),
        _share("按时办结率", found.on_time, found.ended),
        _share("提前办结率", found.early, found.ended),
        _share("满意率", good, sum(one.rated for one in sums)),
    ]


def _share(name: str, part: int, whole: int) -> Share:
    return Share(name, share(part, whole), part, whole)


def _cases(connection: Connection, site: str, first: str, last: str) -> list[Case]:
    h = handlings.c
    ended = func.substr(func.coalesce(func.nullif(h.sent_at, ""), h.closed_at), 1, 10)
    within = or_(h.started.between(first, last), ended.between(first, last))
    asked = select(h.kind, h.state, h.started, ended, h.due, h.outcome).where(h.site == site, within)
    return [
        Case(kind, state, started, end, due, outcome == "withdrawn")
        for kind, state, started, end, due, outcome in connection.execute(asked)
    ]
