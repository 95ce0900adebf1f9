"""Reading ratings: by service and level, never by person (promise 11)."""

from collections import defaultdict

from sqlalchemy import Connection, func, select

from content_sync.domain.hall.ratings import Summary, summary
from display_server.database.tables.queue import tickets
from display_server.database.tables.records import ratings


def is_rated(connection: Connection, ticket: str) -> bool:
    """Whether this ticket was rated."""
    return connection.execute(select(ratings.c.ticket).where(ratings.c.ticket == ticket)).first() is not None


def summaries(connection: Connection, site: str, first: str, last: str) -> dict[str, Summary]:
    """By service: the ratings of tickets finished from day `first` to `last`."""
    rated: dict[str, list[int]] = defaultdict(list)
    asked = select(ratings.c.service, ratings.c.level).where(
        ratings.c.site == site, ratings.c.day >= first, ratings.c.day <= last
    )
    for row in connection.execute(asked):
        rated[row.service].append(row.level)
    counted = (
        select(tickets.c.service, func.count().label("number"))
        .where(tickets.c.site == site, tickets.c.day >= first, tickets.c.day <= last, tickets.c.state == "finished")
        .group_by(tickets.c.service)
    )
    finished = {row.service: row.number for row in connection.execute(counted)}
    return {service: summary(rated[service], finished.get(service, 0)) for service in {*rated, *finished}}
