"""Giving out numbers of papers, in the step that writes the case, and voiding them (HAL-15)."""

from collections import defaultdict

from sqlalchemy import Connection, func, select

from content_sync.domain.hall import papers
from content_sync.domain.hall.handling import Kind
from display_server.database.tables.handlings import handling_numbers as numbers


def give(connection: Connection, site: str, kind: Kind, at: str, handling: str) -> str:
    """The next number of its series at this site, inside the caller's transaction: it is undone with it."""
    letter, year = papers.letters[kind], int(at[:4])
    series = (numbers.c.site == site, numbers.c.letter == letter, numbers.c.year == year)
    last = connection.execute(select(func.max(numbers.c.running)).where(*series)).scalar()
    running = (last or 0) + 1
    given = papers.number(kind, year, running)
    facts = {"site": site, "letter": letter, "year": year, "running": running, "number": given}
    connection.execute(numbers.insert().values(**facts, handling=handling, given_at=at))
    return given


def void(connection: Connection, handling: str, at: str, reason: str) -> None:
    """Void every number of a case; none of them is given again."""
    standing = (numbers.c.handling == handling, numbers.c.voided_at == "")
    connection.execute(numbers.update().where(*standing).values(voided_at=at, void_reason=reason))


def unexplained(connection: Connection, site: str) -> list[str]:
    """Numbers of this site that no paper has and no void record explains; there are none unless rows were removed."""
    given: dict[tuple[str, int], list[int]] = defaultdict(list)  # a voided number keeps its row
    for row in connection.execute(select(numbers).where(numbers.c.site == site)):
        given[row.letter, row.year].append(row.running)
    kinds = {letter: kind for kind, letter in papers.letters.items()}
    return [
        papers.number(kinds[letter], year, running)
        for (letter, year), found in sorted(given.items())
        for running in papers.missing(found, ())
    ]


def faults(connection: Connection) -> list[str]:
    """One sentence for each site whose numbers have a gap."""
    known = connection.execute(select(numbers.c.site).distinct().order_by(numbers.c.site)).scalars()
    return [
        f"{site}: {len(gone)} numbers of papers are missing and nothing says why, the first is {gone[0]}."
        for site in known
        if (gone := unexplained(connection, site))
    ]
