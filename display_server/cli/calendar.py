"""`display-server calendar add`."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from content_sync.domain import limits
from display_server.cli import folder
from display_server.cli.lazy import LazyGroup

if TYPE_CHECKING:
    from display_server.database.engine import Database


@click.group(cls=LazyGroup)
def calendar() -> None:
    """Days off and make-up working days, from which every due date is counted."""


@calendar.command("add")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@folder.as_json
def add(file: Path, *, as_json: bool) -> None:
    """Add the holiday table of a year, in our form or in that of holiday-cn; an older one of that year is replaced.

    Bookings that stand on a day off then are named: whoever made them must be told.
    """
    from display_server.access import shell
    from display_server.database import calendars
    from display_server.desk import structure

    with folder.database() as db:
        table = structure.add_holidays(db, shell, file.read_bytes(), file.name)
        years, booked = sorted(calendars.known(db.config).years), list(_booked(db))
    if as_json:
        folder.print_json({"year": table.year, "years": years, "bookings_on_days_off": booked})
        return
    click.echo(f"{table.year} is known now. Years with a table: {', '.join(map(str, years))}.")
    if booked:
        are = "1 booking stands" if len(booked) == 1 else f"{len(booked)} bookings stand"
        click.echo(f"{are} on a day off and cannot be checked in: tell whoever made it, and agree on another day.")
    for one in booked[: limits.bookings_off_shown_max]:
        click.echo("  {site}  {day} {time}  {code}  {holiday}".format(**one))
    if more := len(booked[limits.bookings_off_shown_max :]):
        click.echo(f"  and {more} more (--json tells all)")


def _booked(db: "Database") -> Iterator[dict[str, str]]:
    """What the manager of each hall sees on the page of bookings."""
    from display_server.database import sites
    from display_server.queue import bookings, log

    _, today = log.stamp(db)
    with db.read() as connection:
        for site in sites.every(connection):
            for holiday, row in bookings.on_days_off(db.config, connection, site, today):
                told = {"site": site.id, "day": row.day, "time": row.slot[11:16]}
                yield {**told, "code": row.code, "holiday": holiday}
