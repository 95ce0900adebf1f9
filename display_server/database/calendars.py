"""The working calendar of this server: the tables that came with the program, and those its operator added.

1. A table of the server's own folder stands for the built-in one of its year: announced days do change within a year.
2. A table that was added counts from the next question on, also in a server that runs.
3. What was added goes to the devices with the county, so that a kiosk that is cut off knows the holidays, too.
"""

from functools import lru_cache
from pathlib import Path

from content_sync import assets, durable
from content_sync.domain.calendar import Calendar, Table, calendar_of
from content_sync.domain.errors import BadInput, Broken
from content_sync.wire.calendars import parse_table, table_bytes
from display_server.config import Config


def known(config: Config) -> Calendar:
    """Every working day this server knows of (rules 1 and 2). Raises Broken for a damaged table."""
    files = {path.name: path for folder in (assets.path("calendar"), config.calendar) for path in folder.glob("*.json")}
    return _read(tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for _, path in sorted(files.items())))


def own(config: Config) -> tuple[Table, ...]:
    """The tables that the operator added, by year (rule 3). Raises Broken for a damaged one."""
    try:
        return tuple(parse_table(path.read_bytes(), path.name) for path in sorted(config.calendar.glob("*.json")))
    except (BadInput, OSError) as error:
        raise Broken(f"The holiday tables cannot be read: {error}") from error


def add(config: Config, data: bytes, what: str) -> Table:
    """Keep the table of one year in the server's folder. Raises BadInput for one that is not sound or not finished."""
    table = parse_table(data, what)
    durable.write(config.calendar / f"{table.year}.json", table_bytes(table))
    return table


@lru_cache(maxsize=4)  # every clock of every page asks; the files' times are the key, so a new table is seen at once
def _read(files: tuple[tuple[Path, int, int], ...]) -> Calendar:
    try:
        return calendar_of(parse_table(path.read_bytes(), path.name) for path, _, _ in files)
    except (BadInput, OSError) as error:
        raise Broken(f"The holiday tables cannot be read: {error}") from error
