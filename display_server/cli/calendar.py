"""`display-server calendar add`."""

from pathlib import Path

import click

from display_server.cli import folder
from display_server.cli.lazy import LazyGroup


@click.group(cls=LazyGroup)
def calendar() -> None:
    """Days off and make-up working days, from which every due date is counted."""


@calendar.command("add")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@folder.as_json
def add(file: Path, *, as_json: bool) -> None:
    """Add the holiday table of a year, in our form or in that of holiday-cn; an older one of that year is replaced."""
    from display_server.access import shell
    from display_server.database import calendars
    from display_server.desk import structure

    with folder.database() as db:
        table = structure.add_holidays(db, shell, file.read_bytes(), file.name)
        years = sorted(calendars.known(db.config).years)
    if as_json:
        folder.print_json({"year": table.year, "years": years})
    else:
        click.echo(f"{table.year} is known now. Years with a table: {', '.join(map(str, years))}.")
