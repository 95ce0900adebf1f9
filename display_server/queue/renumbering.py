"""Letting a letter's numbers go on from a new one, for the rest of today (the rules: domain.hall.renumbering)."""

from content_sync.domain.errors import BadInput
from content_sync.domain.hall.renumbering import restarted
from content_sync.domain.hall.tickets import number
from display_server.access import Actor, check
from display_server.database import audit, sites
from display_server.database.engine import Database
from display_server.queue import counting, days, log, voids


def renumber(db: Database, actor: Actor, site_id: str, letter: str, first: int) -> str:
    """Let the next number of a letter be `first`; that number as printed. For the manager, and the server's shell."""
    at, day = log.stamp(db)
    with db.write() as connection:
        site = sites.site(connection, site_id)
        if not actor.may("structure"):
            check(actor, "hall", site.unit)
        if letter not in {one.letter for one in site.services}:
            raise BadInput(f"这里没有以 {letter[:10]} 开头的号。")
        days.begin(db, connection, site.id, day)
        after, passed = restarted(counting.counter(connection, site.id, day, letter), letter, first)
        counting.keep(connection, site.id, day, letter, after, issued=0)
        voids.pass_over(connection, site.id, day, letter, passed, at, actor.name)
        audit.append(
            connection, at, actor.name, actor.via, "hall.renumber", f"{site.id}/{letter}", number(letter, first)
        )
    return number(letter, first)
