"""Reading ratings: by service and level, never by person (promise 11)."""

from collections import defaultdict

from sqlalchemy import Connection, case, func, select

from content_sync.domain.hall.ratings import FollowUp, Summary, summary
from display_server.database.tables.queue import tickets
from display_server.database.tables.records import cases, ratings


def is_rated(connection: Connection, ticket: str) -> bool:
    """Whether this ticket was rated."""
    return connection.execute(select(ratings.c.ticket).where(ratings.c.ticket == ticket)).first() is not None


def summaries(connection: Connection, site: str, first: str, last: str) -> dict[str, Summary]:
    """By service: the ratings of tickets finished from day `first` to `last`."""
    rated: dict[str, list[int]] = defaultdict(list)
    aside: dict[str, int] = defaultdict(int)
    kinds = (ratings.c.service, ratings.c.level, ratings.c.set_aside)
    of_days = (ratings.c.site == site, ratings.c.day >= first, ratings.c.day <= last)
    asked = select(*kinds, func.count().label("number")).where(*of_days).group_by(*kinds)
    for row in connection.execute(asked):
        if row.set_aside:
            aside[row.service] += row.number
        else:
            rated[row.service] += [row.level] * row.number
    counted = (
        select(tickets.c.service, func.count().label("number"))
        .where(tickets.c.site == site, tickets.c.day >= first, tickets.c.day <= last, tickets.c.state == "finished")
        .group_by(tickets.c.service)
    )
    finished = {row.service: row.number for row in connection.execute(counted)}
    services = {*rated, *aside, *finished}
    return {service: summary(rated[service], finished.get(service, 0), aside[service]) for service in services}


def follow_up(connection: Connection, site: str, first: str, last: str) -> FollowUp:
    """How many bad ratings of these days have been answered, and of those with a name (N-05: all of them must be)."""
    named, answered = case((cases.c.contact != "", 1), else_=0), case((cases.c.answered_at != "", 1), else_=0)
    counted = (func.count(), func.sum(answered), func.sum(named), func.sum(named * answered))
    day = func.substr(cases.c.opened_at, 1, 10)
    asked = select(*counted).where(cases.c.kind == "rating", cases.c.site == site, day >= first, day <= last)
    return FollowUp(*(int(number or 0) for number in connection.execute(asked).one()))
