"""Whether a service gives tickets now, from what the day gave so far (the rules: domain.hall.opening)."""

from datetime import datetime

from sqlalchemy import Connection

from content_sync.domain.county import Service, Site
from content_sync.domain.hall.opening import Given, Standing, standing
from display_server.queue import counting, queries
from display_server.queue.counting import Count


def of_services(connection: Connection, site: Site, at: str, day: str) -> dict[str, Standing]:
    """By service: whether it gives tickets at this instant."""
    counts, paused = counting.of_day(connection, site.id, day), queries.paused_services(connection, site.id)
    return {one.id: of_service(site, one, at, counts, paused=one.id in paused) for one in site.services}


def of_service(site: Site, service: Service, at: str, counts: dict[str, Count], *, paused: bool) -> Standing:
    """Whether one service gives tickets, from the day's counts by letter."""
    hall = sum(count.issued for count in counts.values())
    mine = counts[service.letter].issued if service.letter in counts else 0
    given = Given(hall, mine, paused)
    now = datetime.fromisoformat(at)
    return standing(site.rules, now, service.name, service.capacity, given, site.help_desk)
