"""Whether a service gives tickets now, from what the day gave so far (the rules: domain.hall.opening).

The holiday tables are looked at only where a hall has opening times: another one is open at all hours.
"""

from datetime import datetime

from sqlalchemy import Connection

from content_sync.domain.calendar import Calendar, nothing_known
from content_sync.domain.county import Service, Site
from content_sync.domain.hall.opening import Given, Standing, standing
from display_server.config import Config
from display_server.database import calendars
from display_server.queue import counting, queries
from display_server.queue.counting import Count


def of_services(config: Config, connection: Connection, site: Site, at: str, day: str) -> dict[str, Standing]:
    """By service: whether it gives tickets at this instant."""
    counts, paused = counting.of_day(connection, site.id, day), queries.paused_services(connection, site.id)
    days = days_of(config, site)
    return {one.id: of_service(site, one, at, counts, days, paused=one.id in paused) for one in site.services}


def days_of(config: Config, site: Site) -> Calendar:
    """The holidays that a hall follows."""
    return calendars.known(config) if site.rules.opening else nothing_known


def of_service(
    site: Site, service: Service, at: str, counts: dict[str, Count], days: Calendar, *, paused: bool
) -> Standing:
    """Whether one service gives tickets, from the day's counts by letter."""
    hall = sum(count.issued for count in counts.values())
    mine = counts[service.letter].issued if service.letter in counts else 0
    given = Given(hall, mine, paused)
    now = datetime.fromisoformat(at)
    return standing(site.rules, now, service.name, service.capacity, given, site.help_desk, days)
